"""Connecting projects, and tickets that are in Jira already."""

import pytest

from tests.app.cli.conftest import Afterwhy
from tests.app.cli.jira.conftest import EMAIL, Desk
from tests.app.cli.jira.test_syncing import require_team
from tests.jira_fake import FakeJira, examples, faults, issues


def test_a_connection_says_what_it_found(cloud_desk: Desk) -> None:
    desk = cloud_desk
    require_team(desk)
    found = desk.connect()
    assert found.code == 0
    assert found.json["account"] == "Reliability bot"
    assert found.json["missing"] == ["Team"]
    known = found.json["connection"]
    assert (known["project"], known["issue_type"], known["board"]) == ("REL", "Task", 1)
    given = desk.connect("--field", "Team=Payments", "--team", "Payments team")
    assert given.json["missing"] == []
    assert given.json["connection"]["id"] == known["id"], "the same project is not connected twice"
    status = desk("status").json
    assert [c["project"] for c in status["connections"]] == ["REL"]
    assert status["connections"][0]["last_sync"] is None
    tested = desk("test")
    assert (tested.code, tested.json["connections"][0]["ok"]) == (0, True)


def test_what_is_not_there_is_said_and_nothing_is_kept(cloud_desk: Desk) -> None:
    desk = cloud_desk
    before = desk("status").json
    for option, value in (
        ("--issue-type", "Saga"),
        ("--board", "99"),
        ("--field", "Colour=red"),
        ("--project", "NOPE"),
    ):
        refused = desk.connect(option, value)
        assert refused.code == 1
        assert value.partition("=")[0] in refused.err
    assert desk("status").json == before


def test_the_flavour_is_found_out(cloud_desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = cloud_desk
    desk("disconnect", "REL")
    assert desk("status").json["connections"] == []
    assert desk("connect", "--url", desk.jira.url, "--project", "rel").code == 2, "no e-mail"
    found = desk("connect", "--url", desk.jira.url, "--project", "rel", "--email", EMAIL)
    assert found.json["connection"]["flavour"] == "cloud"
    monkeypatch.setenv("AFTERWHY_JIRA_TOKEN", "wrong")
    assert desk.connect().code == 1


def test_documents_instead_of_wiki_text(cloud_desk: Desk) -> None:
    desk = cloud_desk
    assert desk.connect().json["connection"]["api"] == "2"
    assert desk.connect("--api", "3").json["connection"]["api"] == "3"
    desk.add("Limit retries")
    assert desk.sync("--yes").code == 0
    (ticket,) = desk.jira.site.issues.values()
    assert ticket.values["description"]["type"] == "doc"
    dc = ("--flavour", "dc", "--project", "REL", "--api", "3")
    assert desk("connect", "--url", desk.jira.url, *dc).code == 2


def test_http_is_for_this_machine_alone(afterwhy: Afterwhy) -> None:
    refused = afterwhy(
        "jira", "connect", "--url", "http://jira.example.com", "--flavour", "dc", "--project", "A"
    )
    assert refused.code == 1
    assert "not encrypted" in refused.err


def test_a_ticket_that_is_there_is_linked_once(cloud_desk: Desk) -> None:
    desk = cloud_desk
    site, colleague = desk.jira.site, desk.jira.site.users[examples.COLLEAGUE]
    fields = {
        "project": {"key": "REL"}, "issuetype": {"id": "10001"}, "summary": "Retries",
        "duedate": "2026-12-24",
    }  # fmt: skip
    issues.create(site, colleague, fields)
    name, other = desk.add("Limit retries", priority="P1"), desk.add("Other")
    assert desk("link", name, "REL-99").code == 1
    linked = desk("link", name, "rel-1")
    assert (linked.code, linked.json["key"]) == (0, "REL-1")
    assert "A-01" in desk("link", other, "REL-1").err
    synced = desk.sync("--yes").json
    assert [c["action"] for c in synced["created"]] == [other]
    assert [(c["field"], c["ours"], c["theirs"]) for c in synced["conflicts"]] == [
        ("priority", "P1", "P2")
    ]
    shown = desk.show(name)
    assert (shown["title"], shown["due"]) == ("Limit retries", "2026-12-24")
    assert desk.issues[0].values["summary"] == "Retries"


def test_a_ticket_becomes_an_action_item(cloud_desk: Desk) -> None:
    desk = cloud_desk
    site, colleague = desk.jira.site, desk.jira.site.users[examples.COLLEAGUE]
    fields = {
        "project": {"key": "REL"}, "issuetype": {"id": "10001"}, "summary": "Limit retries",
        "priority": {"name": "High"},
    }  # fmt: skip
    issues.create(site, colleague, fields)
    made = desk("import", "REL-1", "--to", desk.ref)
    assert made.code == 0
    shown = desk.show(made.json["action"])
    assert (shown["title"], shown["state"], shown["priority"]) == ("Limit retries", "ready", "P1")
    assert shown["post_mortems"] == [desk.ref]
    assert desk.sync("--yes").json["created"] == []
    assert desk("import", "REL-1", "--to", desk.ref).code == 1
    listed = desk.afterwhy("action", "list", "--json").json
    assert listed["total"] == 1


def test_without_a_connection_nothing_is_asked(afterwhy: Afterwhy, cloud: FakeJira) -> None:
    assert afterwhy("new", "--title", "Outage").code == 0
    for command in ("sync", "test"):
        refused = afterwhy("jira", command, "--json")
        assert refused.code == 1
        assert "not connected" in refused.err
    assert afterwhy("jira", "status", "--json").json["connections"] == []
    assert cloud.journal.exchanges == []


def test_a_site_that_asked_for_time_is_left_alone_by_every_command(cloud_desk: Desk) -> None:
    desk, journal = cloud_desk, cloud_desk.jira.journal
    desk.jira.faults.plan("GET /myself", faults.refusal(429, retry_after=300))
    (tested,) = desk("test").json["connections"]
    assert not tested["ok"]
    asked = journal.count()
    assert desk.sync().json["next_try"] == "2026-11-19T14:07:00Z"
    told = [desk("test").out, desk.connect().out, desk("import", "REL-1", "--to", desk.ref).out]
    assert all("left alone until 2026-11-19 14:07:00 UTC" in one for one in told), told
    assert journal.count() == asked
    desk.jira.site.clock.advance(minutes=5)
    assert desk("test").code == 0
