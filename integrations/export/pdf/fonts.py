"""The fonts of a PDF: Inter, a fixed-width one, and those that have what Inter has not.

Every font goes into the file, as far as it is used, so that a page looks the same everywhere. What
none of them has stands as its number: [U+E000].
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

import resources

TEXT, BOLD, ITALIC, BOLD_ITALIC = "Inter", "Inter-Bold", "Inter-Italic", "Inter-BoldItalic"
MEDIUM, MONO = "Inter-Medium", "Mono"
_SYMBOLS, _EMOJI, _HAN = "Symbols", "Emoji", "Han"

_FILES = {
    TEXT: ("fonts", "Inter-Regular.ttf"),
    MEDIUM: ("fonts", "Inter-Medium.ttf"),
    BOLD: ("fonts", "Inter-SemiBold.ttf"),
    ITALIC: ("fonts", "Inter-Italic.ttf"),
    BOLD_ITALIC: ("fonts", "Inter-SemiBoldItalic.ttf"),
    MONO: ("export", "fonts", "DejaVuSansMono.ttf"),
    _SYMBOLS: ("export", "fonts", "DejaVuSans.ttf"),
    _EMOJI: ("export", "fonts", "NotoEmoji-Regular.ttf"),
    _HAN: ("export", "fonts", "WenQuanYiMicroHei.ttc"),
}
_PICTOGRAPHS = 0x1F000
"""From here on the emoji font comes before the one for symbols."""

_BEYOND = re.compile(r"<([0-9A-F]{5,6})>$", re.MULTILINE)


class _Font(TTFont):
    """A font whose text can be copied and searched also beyond U+FFFF.

    ReportLab writes those characters into the table for copying as one number; it has to be
    two of 16 bits.
    """

    def addObjects(self, doc: Any) -> None:  # noqa: N802 - ReportLab's spelling
        known = set(doc.idToObject)
        super().addObjects(doc)
        for name in set(doc.idToObject) - known:
            if name.startswith("toUnicodeCMap:"):
                stream = doc.idToObject[name]
                stream.content = _BEYOND.sub(_two_halves, stream.content)


def _two_halves(match: re.Match[str]) -> str:
    return f"<{chr(int(match[1], 16)).encode('utf-16-be').hex().upper()}>"


@cache
def _face(name: str) -> Any:
    font = _Font(f"Afterwhy-{name}", str(Path(resources.path(*_FILES[name]))))
    pdfmetrics.registerFont(font)
    return font


def registered(name: str) -> str:
    """What ReportLab calls a font, once it has read it."""
    return str(_face(name).fontName)


@lru_cache(maxsize=20_000)
def _chosen(letter: str, font: str) -> str:
    """The first font with a letter; "" for one that is not to be seen, "?" for none."""
    code = ord(letter)
    beside = (_EMOJI, _SYMBOLS) if code >= _PICTOGRAPHS else (_SYMBOLS, _EMOJI)
    for name in (font, *beside, _HAN):
        if code in _face(name).face.charToGlyph:
            return name
    return "" if unicodedata.category(letter) in ("Cc", "Cf", "Mn", "Cs") else "?"


def pieces(text: str, font: str) -> Iterator[tuple[str, str]]:
    """The text in pieces, each with a font (as ReportLab knows it) that has all of it."""
    piece, used = "", font
    for letter in text:
        shown, name = letter, used if letter in "\n\t" else _chosen(letter, font)
        if name == "" or "\ufe00" <= letter <= "\ufe0f" or letter == "\u200d":
            continue
        if name == "?":
            shown, name = f"[U+{ord(letter):04X}]", font
        if name != used and piece:
            yield piece, registered(used)
            piece = ""
        piece, used = piece + shown, name
    if piece:
        yield piece, registered(used)


def width(text: str, font: str, size: float) -> float:
    """How wide a text is, in the unit of the size."""
    return sum(pdfmetrics.stringWidth(part, name, size) for part, name in pieces(text, font))
