"""Sending to Jira from the window and hearing back, against a fake site over loopback."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QDeadlineTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.ui.tracking.cards import DifferingCard
from app.ui.tracking.dialogs import AskDialog, PickDialog
from app.ui.tracking.outbox_items import Queue, ToSync
from app.ui.tracking.page import BoardPage
from app.ui.tracking.refused_card import RefusedCard
from app.ui.tracking.sprint_panel import SHOWN
from app.ui.tracking.words import jira_note, sprint_chips, status_chip
from models.commands import post_mortems, tracking
from models.document import new_id
from models.domain.action import ActionItem
from models.queries import actions
from models.queries import tracking as queries
from models.store.library import Actor
from models.tracking.connections import Connection
from models.tracking.connections import Flavour as Kind
from tests.app.ui import examples
from tests.app.ui.conftest import Bench, Open
from tests.jira_fake import FakeJira, Flavour, faults, issues
from tests.jira_fake import Kind as FieldKind
from tests.jira_fake import examples as sites
from tests.jira_fake.specifications import judged

LEAD = Actor("", "Reliability lead")
TEAM = "customfield_10300"


@pytest.fixture
def jira(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeJira]:
    """A Cloud site at the time of the window."""
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    monkeypatch.setenv("AFTERWHY_JIRA_TOKEN", sites.TOKEN)
    with judged(sites.site(Flavour.CLOUD)) as fake:
        fake.site.clock.now = datetime(2026, 11, 20, 9, tzinfo=UTC)
        yield fake


@pytest.fixture
def page(open_bench: Open, jira: FakeJira) -> tuple[Bench, BoardPage]:
    """The board of two proposed action items, connected."""
    bench = open_bench(empty=True)
    library = bench.screens.context.workspace.library
    items = tuple(ActionItem(new_id(), title) for title in ("Limit retries", "Alert on the queue"))
    document = replace(examples.document(examples.CASES[0]), actions=items)
    post_mortems.add(library, document, LEAD)
    email = f"{sites.BOT}@example.com"
    project = Connection("rel", jira.url, Kind.CLOUD, "REL", email=email, board=1, cleartext=True)
    tracking.save_connection(library, project, LEAD)
    bench.screens.context.changes_committed.emit()
    bench.settle()
    bench.press("Alt+2")
    return bench, bench.screens.tracking.page


def until(bench: Bench, holds: Callable[[], bool]) -> None:
    """Let the window live until something holds; the sync's thread may wait for an answer."""
    deadline = QDeadlineTimer(10_000)
    while not holds():
        assert not deadline.hasExpired()
        QTest.qWait(5)


def sync(bench: Bench, answer: str = "") -> None:
    """Press the sync's key, answer its question with a key, and wait for its end."""
    syncing = bench.screens.tracking.syncing
    QTest.keySequence(bench.focus(), "Ctrl+R")
    assert syncing.is_running
    if answer:
        until(bench, lambda: bool(asked(bench)))
        QTest.keySequence(asked(bench)[0].yes, answer)
    until(bench, lambda: not syncing.is_running)
    bench.settle()


def asked(bench: Bench) -> list[AskDialog]:
    return [d for d in bench.window.findChildren(AskDialog) if d.isVisible()]


def test_the_first_tickets_are_asked_for_and_their_keys_appear(
    page: tuple[Bench, BoardPage], jira: FakeJira
) -> None:
    bench, board = page
    site = jira.site
    first = board.list.rows_shown()[0].action
    bench.press("R")
    QTest.keySequence(bench.focus(), "Ctrl+R")
    until(bench, lambda: bool(asked(bench)))
    assert "Limit retries" in asked(bench)[0].accessibleDescription()
    QTest.keySequence(asked(bench)[0].no, "Escape")
    until(bench, lambda: not bench.screens.tracking.syncing.is_running)
    bench.settle()
    assert site.issues == {}, "nothing is made without somebody's word"
    sync(bench, answer="Return")
    row = next(row for row in board.list.rows_shown() if row.action.id == first.id)
    assert row.ticket is not None
    assert row.ticket.key == "REL-1"
    assert "REL-1" in str(board.list.rows.place(first.id).data(11))


def test_what_was_refused_is_mended_where_it_stands(
    page: tuple[Bench, BoardPage], jira: FakeJira
) -> None:
    bench, board = page
    library, site = bench.screens.context.workspace.library, jira.site
    second = board.list.rows_shown()[0].action
    team = site.add_field(TEAM, "Team", FieldKind.OPTION, ["Payments core"])
    for project in site.projects.values():
        for screen in project.screens.values():
            screen.required.add(TEAM)
    bench.press("R")
    sync(bench, answer="Return")
    assert bench.window.status.outbox.accessibleName() == "1 needs attention"
    assert bench.window.toast.accessibleName() == "1 action needs you: see the outbox."
    card = board.outbox.card(second.id, RefusedCard)
    assert card is not None
    field = card.choosers[TEAM]
    bench.press("Ctrl+J")
    assert bench.focus() is field.control, "the first field at once"
    card.send_button.click()
    assert card.wrong.isVisible()
    assert bench.focus() is field.control
    bench.press("Down", "Down", "Return")  # opens the list, then the first of it
    card.send_button.click()
    until(bench, lambda: len(site.issues) == 1)
    until(bench, lambda: not bench.screens.tracking.syncing.is_running)
    bench.settle()
    assert queries.connections(library)[0].fields == {TEAM: {"id": next(iter(team.options))}}
    assert board.outbox.card(second.id, RefusedCard) is None


def test_what_a_step_of_the_workflow_wants_is_given_where_it_stands(
    page: tuple[Bench, BoardPage], jira: FakeJira
) -> None:
    bench, board = page
    site, first = jira.site, board.list.rows_shown()[0].action
    bench.press("R")
    sync(bench, answer="Return")
    cause, approver = "customfield_10301", "customfield_10302"
    site.add_field(cause, "Cause", FieldKind.OPTION, ["Code", "Process"])
    site.add_field(approver, "Approver", FieldKind.USER)
    wants = (cause, approver)
    workflow = site.project("REL").workflow
    workflow[-1] = replace(workflow[-1], screen=("resolution", *wants), required=wants)
    bench.press("T")
    bench.type("Done")
    bench.press("Return")
    sync(bench)
    card = board.outbox.card(first.id, RefusedCard)
    assert card is not None
    assert not any(isinstance(item, Queue) for item in board.outbox.items), "it waits for a word"
    card.choosers[cause].setFocus()
    bench.press("Down", "Down", "Down", "Return")
    card.choosers[approver].setFocus()
    bench.type("Platform")
    bench.press("Return")
    until(bench, lambda: QApplication.activePopupWidget() is not None)
    menu = QApplication.activePopupWidget()
    assert menu is not None
    for key in ("Down", "Return"):
        QTest.keySequence(menu, key)
    card.send_button.setFocus()
    QTest.keySequence(card.send_button, "Return")
    until(bench, lambda: jira.journal.count("POST /issue/*/transitions") == 1)
    until(bench, lambda: not bench.screens.tracking.syncing.is_running)
    bench.settle()
    (issue,) = site.issues.values()
    assert (issue.values[approver], issue.status) == (sites.COLLEAGUE, sites.DONE)
    assert board.outbox.card(first.id, RefusedCard) is None


def test_what_both_sides_changed_is_decided_with_one_click(
    page: tuple[Bench, BoardPage], jira: FakeJira
) -> None:
    bench, board = page
    library, site = bench.screens.context.workspace.library, jira.site
    first = board.list.rows_shown()[0].action
    bench.press("R")
    sync(bench, answer="Return")
    site.clock.advance(minutes=30)
    (issue,) = site.issues.values()
    issues.edit(site, site.users[sites.COLLEAGUE], issue, {"duedate": "2026-12-03"})
    board.choose(first.id)
    bench.press("D")
    bench.type("2026-11-26")
    bench.press("Return")
    sync(bench)
    conflict = board.outbox.card(first.id, DifferingCard)
    assert conflict is not None
    assert "3 December 2026" in conflict.theirs.accessibleName()
    conflict.theirs.setFocus()
    bench.press("Return")
    assert bench.focus() is board.list, "nothing is left in the outbox"
    due = actions.one(library, first.id).action.due
    assert due is not None
    assert due.isoformat() == "2026-12-03"
    assert board.outbox.card(first.id, DifferingCard) is None


def test_a_sprint_of_the_board_is_wished_and_reached(
    page: tuple[Bench, BoardPage], jira: FakeJira
) -> None:
    bench, board = page
    jira.site.add_sprint(1, "Sprint 43")
    bench.press("R")

    def wish(words: str) -> list[str]:
        bench.press("S")
        pick = next(d for d in bench.window.findChildren(PickDialog) if d.isVisible()).pick
        until(bench, lambda: pick.list.choices.index(0, 0).data().startswith("Sprint 43"))
        QTest.keyClicks(pick.line, words)
        QTest.keySequence(pick.line, "Return")
        bench.settle()
        first = board.list.rows_shown()[0]
        return [chip.text for chip in sprint_chips(first, board.list.rows.known.sprints)]

    assert wish("43") == ["43"]
    assert wish("backlog") == []
    bench.press("Ctrl+Z")
    assert bench.window.toast.accessibleName() == "A-01 as before."
    sync(bench, answer="Return")
    sent = board.list.rows_shown()[0]
    assert sent.sprint is not None
    assert sent.sprint.name == "Sprint 43"
    assert board.list.rows.index(0, 0).data() == "Planned"

    bench.press("H")
    assert bench.focus() is board.sprints.table
    bench.press("Return")
    assert bench.focus() is board.list
    shown = [board.list.rows.index(row, 0).data() for row in range(board.list.rows.rowCount())]
    assert shown == ["Planned for Sprint 43", "A-01 Limit retries"]
    bench.press("Esc")
    assert bench.focus() is board.sprints.table
    assert len(board.list.rows_shown()) == 2
    assert bench.screens.context.preferences.text(SHOWN) == "yes"


def test_a_long_wait_can_be_stopped_and_nothing_is_lost(
    page: tuple[Bench, BoardPage], jira: FakeJira
) -> None:
    bench, board = page
    bench.press("R")
    busy = faults.refusal(429, "Too many requests.", retry_after=300)
    jira.faults.plan("GET *", busy, nth=2, times=-1)
    syncing = bench.screens.tracking.syncing
    QTest.keySequence(bench.focus(), "Ctrl+R")
    until(bench, lambda: jira.journal.count("GET *") >= 2)
    until(bench, lambda: "Waiting until 09:05 UTC" in board.sync_bar.button.toolTip())
    assert syncing.is_running
    QTest.keySequence(bench.focus(), "Ctrl+R")
    until(bench, lambda: not syncing.is_running)
    bench.settle()
    assert bench.window.toast.accessibleName() == "Stopped; what was sent stays sent."
    library = bench.screens.context.workspace.library
    assert [entry.state.value for entry in queries.outbox(library)] == ["queued"]
    (waiting,) = [item for item in board.outbox.items if isinstance(item, Queue)]
    assert waiting.lines[0][1].startswith("waiting, 1 of 1, tried again 09:05. ")


def test_one_whose_answer_was_lost_holds_up_no_sync(
    page: tuple[Bench, BoardPage], jira: FakeJira
) -> None:
    bench, board = page
    library = bench.screens.context.workspace.library
    bench.press("Ctrl+A", "R")
    jira.faults.plan("POST /issue", faults.refusal(500))
    sync(bench, answer="Return")
    states = {entry.state.value: entry for entry in queries.outbox(library)}
    assert set(states) == {"unknown", "synced"}
    lost = next(row for row in board.list.rows_shown() if row.may_be_sent)
    wording = bench.screens.context.wording
    assert status_chip(lost, wording).text == "Looked for"
    assert jira_note(lost).text == "Perhaps sent"
    (waiting,) = [item for item in board.outbox.items if isinstance(item, Queue)]
    assert waiting.lines[0][0] == f"Look for the ticket of {lost.action.ref} in REL"
    assert "may have been sent and is looked for again 09:" in waiting.lines[0][1]


def test_what_is_asked_for_while_a_sync_runs_is_done_after_it(
    page: tuple[Bench, BoardPage], jira: FakeJira
) -> None:
    bench, board = page
    bench.press("R")
    syncing = bench.screens.tracking.syncing
    QTest.keySequence(bench.focus(), "Ctrl+R")
    until(bench, lambda: bool(asked(bench)))
    QTest.keySequence(asked(bench)[0].no, "Escape")
    board.outbox.sync_asked.emit()
    until(bench, lambda: bool(asked(bench)))
    QTest.keySequence(asked(bench)[0].yes, "Return")
    until(bench, lambda: not syncing.is_running)
    assert len(jira.site.issues) == 1


def test_a_sync_by_itself_asks_nothing_and_says_where_it_cannot_reach(
    page: tuple[Bench, BoardPage], jira: FakeJira
) -> None:
    bench, board = page
    bench.press("R")
    syncing = bench.screens.tracking.syncing
    syncing._by_itself()  # noqa: SLF001 - what the timer does after a minute
    until(bench, lambda: not syncing.is_running)
    bench.settle()
    assert asked(bench) == []
    assert jira.site.issues == {}
    left = next(item for item in board.outbox.items if isinstance(item, ToSync))
    assert left.text == "Limit retries"
    board.outbox.sync_asked.emit()
    until(bench, lambda: bool(asked(bench)))
    QTest.keySequence(asked(bench)[0].yes, "Return")
    until(bench, lambda: not syncing.is_running)
    bench.settle()
    assert len(jira.site.issues) == 1
    jira.faults.plan("*", faults.refusal(401, "Not signed in."), times=-1)
    syncing._by_itself()  # noqa: SLF001 - as above
    until(bench, lambda: not syncing.is_running)
    bench.settle()
    assert syncing.trouble
    assert board.sync_bar.button.accessibleName() == "Sync now"
    assert any(isinstance(item, ToSync) for item in board.outbox.items)
    sync(bench)
    said = bench.window.toast.accessibleName()
    assert said == "Not everything was synced: see the outbox."
    syncing.pause(paused=True)
    assert not syncing._timer.isActive()  # noqa: SLF001 - what a pause is
