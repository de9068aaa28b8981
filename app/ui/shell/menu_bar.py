"""The menu bar: drawn from the action table, hidden until it is asked for."""

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QMenuBar

from app.ui.actions import MENUS, SUBMENUS, ActionTable


def fill(bar: QMenuBar, table: ActionTable) -> None:
    """Put every action into its menu; only macOS shows the bar all the time."""
    for name in MENUS:
        menu = bar.addMenu(name)
        rows = [(row, action) for row, action in table.rows() if row.menu == name]
        inner = {row.scope: QMenu(row.scope, menu) for row, _ in rows if row.scope in SUBMENUS}
        for row, action in rows:
            inner.get(row.scope, menu).addAction(action)
        if inner:
            menu.addSeparator()
            menu.aboutToShow.connect(partial(_enable, tuple(inner.values())))
        for submenu in inner.values():
            menu.addMenu(submenu)
    if not bar.isNativeMenuBar():
        bar.hide()


def _enable(menus: Iterable[QMenu]) -> None:
    """Offer those in which something can be done."""
    for menu in menus:
        menu.menuAction().setEnabled(any(action.isEnabled() for action in menu.actions()))


def toggle(bar: QMenuBar) -> None:
    """Show the bar and give it the keyboard, or hide it."""
    if bar.isNativeMenuBar():
        return
    bar.setVisible(not bar.isVisible())
    if bar.isVisible():
        bar.setFocus(Qt.FocusReason.MenuBarFocusReason)
        bar.setActiveAction(bar.actions()[0])
