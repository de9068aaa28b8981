"""A why tree as a picture: its cards, placed and broken into lines, for whatever draws them.

Problem, whys with number, question, answer and evidence, AND where several were needed, and the
root with its actions where a chain ends. Sizes are in px at 100 %; the colours are those of the
window (``app.ui.theme``).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from integrations.export.shapes import Box, Group, Path, Picture, Shape, Text
from integrations.export.svg import to_svg
from integrations.export.text_lines import broken, text_width
from integrations.markdown.blocks import plain
from models.document import Document
from models.domain.incident import Evidence
from models.domain.whys import About, WhyNode, WhyTree, walk

_WIDTH, _NARROWEST = 750.0, 320.0
"""Of the picture, and of the card of the deepest why; the picture grows to hold it."""
_INDENT, _GAP, _TRUNK, _ELBOW, _MIDDLE = 40.0, 8.0, 20.5, 8.0, 28.0
_TEXT_LEFT, _RIGHT = 54.0, 14.0
_EFFECT = {
    About.OCCURRENCE: "Observed effect",
    About.DETECTION: "Time to detect",
    About.RESPONSE: "Time to stop",
}


@dataclass
class _Card:
    """A card while it is placed; ``parts`` are drawn from its own corner."""

    left: float
    width: float
    number: str = ""
    joined: bool = False
    top: float = 0.0
    height: float = 0.0
    parts: list[Box | Path | Text] = field(default_factory=list)
    children: list["_Card"] = field(default_factory=list)

    def lines(self, lines: list[str], left: float, size: int, step: float, look: str) -> None:
        """Writes lines below what is there; ``step`` is from one to the next."""
        for line in lines:
            self.height += step
            self.parts.append(Text(left, self.height - (step - size) / 2 - 2, line, look))

    @property
    def bottom(self) -> float:
        return self.top + self.height


def why_picture(tree: WhyTree, document: Document, *, hints: bool = True) -> Picture | None:
    """The picture of a tree of a document; None where it has neither a problem nor whys.

    ``hints`` say what an author has yet to write: an answer, evidence.
    """
    if not tree.nodes and not tree.problem.strip():
        return None
    depth = max((number.count(".") + 1 for number, _ in walk(tree)), default=0)
    width = max(_WIDTH, depth * _INDENT + _NARROWEST)
    cards = _placed(tree, document, width, hints=hints)
    said = plain(tree.problem) or _hint("No problem written yet", hints)
    shapes = (*_trunks(cards), *(Group(c.left, c.top, tuple(c.parts)) for c in cards))
    return Picture(
        name=tree.about,
        width=width,
        height=cards[-1].bottom + 1,
        title=f"Why tree: {said}" if said else "Why tree",
        description=_described(tree),
        shapes=(*shapes, *_pills(cards)),
    )


def why_svg(tree: WhyTree, document: Document, *, hints: bool = True) -> str:
    """The same as SVG; "" for none."""
    picture = why_picture(tree, document, hints=hints)
    return to_svg(picture) if picture else ""


def _described(tree: WhyTree) -> str:
    rows = (
        f"{'AND ' if node.joined else ''}{number} {plain(node.answer or node.question)}"
        for number, node in walk(tree)
    )
    return "; ".join(rows)


def _hint(said: str, hints: bool) -> str:
    return said if hints else ""


def _placed(tree: WhyTree, document: Document, width: float, *, hints: bool) -> list[_Card]:
    """The cards from top to bottom: the problem, then the whys in reading order."""
    cards = [_problem(tree, width, hints=hints)]
    by_number = {"": cards[0]}
    for number, node in walk(tree):
        above = by_number[number.rpartition(".")[0]]
        left = above.left + _INDENT
        card = _Card(left, width - left - 1, number, node.joined)
        _why(card, node, document, hints=hints)
        card.top = cards[-1].bottom + _GAP
        above.children.append(card)
        by_number[number] = card
        cards.append(card)
    return cards


def _problem(tree: WhyTree, width: float, *, hints: bool) -> _Card:
    card = _Card(0.5, width - 1, top=0.5, height=10.0)
    effect = text_width(_EFFECT[tree.about], 11)
    room = card.width - 20 - effect - 40
    lines = broken(_said(tree.problem), 15, room) or [_hint("No problem written yet", hints)]
    card.lines(lines, 20, 15, 20, "p white")
    card.height = max(60.0, card.height + 12)
    if len(lines) == 1:
        card.parts = [Text(20, 35, lines[0], "p white")]
    card.parts.append(Text(card.width - 16 - effect, 34, _EFFECT[tree.about], "m white", effect))
    card.parts.insert(0, Box(0, 0, card.width, card.height, "fill", 8))
    return card


def _why(card: _Card, node: WhyNode, document: Document, *, hints: bool) -> None:
    root = document.root_of(node.id)
    is_root = not node.children and (node.stop is not None or root is not None)
    proven = node.is_shown or not node.answer.strip() or not hints
    room = card.width - _TEXT_LEFT - _RIGHT
    chips = [_evidence(one) for one in node.evidence] if proven else ["No evidence yet"]
    chips = [_chip(chip, room - 30) for chip in chips if chip.strip()]
    beside = sum(text_width(chip, 11) + 22 for chip in chips)
    is_beside = beside <= room * 0.45
    card.height = 8.0
    card.lines(
        broken(_said(node.question), 12, room - (beside if is_beside else 0)),
        _TEXT_LEFT,
        12,
        18,
        "q text2",
    )
    question_end = card.height
    if is_beside and chips:
        card.height = max(card.height, 30.0) if node.question.strip() else 30.0
        question_end = card.height
        _chips(card, chips, card.width - _RIGHT + 6 - beside, 6, "chip" if proven else "warn")
    answer = broken(_said(node.answer), 14, room) or [_hint("Not answered yet", hints)]
    card.lines(answer, _TEXT_LEFT, 14, 20, "a text" if node.answer.strip() else "a text2")
    if not is_beside:
        card.height = _chip_rows(card, chips, room, "chip" if proven else "warn")
    card.height = max(56.0, card.height + 8, question_end)
    tone = "green" if is_root else "accent" if proven else "amber"
    body = card.height
    if is_root:
        _root_strip(card, node, document)
    look = "card green-line" if is_root else "card edge"
    under: list[Box | Path | Text] = [Box(0, 0, card.width, card.height, look, 8)]
    if is_root:
        under.append(_foot(card.width, body, card.height))
    wide = max(30.0, text_width(card.number, 12) + 10)
    under += [
        Box(12, 14, wide, 28, "soft" if tone == "accent" else f"{tone}-soft", 6),
        Text(12 + wide / 2, 32, card.number, f"b mid {tone}"),
    ]
    card.parts = under + card.parts


def _root_strip(card: _Card, node: WhyNode, document: Document) -> None:
    """Why the chain ends here, which root it reaches, and what will be done about it."""
    root = document.root_of(node.id)
    reason = f"Root, {node.stop.reason}" if node.stop else "Root"
    rows = [(reason, "b green")]
    if root is not None and root.title.strip() != node.answer.strip():
        rows.append((root.title, "s text"))
    if node.stop is not None:
        rows.append((node.stop.text, "s text"))
        accepted = node.stop.accepted_by.strip()
        rows += [(f"Accepted by {accepted}", "s text")] if accepted else []
    for action in document.actions_of(root.id) if root else ():
        rows.append((f"→ {action.ref} {action.title}", "s text"))
    card.height += 7
    for said, look in rows:
        lines = broken(_said(said), 12, card.width - _TEXT_LEFT - _RIGHT)
        card.lines(lines, _TEXT_LEFT, 12, 20, look)
    card.height += 7


def _chip_rows(card: _Card, chips: list[str], room: float, look: str) -> float:
    """Chips below the answer; returns the height with them."""
    left, top = 0.0, card.height + 4
    for chip in chips:
        wide = text_width(chip, 11) + 22
        if left and left + wide > room + 6:
            left, top = 0.0, top + 26
        _chips(card, [chip], _TEXT_LEFT + left, top, look)
        left += wide
    return top + 22 if chips else card.height


def _chips(card: _Card, chips: list[str], left: float, top: float, look: str) -> None:
    ground, tone = ("sunken", "text2") if look == "chip" else ("amber-soft", "amber")
    for chip in chips:
        wide = text_width(chip, 11) + 16
        card.parts.append(Box(left, top, wide, 21, ground, 5))
        card.parts.append(Text(left + 8, top + 14.5, chip, f"m {tone}", wide - 16))
        left += wide + 6


def _chip(said: str, room: float) -> str:
    """What fits into one line; the text below the picture has all of it."""
    first, *more = broken(said, 11, room)
    return f"{first}…" if more else first


def _evidence(one: Evidence) -> str:
    return _said(one.text.strip() or one.target).replace("\n", " ")


def _trunks(cards: list[_Card]) -> Iterator[Shape]:
    """From each card to those below it: grey, and in the accent where these were all needed."""
    for card in cards:
        x = card.left + _TRUNK
        for child in card.children:
            yield _branch(x, card.bottom, child, "grey")
        for before, child in zip(card.children, card.children[1:], strict=False):
            if child.joined:
                is_first = before is card.children[0]
                top = card.bottom if is_first else before.top + _MIDDLE - _ELBOW
                yield _branch(x, top, before, "both")
                yield _branch(x, top, child, "both")


def _branch(x: float, top: float, card: _Card, look: str) -> Path:
    end = card.top + _MIDDLE
    steps = (
        ("M", (x, top)),
        ("L", (x, end - _ELBOW)),
        ("Q", (x, end, x + _ELBOW, end)),
        ("L", (card.left, end)),
    )
    return Path(f"line {look}", steps)


def _foot(width: float, top: float, bottom: float) -> Path:
    """The foot of a card in green, round below; ``top`` and ``bottom`` are of the foot."""
    left, right, low = 0.5, width - 0.5, bottom - 0.5
    steps = (
        ("M", (left, top)),
        ("L", (right, top)),
        ("L", (right, bottom - 8)),
        ("Q", (right, low, width - 8, low)),
        ("L", (8.0, low)),
        ("Q", (left, low, left, bottom - 8)),
        ("Z", ()),
    )
    return Path("green-soft", steps)


def _pills(cards: list[_Card]) -> Iterator[Shape]:
    for card in cards:
        if card.joined:
            x, y = card.left - _INDENT + _TRUNK, card.top - _GAP / 2
            yield Box(x - 17, y - 9, 34, 18, "fill", 9)
            yield Text(x, y + 4, "AND", "m mid white")


def _said(markdown: str) -> str:
    return "\n".join(plain(line) for line in markdown.split("\n"))
