"""A fake Jira of either flavour; its answers are judged when a test is over."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integrations.jira.desk import Desk, desk_at
from tests.jira_fake import FakeJira
from tests.jira_fake.conftest import cloud, data_center, jira

__all__ = ["cloud", "data_center", "jira"]


@pytest.fixture
def desk(tmp_path: Path, jira: FakeJira) -> Iterator[Desk]:
    """A library that is connected to either flavour."""
    with desk_at(tmp_path / "library", jira) as made:
        yield made


@pytest.fixture
def cloud_desk(tmp_path: Path, cloud: FakeJira) -> Iterator[Desk]:
    """One that is connected to Cloud, for what does not depend on the flavour."""
    with desk_at(tmp_path / "library", cloud) as made:
        yield made
