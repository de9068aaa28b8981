"""What is asked on a terminal, and how a sync is stopped."""

import os
import signal
import sys
import time

import pytest

from app import settings
from tests.app.cli.conftest import start
from tests.app.cli.jira.conftest import EMAIL, Desk
from tests.jira_fake import examples, faults

if sys.platform == "win32":
    pytest.skip("there are no pseudo-terminals here", allow_module_level=True)

from tests.app.cli.test_terminal import in_terminal


@pytest.fixture(autouse=True)
def _named() -> None:
    settings.save(author_asked="yes")


def test_the_first_tickets_are_shown_and_asked_about(cloud_desk: Desk) -> None:
    desk = cloud_desk
    desk.add("Limit retries")
    code, shown = in_terminal("jira", "sync", typed="y\n")
    assert code == 0, shown
    assert "Limit retries" in shown
    assert "Make 1 ticket in REL" in shown
    assert [issue.values["summary"] for issue in desk.issues] == ["Limit retries"]


def test_a_token_is_asked_for_and_not_shown(cloud_desk: Desk) -> None:
    desk = cloud_desk
    del os.environ["AFTERWHY_JIRA_TOKEN"]
    code, shown = in_terminal(
        "jira", "connect", "--url", desk.jira.url, "--project", "REL", "--email", EMAIL,
        typed=f"{examples.TOKEN}\n", after="API token for",
    )  # fmt: skip
    assert code == 0, shown
    assert "API token for" in shown
    assert examples.TOKEN not in shown
    assert "no keychain" in shown


def test_ctrl_c_stops_and_the_next_sync_goes_on(cloud_desk: Desk) -> None:
    desk = cloud_desk
    names = [desk.add("Limit retries"), desk.add("Alert on the pool")]
    desk.jira.faults.plan("POST /issue", faults.slow(30))
    process = start("jira", "sync", "--yes", "--json", AFTERWHY_NOW="2026-11-19T14:02:00Z")
    while not desk.jira.journal.count("POST /issue") and process.poll() is None:
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=20)
    assert process.returncode == 3, err
    assert '"cancelled": true' in out
    desk.jira.stop_waiting()
    for _ in range(2):
        desk.jira.site.clock.advance(minutes=6)
        desk.sync()
    assert [desk.show(name)["jira"]["key"] for name in names] == ["REL-1", "REL-2"]
    assert len(desk.issues) == 2
