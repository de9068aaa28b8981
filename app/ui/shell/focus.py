"""Keeps the keyboard on the screen when what had it goes away."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication, QWidget


class FocusKeeper(QObject):
    """Where a widget with the keyboard is hidden or disabled, Qt hands it to the next one in the
    order of Tab, often the rail. Then ``take_back`` is called, once the screen is settled.
    """

    def __init__(self, window: QWidget, take_back: Callable[[], None]) -> None:
        super().__init__(window)
        self._window = window
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(take_back)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._moved)

    @Slot(QWidget, QWidget)
    def _moved(self, old: QWidget | None, new: QWidget | None) -> None:
        if old is None or new is None or old.window() is not self._window:
            return
        if not (old.isVisible() and old.isEnabled()):
            self._timer.start()
        else:
            self._timer.stop()
