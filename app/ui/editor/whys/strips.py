"""The strips at a card's foot: green for a root, amber for what is still open."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF

from app.ui.editor.whys.cards import ActionLine, Card, Hint, stop_words
from app.ui.editor.whys.pieces import Strip, Style
from app.ui.editor.whys.placer import Offer, Placer

_TEXT_AT = 44
_ROOT_HEAD = Style("secondary_bold", "green")
_ROOT = Style("secondary", "green")
_REF = Style("secondary_bold", "text")
_TITLE = Style("secondary", "text")
_WHY = Style("secondary", "text2")
_AMBER = Style("secondary_strong", "amber")
_ATTACH = Offer("why_evidence", "Attach", "E")
_MARK = Offer("why_root", "Mark as root", "R")
_OFFERS = {offer.command: offer for offer in (_MARK, Offer("why_action", "Action", "C"))}


def root_strip(placer: Placer, card: Card) -> None:
    """The stop reason; where it was found before; the actions, beside it or in lines below."""
    if card.stop is None:
        return
    px, top, ground = placer.px, placer.y, len(placer.layout.pieces)
    placer.glyph(px(19), top + px(17), "anchor-simple", "green")
    placer.y = top + px(8)
    left = px(_TEXT_AT) + placer.line(px(_TEXT_AT), placer.y, "Root,", _ROOT_HEAD) + px(5)
    words = stop_words(card.stop)
    wide = placer.advance("secondary", words)
    edge = _action_beside(placer, card, left + wide + px(12))
    begin = placer.right if edge is None else edge
    used = placer.words(left, placer.y, max(px(80), begin - left - px(12)), words, _ROOT)
    placer.y += used
    beside = left + wide + px(12) if used <= px(18) else begin
    _found_in(placer, card, top + px(7), beside, begin)
    if edge is None:
        for action in card.actions:
            _action_line(placer, action)
    if card.stop.text:
        placer.y += px(2)
        room = placer.right - px(_TEXT_AT)
        placer.y += placer.words(px(_TEXT_AT), placer.y, room, card.stop.text, _WHY)
    placer.y += px(8)
    _ground(placer, ground, top, "green")


def _found_in(placer: Placer, card: Card, y: float, x: float, limit: float) -> None:
    """The post-mortems that reached the root before: in the first line while there is room."""
    px = placer.px
    for chip in card.found_in:
        if x + placer.chip_width(chip) < limit:
            x = placer.tag(x, y, limit - x, chip, edged=True).right() + px(8)
        else:
            placer.y += px(4)
            room = placer.right - px(_TEXT_AT)
            placer.y += placer.tag(px(_TEXT_AT), placer.y, room, chip, edged=True).height()


def _action_beside(placer: Placer, card: Card, left: float) -> float | None:
    """One action at the right of the strip's first line; where it begins, if it fits there."""
    if len(card.actions) != 1:
        return None
    px, action = placer.px, card.actions[0]
    state = placer.chip_width(action.state)
    ref = placer.advance(_REF.role, action.ref)
    title = placer.advance(_TITLE.role, action.title)
    begin = placer.right - state - px(10) - title - px(8) - ref - px(20)
    if begin < left + sum(placer.chip_width(chip) + px(8) for chip in card.found_in):
        return None
    placer.glyph(begin, placer.y + px(9), "arrow-bend-down-right", "green", 14)
    placer.line(begin + px(20), placer.y, action.ref, _REF)
    placer.line(begin + px(28) + ref, placer.y, action.title, _TITLE)
    placer.tag(placer.right - state, placer.y - px(1), state, action.state, edged=True)
    return begin


def _action_line(placer: Placer, action: ActionLine) -> None:
    px = placer.px
    placer.y += px(6)
    state = placer.chip_width(action.state)
    placer.tag(placer.right - state, placer.y - px(1), state, action.state, edged=True)
    placer.glyph(px(_TEXT_AT), placer.y + px(9), "arrow-bend-down-right", "green", 14)
    x = px(64) + placer.line(px(64), placer.y, action.ref, _REF) + px(8)
    room = max(px(60), placer.right - state - px(10) - x)
    placer.y += placer.words(x, placer.y, room, action.title, _TITLE)


def evidence_strip(placer: Placer, card: Card) -> None:
    """A why that nothing shows yet, and what to do about it."""
    ends_here = card.stop is None and not card.below
    offers = (_ATTACH, _MARK) if ends_here else (_ATTACH,)
    words = card.wants_evidence if card.evidence else "No evidence yet. Add a log, graph or quote."
    _amber_strip(placer, words, offers)


def hint_strip(placer: Placer, hint: Hint) -> None:
    """A sentence of advice, and what answers it."""
    offer = _OFFERS.get(hint.command)
    _amber_strip(placer, hint.sentence, (offer,) if offer else ())


def _amber_strip(placer: Placer, words: str, offers: Sequence[Offer]) -> None:
    px, top, ground = placer.px, placer.y, len(placer.layout.pieces)
    left = px(_TEXT_AT)
    placer.glyph(px(19), top + px(17), "warning", "amber")
    edge = placer.presses_beside(top + px(17), left + px(120), offers) if offers else None
    room = (placer.right if edge is None else edge - px(12)) - left
    placer.y = top + px(8)
    placer.y += placer.words(left, placer.y, room, words, _AMBER) + px(8)
    if offers and edge is None:
        placer.presses_below(left, offers)
    _ground(placer, ground, top, "amber")


def _ground(placer: Placer, at: int, top: float, kind: str) -> None:
    """Put the ground below what was placed since ``at``."""
    rect = QRectF(0, top, placer.width, placer.y - top)
    placer.layout.pieces.insert(at, Strip(rect, "green" if kind == "green" else "amber"))
