"""What becomes of the keyboard when a part of the window loses it."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent

_PASSING = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)


def is_lost_for_a_while(event: QEvent) -> bool:
    """Whether another program or a menu takes the keyboard: it comes back to where it was."""
    return isinstance(event, QFocusEvent) and event.lostFocus() and event.reason() in _PASSING
