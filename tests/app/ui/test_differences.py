"""Differences in the window: marked by more than colour, told to screen readers, in History."""

from dataclasses import replace

import pytest
from PySide6.QtGui import QTextCursor, QTextDocument

from app.ui.document.differences import LONGEST, DifferenceView, sentence, told
from app.ui.document.history import HistoryPanel
from app.ui.fitting import clipped
from app.ui.theme import DARK, LIGHT, Theme, contrast
from app.ui.widgets.buttons import Button
from models.commands import post_mortems as commands
from models.differences import Change, Kind, Place
from models.errors import StaleWriteError
from models.queries import post_mortems as queries
from models.store.library import Actor
from tests.app.ui.conftest import Bench

WHY = Place("whys", "1")
CHANGES = (
    Change(
        Place("summary", "", "summary"), "Summary", Kind.CHANGED, "It was slow.", "It was down."
    ),
    Change(WHY, "Why 1.1", Kind.MOVED, "2", "1.1"),
    Change(WHY, "Why 2", Kind.ADDED, "", "No <b>alert</b>\nat all"),
    Change(WHY, "Why 3", Kind.REMOVED, "Nobody knew"),
)


@pytest.fixture
def view(bench: Bench) -> DifferenceView:
    made = DifferenceView(bench.desktop.look)
    made.setParent(bench.window)
    made.resize(700, 500)
    made.show()
    return made


def marked(document: QTextDocument, words: str) -> tuple[bool, bool]:
    """Whether words are underlined, struck through."""
    cursor = document.find(words)
    assert cursor.hasSelection(), words
    at = QTextCursor(document)
    at.setPosition(cursor.selectionStart() + 1)
    return at.charFormat().fontUnderline(), at.charFormat().fontStrikeOut()


def test_marks_are_more_than_colour(view: DifferenceView) -> None:
    view.show_told(told(CHANGES, "Revision 1", "Now"))
    document = view.text.document()
    assert marked(document, "slow") == (False, True)
    assert marked(document, "down") == (True, False)
    assert marked(document, "It was") == (False, False)
    text = view.text.toPlainText()
    assert [
        line for line in ("Summary", "5 Whys", "Why 1.1 moved, 2 → 1.1") if line not in text
    ] == []
    assert "+ No <b>alert</b>" in text
    assert "\N{MINUS SIGN} Nobody knew" in text


def test_a_screen_reader_hears_each_difference(view: DifferenceView) -> None:
    view.show_told(told(CHANGES, "Revision 1", "Now"))
    assert view.text.accessibleDescription() == (
        "Summary changed: removed “slow”, added “down”. Why 1.1 moved from 2 to 1.1. "
        "Why 2 added: No <b>alert</b> at all. Why 3 removed: Nobody knew."
    )
    many = told(CHANGES * 20, "", "")
    assert many.said.endswith("40 differences more.")
    assert sentence(CHANGES[1]) == "Why 1.1 moved from 2 to 1.1."


def test_no_difference_says_what_that_means(view: DifferenceView) -> None:
    view.show_told(told((), "Revision 1", "Now", same="It says the same now."))
    assert view.notice.isVisible()
    assert view.notice.accessibleName() == "No difference"
    assert view.notice.accessibleDescription() == "It says the same now."
    assert not view.text.isVisible()


def test_a_failure_can_be_tried_again(view: DifferenceView) -> None:
    tried: list[bool] = []
    view.show_failure(ValueError("gone"), lambda: tried.append(True))
    assert view.notice.accessibleName() == "These could not be compared"
    (button,) = [b for b in view.notice.findChildren(Button) if b.text() == "Try again"]
    button.click()
    assert tried == [True]


def test_the_keyboard_scrolls_and_a_new_theme_keeps_the_place(
    bench: Bench, view: DifferenceView
) -> None:
    view.show_told(told(CHANGES * 30, "Revision 1", "Now"))
    view.setFocus()
    bench.press("PgDown", "PgDown")
    bar = view.text.verticalScrollBar()
    place = bar.value()
    assert place > 0
    bench.desktop.look.toggle_dark()
    assert bar.value() == place
    bench.press("Tab")
    assert not view.text.hasFocus()


def test_long_texts_and_words_do_not_break_the_view(view: DifferenceView) -> None:
    change = Change(Place("summary"), "Summary", Kind.ADDED, "", "x" * (LONGEST + 5000))
    view.show_told(told((change,), "Revision 1", "Now"))
    assert "and 5,000 more characters" in view.text.toPlainText()
    assert view.text.horizontalScrollBar().maximum() == 0


def test_white_space_alone_is_shown(view: DifferenceView) -> None:
    change = Change(Place("summary"), "Summary", Kind.CHANGED, "one\ntwo", "one\n\ntwo")
    view.show_told(told((change,), "Revision 1", "Now"))
    assert "¶" in view.text.toPlainText()


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_marks_can_be_read(theme: Theme) -> None:
    for state in (theme.green, theme.red):
        assert contrast(state.text, state.soft) >= 4.5


def history(bench: Bench) -> HistoryPanel:
    """The history of the chosen post-mortem after two saves."""
    reading = bench.screens.library.reading
    document = reading.document
    assert document is not None
    library = bench.screens.context.workspace.library
    mortem = document.post_mortem
    saved = commands.save(library, replace(mortem, summary="Second."), document.version, Actor("a"))
    later = replace(mortem, summary="Third.", tags=())
    commands.save(library, later, saved.version, Actor("b"))
    bench.screens.context.changes_committed.emit()
    bench.settle()
    bench.press("Ctrl+H")
    return reading.history


def said(panel: HistoryPanel) -> str:
    return panel.difference.text.accessibleDescription()


def test_a_revision_shows_what_changed_since_and_by_it(bench: Bench) -> None:
    panel = history(bench)
    assert panel.difference.notice.accessibleDescription() == "This is the text as it is now."
    bench.press("Down")
    assert said(panel) == (
        "Tags removed: rollout, canary. Summary changed: removed “Second”, added “Third”."
    )
    panel.views.click("earlier")
    bench.settle()
    assert "added “Second" in said(panel)
    assert "Tags" not in said(panel)
    bench.press("Down")
    panel.list.setFocus()
    bench.press("Down")
    assert panel.difference.notice.accessibleDescription() == "It is the first revision."
    panel.views.click("text")
    bench.settle()
    assert panel.text.isVisible()
    assert "Profile saves failing" in panel.text.toPlainText()


def test_restore_stays_one_click_from_the_difference(bench: Bench) -> None:
    panel = history(bench)
    id = bench.screens.library.list.current_id()
    library = bench.screens.context.workspace.library
    bench.press("Down")
    panel.restore_button.click()
    bench.settle()
    assert queries.by_id(library, id).post_mortem.summary == "Second."
    bench.press("Ctrl+Z")
    assert queries.by_id(library, id).post_mortem.summary == "Third."


def test_a_refused_text_is_compared_with_what_it_was_before(bench: Bench) -> None:
    panel = history(bench)
    library, id = bench.screens.context.workspace.library, bench.screens.library.list.current_id()
    now = queries.by_id(library, id)
    stale = replace(now.post_mortem, summary="Refused.")
    with pytest.raises(StaleWriteError):
        commands.save(library, stale, now.version - 1, Actor("c"))
    bench.screens.context.changes_committed.emit()
    bench.settle()
    panel.list.setCurrentIndex(panel.list.model().index(0, 0))
    bench.settle()
    assert "removed “Refused”, added “Third”" in said(panel)


@pytest.mark.parametrize(("width", "percent"), [(1440, 100), (1240, 100), (1240, 150)])
def test_the_history_fits(bench: Bench, width: int, percent: int) -> None:
    bench.window.resize(width, 800)
    bench.desktop.look.set_percent(percent)
    panel = history(bench)
    for row in (0, 1):
        panel.list.setCurrentIndex(panel.list.model().index(row, 0))
        bench.settle()
        assert clipped(panel) == []
