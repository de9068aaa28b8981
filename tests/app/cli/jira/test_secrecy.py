"""Where the token never is, and when nothing is reached."""

import socket
from pathlib import Path

import pytest

from tests.app.cli.conftest import Afterwhy
from tests.app.cli.jira.conftest import Desk
from tests.jira_fake import Kind, examples, faults, issues

TOKEN = "tok-7f3a9c-not-to-be-found"  # noqa: S105 - opens nothing but the fake


def test_the_token_is_nowhere_after_a_day_of_trouble(
    cloud_desk: Desk, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every kind of failure, an unexpected crash included; then everything written is read."""
    desk, site = cloud_desk, cloud_desk.jira.site
    site.users[examples.BOT].token = TOKEN
    monkeypatch.setenv("AFTERWHY_JIRA_TOKEN", TOKEN)
    said = [desk.connect(), desk("test")]
    team = site.add_field("customfield_10031", "Team", Kind.OPTION, ["Payments"])
    screen = site.project("REL").screens["10001"]
    screen.required.add(team.id)
    name, plan = desk.add("Limit retries"), desk.jira.faults.plan
    for fault in (
        faults.refusal(401),
        faults.refusal(403, "You may not."),
        faults.html(),
        faults.login(),
        faults.reset(applied=True),
        faults.refusal(500),
        faults.broken_json(),
        faults.refusal(429, retry_after=600),
    ):
        plan("*", fault, nth=2)
        said.append(desk.sync("--yes"))
        desk.jira.faults.clear()
        site.clock.advance(minutes=20)
    said += [desk("answer", name, "Team=Payments"), desk.sync("--yes")]
    issues.delete(site, site.issues[min(site.issues)])
    said += [desk.sync(), desk("outbox"), desk("status"), desk("disconnect", "REL")]
    said.append(desk.afterwhy("export", desk.ref, "--format", "json"))
    said.append(desk.connect("--field", "Team=Payments"))
    monkeypatch.setattr("integrations.jira.wire.Wire.get", _crash)
    said.append(desk.afterwhy("jira", "test", crashes=True))
    assert desk.jira.journal.count("POST /issue") > 0
    told = "".join(result.out + result.err for result in said)
    assert TOKEN not in told
    assert "Basic " not in told
    assert files_with(TOKEN.encode(), home) == []
    assert files_with(b"Limit retries", home), "what is written is found"


def _crash(*_: object) -> None:
    raise RuntimeError("as nobody foresaw")


def files_with(what: bytes, folder: Path) -> list[Path]:
    """The files below a folder that hold something."""
    every = [path for path in folder.rglob("*") if path.is_file()]
    assert len(every) > 5, "a library, an index and a log are there"
    return [path for path in every if what in path.read_bytes()]


def test_no_socket_is_opened_before_jira_is_connected(
    afterwhy: Afterwhy, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    opened: list[object] = []

    class Counted(socket.socket):
        def __init__(self, *given: object, **named: object) -> None:
            opened.append(given)
            super().__init__(*given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "socket", Counted)
    ref = afterwhy("new", "--title", "Checkout refused payments", "--json").json["ref"]
    name = afterwhy("action", "add", ref, "--title", "Limit retries", "--json").json["ref"]
    for command in (
        ("action", "set", name, "state=ready"),
        ("action", "show", name),
        ("search", "checkout"),
        ("similar", ref),
        ("export", ref, "--format", "html", "-o", tmp_path / "out.html"),
        ("jira", "status"),
        ("jira", "outbox"),
        ("jira", "sync"),
        ("list",),
    ):
        afterwhy(*command)
    assert opened == []
