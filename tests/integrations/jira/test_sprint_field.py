"""Sprints as the two flavours write them into a ticket, whatever their names hold."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrations.jira.shapes import Json
from integrations.jira.sprint_field import find_field, read_sprint, read_sprints
from models.tracking.sprints import SprintState
from tests.jira_fake.faces import sprint_string
from tests.jira_fake.records import Sprint
from tests.jira_fake.specifications import FOLDER, at_hand

TRAPS = [
    "[",
    "]",
    ",",
    "=",
    ", id=",
    ",sequence=3",
    ",goal=none",
    ",state=CLOSED",
    "<null>",
    "é",
    "|",
]
STATES = list(SprintState)
TEXTS = st.lists(
    st.one_of(st.sampled_from(TRAPS), st.text(st.characters(codec="utf-8"), max_size=5))
).map("".join)


@given(st.integers(1, 10**9), st.integers(1, 10**6), TEXTS, TEXTS, st.sampled_from(STATES))
def test_any_name_and_goal_survive(
    id: int, board: int, name: str, goal: str, state: SprintState
) -> None:
    sprint = Sprint(id, name, board, datetime(2026, 3, 2, tzinfo=UTC), state.value, goal)
    dates = {"startDate": "2026-03-02T09:00:00.000+05:30"} if id % 3 else {}
    read = read_sprint(sprint_string(sprint, dates))
    assert read is not None
    assert (read.id, read.board, read.name, read.state) == (id, board, name, state)
    expected = datetime(2026, 3, 2, 3, 30, tzinfo=UTC) if id % 3 else None
    assert (read.starts_at, read.ends_at) == (expected, None)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=9),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from(["id", "state", "name", "startDate"]), inner)
        ),
        max_leaves=8,
    )
)
def test_nothing_that_a_site_sends_breaks_the_reading(value: object) -> None:
    assert isinstance(read_sprints(value), tuple)


@pytest.mark.skipif(not at_hand(), reason="needs ../shared/jira")
def test_real_texts_of_data_center_are_read() -> None:
    cases = _golden("dc-sprint-string-cases.json")["cases"]
    for case in cases:
        read = read_sprint(case["raw"])
        wanted = case["want"]
        assert read is not None, case["raw"]
        assert (read.id, read.board, read.state.value, read.name) == (
            wanted["id"],
            wanted["boardId"],
            wanted["state"],
            wanted["name"],
        )
        if "startDate" in wanted:
            assert read.starts_at is None
    assert len(cases) == 5


@pytest.mark.skipif(not at_hand(), reason="needs ../shared/jira")
def test_the_sprint_objects_of_a_board_are_read() -> None:
    raws = _golden("gojira-sprints.json")["values"]
    sprints = read_sprints(raws)
    assert len(sprints) == len(raws) > 0
    closed = [sprint for sprint in sprints if sprint.state is SprintState.CLOSED]
    assert all(sprint.over_at is not None for sprint in closed)


def test_the_field_is_found_by_its_type_and_not_by_its_name() -> None:
    sprint = {"custom": "com.pyxis.greenhopper.jira:gh-sprint", "type": "array"}
    fields: list[Json] = [
        {"id": "customfield_1", "name": "Sprint", "schema": {"custom": "other:textfield"}},
        {"id": "customfield_2", "name": "Etappe", "schema": sprint},
        {"id": "summary", "name": "Summary"},
    ]
    assert find_field(fields) is fields[1]
    assert find_field(fields[::2]) is None


def _golden(name: str) -> Json:
    made: Json = json.loads((FOLDER / "golden" / name).read_text(encoding="utf-8"))
    return made
