"""What the first paint waits for, and what happens where the library cannot be opened."""

import subprocess
import sys

from PySide6.QtWidgets import QApplication

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
    notice = desktop.window.stack.currentWidget()
    assert isinstance(notice, Notice)
    assert notice.accessibleDescription() == "The folder is full of sand."
    assert asked == [1]
    desktop.window.close()
