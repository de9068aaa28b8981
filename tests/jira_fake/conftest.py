"""A fake of either flavour for each test; its answers are judged when the test is over."""

from collections.abc import Iterator

import pytest

from tests.jira_fake import FakeJira, Flavour, examples, specifications


def _run(flavour: Flavour) -> Iterator[FakeJira]:
    with FakeJira(examples.site(flavour)) as jira:
        yield jira
    if specifications.at_hand():
        assert list(specifications.complaints(jira.journal, flavour)) == []


@pytest.fixture(params=Flavour, ids=str)
def jira(request: pytest.FixtureRequest) -> Iterator[FakeJira]:
    """Both flavours, one after the other."""
    yield from _run(request.param)


@pytest.fixture
def cloud() -> Iterator[FakeJira]:
    """A Cloud site."""
    yield from _run(Flavour.CLOUD)


@pytest.fixture
def data_center() -> Iterator[FakeJira]:
    """A Data Center site."""
    yield from _run(Flavour.DATA_CENTER)
