"""The menu of what can be done with what is chosen on the board."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget

from app.ui.actions import ACTIONS
from app.ui.look import Look

SCOPE = "Action board"


def open_menu(
    look: Look, parent: QWidget, place: QPoint, commands: Mapping[str, Callable[[], None]]
) -> QMenu:
    """Offer the actions of the board's list that can be carried out, with their keys."""
    menu = QMenu(parent)
    menu.setAccessibleName("Change what is chosen")
    for row in ACTIONS:
        if row.scope == SCOPE and row.in_list and row.id in commands:
            keys = f"\t{row.keys[0]}" if row.keys else ""
            menu.addAction(look.icon(row.icon), row.text + keys, commands[row.id])
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(place)
    if menu.actions():
        menu.setActiveAction(menu.actions()[0])
    return menu
