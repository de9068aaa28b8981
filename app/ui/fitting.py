"""Finds words that do not fit: used by the pictures of every screen and by the tests."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

_CONTROLS = (QAbstractButton, QComboBox, QAbstractItemView, QLineEdit, QPlainTextEdit, QTextEdit)


def clipped(root: QWidget) -> list[str]:
    """What is cut off among the visible labels, buttons and choices below ``root``."""
    return [found for widget in _visible(root) if (found := _fault(widget))]


def _visible(root: QWidget) -> Iterator[QWidget]:
    for widget in root.findChildren(QWidget):
        if widget.isVisibleTo(root) and widget.width() and widget.height():
            yield widget


def _fault(widget: QWidget) -> str:
    if isinstance(widget, QLabel) and widget.text():
        if widget.wordWrap():
            need = widget.heightForWidth(widget.width())
            if need > widget.height() + 1:
                return f"label {widget.text()[:60]!r}: {widget.height()} high, needs {need}"
        elif widget.sizeHint().width() > widget.width() + 1:
            need = widget.sizeHint().width()
            return f"label {widget.text()[:60]!r}: {widget.width()} wide, needs {need}"
    if isinstance(widget, QAbstractButton | QComboBox):
        words = widget.text() if isinstance(widget, QAbstractButton) else widget.currentText()
        need = widget.minimumSizeHint().width()
        if words and widget.width() < need - 1:
            return f"{type(widget).__name__} {words!r}: {widget.width()} wide, needs {need}"
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
