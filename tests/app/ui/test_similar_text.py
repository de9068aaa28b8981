"""Failures like a pasted text, by keyboard."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.ui.search.similar_text import LONGEST, SimilarTextDialog
from app.ui.widgets.buttons import Button
from tests.app.ui.conftest import Bench


def opened(bench: Bench, text: str) -> SimilarTextDialog:
    QApplication.clipboard().setText(text)
    bench.press("Ctrl+Alt+V")
    dialog = QApplication.activeWindow()
    assert isinstance(dialog, SimilarTextDialog)
    return dialog


def test_what_is_on_the_clipboard_is_compared_and_a_hit_opens(bench: Bench) -> None:
    dialog = opened(bench, "ALERT: partner webhook refuses its expired certificate")
    list_ = dialog.similar.list
    hit = list_.similar_model.entry(list_.currentIndex())
    assert hit.title == "Expired certificate on the partner webhook"
    assert bench.focus() is dialog.text
    QTest.keyClick(dialog.text, Qt.Key.Key_Tab)
    assert bench.focus() is list_
    QTest.keyClicks(list_, "r")  # a text is no post-mortem that could be linked
    assert list_.commands() == {}
    QTest.keyClick(list_, Qt.Key.Key_Return)
    bench.settle()
    assert bench.window.current == "document"
    assert bench.screens.document.current_id() == hit.id


def test_an_index_that_cannot_answer_is_made_anew_and_asked_again(bench: Bench) -> None:
    dialog = opened(bench, "password-reset mail queue backlog")
    index = bench.screens.context.workspace.index
    before = index.status().generation
    dialog.similar.show_failure(OSError("the index is gone"), dialog.text.textChanged.emit)
    (button,) = (b for b in dialog.findChildren(Button) if b.accessibleName() == "Rebuild index")
    button.click()
    bench.settle()
    dialog.flush()
    bench.settle()
    assert index.status().generation > before
    assert dialog.similar.list.isVisible()


def test_the_answer_follows_what_is_typed(bench: Bench) -> None:
    dialog = opened(bench, "")
    assert dialog.similar.notice.isVisible()
    QTest.keyClicks(dialog.text, "password-reset mail queue backlog")
    dialog.flush()
    bench.settle()
    model = dialog.similar.list.similar_model
    assert model.entry(model.index(0, 0)).title == "Password-reset mail delayed by a queue backlog"
    dialog.text.setPlainText("xyzzy plugh")
    dialog.flush()
    bench.settle()
    assert dialog.similar.notice.isVisible()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_only_the_beginning_of_a_long_text_is_taken(bench: Bench) -> None:
    dialog = opened(bench, "certificate " * LONGEST)
    assert len(dialog.text.toPlainText()) == LONGEST
    QTest.keySequence(dialog.text, "Ctrl+V")
    assert len(dialog.text.toPlainText()) == LONGEST
