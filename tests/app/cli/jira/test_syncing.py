"""Syncing on the command line, against a fake Jira over HTTP."""

from tests.app.cli.jira.conftest import Desk


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
