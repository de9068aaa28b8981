"""Wrapped text with parts that are struck out, or stand on the ground of blanks, to be painted."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QPainter,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)

from app.ui.editor.prose.highlighting import units
from app.ui.look import Look
from app.ui.theme import Tone
from app.ui.typography import TextRole

_BLANK = re.compile(r"\{([^{}\n]{1,60})\}")
_NARROW = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True)
class Part:
    """Some letters and how they are drawn."""

    text: str
    how: str = ""
    """"struck", "blank", or "" for plain."""


def with_blanks(text: str) -> list[Part]:
    """A rewrite in parts: its blanks without their braces, as one reads them."""
    parts, at = [], 0
    for blank in _BLANK.finditer(text):
        inside = blank[1].replace(" ", _NARROW)
        parts += [Part(text[at : blank.start()]), Part(f"{_NARROW}{inside}{_NARROW}", "blank")]
        at = blank.end()
    return [*parts, Part(text[at:])]


def spoken(text: str) -> str:
    """A rewrite as a screen reader says it."""
    return _BLANK.sub(r"(\1)", text)


class Paragraph:
    """Laid out for one width; ``height`` is what it takes."""

    def __init__(
        self,
        look: Look,
        parts: Sequence[Part],
        width: float,
        role: TextRole = "body",
        tone: Tone = "text",
    ) -> None:
        font = look.font(role)
        self._layout = QTextLayout("".join(part.text for part in parts), font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._layout.setTextOption(option)
        self._layout.setFormats(_formats(look, parts, tone))
        line_height = QFontMetricsF(font).lineSpacing() * 1.18
        self.height = 0.0
        self._layout.beginLayout()
        while (line := self._layout.createLine()).isValid():
            line.setLineWidth(max(1.0, width))
            line.setPosition(QPointF(0, self.height))
            self.height += line_height
        self._layout.endLayout()

    def draw(self, painter: QPainter, x: float, y: float) -> None:
        """Draw it from its upper left corner."""
        self._layout.draw(painter, QPointF(x, y))


def _formats(look: Look, parts: Sequence[Part], tone: Tone) -> list[QTextLayout.FormatRange]:
    theme, at, found = look.theme, 0, []
    for part in parts:
        size = units(part.text)
        made = QTextCharFormat()
        made.setForeground(look.colour(tone))
        if part.how == "struck":
            made.setFontStrikeOut(True)
        elif part.how == "blank":
            made.setBackground(QColor(theme.mark))
            made.setForeground(QColor(theme.mark_text))
        one = QTextLayout.FormatRange()
        one.start, one.length, one.format = at, size, made
        found.append(one)
        at += size
    return found
