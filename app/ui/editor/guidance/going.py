"""Going to one control of a form, by what it is called."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget


def go_to_field(page: QWidget, name: str) -> bool:
    """Give the keyboard to the control of a page with this accessible name; whether it is there.

    It is looked for from where the keyboard is in the page, so that a record that was just
    revealed is looked through first.
    """
    focus = QApplication.focusWidget()
    start = focus if focus is not None and page.isAncestorOf(focus) else page
    widget: QWidget | None = start
    while widget is not None:
        if _is_called(widget, name, page):
            widget.setFocus(Qt.FocusReason.ShortcutFocusReason)
            _scroll_to(widget)
            return True
        widget = widget.nextInFocusChain()
        if widget is start:
            break
    return False


def _is_called(widget: QWidget, name: str, page: QWidget) -> bool:
    return (
        widget.accessibleName() == name
        and page.isAncestorOf(widget)
        and widget.isVisibleTo(page)
        and widget.isEnabled()
    )


def _scroll_to(widget: QWidget) -> None:
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea):
            parent.ensureWidgetVisible(widget)
        parent = parent.parentWidget()
