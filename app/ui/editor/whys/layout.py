"""Where everything stands on a card of a given width.

Figures are those of the design at 100 % (a card of one line is 56 high, with a strip 90, the
problem 60, a ghost 40) and are minimums: words wrap and the card grows.
"""

from PySide6.QtCore import QRectF

from app.ui.editor.whys.cards import Card, Kind
from app.ui.editor.whys.pieces import CardLayout, Style
from app.ui.editor.whys.placer import Placer
from app.ui.editor.whys.strips import evidence_strip, hint_strip, root_strip
from app.ui.look import Look
from app.ui.typography import TextRole

INDENT = 40
GAP = 8
TRUNK = 20.5
MIDDLE = {Kind.GHOST: 20, Kind.WHY: 28, Kind.PROBLEM: 30}
"""Where a trunk's branch meets a card, from its top."""
NARROWEST = 300
"""The narrowest card; deeper trees scroll sideways."""

_EFFECT = Style("micro_strong", "on_accent")
_PROBLEM = Style("problem", "on_accent", 20)
_NO_PROBLEM = Style("document", "on_accent", 20)
_FIGURES = Style("secondary", "on_accent")
_GHOST = Style("body_strong", "accent")
_PROMPT = Style("body", "text2")
_QUESTION = Style("secondary", "text2")
_NO_QUESTION = Style("secondary", "text3")
_ANSWER = Style("answer", "text", 20)
_NO_ANSWER = Style("document", "text3", 20)


def lay_out(look: Look, card: Card, width: float) -> CardLayout:
    """Lay a card out."""
    placer = Placer(look, width)
    {Kind.PROBLEM: _problem, Kind.GHOST: _ghost, Kind.WHY: _why}[card.kind](placer, card)
    return placer.layout


def badge_role(card: Card) -> TextRole:
    """How a why's number is written; deep ones are smaller, and their badge grows."""
    return "micro_strong" if len(card.number) > 3 else "secondary_bold"


def _problem(placer: Placer, card: Card) -> None:
    px = placer.px
    left, right = px(60), placer.width - px(16)
    effect = placer.advance(_EFFECT.role, card.label)
    placer.line(right - effect, px(11), card.label, _EFFECT)
    placer.y = px(10)
    style = _PROBLEM if card.asked else _NO_PROBLEM
    placer.field("problem", left, right - left - effect - px(12), card.question, style)
    if card.answer:
        placer.y += px(3)
        placer.y += placer.words(left, placer.y, right - left, card.answer, _FIGURES)
    placer.layout.height = max(px(60), placer.y + px(9))


def _ghost(placer: Placer, card: Card) -> None:
    px = placer.px
    left = px(48) + placer.line(px(38), px(11), card.label, _GHOST)
    room = placer.width - left - placer.keycap_width("Enter") - px(26)
    used = placer.words(left, px(11), room, card.question, _PROMPT)
    placer.layout.height = max(px(40), used + px(22))
    placer.glyph(px(14), placer.layout.height / 2, "plus", "accent")


def _why(placer: Placer, card: Card) -> None:
    px = placer.px
    badge = max(px(30), placer.advance(badge_role(card), card.number) + px(10))
    placer.layout.badge = QRectF(px(12), px(14), badge, px(28))
    left = px(24) + badge
    room = placer.right - left
    beside = _evidence_beside(placer, card, room / 2)
    placer.y = px(9)
    question = _QUESTION if card.asked else _NO_QUESTION
    placer.field("question", left, room - beside, card.question, question)
    placer.y += px(1)
    placer.field("answer", left, room, card.answer, _ANSWER if card.answered else _NO_ANSWER)
    placer.y += px(8)
    if card.evidence and not beside:
        _evidence_below(placer, card, left)
    placer.y = max(placer.y, px(56))
    root_strip(placer, card)
    if card.wants_evidence:
        evidence_strip(placer, card)
    for hint in card.hints:
        hint_strip(placer, hint)
    placer.layout.height = placer.y


def _evidence_beside(placer: Placer, card: Card, most: float) -> float:
    """The chips at the right of the question, where they take no more than ``most``.

    Returns what they take of its line, 0 where they stand below.
    """
    px = placer.px
    widths = [placer.chip_width(chip) for chip in card.evidence]
    total = sum(widths) + px(6) * (len(widths) - 1)
    if not widths or total > most:
        return 0
    x = placer.right - total
    for chip, wide in zip(card.evidence, widths, strict=True):
        placer.tag(x, px(8), wide, chip)
        x += wide + px(6)
    return total + px(12)


def _evidence_below(placer: Placer, card: Card, left: float) -> None:
    px, x, tall = placer.px, left, 0.0
    for chip in card.evidence:
        room = placer.right - left
        if x > left and x + placer.chip_width(chip) > placer.right:
            x, placer.y = left, placer.y + tall + px(4)
        place = placer.tag(x, placer.y, room, chip)
        x, tall = place.right() + px(6), place.height()
    placer.y += tall + px(10)
