"""Keys of a prose field: its own, and those that it leaves to the window."""

from PySide6.QtGui import QKeySequence

from app.ui.actions import ACTIONS

OWN = {row.id: QKeySequence(row.keys[0]) for row in ACTIONS if row.scope == "Writing"}
"""The field's own, by action; while it has the focus, they go before the window's."""

BOLD, ITALIC, LINK = OWN["bold"], OWN["italic"], OWN["link"]
PASTE_PLAIN, CORRECT = OWN["paste_plain"], OWN["correct"]
HINT, MASK = OWN["hint"], OWN["mask"]

THE_PAGES = (
    QKeySequence.StandardKey.Undo,
    QKeySequence.StandardKey.Redo,
    QKeySequence.StandardKey.DeleteEndOfLine,
)
"""Keys that Qt's own field would take from the window: undo, redo and (on X11) Ctrl+K."""
