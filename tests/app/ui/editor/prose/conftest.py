"""A prose field in a window of its own."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from app.ui.editor.prose.edit import ProseEdit
from app.ui.look import Look
from app.ui.preferences import Preferences
from app.ui.typography import load_fonts

Shown = Callable[[QWidget], None]


@pytest.fixture
def look(qapp: QApplication, tmp_path: Path) -> Iterator[Look]:
    qapp.setStyle("Fusion")
    load_fonts()
    look = Look(qapp, Preferences(tmp_path / "config"), tmp_path / "style")
    yield look
    _end(qapp, look)
    qapp.setStyleSheet("")


@pytest.fixture
def show(qapp: QApplication) -> Iterator[Shown]:
    """Shows a widget in a window that has the keyboard."""
    windows: list[QWidget] = []

    def show(widget: QWidget) -> None:
        window = QWidget()
        windows.append(window)
        window.resize(600, 400)
        layout = QVBoxLayout(window)
        layout.addWidget(widget)
        layout.addStretch()
        window.show()
        window.activateWindow()
        widget.setFocus()
        qapp.processEvents()

    yield show
    for window in windows:
        window.close()
        _end(qapp, window)


@pytest.fixture
def field(look: Look, show: Shown) -> ProseEdit:
    field = ProseEdit(look, "Summary", placeholder="What happened?")
    show(field)
    return field


def _end(app: QApplication, thing: QObject) -> None:
    thing.deleteLater()
    app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
