"""Typefaces and the size and weight of every kind of text."""

from dataclasses import dataclass
from functools import cache
from typing import Literal

from PySide6.QtGui import QFont, QFontDatabase

import resources

TextRole = Literal[
    "hero",
    "document_title",
    "section_title",
    "screen_title",
    "problem",
    "question",
    "answer",
    "document",
    "body",
    "body_medium",
    "body_strong",
    "secondary",
    "secondary_strong",
    "secondary_bold",
    "micro",
    "micro_strong",
    "code",
]
"""What a piece of text is; its size and weight follow."""


@dataclass(frozen=True)
class TextStyle:
    """Size in logical pixels at 100 % and weight (100 to 900)."""

    pixels: int
    weight: int
    monospace: bool = False


STYLES: dict[TextRole, TextStyle] = {
    "hero": TextStyle(26, 600),
    "document_title": TextStyle(22, 600),
    "section_title": TextStyle(20, 600),
    "screen_title": TextStyle(16, 600),
    "problem": TextStyle(15, 600),
    "question": TextStyle(14, 600),
    "answer": TextStyle(14, 500),
    "document": TextStyle(14, 400),
    "body": TextStyle(13, 400),
    "body_medium": TextStyle(13, 500),
    "body_strong": TextStyle(13, 600),
    "secondary": TextStyle(12, 400),
    "secondary_strong": TextStyle(12, 500),
    "secondary_bold": TextStyle(12, 600),
    "micro": TextStyle(11, 500),
    "micro_strong": TextStyle(11, 600),
    "code": TextStyle(12, 400, monospace=True),
}

SCALES = (90, 100, 110, 125, 150)
"""The text sizes offered, in percent."""

FAMILY = "Inter"
# Static files: Qt lists only weight 400 of a variable font and draws 500 and 600 alike.
_FILES = ("Regular", "Medium", "SemiBold", "Bold", "Italic", "SemiBoldItalic")


@cache
def load_fonts() -> bool:
    """Make Inter known to Qt; False where its files are missing (the system font is used then).

    Once in a process: Qt would keep every further copy, and look through it for each font.
    """
    ids = [
        QFontDatabase.addApplicationFont(str(resources.path("fonts", f"Inter-{file}.ttf")))
        for file in _FILES
    ]
    return -1 not in ids


def make_font(role: TextRole, scale: float, *, tabular: bool = False) -> QFont:
    """The font of a role; ``tabular`` gives all digits one width (for columns of numbers)."""
    style = STYLES[role]
    if style.monospace:
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    else:
        font = QFont(FAMILY)
    font.setPixelSize(max(1, round(style.pixels * scale)))
    font.setWeight(QFont.Weight(style.weight))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    if tabular and not style.monospace:
        font.setFeature(QFont.Tag("tnum"), 1)
    return font
