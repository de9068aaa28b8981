"""Writing a tree by keyboard alone."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFocusEvent, QPaintEvent, QRegion
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from app.ui.editor.whys.evidence_dialog import EvidenceDialog
from models.domain.whys import Stop, StopReason
from models.editing import stops
from tests.app.ui.editor.whys.conftest import Desk


def test_a_tree_from_nothing(blank_desk: Desk) -> None:
    desk = blank_desk
    desk.press("F2")
    desk.type("Saves failed")
    desk.press("Return", "Return")
    desk.type("The new path wrote nothing")
    desk.press("Return", "Return")
    desk.type("It has no fallback")
    desk.press("Return", "Shift+Return")
    desk.type("Nobody saw it")
    desk.press("Return", "A")
    assert desk.tree.problem == "Saves failed"
    assert desk.outline == [
        "1 The new path wrote nothing",
        "1.1 It has no fallback",
        "1.2+ Nobody saw it",
    ]


def test_every_key_is_in_the_draft_at_once_and_one_step_of_undo(desk: Desk) -> None:
    desk.go("2")
    desk.press("F2")
    desk.type(" At once")
    assert desk.node("2").answer == "The flag went to 100% in one step. At once"
    assert desk.page.tree.open_editor is not None
    assert desk.draft.undo_name == "Write why 2"
    desk.draft.undo()
    desk.bench.settle()
    assert desk.node("2").answer == "The flag went to 100% in one step."
    assert desk.page.tree.open_editor is not None
    assert desk.page.tree.open_editor.toPlainText() == "The flag went to 100% in one step."


def test_a_colleagues_words_do_not_move_the_cursor(desk: Desk) -> None:
    desk.go("2")
    desk.press("F2", "Home")
    desk.type("So: ")
    editor = desk.page.tree.open_editor
    assert editor is not None
    place = editor.textCursor().position()
    desk.page.writing.change(
        "Elsewhere", lambda tree: type(tree)(tree.id, tree.about, "Other words", tree.nodes), "x"
    )
    desk.bench.settle()
    assert desk.page.tree.open_editor is editor
    assert editor.textCursor().position() == place


def test_enter_keeps_shift_enter_begins_a_line_escape_takes_back(desk: Desk) -> None:
    desk.go("1.1")
    desk.press("F2", "End", "Shift+Return")
    desk.type("second line")
    desk.press("Return")
    written = "Old accounts have no preferences.\nsecond line"
    assert desk.node("1.1").answer == written
    desk.press("F2")
    desk.type("?!")
    desk.press("Esc")
    assert desk.node("1.1").answer == written
    desk.draft.undo()
    assert desk.node("1.1").answer == f"{written}?!"


def test_the_question_is_written_too_and_f2_goes_between(desk: Desk) -> None:
    desk.go("1")
    desk.press("Alt+Q", "Ctrl+A")
    desk.type("Why?")
    desk.press("F2", "Ctrl+A")
    desk.type("Because.")
    desk.press("Return")
    assert (desk.node("1").question, desk.node("1").answer) == ("Why?", "Because.")
    assert desk.page.tree.hasFocus()


def test_an_empty_new_why_goes_again(desk: Desk) -> None:
    before = desk.outline
    desk.go("2")
    desk.press("Return", "Esc")
    assert desk.outline == before
    assert desk.current.startswith("Add a why")


def test_letters_on_a_ghost_row_begin_a_why(desk: Desk) -> None:
    desk.go("2")
    desk.press("Down")
    assert desk.current.startswith("Add a why")
    desk.type("Are there limits?")
    desk.press("Return")
    assert desk.node("2.1").answer == "Are there limits?"


def test_letters_on_the_problem_write_it(blank_desk: Desk) -> None:
    blank_desk.type("because carts failed?")
    blank_desk.press("Return")
    assert blank_desk.tree.problem == "because carts failed?"
    assert blank_desk.page.backwards.isHidden()


def test_letters_on_a_problem_that_has_words_go_on_with_them(desk: Desk) -> None:
    desk.type("bare")
    assert desk.tree.problem == "Saves failed for 47 minutes bare"
    desk.press("Esc")
    assert desk.tree.problem == "Saves failed for 47 minutes"
    assert desk.page.asking.dialog is None


def test_whoever_comes_back_from_another_program_goes_on_writing(desk: Desk) -> None:
    desk.go("2")
    desk.press("F2")
    desk.type(" Bare")
    away, other = Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.OtherFocusReason
    QApplication.sendEvent(desk.focus(), QFocusEvent(QEvent.Type.FocusOut, away))
    QApplication.sendEvent(desk.focus(), QFocusEvent(QEvent.Type.FocusIn, away))
    desk.type(" code")
    assert desk.node("2").answer.endswith("in one step. Bare code")
    desk.page.tree.setFocus(other)
    assert desk.page.tree.open_editor is None


class Painted(QObject):
    """What of a widget was painted anew."""

    region = QRegion()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self.region += event.region()
        return super().eventFilter(watched, event)


def test_the_mark_of_a_join_is_painted_above_the_row_that_was_joined(desk: Desk) -> None:
    desk.go("2")
    painted, tree = Painted(), desk.page.tree
    tree.viewport().installEventFilter(painted)
    desk.press("A")
    first = tree.why_model.find(desk.node("1").id)
    assert desk.node("2").joined
    assert painted.region.contains(tree.visualRect(first).center())


def test_letters_typed_quickly_open_one_dialog(desk: Desk) -> None:
    desk.go("1.1")
    before, tree = desk.draft.document, desk.page.tree
    QTest.keyClicks(tree, "bear")  # to the tree, as before the dialog has the keyboard
    shown = [one for one in desk.page.findChildren(QDialog) if one.isVisible()]
    assert [type(one) for one in shown] == [EvidenceDialog]
    assert desk.draft.document is before
    desk.press("Esc")
    assert desk.page.asking.dialog is None


def test_moving_by_keyboard(desk: Desk) -> None:
    desk.go("1.2")
    desk.press("Alt+Up")
    assert desk.node("1.1").answer == "There is no fallback."
    desk.press("Alt+Down", "Alt+Right")
    assert desk.node("1.1.1").answer == "There is no fallback."
    desk.press("Alt+Left", "Alt+Left")
    assert desk.node("2").answer == "There is no fallback."
    assert desk.current.startswith("Why 2 of 3")
    assert desk.draft.undo_name == "Move why 1.2"


def test_joining_and_parting(desk: Desk) -> None:
    desk.go("2")
    desk.press("A")
    assert desk.node("2").joined
    assert "AND with 1" in desk.current
    desk.press("A")
    assert not desk.node("2").joined


def test_folding_says_nothing_to_the_document(desk: Desk) -> None:
    before = desk.draft.document
    desk.go("1")
    index = desk.page.tree.currentIndex()
    desk.press("Left")
    assert not desk.page.tree.isExpanded(index)
    desk.press("Right")
    assert desk.page.tree.isExpanded(index)
    desk.page.commands()["why_fold"]()
    assert not desk.page.tree.isExpanded(index)
    assert desk.draft.document is before


def test_removing_is_undone_from_the_toast(desk: Desk) -> None:
    before = desk.tree
    desk.go("1")
    desk.press("Del")
    assert desk.outline == ["1 The flag went to 100% in one step."]
    assert desk.bench.window.toast.can_undo
    desk.bench.window.toast.undo()
    assert desk.tree == before


def test_tab_leaves_the_tree_and_the_field(desk: Desk) -> None:
    desk.go("1")
    desk.press("Tab")
    assert not desk.page.tree.hasFocus()
    desk.go("1")
    desk.press("F2")
    desk.type("!")
    desk.press("Tab")
    assert desk.page.tree.open_editor is None
    assert not desk.page.tree.hasFocus()
    assert desk.node("1").answer.endswith("!")


def test_single_letters_can_be_switched_off(desk: Desk) -> None:
    desk.context.preferences.single_keys = False
    desk.page.keys.fit()
    desk.go("2")
    desk.press("A")
    assert not desk.node("2").joined
    desk.page.commands()["why_join"]()
    assert desk.node("2").joined


def make_root(desk: Desk, number: str) -> None:
    """Make a why a root, with words of its stop, and save that."""
    now = desk.context.workspace.library.now()
    stop = Stop(StopReason.OUTSIDE, "The provider says so", "Head of Platform")
    id = desk.node(number).id
    desk.draft.edit("Mark", lambda document: stops.stop_at(document, id, stop, now))
    desk.draft.save()
    desk.bench.settle()


def test_a_why_below_a_root_says_what_it_ends_and_undo_restores_it(desk: Desk) -> None:
    make_root(desk, "2")
    before, root = desk.tree, desk.draft.document.root_of("2")
    desk.go("2")
    desk.press("Return")
    desk.type("The service has no limit")
    toast = desk.bench.window.toast
    assert toast.accessibleName() == "Why 2 is no root any more: a chain goes on below it."
    desk.draft.save()
    desk.bench.settle()
    assert desk.draft.document.root_of("2") is None
    toast.undo()
    desk.draft.save()
    desk.bench.settle()
    assert desk.tree == before
    assert desk.draft.document.root_of("2") == root


def test_pasting_below_a_root_is_taken_back_in_one_step(desk: Desk) -> None:
    make_root(desk, "2")
    before = desk.tree
    desk.go("1.1")
    desk.press("Ctrl+C")
    desk.go("2")
    desk.press("Ctrl+V")
    assert desk.node("2").stop is None
    assert desk.bench.window.toast.can_undo
    desk.bench.window.toast.undo()
    assert desk.tree == before


def test_a_root_below_which_nothing_was_written_stays_a_root(desk: Desk) -> None:
    make_root(desk, "2")
    before, root = desk.tree, desk.draft.document.root_of("2")
    desk.go("2")
    desk.press("Return", "Esc")
    desk.draft.save()
    desk.bench.settle()
    assert desk.tree == before
    assert desk.draft.document.root_of("2") == root
