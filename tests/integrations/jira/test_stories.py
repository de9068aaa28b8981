"""Change logs: sprints by their ids, done by status and resolution, in any order."""

import json
from itertools import permutations

import pytest

from integrations.jira.shapes import Json
from integrations.jira.stories import Known, read_story
from tests.jira_fake.specifications import FOLDER, at_hand

FIELD = "customfield_10020"
KNOWN = Known({"1": "new", "3": "indeterminate", "5": "done"}, FIELD, "Sprint")
NAMES = {"1": "To Do", "3": "In Progress", "5": "Done"}


def entry(number: int, minute: int, *items: Json) -> Json:
    return {
        "id": str(number),
        "created": f"2026-03-02T09:{minute:02}:00.000+0100",
        "items": list(items),
    }


def status(before: str, after: str) -> Json:
    return {
        "field": "status",
        "from": before,
        "fromString": NAMES[before],
        "to": after,
        "toString": NAMES[after],
    }


def resolution(before: str, after: str) -> Json:
    return {"field": "resolution", "fromString": before or None, "toString": after or None}


def sprint(before: str, after: str, **more: str) -> Json:
    return {"field": "Sprint", "from": before, "to": after, "fromString": "x, 9", **more}


def test_entries_come_in_any_order() -> None:
    entries = [
        entry(1, 0, sprint("", "76")),
        entry(2, 5, sprint("76", "76, 79")),
        entry(3, 5, sprint("76, 79", "76, 80")),
    ]
    for shuffled in permutations(entries):
        moves = read_story(shuffled, KNOWN).moves
        assert [(set(move.before), set(move.after)) for move in moves] == [
            (set(), {76}),
            ({76}, {76, 79}),
            ({76, 79}, {76, 80}),
        ]


def test_a_line_without_an_id_counts_and_another_field_of_that_name_does_not() -> None:
    own = entry(1, 0, sprint("", "76", fieldId=FIELD))
    other = entry(2, 1, sprint("", "77", fieldId="customfield_9"))
    local = Known({}, FIELD, "Etappe")
    assert len(read_story([own, other], KNOWN).moves) == 1
    assert len(read_story([entry(1, 0, sprint("", "5") | {"field": "Etappe"})], local).moves) == 1


def test_done_is_a_status_of_that_kind_unless_it_was_decided_against() -> None:
    story = read_story(
        [
            entry(1, 0, status("1", "5"), resolution("", "Won't Do")),
            entry(2, 1, status("5", "3"), resolution("Won't Do", "")),
            entry(3, 2, status("3", "5"), resolution("", "Fixed")),
            entry(4, 3, resolution("Fixed", "Duplicate")),
        ],
        KNOWN,
    )
    assert [(move.entry, move.before, move.after) for move in story.done_moves] == [
        (3, False, True),
        (4, True, False),
    ]


def test_what_a_ticket_began_with_is_told_by_its_first_change() -> None:
    story = read_story([entry(1, 0, status("5", "3"))], KNOWN)
    assert [(move.before, move.after) for move in story.done_moves] == [(True, False)]


@pytest.mark.parametrize("created", [1772442000000, 1772442000])
def test_bulk_answers_count_milliseconds_or_seconds(created: int) -> None:
    raw = entry(1, 0, sprint("", "76")) | {"created": created}
    (move,) = read_story([raw], KNOWN).moves
    assert move.at.isoformat() == "2026-03-02T09:00:00+00:00"


@pytest.mark.skipif(not at_hand(), reason="needs ../shared/jira")
def test_real_change_logs_of_cloud_are_read() -> None:
    counted = 0
    for path in sorted((FOLDER / "golden").glob("cloud-issue-*.json")):
        raw = json.loads(path.read_text(encoding="utf-8"))
        histories = raw["changelog"]["histories"]
        items = [item for one in histories for item in one["items"]]
        sprints = [item for item in items if item["field"] == "Sprint"]
        field = next((item["fieldId"] for item in sprints if "fieldId" in item), FIELD)
        moves = read_story(histories, Known({}, field, "Sprint")).moves
        assert len(moves) == len(sprints), path.name
        assert sorted(moves, key=lambda move: (move.at, move.entry)) == list(moves)
        counted += len(moves)
    assert counted
    slip = json.loads((FOLDER / "golden" / "cloud-changelog-sprint-slip.json").read_text())
    (move,) = read_story([entry(1, 0, slip["item"])], KNOWN).moves
    assert (set(move.before), set(move.after)) == ({76, 79}, {76, 80})
