"""A stateful Jira for tests: Cloud or Data Center, over real HTTP on the loopback.

``with FakeJira(examples.site(Flavour.CLOUD)) as jira:`` gives an address (``jira.url``), the state
(``jira.site``), what will go wrong (``jira.faults``) and what was asked (``jira.journal``). What
others do on the site meanwhile is in ``issues`` and ``boards``. Nothing in the product knows it.
"""

from tests.jira_fake import boards, examples, faults, issues
from tests.jira_fake.clock import Clock
from tests.jira_fake.records import Field, Flavour, Kind
from tests.jira_fake.server import FakeJira
from tests.jira_fake.site import Site

__all__ = [
    "Clock",
    "FakeJira",
    "Field",
    "Flavour",
    "Kind",
    "Site",
    "boards",
    "examples",
    "faults",
    "issues",
]
