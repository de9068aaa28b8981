"""The blocks of a page as what ReportLab lays out."""

import io
from collections.abc import Iterator
from itertools import count

from reportlab.lib.colors import HexColor
from reportlab.platypus import CondPageBreak, Flowable, HRFlowable, Spacer, XPreformatted
from reportlab.platypus import Image as Shown
from reportlab.platypus import Paragraph as Text

from integrations.export.blocks import (
    Block,
    Code,
    Drawing,
    Heading,
    Image,
    Inset,
    Listing,
    Paragraph,
    Rule,
    Run,
    Table,
    in_one_line,
    text_of,
)
from integrations.export.pdf import fonts
from integrations.export.pdf.drawing import Drawn
from integrations.export.pdf.tables import laid
from integrations.export.pdf.text import LINE, QUIET, SIZE, SMALL, SUNKEN, Places, markup, style
from integrations.export.pictures import picture_file
from integrations.export.shapes import LIGHT

_HEADINGS = {2: 14.0, 3: 11.0}
_INDENT, _DEEPEST = 14.0, 10
_HEADED = 96.0
"""Room for a heading and what it is about, in points."""
_TALLEST = 420.0
"""Of a picture, in points: more than half a page."""


class Title(Text):
    """A heading that the contents and the bookmarks name."""

    def __init__(self, said: str, words: str, level: int, key: str) -> None:
        size = _HEADINGS.get(level, 10.0)
        super().__init__(
            said,
            style(
                size,
                spaceBefore=16 if level == 2 else 9,
                spaceAfter=5,
                leading=size * 1.25,
            ),
        )
        self.words, self.level, self.key = words, level, key


class Story:
    """Makes the flowables of blocks for a page of a width, in points."""

    def __init__(self, places: Places, width: float) -> None:
        self._places = places
        self._width = width
        self._headings = count(1)

    def of(self, blocks: tuple[Block, ...]) -> list[Flowable]:
        """What stands on the pages."""
        return list(self._all(blocks, 0))

    def _all(self, blocks: tuple[Block, ...], depth: int) -> Iterator[Flowable]:
        for block in blocks:
            yield from self._one(block, depth)

    def _one(self, block: Block, depth: int) -> Iterator[Flowable]:
        indent = min(depth, _DEEPEST) * _INDENT
        match block:
            case Heading():
                yield CondPageBreak(_HEADED)
                yield self._heading(block)
            case Paragraph():
                yield self._text(block, leftIndent=indent)
            case Listing():
                yield from self._listing(block, depth)
            case Inset(inside, anchor, quote):
                yield from self._inset(inside, anchor, depth + 1, quiet=quote)
            case Code(text):
                yield _code(text, self._width, indent)
            case Table():
                table = laid(block, self._width, self.cell)
                yield from (table,) if table else ()
            case Image(content, words):
                yield _image(content, words, self._width, _TALLEST)
            case Drawing(picture):
                yield Drawn(picture)
                yield Spacer(0, 8)
            case Rule():
                yield HRFlowable(width="100%", color=HexColor(LINE), spaceBefore=6, spaceAfter=6)

    def _heading(self, block: Heading) -> Title:
        said = markup(block.runs, self._places, anchor=block.anchor, bold=True)
        return Title(said, text_of(block.runs), block.level, f"heading-{next(self._headings)}")

    def _text(self, block: Paragraph, **looks: float) -> Text:
        return Text(markup(block.runs, self._places, anchor=block.anchor), style(**looks))

    def _listing(self, listing: Listing, depth: int) -> Iterator[Flowable]:
        depth += 1
        for number, item in enumerate(listing.items):
            mark = "•" if listing.first is None else f"{listing.first + number}."
            first, *others = item or (Paragraph((Run(" "),)),)
            indent = min(depth, _DEEPEST) * _INDENT
            if isinstance(first, Paragraph):
                looks = style(leftIndent=indent, bulletIndent=indent - _INDENT + 2, spaceAfter=2)
                looks.bulletFontName = fonts.registered(fonts.TEXT)
                looks.bulletFontSize = SIZE
                said = markup(first.runs, self._places, anchor=first.anchor)
                yield Text(said, looks, bulletText=mark)
            else:
                yield from self._one(first, depth)
            yield from self._all(tuple(others), depth)

    def _inset(
        self, inside: tuple[Block, ...], anchor: str, depth: int, *, quiet: bool
    ) -> Iterator[Flowable]:
        for block in inside:
            if isinstance(block, Paragraph):
                place, anchor = anchor or block.anchor, ""
                ink = HexColor(QUIET if quiet else LIGHT["text"])
                indent = min(depth, _DEEPEST) * _INDENT
                said = markup(block.runs, self._places, anchor=place)
                yield Text(said, style(leftIndent=indent, textColor=ink, spaceAfter=2))
            else:
                yield from self._one(block, depth)

    def cell(self, blocks: tuple[Block, ...], room: float) -> list[Flowable]:
        """The content of a cell of a table."""
        return _CellStory(self._places, max(room, 20.0)).of(blocks)


class _CellStory(Story):
    """Inside a cell a table stands line by line, and a picture is smaller."""

    def _one(self, block: Block, depth: int) -> Iterator[Flowable]:
        match block:
            case Table(head, rows):
                for row in (*head, *rows):
                    yield self._text(Paragraph(in_one_line(row)))
            case Image(content, words):
                yield _image(content, words, self._width, 240)
            case _:
                yield from super()._one(block, depth)


def _code(text: str, room: float, indent: float) -> Flowable:
    looks = style(SMALL, backColor=HexColor(SUNKEN), borderPadding=4, leftIndent=indent + 4)
    looks.spaceBefore, looks.spaceAfter, looks.leading = 6, 8, SMALL * 1.3
    lines = (
        markup((Run(line, mono=True),), {})
        for written in text.expandtabs(4).split("\n")
        for line in _folded(written, room - indent - 8)
    )
    return XPreformatted("\n".join(lines) or " ", looks)


def _folded(line: str, room: float) -> Iterator[str]:
    """The line in pieces that have room; code has no other places to break."""
    piece, used = "", 0.0
    for letter in line:
        wide = fonts.width(letter, fonts.MONO, SMALL)
        if piece and used + wide > room:
            yield piece
            piece, used = "", 0.0
        piece, used = piece + letter, used + wide
    yield piece


def _image(content: bytes, words: str, room: float, tallest: float) -> Flowable:
    file = picture_file(content)
    if file is None:
        said = f"[The picture {words} cannot be shown]".replace("  ", " ")
        return Text(markup((Run(said, tone="quiet"),), {}), style())
    scale = min(0.75, room / file.width, tallest / file.height)
    shown = Shown(io.BytesIO(file.png), file.width * scale, file.height * scale, hAlign="LEFT")
    shown.spaceBefore = shown.spaceAfter = 6
    return shown
