"""Alt alone shows the menu bar, as on Windows; Alt with anything else does not."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

_ENDS = frozenset(
    (
        QEvent.Type.MouseButtonPress,
        QEvent.Type.Wheel,
        QEvent.Type.WindowDeactivate,
        QEvent.Type.Shortcut,
    )
)
_KEYS = frozenset((QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.KeyRelease))


class LoneAlt(QObject):
    """Calls ``act`` when Alt is pressed and released in a window with nothing in between.

    A shortcut's key never reaches the window as a key press, so while Alt is down, and only then,
    every event of the application is looked at.
    """

    def __init__(self, window: QWidget, act: Callable[[], None]) -> None:
        super().__init__(window)
        self._act = act
        self._down = False
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow Alt; nothing is taken away from anybody."""
        kind = event.type()
        if not self._down:
            if kind is QEvent.Type.KeyPress and _is_alt_alone(event):
                self._watch(down=True)
        elif kind in _ENDS:
            self._watch(down=False)
        elif kind in _KEYS and isinstance(event, QKeyEvent):
            if event.key() != Qt.Key.Key_Alt:
                self._watch(down=False)
            elif kind is QEvent.Type.KeyRelease and not event.isAutoRepeat():
                self._watch(down=False)
                self._act()
        return False

    def _watch(self, *, down: bool) -> None:
        self._down = down
        app = QApplication.instance()
        if app is None:
            return
        if down:
            app.installEventFilter(self)
        else:
            app.removeEventFilter(self)


def _is_alt_alone(event: QEvent) -> bool:
    if not isinstance(event, QKeyEvent) or event.key() != Qt.Key.Key_Alt or event.isAutoRepeat():
        return False
    return not event.modifiers() & ~Qt.KeyboardModifier.AltModifier
