"""What dialogs have in common."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QWidget

from app.ui.look import Look

EDGE = 40
"""Pixels of the window that stay in view around a dialog."""


def size_within(dialog: QDialog, look: Look, width: int, height: int) -> None:
    """Give a dialog its size at 100 % text, or as much of it as the window below has room for."""
    window = dialog.parentWidget()
    room = window.size() if window is not None else dialog.screen().size()
    dialog.resize(
        min(look.px(width), room.width() - EDGE), min(look.px(height), room.height() - EDGE)
    )


def press_from_anywhere(part: QWidget, button: QPushButton) -> None:
    """Let Ctrl+Return press the main button, also from fields that take Enter for themselves.

    For every dialog or form with fields of its own keys; the tip of the button names the key.
    """

    def press() -> None:
        hand_in()
        button.click()

    contexts = Qt.ShortcutContext
    whole = isinstance(part, QDialog)
    context = contexts.WindowShortcut if whole else contexts.WidgetWithChildrenShortcut
    for keys in ("Ctrl+Return", "Ctrl+Enter"):
        QShortcut(QKeySequence(keys), part, press, context=context)
    button.setToolTip(f"{button.text().strip()} (Ctrl+Return)")


def hand_in() -> None:
    """Let the field that is written in hand in what it has; times do so when they are left."""
    popup, field = QApplication.activePopupWidget(), QApplication.focusWidget()
    if popup is not None:  # a list of completions holds the words back
        popup.hide()
    if field is not None:
        field.clearFocus()
        field.setFocus()
