"""The order of Tab: that in which the controls stand on the screen.

Qt's own order is that in which they were made, so rows that are added later come last, and what
stands before the control that a row hands its keyboard to is passed over.
"""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
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
    """Whether Tab stops at it; of a choice side by side, only at what is chosen."""
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
    layout = widget.layout()
    if layout is not None:
        yield from _in_layout(layout)
    elif isinstance(widget, QScrollArea):
        body = widget.widget()
        if body is not None:
            yield body
    elif isinstance(widget, QSplitter):
        inner = (widget.widget(place) for place in range(widget.count()))
        yield from (part for part in inner if part is not None)
    else:
        yield from (child for child in widget.children() if isinstance(child, QWidget))


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
