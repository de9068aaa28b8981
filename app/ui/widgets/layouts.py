"""Rows and columns in one expression: widgets, layouts, gaps (int), stretches (None)."""

from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QLayout, QVBoxLayout, QWidget

from app.ui.theme import Tone
from app.ui.typography import TextRole

Item = QWidget | QLayout | int | None | tuple[QWidget | QLayout, int]
Margins = tuple[int, int, int, int]
Box = TypeVar("Box", bound=QBoxLayout)


def row(*items: Item, margins: Margins = (0, 0, 0, 0), spacing: int = 8) -> QHBoxLayout:
    """Side by side; ``(widget, 2)`` gives a widget a stretch of 2."""
    return _filled(QHBoxLayout(), items, margins, spacing)


def column(*items: Item, margins: Margins = (0, 0, 0, 0), spacing: int = 8) -> QVBoxLayout:
    """One below the other."""
    return _filled(QVBoxLayout(), items, margins, spacing)


def _filled(box: Box, items: tuple[Item, ...], margins: Margins, spacing: int) -> Box:
    box.setContentsMargins(*margins)
    box.setSpacing(spacing)
    for item in items:
        if item is None:
            box.addStretch(1)
        elif isinstance(item, int):
            box.addSpacing(item)
        else:
            part, stretch = item if isinstance(item, tuple) else (item, 0)
            if isinstance(part, QLayout):
                box.addLayout(part, stretch)
            else:
                box.addWidget(part, stretch)
    return box


def frame(layout: QLayout, ground: str) -> QFrame:
    """A frame whose looks the style sheet gives by the name of its ground."""
    widget = QFrame()
    widget.setProperty("ground", ground)
    widget.setLayout(layout)
    return widget


def holder(layout: QLayout) -> QWidget:
    """A plain widget around a layout."""
    widget = QWidget()
    widget.setLayout(layout)
    return widget


def label(
    text: str = "", role: TextRole = "body", tone: Tone = "text", *, wrap: bool = False
) -> QLabel:
    """Plain text. Whatever it holds is never read as HTML."""
    widget = QLabel(text)
    widget.setTextFormat(Qt.TextFormat.PlainText)
    widget.setProperty("role", role)
    widget.setProperty("tone", tone)
    widget.setWordWrap(wrap)
    return widget


def set_tone(widget: QLabel, tone: Tone) -> None:
    """Change the colour of a label."""
    if widget.property("tone") != tone:
        widget.setProperty("tone", tone)
        restyle(widget)


def restyle(widget: QWidget) -> None:
    """Make the style sheet read a widget's changed property."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def horizontal_line() -> QFrame:
    """A hairline between rows."""
    line = QFrame()
    line.setProperty("ground", "line")
    line.setFixedHeight(1)
    return line


def separator(height: int = 12) -> QFrame:
    """A short upright hairline between words."""
    line = QFrame()
    line.setProperty("ground", "separator")
    line.setFixedSize(1, height)
    return line


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and delete it."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear(inner)
