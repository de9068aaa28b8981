"""The order of Tab: that in which the controls stand on the screen.

Qt's own order is that in which they were made, so rows that are added later come last, and what
stands before the control that a row hands its keyboard to is passed over.
"""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLayout,
    QPlainTextEdit,
    QScrollArea,
    QSplitter,
    QTextEdit,
    QWidget,
)

_WHOLE = (QAbstractItemView, QComboBox, QPlainTextEdit, QTextEdit)
"""Controls whose parts are not controls of their own."""


def move_focus(window: QWidget, *, forward: bool) -> bool:
    """Give the keyboard to the next or previous control of a window; whether there was one.

    What has the keyboard now must be on the screen.
    """
    focus = window.focusWidget()
    stops = [one for one in controls(window) if one is focus or is_stop(one)]
    if focus not in stops or len(stops) < 2:
        return False
    place = stops.index(focus) + (1 if forward else -1)
    reason = Qt.FocusReason
    stops[place % len(stops)].setFocus(
        reason.TabFocusReason if forward else reason.BacktabFocusReason
    )
    return True


def is_stop(control: QWidget) -> bool:
    """Whether Tab stops at it; of buttons of which one is chosen, only at that one."""
    group = control.group() if isinstance(control, QAbstractButton) else None
    if group is not None and group.exclusive() and group.checkedButton() is not control:
        return False
    return bool(control.focusPolicy() & Qt.FocusPolicy.TabFocus)


def controls(widget: QWidget) -> Iterator[QWidget]:
    """What can have the keyboard, from top to bottom, rows from left to right."""
    if widget.focusPolicy() != Qt.FocusPolicy.NoFocus and widget.isEnabled():
        yield widget
    if isinstance(widget, _WHOLE):
        return
    for part in _parts(widget):
        if part.isVisibleTo(widget) and not part.isWindow():
            yield from controls(part)


def _parts(widget: QWidget) -> Iterator[QWidget]:
    """The parts of a widget: those of its layout, then what lies above them."""
    if isinstance(widget, QScrollArea):
        body = widget.widget()
        if body is not None:
            yield body
    elif isinstance(widget, QSplitter):
        sides = (widget.widget(place) for place in range(widget.count()))
        yield from (side for side in sides if side is not None)
    else:
        layout = widget.layout()
        placed = list(_in_layout(layout)) if layout is not None else []
        yield from placed
        known = set(placed)
        for child in widget.children():
            if isinstance(child, QWidget) and child not in known:
                yield child


def _in_layout(layout: QLayout) -> Iterator[QWidget]:
    for place in range(layout.count()):
        item = layout.itemAt(place)
        if item is None:
            continue
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            yield widget
        elif inner is not None:
            yield from _in_layout(inner)
