"""Breaking text into lines without a font at hand, by the widths of Inter Medium."""

import unicodedata

_WIDTHS = {
    0.25: " Iijl",
    0.3: "!',.:;",
    0.35: "()/[\\]`t|",
    0.4: "1fr",
    0.45: "-_{}",
    0.5: '"*^',
    0.55: "7?Laksvxz",
    0.6: "25EFJbcdeghnopquy",
    0.65: "#$&+034689<=>BPRSTZ~",
    0.7: "ADKVXY",
    0.75: "CGHNOQU",
    0.85: "w",
    0.9: "Mm",
    1.0: "%@W",
}
"""Parts of the font size, rounded, by letter: from the font's own table of advances."""

_KNOWN = {letter: width for width, letters in _WIDTHS.items() for letter in letters}
_OTHER, _WIDE = 0.65, 1.05
_SPARE = 1.08
"""Where Inter is not installed a reader's own font is a little wider."""


def text_width(text: str, size: float) -> float:
    """How wide a text of a font size is, about, in the unit of the size."""
    return sum(_width(letter) for letter in text) * size * _SPARE


def broken(text: str, size: float, room: float) -> list[str]:
    """The lines of a text that has so much room; a word that is too long is broken, too."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split():
            longer = f"{line} {word}" if line else word
            if text_width(longer, size) <= room:
                line = longer
                continue
            lines += [line] if line else []
            *full, line = _pieces(word, size, room)
            lines += full
        lines += [line] if line else []
    return lines


def _pieces(word: str, size: float, room: float) -> list[str]:
    pieces = [""]
    used = 0.0
    for letter in word:
        width = _width(letter) * size * _SPARE
        if pieces[-1] and used + width > room:
            pieces.append("")
            used = 0.0
        pieces[-1] += letter
        used += width
    return pieces


def _width(letter: str) -> float:
    known = _KNOWN.get(letter)
    if known is not None:
        return known
    if unicodedata.combining(letter) or unicodedata.category(letter) == "Cf":
        return 0.0
    return _WIDE if unicodedata.east_asian_width(letter) in "WF" else _OTHER
