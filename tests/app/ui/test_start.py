"""What the first paint waits for, and what happens where the library cannot be opened."""

import gc
import os
import subprocess
import sys

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication, QPushButton

import resources
from app.ui.application import Desktop
from app.ui.widgets.states import Notice
from models.errors import LibraryError
from tests.app.ui.conftest import Bench, Open

HEAVY = ("sqlalchemy", "alembic", "qtawesome", "markdown_it", "whoosh", "bs4", "yaml")


def test_the_shell_imports_nothing_heavy() -> None:
    script = (
        "import sys, app.ui.application\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_icons_come_after_the_first_paint(bench: Bench) -> None:
    assert bench.desktop.look.icons.active
    pixmap = bench.desktop.look.pixmap("books", "accent", 20)
    assert not pixmap.toImage().isNull()
    assert pixmap.width() == 20


def test_a_window_makes_only_what_it_needs(bench: Bench, open_bench: Open) -> None:
    def fonts() -> int:
        """How many Qt was given: a further one would get this number."""
        number = QFontDatabase.addApplicationFont(str(resources.path("fonts", "Inter-Bold.ttf")))
        QFontDatabase.removeApplicationFont(number)
        return number

    known = fonts()
    other = open_bench()
    assert fonts() == known, "each font is loaded once in a process"
    assert gc.get_freeze_count() > 50_000, "full collections leave modules out"
    assert not {"trash", "settings", "first_run"} & set(vars(other.screens)), "none was shown"


def test_only_another_look_restyles_the_window(bench: Bench) -> None:
    look, styled = bench.desktop.look, []

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.StyleChange:
                styled.append(watched)
            return False

    watch = Watch()
    bench.window.rail.installEventFilter(watch)
    look.set_percent(look.percent)
    look.set_scheme("dark" if look.is_dark else "light")
    assert styled == []
    look.toggle_dark()
    assert styled


def test_a_library_that_cannot_be_opened_says_so(qapp: QApplication, open_bench: Open) -> None:
    asked: list[int] = []

    def refuse() -> None:
        asked.append(1)
        raise LibraryError("The folder is full of sand.", kept="Nothing was changed.")

    desktop = Desktop(qapp, refuse)  # type: ignore[arg-type]
    desktop.window.show()
    for _ in range(6):
        qapp.processEvents()
        desktop.runner.drain()
    notice = desktop.window.stage.currentWidget()
    assert isinstance(notice, Notice)
    assert notice.accessibleDescription() == "The folder is full of sand. Nothing was changed."
    assert not desktop.window.banner.isVisible()
    table = desktop.window.actions_table
    assert not any(table[id].isEnabled() for id in ("new", "import_files", "import_folder"))
    assert not desktop.window.top_bar.new_button.isEnabled()
    assert table["quit"].isEnabled()
    assert asked == [1]
    desktop.window.close()


def test_a_garbage_library_is_said_once_and_opens_when_it_is_mended(open_bench: Open) -> None:
    first = open_bench()
    database = first.folder / "library.db"
    first.close()
    whole = database.read_bytes()
    for rest in first.folder.glob("library.db-*"):
        rest.unlink()
    database.write_bytes(b"not a database" * 100)
    bench = open_bench()
    notice = bench.window.stage.currentWidget()
    assert isinstance(notice, Notice)
    assert not bench.window.banner.isVisible()
    assert not bench.window.actions_table["new"].isEnabled()
    database.write_bytes(whole)
    notice.findChildren(QPushButton)[0].click()
    bench.settle()
    assert bench.window.current == "library"
    assert bench.window.actions_table["new"].isEnabled()
    assert bench.window.top_bar.new_button.isEnabled()


def test_a_read_only_library_says_so_and_can_be_read(
    open_bench: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_bench().close()
    monkeypatch.setattr("os.access", lambda path, mode: mode != os.W_OK)
    bench = open_bench()
    window, library = bench.window, bench.screens.library
    assert "read-only" in window.banner.accessibleName()
    assert "search" in window.banner.accessibleName()
    for id in ("new", "import_files", "edit", "delete", "open_sample", "remove_sample"):
        assert not window.actions_table[id].isEnabled(), id
    for button in (window.top_bar.new_button, library.reading.head.edit_button):
        assert not button.isEnabled()
        assert "read-only" in button.toolTip()
    number = library.list.rows.rowCount()
    bench.press("Del")
    assert library.list.rows.rowCount() == number
    assert "read-only" in window.toast.accessibleName()
    bench.press("Ctrl+K")
    bench.type("rollout")
    assert bench.screens.search.list.hits.rowCount() > 0
