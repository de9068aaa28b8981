"""The keys of the tree: the rows of the action table, on the tree and in its menu."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QWidget

from app.ui.actions import ACTIONS
from app.ui.editor.whys.cards import Kind
from app.ui.preferences import Preferences

HINTS = (
    ("Enter", "add a why"),
    ("A", "join with AND"),
    ("E", "evidence"),
    ("R", "root"),
    ("C", "action"),
    ("Alt+↑", "move"),
    ("B", "backwards"),
    ("F8", "next warning"),
    ("?", "all keys"),
)
"""Those that the foot of the section names, the most used first."""
_ROWS = tuple(row for row in ACTIONS if row.scope == "5 Whys")
_NEEDS_WHY = {
    *("why_join", "why_evidence", "why_root", "why_action", "why_question"),
    "why_backwards",
    *("why_up", "why_down", "why_in", "why_out", "why_cut", "why_remove"),
}
_NEEDS_ROW = {"why_fold", "why_copy"}


class TreeKeys:
    """``QAction``s that act while the tree has the keyboard and nothing is written in it."""

    def __init__(
        self, tree: QWidget, preferences: Preferences, slots: Mapping[str, Callable[[], None]]
    ) -> None:
        self._preferences = preferences
        self._actions: dict[str, QAction] = {}
        for row in _ROWS:
            action = QAction(row.text, tree)
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.triggered.connect(partial(_act, slots[row.id]))
            tree.addAction(action)
            self._actions[row.id] = action
        tree.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def fit(self) -> None:
        """Single letters act only where the author wants them to."""
        single = self._preferences.single_keys
        for row in _ROWS:
            if row.id == "why_fold":
                continue  # Left and Right fold in every tree by themselves
            keys = [key for key in row.keys if single or len(key) > 1]
            self._actions[row.id].setShortcuts([QKeySequence(key) for key in keys])

    def enable(self, kind: Kind) -> None:
        """What cannot be done with the current row gives its letters back to typing."""
        for id, action in self._actions.items():
            can = kind is Kind.WHY or id not in _NEEDS_WHY
            action.setEnabled(can and (kind is not Kind.GHOST or id not in _NEEDS_ROW))


def _act(slot: Callable[[], None], checked: object = None) -> None:
    """Keys typed while the dialog of the one before is coming up are no commands."""
    if QApplication.activeModalWidget() is None:
        slot()
