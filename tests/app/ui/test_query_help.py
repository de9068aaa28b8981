"""The card of the search language, and what an empty answer says, by keyboard."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication

from app.ui.search.syntax import TOKENS, SyntaxPopover
from tests.app.ui.conftest import Bench


def test_a_token_of_the_card_is_put_into_the_query(bench: Bench) -> None:
    bench.press("Ctrl+K")
    bench.type("rollout")
    bench.press("Ctrl+/")
    popover = QApplication.activePopupWidget()
    assert isinstance(popover, SyntaxPopover)
    QTest.keyClick(popover, Qt.Key.Key_Up)  # from the first to the last, and on to the one before
    QTest.keyClick(popover, Qt.Key.Key_Up)
    QTest.keyClick(popover, Qt.Key.Key_Return)
    bench.settle()
    assert QApplication.activePopupWidget() is None
    assert bench.screens.search.state.text == f"rollout {TOKENS[-2][0]}"
    assert bench.window.top_bar.search.field.text() == bench.screens.search.state.text


def test_escape_closes_the_card_and_changes_nothing(bench: Bench) -> None:
    bench.press("Ctrl+K")
    bench.type("rollout")
    bench.press("Ctrl+/")
    popover = QApplication.activePopupWidget()
    assert isinstance(popover, SyntaxPopover)
    QTest.keyClick(popover, Qt.Key.Key_Escape)
    bench.settle()
    assert bench.window.current == "search"
    assert bench.screens.search.state.text == "rollout"


def test_an_empty_answer_says_what_to_drop(bench: Bench) -> None:
    bench.press("Ctrl+K")
    bench.type("rollout severity:SEV4")
    bench.press("Return")
    notice = bench.screens.search.results.notice
    assert notice.isVisible()
    drop = next(
        button
        for button in notice.findChildren(QAbstractButton)
        if button.text() == "Drop severity:SEV4" and button.isVisible()
    )
    for _ in range(40):
        if bench.focus() is drop:
            break
        bench.press("Tab")
    bench.press("Space")
    assert bench.screens.search.state.text == "rollout"
    assert bench.screens.search.list.hits.rowCount() > 0
