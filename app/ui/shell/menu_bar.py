"""The menu bar: drawn from the action table, hidden until it is asked for."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenuBar

from app.ui.actions import MENUS, ActionTable


def fill(bar: QMenuBar, table: ActionTable) -> None:
    """Put every action into its menu; only macOS shows the bar all the time."""
    for menu in MENUS:
        entries = bar.addMenu(menu)
        for row, action in table.rows():
            if row.menu == menu:
                entries.addAction(action)
    if not bar.isNativeMenuBar():
        bar.hide()


def toggle(bar: QMenuBar) -> None:
    """Show the bar and give it the keyboard, or hide it."""
    if bar.isNativeMenuBar():
        return
    bar.setVisible(not bar.isVisible())
    if bar.isVisible():
        bar.setFocus(Qt.FocusReason.MenuBarFocusReason)
        bar.setActiveAction(bar.actions()[0])
