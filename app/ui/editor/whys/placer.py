"""Puts pieces on a card, line by line, at the present text size."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF

from app.ui.editor.whys.pieces import CardLayout, Field, Glyph, Press, Style, Tag, Words
from app.ui.look import Look
from app.ui.painting import ChipText, chip_width, keycap_width, wrapped
from app.ui.theme import Tone
from app.ui.typography import TextRole


@dataclass(frozen=True)
class Offer:
    """A button to place: an action's id, its words and its key."""

    command: str
    text: str
    key: str


class Placer:
    """A layout in the making. ``y`` is how far down it is filled; lengths are in logical pixels."""

    def __init__(self, look: Look, width: float) -> None:
        self._look = look
        self.px = look.px
        self.width = width
        self.y = 0.0
        self.layout = CardLayout()

    @property
    def right(self) -> float:
        """Where a card's content ends."""
        return self.width - self.px(12)

    def advance(self, role: TextRole, text: str) -> float:
        """How wide words are."""
        return float(self._look.metrics(role).horizontalAdvance(text))

    def words(self, x: float, y: float, width: float, text: str, style: Style) -> float:
        """Place words and return their height."""
        lines = tuple(wrapped(text, self._look.font(style.role), width))
        high = max(self.px(style.line), self._look.metrics(style.role).height())
        tall = float(high * len(lines))
        self.layout.pieces.append(Words(QRectF(x, y, width, tall), lines, style, high))
        return tall

    def line(self, x: float, y: float, text: str, style: Style) -> float:
        """Place words that stand in one line and return their width."""
        wide = self.advance(style.role, text)
        self.words(x, y, wide + 1, text, style)
        return wide

    def field(self, name: Field, x: float, width: float, text: str, style: Style) -> None:
        """Place words that can be written in, and go below them."""
        tall = self.words(x, self.y, width, text, style)
        self.layout.fields[name] = QRectF(x, self.y, width, tall)
        self.y += tall

    def glyph(self, x: float, middle: float, name: str, tone: Tone, size: int = 16) -> None:
        """Place an icon."""
        self.layout.pieces.append(Glyph(x, middle, name, tone, size))

    # -- chips ---------------------------------------------------------------------------------

    def chip_width(self, chip: ChipText) -> float:
        """How wide a chip is where it has the room."""
        return float(chip_width(self._look, chip))

    def tag(
        self, x: float, y: float, room: float, chip: ChipText, *, edged: bool = False
    ) -> QRectF:
        """Place a chip, wrapped where it is wider than ``room``, and return its place."""
        px = self.px
        width = min(self.chip_width(chip), room)
        role: TextRole = "micro_strong" if chip.strong else "micro"
        inside = width - px(16) - (px(17) if chip.icon else 0)
        lines = wrapped(chip.text, self._look.font(role), inside + 1)
        rect = QRectF(x, y, width, max(px(20), len(lines) * px(16) + px(4)))
        self.layout.pieces.append(Tag(rect, chip, tuple(lines), edged))
        return rect

    # -- buttons -------------------------------------------------------------------------------

    def press_width(self, offer: Offer) -> float:
        """How wide a button is."""
        text = self.advance("secondary_strong", offer.text)
        return text + keycap_width(self._look, offer.key) + self.px(24)

    def keycap_width(self, key: str) -> float:
        """How wide a keycap is."""
        return float(keycap_width(self._look, key))

    def presses_beside(self, middle: float, limit: float, offers: Sequence[Offer]) -> float | None:
        """Buttons at the right of a line; where they begin, or None where that is left of
        ``limit`` and nothing was placed.
        """
        widths = [self.press_width(offer) for offer in offers]
        x = begin = self.right - sum(widths) - self.px(8) * (len(widths) - 1)
        if begin < limit:
            return None
        for offer, wide in zip(offers, widths, strict=True):
            self._press(QRectF(x, middle - self.px(13), wide, self.px(26)), offer)
            x += wide + self.px(8)
        return begin

    def presses_below(self, left: float, offers: Sequence[Offer]) -> None:
        """Buttons in lines of their own."""
        x = left
        for offer in offers:
            wide = self.press_width(offer)
            if x > left and x + wide > self.right:
                x, self.y = left, self.y + self.px(30)
            self._press(QRectF(x, self.y, wide, self.px(26)), offer)
            x += wide + self.px(8)
        self.y += self.px(34)

    def _press(self, rect: QRectF, offer: Offer) -> None:
        self.layout.pieces.append(Press(rect, offer.command, offer.text, offer.key))
