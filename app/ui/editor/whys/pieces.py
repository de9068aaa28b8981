"""What a card is drawn of, each piece in its place: measured once, then painted, hit and edited."""

from dataclasses import dataclass, field
from typing import Literal

from PySide6.QtCore import QRectF

from app.ui.painting import ChipText
from app.ui.theme import Tone
from app.ui.typography import TextRole

Field = Literal["problem", "question", "answer"]


@dataclass(frozen=True, slots=True)
class Style:
    """How words look, and how high a line of them is at 100 %."""

    role: TextRole
    tone: Tone
    line: int = 18


@dataclass(frozen=True, slots=True)
class Words:
    """Lines of text from the top of ``rect``, each ``line`` high."""

    rect: QRectF
    lines: tuple[str, ...]
    style: Style
    line: float


@dataclass(frozen=True, slots=True)
class Glyph:
    """An icon, by its left edge and the middle of its line."""

    x: float
    middle: float
    name: str
    tone: Tone
    size: int = 16


@dataclass(frozen=True, slots=True)
class Tag:
    """A chip, which wraps where its words are longer than the card is wide."""

    rect: QRectF
    chip: ChipText
    lines: tuple[str, ...]
    edged: bool = False


@dataclass(frozen=True, slots=True)
class Press:
    """A button that shows on hover and selection; ``command`` is an action's id."""

    rect: QRectF
    command: str
    text: str
    key: str


@dataclass(frozen=True, slots=True)
class Strip:
    """The coloured ground of a part of the card, across its whole width."""

    rect: QRectF
    kind: Literal["green", "amber"]


Piece = Words | Glyph | Tag | Press | Strip


@dataclass(slots=True)
class CardLayout:
    """The height of a card, and what stands on it in the order it is painted.

    ``fields`` are the places of what can be written in.
    """

    height: float = 0.0
    badge: QRectF = field(default_factory=QRectF)
    pieces: list[Piece] = field(default_factory=list)
    fields: dict[Field, QRectF] = field(default_factory=dict)

    def press_at(self, x: float, y: float) -> str:
        """The command of the button at a place, or ""."""
        for piece in self.pieces:
            if isinstance(piece, Press) and piece.rect.contains(x, y):
                return piece.command
        return ""
