"""What dialogs have in common."""

from PySide6.QtWidgets import QDialog

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
