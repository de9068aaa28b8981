"""The Actions screen by keyboard, without any tracker."""

from datetime import date

import pytest
from PySide6.QtWidgets import QDialog, QMenu

from app.ui.editor.guidance.checklist import ChecklistDialog
from app.ui.tracking.choices import read_due
from app.ui.tracking.outbox_items import ToClose
from app.ui.tracking.page import BoardPage
from app.ui.wording import health_words
from models.domain.action import ActionState
from models.queries import actions, tracking
from models.queries.health import Health
from tests.app.ui.conftest import Bench
from tests.app.ui.examples import CASES


def board(bench: Bench) -> BoardPage:
    bench.press("Alt+2")
    assert bench.window.current == "actions"
    return bench.screens.tracking.page


def titles(page: BoardPage) -> list[str]:
    return [str(page.list.rows.index(n, 0).data()) for n in range(page.list.rows.rowCount())]


def test_the_board_by_keyboard(bench: Bench) -> None:
    library = bench.screens.context.workspace.library
    page = board(bench)
    assert bench.focus() is page.list
    assert titles(page)[0] == "Ready"
    current = page.list.current()
    assert current is not None
    assert current.row.overdue  # what is due first comes first
    assert "past due" in page.band.accessibleName()
    ref = current.action.ref

    bench.press("D")
    bench.type("2026-12-24")
    bench.press("Return")
    assert actions.one(library, ref).action.due == date(2026, 12, 24)
    assert page.list.current_key() == current.action.id
    bench.press("T")
    bench.type("In prog")
    bench.press("Return")
    assert actions.one(library, ref).action.state is ActionState.IN_PROGRESS
    assert titles(page)[0] == "In progress"
    bench.press("Ctrl+Z", "Ctrl+Z")
    assert actions.one(library, ref).action == current.action

    bench.press("Shift+Down", "Shift+Down", "O")
    bench.type("Search platform")
    bench.press("Return")
    owners = [row.action.owner for row in actions.every(library)]
    assert owners.count("Search platform") == 3
    bench.press("Esc")
    assert len(page.list.selected()) == 1
    bench.press("Space", "Down", "Space")
    assert len(page.list.selected()) == 2
    bench.press("Esc")
    assert len(page.list.selected()) == 1


def test_filters_folding_and_the_way_to_the_document(bench: Bench) -> None:
    page = board(bench)
    shown = page.list.rows.rowCount()
    page.filters.past_due.click()
    bench.settle()
    assert titles(page)[0] == "Ready"
    assert page.list.rows.rowCount() == 2
    page.filters.owner_button.click()
    menu = next(m for m in page.findChildren(QMenu) if m.isVisible())
    menu.actions()[-1].trigger()
    menu.close()
    bench.settle()
    assert page.filters.owner_button.accessibleName() == "Owner: Platform"
    bench.window.activateWindow()  # offscreen, no window is active after a menu
    bench.settle()
    page.filters.clear_button.setFocus()
    bench.press("Space")
    assert bench.focus() is page.list
    assert page.list.rows.rowCount() == shown

    bench.press("Home", "Left")
    assert page.list.rows.rowCount() < shown
    assert "folded" in str(page.list.rows.data(page.list.currentIndex(), 11))
    bench.press("Return", "Down", "Return")
    assert bench.window.current == "document"
    bench.press("Esc")
    assert bench.window.current == "actions"


def test_states_that_ask_for_words_and_what_is_ready_waits(bench: Bench) -> None:
    library = bench.screens.context.workspace.library
    page = board(bench)
    row = page.list.current()
    assert row is not None
    bench.press("T")
    bench.type("Won")
    bench.press("Return", "Return")
    assert actions.one(library, row.action.id).action.is_open  # a reason is needed
    bench.type("Switched off in March")
    bench.press("Return")
    ended = actions.one(library, row.action.id).action
    assert (ended.state, ended.reason) == (ActionState.WONT_DO, "Switched off in March")
    bench.press("Ctrl+Z")

    page.choose(next(r.action.id for r in page.list.rows_shown() if not r.is_open))
    bench.press("V")
    bench.type("Alert fired in the drill")
    bench.press("Return")
    proven = page.list.current()
    assert proven is not None
    assert proven.action.state is ActionState.VERIFIED
    assert proven.action.verification is not None

    page.list.choose(row.action.id)
    bench.press("T")
    bench.type("Proposed")
    bench.press("Return")
    assert all(e.action_id != row.action.id for e in tracking.outbox(library))
    bench.press("R")
    assert any(e.action_id == row.action.id for e in tracking.outbox(library))
    assert not dialog_open(bench)


def dialog_open(bench: Bench) -> bool:
    return any(d.isVisible() for d in bench.window.findChildren(QDialog))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-12-01", date(2026, 12, 1)),
        ("+10", date(2026, 11, 30)),
        ("in 2 weeks", date(2026, 12, 4)),
        ("30 nov", date(2026, 11, 30)),
        ("3 February", date(2027, 2, 3)),
        ("3 Feb 2026", date(2026, 2, 3)),
        ("soon", None),
        ("31 Feb", None),
    ],
)
def test_days_as_people_type_them(text: str, day: date | None) -> None:
    assert read_due(text, date(2026, 11, 20)) == day


@pytest.mark.parametrize(
    ("health", "words", "tone"),
    [
        (Health(), "no actions", "text2"),
        (Health(2, 1, 3), "2 of 3 open", "text2"),
        (Health(0, 3, 3), "3 of 3 done", "green"),
        (Health(2, 1, 3, slipped=1), "2 of 3 open, 1 slipped", "amber"),
        (Health(2, 1, 3, 1, 2, 1), "2 of 3 open, 1 opened again, 1 overdue, 2 slipped", "red"),
    ],
)
def test_how_the_actions_of_a_post_mortem_stand(health: Health, words: str, tone: str) -> None:
    assert health_words(health)[:2] == (words, tone)


def test_without_jira_the_button_leads_to_where_it_is_connected(bench: Bench) -> None:
    page = board(bench)
    assert page.sync_bar.button.accessibleName() == "Connect Jira"
    bench.press("Ctrl+R")
    assert bench.window.current == "settings"
    assert bench.screens.settings.sections.currentIndex().data() == "Jira"


def test_a_post_mortem_whose_actions_have_ended_is_offered_to_be_closed(bench: Bench) -> None:
    bench.screens.context.preferences.set_text("author_asked", "yes")
    page = board(bench)
    reviewed = CASES[2][0]
    done = [row for row in page.list.rows_shown() if row.row.homes[0].title == reviewed]
    assert [row.action.state for row in done] == [ActionState.DONE]
    assert not any(isinstance(item, ToClose) for item in page.outbox.items)
    page.choose(done[0].action.id)
    bench.press("V")
    bench.type("The drill of November")
    bench.press("Return")
    offered = next(item for item in page.outbox.items if isinstance(item, ToClose))
    assert offered.title == reviewed
    page.outbox.closing_asked.emit(offered.id)
    bench.settle()
    assert bench.window.current == "editor"
    gate = next(d for d in bench.window.findChildren(ChecklistDialog) if d.isVisible())
    assert gate.windowTitle() == "Close"
