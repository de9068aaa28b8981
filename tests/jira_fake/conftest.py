"""A fake of either flavour for each test; its answers are judged when the test is over."""

from collections.abc import Iterator

import pytest

from tests.jira_fake import FakeJira, Flavour, examples
from tests.jira_fake.specifications import judged


@pytest.fixture(params=Flavour, ids=str)
def jira(request: pytest.FixtureRequest) -> Iterator[FakeJira]:
    """Both flavours, one after the other."""
    with judged(examples.site(request.param)) as jira:
        yield jira


@pytest.fixture
def cloud() -> Iterator[FakeJira]:
    """A Cloud site."""
    with judged(examples.site(Flavour.CLOUD)) as jira:
        yield jira


@pytest.fixture
def data_center() -> Iterator[FakeJira]:
    """A Data Center site."""
    with judged(examples.site(Flavour.DATA_CENTER)) as jira:
        yield jira
