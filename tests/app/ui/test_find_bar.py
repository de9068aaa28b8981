"""Finding within a document, by keyboard."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.ui.document.find_bar import FindBar
from app.ui.document.reading import Page
from app.ui.document.reading_text import ReadingText
from tests.app.ui.conftest import Bench, Open


@pytest.fixture
def bar(bench: Bench, qtbot: QtBot) -> FindBar:
    text = ReadingText(bench.desktop.look)
    shown = FindBar(bench.desktop.look, text)
    text.show_page(Page("<p>🔥 The pool was empty.</p><p>Pools grow; max_pool is low.</p>"))
    qtbot.addWidget(text)
    qtbot.addWidget(shown)
    text.show()
    return shown


def _marked(bar: FindBar) -> list[str]:
    return [mark.cursor.selectedText() for mark in bar._text.extraSelections()]  # noqa: SLF001


def test_words_are_marked_as_search_finds_them(bar: FindBar) -> None:
    bar.begin()
    QTest.keyClicks(bar.field, "poo")
    assert _marked(bar) == ["pool", "Pools", "max_pool"]
    assert bar.count.text() == "1 of 3"
    QTest.keyClick(bar.field, Qt.Key.Key_Return)
    assert bar.count.text() == "2 of 3"
    QTest.keyClick(bar.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(bar.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert bar.count.text() == "3 of 3"
    QTest.keyClicks(bar.field, "zz")
    assert (_marked(bar), bar.count.text()) == ([], "Not found")
    assert not bar.next_button.isEnabled()
    QTest.keyClick(bar.field, Qt.Key.Key_Escape)
    assert bar.isHidden()


def test_what_is_no_word_is_found_as_it_is_written(bar: FindBar) -> None:
    bar.mark("; m")
    assert _marked(bar) == ["; m"]
    bar.mark("")
    assert bar.isHidden()
    assert _marked(bar) == []


def test_a_page_drawn_anew_keeps_its_marks(bar: FindBar) -> None:
    bar.mark("pool")
    bar._text.show_again(Page("<p>Another pool.</p>"))  # noqa: SLF001
    assert _marked(bar) == ["pool"]
    assert bar.count.text() == "1 found"


def test_the_matches_of_a_search_are_marked_in_the_preview(open_bench: Open) -> None:
    bench = open_bench()
    bench.press("Ctrl+K")
    bench.type("rollout")
    bench.settle()
    bench.press("Down", "Space")
    bench.settle()
    beside = bench.screens.search.beside
    assert beside.find_bar.isVisible()
    assert "found" in beside.find_bar.count.text()
    bench.press("F3")
    assert beside.find_bar.count.text().startswith(("1 of", "2 of"))
    bench.press("Ctrl+F")
    assert bench.focus() == beside.find_bar.field
    bench.press("Esc")
    assert bench.focus() == beside.preview
