"""Boards and the life of sprints, and what our rules make of the fake's own answers."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest

from models.tracking import sprints as rules
from tests.jira_fake import FakeJira, boards, examples, issues
from tests.jira_fake.records import Sprint
from tests.jira_fake.wire import Wire

AGILE = "/rest/agile/1.0"
STRING = re.compile(
    r"(?:^|[\[,])(id|rapidViewId|state|name|startDate|endDate|completeDate|activatedDate|sequence"
    r"|goal)="
)


def instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text).astimezone(UTC) if text and text != "<null>" else None


def sprint_of(shown: dict[str, Any] | str) -> rules.Sprint:
    """A sprint of the sprint field, object or string."""
    values = shown if isinstance(shown, dict) else members(shown)
    return rules.Sprint(
        int(values["id"]),
        values["name"],
        rules.SprintState(values["state"].lower()),
        int(values.get("boardId") or values["rapidViewId"]),
        instant(values.get("startDate")),
        instant(values.get("endDate")),
        instant(values.get("completeDate")),
    )


def members(text: str) -> dict[str, str]:
    parts = STRING.split(text.rstrip("]"))
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def ids(text: str | None) -> frozenset[int]:
    return frozenset(int(part) for part in (text or "").split(",") if part.strip())


def seen(wire: Wire, key: str) -> rules.Seen:
    """What a client can know of one issue."""
    shown = wire.issue(key, expand="changelog")
    moves, done_moves = [], []
    for entry in shown["changelog"]["histories"]:
        at, number = instant(entry["created"]), int(entry["id"])
        assert at is not None
        for item in entry["items"]:
            if item["field"] == "Sprint":
                move = rules.SprintMove(at, ids(item["from"]), ids(item["to"]), number)
                moves.append(move)
            if item["field"] == "resolution":
                was, now = item["fromString"] == "Done", item["toString"] == "Done"
                done_moves.append(rules.DoneMove(at, was, now, number))
    listed = wire.get(f"{AGILE}/board/1/sprint").json["values"]
    known = [sprint_of(one | {"boardId": one["originBoardId"]}) for one in listed]
    fields = shown["fields"]
    resolution = fields["resolution"]
    return rules.Seen(
        tuple(sprint_of(one) for one in fields[examples.SPRINT_FIELD] or ()),
        resolution is not None and resolution["name"] == "Done",
        tuple(moves),
        tuple(done_moves),
        tuple(known),
    )


def told(wire: Wire, key: str) -> list[tuple[str, str]]:
    return [(step.what.value, step.sprint.name) for step in rules.history(seen(wire, key))]


def three_sprints(jira: FakeJira) -> list[Sprint]:
    return [jira.site.add_sprint(1, name) for name in ("One", "Two [late], b", "Three")]


def test_the_life_of_a_sprint_is_told_as_our_rules_expect(jira: FakeJira) -> None:
    site, wire = jira.site, Wire(jira)
    me = site.users[examples.COLLEAGUE]
    one, two, _ = three_sprints(jira)
    slips, is_done, to_backlog, removed = (wire.create() for _ in range(4))
    site.clock.advance(hours=1)
    assert wire.put(f"/issue/{slips}", {"fields": {examples.SPRINT_FIELD: one.id}}).status == 204
    body = {"issues": [is_done, to_backlog, removed]}
    assert wire.post(f"{AGILE}/sprint/{one.id}/issue", body).status == 204
    assert rules.position(seen(wire, slips)) is rules.Position.PLANNED
    site.clock.advance(hours=1)
    boards.start(site, one)
    assert rules.position(seen(wire, slips)) is rules.Position.ACTIVE
    site.clock.advance(days=3)
    assert wire.post(f"/issue/{is_done}/transitions", {"transition": {"id": "31"}}).status == 204
    assert wire.post(f"{AGILE}/backlog/issue", {"issues": [removed]}).status == 204
    site.clock.advance(days=11)
    issues.edit(site, me, site.issue(to_backlog), {"summary": "Other"})
    boards.put(site, me, [slips], one)
    boards.complete(site, me, one, into=two)
    boards.put(site, me, [to_backlog], None)
    site.clock.advance(days=1)
    boards.start(site, two)
    site.clock.advance(days=14)
    boards.complete(site, me, two)

    assert told(wire, slips) == [
        ("planned", "One"),
        ("carried over", "One"),
        ("planned", "Two [late], b"),
        ("carried over", "Two [late], b"),
    ]
    assert rules.position(seen(wire, slips)) is rules.Position.BACKLOG
    assert told(wire, is_done) == [("planned", "One"), ("done", "One")]
    assert rules.position(seen(wire, is_done)) is rules.Position.DONE
    assert told(wire, removed) == [("planned", "One"), ("removed", "One")]
    assert [step for step in told(wire, to_backlog) if step[0] == "carried over"] == [
        ("carried over", "One")
    ]


def test_sprint_lines_of_the_change_log_are_lists_of_ids(jira: FakeJira) -> None:
    site, wire = jira.site, Wire(jira)
    me = site.users[examples.BOT]
    one, two, three = three_sprints(jira)
    key = wire.create()
    boards.put(site, me, [key], one)
    boards.start(site, one)
    boards.complete(site, me, one, into=two)
    boards.put(site, me, [key], three)
    boards.put(site, me, [key], None)
    histories = wire.issue(key, expand="changelog")["changelog"]["histories"]
    lines = [
        (item["from"], item["to"], item["toString"])
        for entry in sorted(histories, key=lambda entry: int(entry["id"]))
        for item in entry["items"]
    ]
    a, b, c = one.id, two.id, three.id
    assert lines == [
        ("", f"{a}", "One"),
        (f"{a}", f"{a}, {b}", "One, Two [late], b"),
        (f"{a}, {b}", f"{a}, {c}", "One, Three"),
        (f"{a}, {c}", f"{a}", "One"),
    ]


def test_the_sprint_field_is_objects_on_cloud_and_strings_elsewhere(jira: FakeJira) -> None:
    site, wire = jira.site, Wire(jira)
    first, second, _ = three_sprints(jira)
    first.goal = "Calm, quick,"
    key = wire.create()
    boards.put(site, site.users[examples.BOT], [key], first)
    boards.start(site, first)
    boards.complete(site, site.users[examples.BOT], first, into=second)
    held = wire.issue(key)["fields"][examples.SPRINT_FIELD]
    assert {isinstance(one, dict) for one in held} == {site.cloud}
    assert [(s.id, s.name, s.state, s.board) for s in map(sprint_of, held)] == [
        (first.id, "One", "closed", 1),
        (second.id, "Two [late], b", "future", 1),
    ]
    assert sprint_of(held[0]).completed_at == first.completed
    if not site.cloud:
        assert "id=" in held[0].rpartition(",")[2] or "[id=" in held[0]
        site.sprint_objects = True
        assert isinstance(wire.issue(key)["fields"][examples.SPRINT_FIELD][0], dict)


def test_a_sprint_can_be_run_over_the_interface(jira: FakeJira) -> None:
    wire = Wire(jira)
    made = wire.post(f"{AGILE}/sprint", {"name": "One", "originBoardId": 1, "goal": "Calm"})
    assert (made.status, made.json["state"]) == (201, "future")
    path = f"{AGILE}/sprint/{made.json['id']}"
    dates = {"startDate": "2026-03-02T10:00:00.000Z", "endDate": "2026-03-16T10:00:00.000Z"}
    started = wire.post(path, {"state": "active"} | dates).json
    assert (started["state"], started["endDate"][:10]) == ("active", "2026-03-16")
    assert wire.delete(path).status == 400
    assert wire.post(path, {"state": "future"}).status == 400
    assert wire.post(path, {"state": "closed"}).json["completeDate"]
    assert wire.get(path).json["goal"] == "Calm"
    key = wire.create()
    assert wire.post(f"{path}/issue", {"issues": [key]}).status == 400, "it is closed"
    refused = wire.put(f"/issue/{key}", {"fields": {examples.SPRINT_FIELD: made.json["id"]}})
    assert "only active or future" in refused.json["errors"][examples.SPRINT_FIELD]


def test_putting_a_whole_sprint_wipes_what_is_not_named(jira: FakeJira) -> None:
    sprint = jira.site.add_sprint(1, "One", goal="Calm")
    answer = Wire(jira).put(f"{AGILE}/sprint/{sprint.id}", {"name": "One", "state": "future"})
    assert "goal" not in answer.json


def test_a_deleted_sprint_leaves_its_issues_in_the_backlog(jira: FakeJira) -> None:
    wire = Wire(jira)
    sprint = jira.site.add_sprint(1, "One")
    key = wire.create(**{examples.SPRINT_FIELD: sprint.id})
    assert wire.get(f"{AGILE}/board/1/backlog").json["issues"] == []
    assert wire.delete(f"{AGILE}/sprint/{sprint.id}").status == 204
    assert wire.issue(key)["fields"][examples.SPRINT_FIELD] is None
    assert wire.get(f"{AGILE}/board/1/backlog").json["issues"][0]["key"] == key
    assert wire.get(f"{AGILE}/sprint/{sprint.id}").status == 404


def test_boards_their_sprints_and_issues_come_in_pages(jira: FakeJira) -> None:
    wire = Wire(jira)
    sprints = three_sprints(jira)
    boards.start(jira.site, sprints[0])
    keys = [wire.create(**{examples.SPRINT_FIELD: sprints[0].id}) for _ in range(3)]
    jira.site.short_page = 2
    path = f"{AGILE}/board/1/sprint"
    first, second = wire.get(path).json, wire.get(path, startAt=2).json
    assert [one["name"] for one in first["values"]] == ["One", "Two [late], b"]
    assert (first["isLast"], second["isLast"]) == (False, True)
    active = wire.get(path, state="active").json["values"]
    assert [one["name"] for one in active] == ["One"]
    inside = wire.get(f"{AGILE}/sprint/{sprints[0].id}/issue", fields="summary").json
    assert ([one["key"] for one in inside["issues"]], inside["total"]) == (keys[:2], 3)
    assert wire.get(f"{AGILE}/board", projectKeyOrId="REL").json["values"][0]["type"] == "scrum"
    columns = wire.get(f"{AGILE}/board/1/configuration").json["columnConfig"]["columns"]
    assert [column["name"] for column in columns] == ["To Do", "In Progress", "Done"]


def test_a_kanban_board_has_no_sprints(jira: FakeJira) -> None:
    board = jira.site.add_board("REL", "kanban")
    wire = Wire(jira)
    assert wire.get(f"{AGILE}/board/{board.id}").json["type"] == "kanban"
    answer = wire.get(f"{AGILE}/board/{board.id}/sprint")
    assert (answer.status, answer.json["errorMessages"]) == (
        400,
        ["The board does not support sprints."],
    )
    body = {"name": "One", "originBoardId": board.id}
    assert wire.post(f"{AGILE}/sprint", body).status == 400


@pytest.mark.parametrize("count", [50, 51])
def test_at_most_fifty_issues_are_moved_at_once(jira: FakeJira, count: int) -> None:
    wire = Wire(jira)
    sprint = jira.site.add_sprint(1, "One")
    wanted = [wire.create() for _ in range(count)]
    answer = wire.post(f"{AGILE}/sprint/{sprint.id}/issue", {"issues": wanted})
    assert answer.status == (204 if count == 50 else 400)
    assert len(boards.issues_in(jira.site, sprint)) == (50 if count == 50 else 0)
