"""Keys of the window itself: buttons, menu bar, panes, theme, text size, commands, key page."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.ui.shell.command_palette import CommandPalette
from app.ui.shell.key_page import KeyPage
from app.ui.shell.rail import RailButton
from tests.app.ui.conftest import Bench
from tests.app.ui.examples import CASES


def test_enter_presses_the_button_that_has_the_keyboard(bench: Bench) -> None:
    library = bench.screens.library
    library._toggle("severity", "SEV2", True)  # noqa: SLF001
    library.facets.clear_button.setFocus()
    bench.press("Return")
    assert library.list.rows.rowCount() > len(CASES)
    settings = next(b for b in bench.window.rail.findChildren(RailButton) if b.text() == "Settings")
    settings.setFocus()
    bench.press("Return")
    assert bench.window.current == "settings"


def test_only_alt_alone_shows_the_menu_bar(bench: Bench) -> None:
    bar = bench.window.menuBar()
    bench.press("Ctrl+,")

    def hold_alt(*between: str) -> None:
        QTest.keyPress(bench.focus(), Qt.Key.Key_Alt, Qt.KeyboardModifier.AltModifier)
        for key in between:
            bench.press(key)
        QTest.keyRelease(bench.focus(), Qt.Key.Key_Alt)
        bench.settle()

    hold_alt("Alt+1")
    assert bench.window.current == "library"
    assert not bar.isVisible()
    bench.press("Ctrl+K")
    hold_alt("Alt+Left")
    assert not bar.isVisible()
    hold_alt()
    assert bar.isVisible()
    bar.hide()


def test_panes_theme_text_size_and_menu(bench: Bench) -> None:
    library = bench.screens.library
    bench.press("F6")
    assert library.reading.isAncestorOf(bench.focus())
    bench.press("F6", "F6")
    assert bench.focus() is bench.window.top_bar.search.field
    bench.press("Shift+F6")
    assert bench.window.rail.isAncestorOf(bench.focus())
    look = bench.desktop.look
    bench.press("Ctrl+Shift+D")
    assert look.is_dark
    bench.press("Ctrl+=")
    assert look.percent == 110
    bench.press("Ctrl+0", "Ctrl+Shift+D")
    assert (look.percent, look.is_dark) == (100, False)
    assert not bench.window.menuBar().isVisible()
    bench.press("F10")
    assert bench.window.menuBar().isVisible()


def test_the_palette_finds_and_runs_a_command(bench: Bench) -> None:
    bench.press("Ctrl+K")
    bench.type(">")
    palette = bench.window.findChild(CommandPalette)
    assert palette is not None
    palette.field.setText("> light da")
    assert palette.list.model().rowCount() == 1
    bench.press("Return")
    assert bench.desktop.look.is_dark


def test_the_key_page_opens(bench: Bench) -> None:
    bench.press("?")
    page = bench.window.findChild(KeyPage)
    assert page is not None
    assert page.isVisible()
    page.close()
