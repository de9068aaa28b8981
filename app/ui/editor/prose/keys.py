"""Keys of a prose field: its own, and those that it leaves to the window."""

from PySide6.QtGui import QKeySequence

BOLD = QKeySequence("Ctrl+B")
ITALIC = QKeySequence("Ctrl+I")
LINK = QKeySequence("Ctrl+Shift+K")
PASTE_PLAIN = QKeySequence("Ctrl+Shift+V")
CORRECT = QKeySequence("Alt+Return")

OWN = (BOLD, ITALIC, LINK, PASTE_PLAIN, CORRECT)
"""While the field has the focus, these go before the window's."""

THE_PAGES = (
    QKeySequence.StandardKey.Undo,
    QKeySequence.StandardKey.Redo,
    QKeySequence.StandardKey.DeleteEndOfLine,
)
"""Keys that Qt's own field would take from the window: undo, redo and (on X11) Ctrl+K."""
