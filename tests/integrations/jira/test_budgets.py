"""How many requests a sync makes, counted from what the fake was asked; `make bench` counts them
for a thousand tickets."""

import pytest

from tests.bench import jira as bench
from tests.jira_fake import Flavour


@pytest.mark.parametrize("flavour", Flavour, ids=str)
def test_a_pull_and_a_first_sync_stay_within_their_budgets(flavour: Flavour) -> None:
    found = bench.requests(flavour, linked=100, new=10)
    assert found["little changed"] <= 12
    assert found["all changed"] <= 10
    assert found["first sync"] <= 3 * 10
