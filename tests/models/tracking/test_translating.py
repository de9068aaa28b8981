"""Words go to a tracker and come back as they were; what only reads differently is no edit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.domain.action import ActionItem, ActionState
from models.tracking.connections import Person
from models.tracking.translating import (
    CATEGORIES,
    LONGEST_TITLE,
    PRIORITIES,
    account_of,
    is_done,
    our_fields,
    owner_here,
    priority_here,
    priority_there,
    state_here,
    state_there,
    ticket_title,
)

PEOPLE = (Person("kim", "a1", "Kim Example"), Person("on-call", "a1"), Person("lee", "a2"))


@given(st.text(max_size=400))
def test_a_title_fits_in_one_line_and_stays_when_it_comes_back(title: str) -> None:
    sent = ticket_title(title)
    assert len(sent.encode("utf-16-le")) <= 2 * LONGEST_TITLE
    assert sent == " ".join(sent.split())
    assert ticket_title(sent) == sent


def test_a_long_title_is_cut_visibly() -> None:
    assert ticket_title("Cap\nretries") == "Cap retries"
    assert ticket_title("x" * 255) == "x" * 255
    assert ticket_title("x" * 300) == "x" * 254 + "…"
    assert ticket_title("😀" * 200) == "😀" * 127 + "…"
    assert ticket_title("A title " * 40) == "A title " * 31 + "A…"
    assert ticket_title("ab " + "x" * 300) == "ab " + "x" * 251 + "…"
    assert ticket_title("a \x00 b") == "a b"


@given(st.dictionaries(st.sampled_from(tuple(PRIORITIES)), st.sampled_from(("Urgent", "Medium"))))
def test_every_priority_comes_back_as_it_went(names: dict[str, str]) -> None:
    for ours in PRIORITIES:
        there = priority_there(ours, names)
        assert there is not None
        assert priority_here(there.upper(), names, [ours]) == ours


def test_a_priority_that_only_the_site_knows() -> None:
    assert priority_here("Lowest", {}) == "P3"
    assert priority_here("Someday", {}) == "Someday"
    assert priority_there("Someday", {}) is None
    assert priority_here("Blocker", {"P1": "Blocker"}) == "P1"


def test_an_owner_is_who_was_confirmed_to_be_the_account() -> None:
    assert account_of("Kim", PEOPLE) == "a1"
    assert account_of("", PEOPLE) == ""
    assert account_of("Sam", PEOPLE) is None
    assert owner_here("a1", "Kim Example", PEOPLE) == "kim"
    assert owner_here("a1", "Kim Example", PEOPLE, ["On-call"]) == "On-call"
    assert owner_here("a3", "Sam Example", PEOPLE) == "Sam Example"
    assert owner_here("", "", PEOPLE) == ""


@pytest.mark.parametrize(
    ("status", "category", "resolution", "state"),
    [
        ("Backlog", "new", "", "ready"),
        ("Code review", "indeterminate", "", "in progress"),
        ("Done", "done", "Done", "done"),
        ("Erledigt", "done", "Fertig", "done"),
        ("Closed", "done", "", "done"),
        ("Done", "done", "Won’t Do", "won't do"),
        ("Closed", "done", "Duplicate", "superseded"),
        ("Rejected", "done", "", "won't do"),
        ("Parked", "indeterminate", "", "ready"),
    ],
)
def test_a_status_is_a_state_here(status: str, category: str, resolution: str, state: str) -> None:
    assert state_here(status, category, resolution, {"ready": "Parked"}) == state
    assert is_done(category, resolution, status) is (state == "done")


def test_every_state_comes_back_from_a_status_of_its_category() -> None:
    names = {"won't do": "Won't do", "superseded": "Duplicate"}
    for state in ActionState:
        there = state_there(state)
        back = state_here(names.get(there, "A status"), CATEGORIES[there], "", names)
        assert back is there


def test_what_an_action_item_says() -> None:
    item = ActionItem("1", "Cap the\nretries", state=ActionState.VERIFIED, owner="kim")
    assert our_fields(item, "7") == {
        "title": "Cap the retries",
        "priority": "",
        "due": "",
        "owner": "kim",
        "sprint": "7",
        "state": "done",
    }
