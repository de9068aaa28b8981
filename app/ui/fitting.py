"""Finds words that do not fit: used by the pictures of every screen and by the tests."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QComboBox,
    QLabel,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QTextEdit,
    QTreeView,
    QWidget,
)

_CONTROLS = (QAbstractButton, QComboBox, QAbstractItemView, QLineEdit, QPlainTextEdit, QTextEdit)


def clipped(root: QWidget) -> list[str]:
    """What is cut off among the visible labels, controls and lists below ``root``."""
    return [found for widget in _visible(root) if (found := _fault(widget))]


def _visible(root: QWidget) -> Iterator[QWidget]:
    for widget in root.findChildren(QWidget):
        if widget.isVisibleTo(root) and widget.width() and widget.height():
            yield widget


def _fault(widget: QWidget) -> str:
    if isinstance(widget, QLabel) and widget.text():
        words, fault = f"label {widget.text()[:60]!r}", _label_fault(widget)
    elif isinstance(widget, QAbstractButton | QComboBox):
        text = widget.text() if isinstance(widget, QAbstractButton) else widget.currentText()
        words = f"{type(widget).__name__} {text or widget.accessibleName()!r}"
        need = widget.minimumSizeHint().width()
        fault = _wide(widget, need) if text else ""
    elif isinstance(widget, QLineEdit):
        words = f"field {widget.accessibleName()!r}"
        need = widget.fontMetrics().horizontalAdvance(widget.placeholderText())
        fault = "" if widget.text() else _wide(widget, need)
    elif isinstance(widget, QListView | QTreeView | QTextEdit):
        words, fault = f"list {widget.accessibleName()!r}", _content_fault(widget)
    else:
        return ""
    fault = fault or _outside(widget)
    return f"{words}: {fault}" if fault else ""


def _label_fault(label: QLabel) -> str:
    if not label.wordWrap():
        return _wide(label, label.sizeHint().width())
    need = label.heightForWidth(label.width())
    return f"{label.height()} high, needs {need}" if need > label.height() + 1 else ""


def _wide(widget: QWidget, need: int) -> str:
    return f"{widget.width()} wide, needs {need}" if need > widget.width() + 1 else ""


def _content_fault(view: QListView | QTreeView | QTextEdit) -> str:
    """Rows or text that are wider than their view: nothing scrolls sideways."""
    if isinstance(view, QTextEdit):
        need = round(view.document().size().width())
    else:
        need = view.sizeHintForColumn(0)
    return _wide(view.viewport(), need)


def _outside(widget: QWidget) -> str:
    """Whether it reaches beyond what it stands in; below and above it may, where that scrolls."""
    place, parent = widget.geometry(), widget.parentWidget()
    while parent is not None and not widget.isWindow():
        if isinstance(area := parent.parentWidget(), QAbstractScrollArea):
            if place.left() < -1 or place.right() > parent.width():
                return f"stands outside of {area.accessibleName()!r}, which scrolls"
            place = place.intersected(parent.rect())
            if place.isEmpty():
                return ""
        elif not parent.rect().adjusted(-1, -1, 1, 1).contains(place):
            return f"stands outside of its {type(parent).__name__}"
        if parent.isWindow():
            break
        place.translate(parent.pos())
        parent = parent.parentWidget()
    return ""


def unnamed(root: QWidget) -> list[str]:
    """Visible controls that can have the keyboard and no accessible name."""
    result = []
    for widget in _visible(root):
        if not isinstance(widget, _CONTROLS) or widget.focusPolicy() == Qt.FocusPolicy.NoFocus:
            continue
        words = widget.text().strip() if isinstance(widget, QAbstractButton) else ""
        if not (widget.accessibleName() or words):
            result.append(f"{type(widget).__name__} in {type(widget.parent()).__name__}")
    return result
