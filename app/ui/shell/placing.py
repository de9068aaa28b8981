"""How large the window is and where it stands."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from app.ui.preferences import Preferences

MINIMUM_SIZE = (1200, 760)
DEFAULT_SIZE = (1440, 900)
FRAME = (16, 48)
"""What title bar and edges of a window take at most, in pixels: unknown before it is shown."""


def place(window: QWidget, preferences: Preferences) -> None:
    """Put the window where it was left, as large as the screen has room for."""
    window.setMinimumSize(_fitting(window, MINIMUM_SIZE))
    window.resize(_fitting(window, DEFAULT_SIZE))
    if preferences.geometry is not None:
        window.restoreGeometry(preferences.geometry)


def _fitting(window: QWidget, size: tuple[int, int]) -> QSize:
    room = window.screen().availableSize() - QSize(*FRAME)
    return QSize(*size).boundedTo(room)
