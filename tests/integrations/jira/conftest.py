"""A fake Jira of either flavour; its answers are judged when a test is over."""

from tests.jira_fake.conftest import cloud, data_center, jira

__all__ = ["cloud", "data_center", "jira"]
