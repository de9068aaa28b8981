"""Syncing on the command line, against a fake Jira over HTTP."""

import pytest

from app import settings
from tests.app.cli.conftest import held_to_permissions, read_only
from tests.app.cli.jira.conftest import Desk
from tests.jira_fake import Kind, boards, examples, faults, issues


def test_a_ready_action_becomes_one_ticket(desk: Desk) -> None:
    one, two = desk.add("Limit retries"), desk.add("Alert on the pool")
    desk.add("Not yet", state="proposed")
    asked = desk.sync()
    assert asked.code == 3
    assert [(a["action"], a["fields"]) for a in asked.json["attention"]] == [(one, []), (two, [])]
    assert "--yes" in asked.json["attention"][0]["reason"]
    assert desk.issues == []

    done = desk.sync("--yes")
    assert (done.code, done.json["attention"]) == (0, []), done.out
    assert done.json["created"] == [
        {"action": one, "key": "REL-1"},
        {"action": two, "key": "REL-2"},
    ]
    again = desk.sync()
    assert (again.code, again.json["created"], len(desk.issues)) == (0, [], 2)


def test_a_short_wait_passes_by_a_clock_that_was_set_too(cloud_desk: Desk) -> None:
    desk = cloud_desk
    name = desk.add("Limit retries")
    desk.jira.faults.plan("POST /issue", faults.refusal(429, retry_after=1))
    done = desk.sync("--yes")
    assert (done.code, done.json["created"]) == (0, [{"action": name, "key": "REL-1"}]), done.out


def test_what_is_ready_and_was_left_out_of_a_sprint_is_named(cloud_desk: Desk) -> None:
    desk = cloud_desk
    name = desk.add("Limit retries")
    desk.sync("--yes")
    site = desk.jira.site
    site.clock.advance(days=1)
    boards.start(site, site.add_sprint(1, "Sprint 1"))
    site.clock.advance(days=1)
    desk.sync()
    assert desk.afterwhy("jira", "status", "--json").json["without_sprint"] == [name]
    wished = desk.set(name, "sprint=sprint 1")
    assert "Sprint 1 is running" in wished.err, "no ticket was in it; its board lists it"


def test_what_sprints_did_comes_back(cloud_desk: Desk) -> None:
    desk = cloud_desk
    name = desk.add("Limit retries", priority="P1", due="2026-12-30")
    desk.sync("--yes")
    site, colleague = desk.jira.site, desk.jira.site.users[examples.COLLEAGUE]
    first, second = site.add_sprint(1, "Sprint 1"), site.add_sprint(1, "Sprint 2")
    for number, sprint in enumerate((first, second), 1):
        boards.put(site, colleague, ["REL-1"], sprint)
        desk.sync()
        assert desk.show(name)["sprint"]["position"] == "planned"
        site.clock.advance(days=1)
        boards.start(site, sprint)
        desk.sync()
        assert desk.show(name)["sprint"]["position"] == "active"
        site.clock.advance(days=14)
        boards.complete(site, colleague, sprint)
        pulled = desk.sync()
        assert pulled.json["pulled"] == 1
        assert desk.show(name)["sprint"]["carried_over"] == number
    shown = desk.show(name)
    assert shown["jira"]["key"] == "REL-1"
    assert shown["jira"]["url"] == f"{desk.jira.url}/browse/REL-1"
    assert (shown["jira"]["status"], shown["jira"]["category"]) == ("To Do", "new")
    told = [(step["sprint"], step["what"]) for step in shown["sprint"]["history"]]
    assert [step for step in told if step[1] == "carried over"] == [
        ("Sprint 1", "carried over"),
        ("Sprint 2", "carried over"),
    ]
    assert shown["sprint"]["position"] == "backlog"
    listed = desk.afterwhy("action", "list", "action:slipped", "--json").json
    assert [(one["ref"], one["carried_over"]) for one in listed["actions"]] == [(name, 2)]
    found = desk.afterwhy("search", "action:slipped", "--json").json
    assert [hit["ref"] for hit in found["hits"]] == [desk.ref]
    text = desk.afterwhy("action", "show", name).out
    assert "slipped 2 times" in text
    (board,) = desk.afterwhy("jira", "status", "--json").json["boards"]
    assert (board["board"], board["projects"]) == (1, ["REL"])
    assert [(one["sprint"], one["state"]) for one in board["sprints"]] == [
        ("Sprint 2", "closed"),
        ("Sprint 1", "closed"),
    ]
    newest = board["sprints"][0]
    assert [newest[name] for name in ("planned", "carried_over", "removed", "done")] == [1, 1, 0, 0]
    assert newest["actions"]["carried_over"] == [name]
    assert newest["start"] < newest["end"]
    status = desk.afterwhy("jira", "status").out.splitlines()
    assert "board 1  REL" in status[-4]
    assert status[-2].split()[3:] == ["1", "1", "0", "0", "Sprint", "2"]


def test_a_ticket_that_is_open_again_is_told(cloud_desk: Desk) -> None:
    desk = cloud_desk
    name = desk.add("Limit retries")
    desk.sync("--yes")
    site, colleague = desk.jira.site, desk.jira.site.users[examples.COLLEAGUE]
    (issue,) = desk.issues
    issues.transition(site, colleague, issue, "31", {"resolution": {"id": "10000"}})
    desk.sync()
    assert desk.show(name)["state"] == "done"
    desk.set(name, "state=verified", "evidence=The drill passed")
    site.clock.advance(hours=1)
    assert desk.sync().json["updated"] == []
    issues.transition(site, colleague, issue, "21")
    assert desk.sync().json["reopened"] == [name]
    told = desk.afterwhy("status", desk.ref, "--json").json["actions"]
    assert (told["open"], told["reopened"]) == (1, 1)
    assert "opened again in Jira" in desk.afterwhy("status", desk.ref).out
    assert desk.show(name)["state"] == "in progress"


def test_decided_against_is_not_done(cloud_desk: Desk) -> None:
    desk = cloud_desk
    name = desk.add("Limit retries")
    desk.sync("--yes")
    colleague = desk.jira.site.users[examples.COLLEAGUE]
    issues.transition(
        desk.jira.site, colleague, desk.issues[0], "31", {"resolution": {"id": "10001"}}
    )
    desk.sync()
    assert desk.show(name)["state"] == "won't do"
    assert desk.show(name)["sprint"]["position"] != "done"


@pytest.mark.parametrize("keep", ["ours", "theirs"])
def test_a_conflict_is_shown_and_settled(cloud_desk: Desk, keep: str) -> None:
    desk = cloud_desk
    name = desk.add("Limit retries", due="2026-12-01")
    desk.sync("--yes")
    site, colleague = desk.jira.site, desk.jira.site.users[examples.COLLEAGUE]
    site.clock.advance(hours=1)
    issues.edit(site, colleague, desk.issues[0], {"duedate": "2026-12-24"})
    desk.set(name, "due=2026-12-10", "priority=P1")
    found = desk.sync()
    assert found.code == 3
    (conflict,) = found.json["conflicts"]
    assert (conflict["field"], conflict["ours"], conflict["theirs"]) == (
        "due", "2026-12-10", "2026-12-24",
    )  # fmt: skip
    assert found.json["updated"][0]["fields"] == ["priority"]
    assert desk("resolve", name, "title", "--keep", keep).code == 1
    done = desk("resolve", name, "due date", "--keep", keep)
    assert done.json["value"] == conflict[keep]
    assert desk.sync().code == 0
    assert desk.show(name)["due"] == desk.issues[0].values["duedate"] == conflict[keep]


def require_team(desk: Desk) -> tuple[str, str]:
    """Lets the project refuse tickets without a team; the ids of Payments and Search."""
    site = desk.jira.site
    field = site.add_field("customfield_10031", "Team", Kind.OPTION, ["Payments", "Search"])
    for screen in site.project("REL").screens.values():
        screen.required.add(field.id)
    payments, search = field.options
    return payments, search


def test_a_required_field_is_asked_for_answered_and_remembered(cloud_desk: Desk) -> None:
    desk = cloud_desk
    payments, search = require_team(desk)
    one, two = desk.add("Limit retries"), desk.add("Alert on the pool")
    refused = desk.sync("--yes")
    assert refused.code == 3
    assert [(a["action"], a["state"], a["fields"]) for a in refused.json["attention"]] == [
        (one, "rejected", ["Team"]),
        (two, "rejected", ["Team"]),
    ]
    waiting = desk("outbox").json["entries"]
    assert [(e["action"], e["state"], e["attention"]) for e in waiting] == [
        (one, "rejected", True),
        (two, "rejected", True),
    ]
    assert desk("answer", one, "Team=Nobody").code == 1
    assert desk("answer", one, "team=payments").code == 0
    done = desk.sync()
    assert [c["action"] for c in done.json["created"]] == [one]
    assert [a["action"] for a in done.json["attention"]] == [two]
    desk("answer", two, "Team=Search", "--always")
    assert [c["action"] for c in desk.sync().json["created"]] == [two]
    assert [issue.values["customfield_10031"] for issue in desk.issues] == [payments, search]
    three = desk.add("Write the runbook")
    assert [c["action"] for c in desk.sync().json["created"]] == [three]


def test_a_token_that_is_not_taken_blocks_and_keeps(
    cloud_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = cloud_desk
    name = desk.add("Limit retries")
    monkeypatch.setenv("AFTERWHY_JIRA_TOKEN", "an-expired-token")
    found = desk.sync("--yes")
    assert found.code == 3
    assert [(a["action"], a["state"]) for a in found.json["attention"]] == [(name, "blocked")]
    assert found.json["troubles"][0]["project"] == "REL"
    assert desk("test").code == 3
    monkeypatch.delenv("AFTERWHY_JIRA_TOKEN")
    reason = desk.sync("--yes").json["troubles"][0]["reason"]
    assert "AFTERWHY_JIRA_TOKEN" in reason
    assert "afterwhy jira connect" in reason
    monkeypatch.setenv("AFTERWHY_JIRA_TOKEN", examples.TOKEN)
    assert [c["action"] for c in desk.sync("--yes").json["created"]] == [name]
    assert desk("test").code == 0


def test_a_long_wait_ends_the_run(cloud_desk: Desk) -> None:
    desk = cloud_desk
    name = desk.add("Limit retries")
    desk.jira.faults.plan("POST /issue", faults.refusal(429, retry_after=300))
    found = desk.sync("--yes")
    assert found.json["created"] == []
    assert found.json["next_try"] == "2026-11-19T14:08:00Z"
    assert [w["action"] for w in found.json["waiting"]] == [name]
    desk.jira.site.clock.advance(minutes=6)
    assert [c["action"] for c in desk.sync().json["created"]] == [name]


def test_without_a_network_everything_waits(cloud_desk: Desk) -> None:
    desk = cloud_desk
    name = desk.add("Limit retries")
    desk.jira.faults.plan("*", faults.reset(applied=False), times=-1)
    found = desk.sync("--yes")
    assert found.code == 3
    assert (found.json["created"], found.json["attention"]) == ([], [])
    assert found.json["troubles"]
    desk.jira.faults.clear()
    desk.jira.site.clock.advance(minutes=10)
    assert [c["action"] for c in desk.sync("--yes").json["created"]] == [name]


def test_an_answer_that_was_lost_makes_no_second_ticket(cloud_desk: Desk) -> None:
    desk = cloud_desk
    name = desk.add("Limit retries")
    desk.jira.faults.plan("POST /issue", faults.reset(applied=True))
    desk.sync("--yes")
    for _ in range(3):
        desk.jira.site.clock.advance(minutes=6)
        desk.sync()
    assert len(desk.issues) == 1
    assert desk.show(name)["jira"]["key"] == "REL-1"


def test_a_read_only_library_sends_nothing(cloud_desk: Desk) -> None:
    desk = cloud_desk
    desk.add("Limit retries")
    with read_only(settings.default_library()):
        found = held_to_permissions("jira", "sync", "--yes", "--json")
    assert found.code == 1
    assert "read-only" in found.err
    assert desk.jira.journal.exchanges == []


def test_only_one_way_can_be_asked_for(cloud_desk: Desk) -> None:
    desk = cloud_desk
    name = desk.add("Limit retries")
    assert desk.sync("--pull-only", "--yes").json["created"] == []
    assert [c["action"] for c in desk.sync("--push-only", "--yes").json["created"]] == [name]
    assert desk.sync("--push-only", "--pull-only").code == 2


def test_a_sprint_is_wished_for(cloud_desk: Desk) -> None:
    desk = cloud_desk
    site, colleague = desk.jira.site, desk.jira.site.users[examples.COLLEAGUE]
    name, other = desk.add("Limit retries"), desk.add("Alert on the pool")
    sprint, running = site.add_sprint(1, "Sprint 44"), site.add_sprint(1, "Sprint 43")
    desk.sync("--yes")
    boards.put(site, colleague, ["REL-2"], running)
    boards.start(site, running)
    desk.sync()
    assert desk.set(name, f"sprint={sprint.id}").code == 0
    assert desk.show(name)["sprint"]["wanted"] == str(sprint.id)
    assert desk.sync().json["updated"][0]["fields"] == ["sprint"]
    assert desk.show(name)["sprint"]["name"] == "Sprint 44"
    assert desk.set(name, "sprint=nowhere").code == 1

    wished = desk.set(other, "sprint=")
    assert (wished.code, "Sprint 43 is running" in wished.err) == (0, True)
    asked = desk.sync()
    assert [one["action"] for one in asked.json["attention"]] == [other]
    assert asked.json["updated"] == []
    assert desk.set(other, "sprint=", "--yes").code == 0
    assert desk.sync().json["updated"][0]["fields"] == ["sprint"]
    assert desk.show(other)["sprint"]["position"] == "backlog"

    assert desk.set(other, f"sprint={sprint.id}").code == 0
    boards.complete(site, colleague, running)
    boards.start(site, sprint)
    asked = desk.sync()
    assert asked.code == 3
    assert asked.json["attention"][0]["action"] == other
    assert desk.sync("--yes").json["updated"][0]["fields"] == ["sprint"]
    assert desk.show(other)["sprint"]["position"] == "active"
