"""Saved and recent searches, by keyboard."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.ui.search.keeping import NameDialog
from app.ui.search.kept import Saved, Searches, SearchFile
from app.ui.search.state import SearchState
from search.results import Order
from tests.app.ui.conftest import Bench, Open
from tests.app.ui.test_settings import tab_to


def rows(bench: Bench) -> list[str]:
    model = bench.screens.search.results.start.list.choices
    return [str(model.data(model.index(n, 0))) for n in range(model.rowCount())]


def answer(bench: Bench, name: str) -> None:
    """Type a name into the dialog and press Enter."""
    dialog = QApplication.activeWindow()
    assert isinstance(dialog, NameDialog)
    QTest.keyClick(dialog.line, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(dialog.line, name)
    QTest.keyClick(dialog.line, Qt.Key.Key_Return)
    bench.window.activateWindow()
    bench.settle()


def search_for(bench: Bench, text: str) -> None:
    bench.press("Ctrl+K")
    bench.type(text)
    bench.press("Return")


def test_what_is_kept_is_read_back(tmp_path: Path) -> None:
    state = SearchState("pool", {"year": frozenset({"2025", "2026"})}, Order.NEWEST)
    kept = Searches((Saved("Pools", state),), (SearchState("é 🔥"), state))
    SearchFile(tmp_path, "one").write(kept)
    assert SearchFile(tmp_path, "one").read() == kept
    assert SearchFile(tmp_path, "two").read() == Searches()
    file = tmp_path / "searches" / "two.json"
    for odd in (
        "[]",
        "{",
        '{"saved": [3, {"name": ""}], "recent": {"text": 1}}',
        '{"recent": [{}]}',
    ):
        file.write_text(odd, encoding="utf-8")
        assert SearchFile(tmp_path, "two").read() == Searches()


def test_the_last_ten_searches_are_remembered_the_newest_first() -> None:
    kept = Searches()
    for number in range(12):
        kept = kept.with_recent(SearchState(str(number)))
    kept = kept.with_recent(SearchState("5"))
    assert [one.text for one in kept.recent] == ["5", "11", "10", "9", "8", "7", "6", "4", "3", "2"]


def test_a_search_is_saved_renamed_removed_and_brought_back(open_bench: Open) -> None:
    bench = open_bench()
    search_for(bench, "checklist")
    bench.press("Ctrl+Shift+S", "Ctrl+Alt+S")
    answer(bench, "Checklists")
    bench.press("Ctrl+Shift+O")
    search = bench.screens.search
    assert bench.focus() is search.results.start.list
    assert rows(bench) == ["Checklists, checklist", "checklist"]
    bench.press("F2")
    answer(bench, "What lists lack")
    assert rows(bench)[0] == "What lists lack, checklist"
    bench.press("Del")
    assert rows(bench) == ["checklist"]
    bench.press("Ctrl+Z")
    assert rows(bench)[0] == "What lists lack, checklist"
    bench.press("Home", "Return")
    assert search.state == SearchState("checklist", order=Order.NEWEST)
    assert search.list.hits.rowCount() > 0
    assert bench.window.top_bar.search.field.text() == "checklist"
    bench.close()
    again = open_bench()
    again.press("Ctrl+Shift+P")
    again.type("what lists")
    again.press("Return")
    assert again.window.current == "search"
    assert again.screens.search.state.text == "checklist"
    assert again.focus() is again.screens.search.list


def test_recent_searches_are_offered_in_the_empty_box_and_cleared(bench: Bench) -> None:
    bench.press("Ctrl+K", "Return")
    start = bench.screens.search.results.start
    assert start.isVisible()
    assert rows(bench) == []
    assert not bench.screens.search.beside.similar.list.isVisible()
    search_for(bench, "certificate")
    search_for(bench, "rollout")
    bench.press("Ctrl+K", "Del", "Ctrl+K", "Return")
    assert rows(bench) == ["rollout", "certificate"]
    assert bench.focus() is start.list
    bench.press("Down", "Return")
    assert bench.screens.search.state.text == "certificate"
    bench.press("Ctrl+Shift+O")
    tab_to(bench, start.clear_button)
    bench.press("Space")
    assert rows(bench) == []
    bench.press("Ctrl+Z")
    assert len(rows(bench)) == 2
