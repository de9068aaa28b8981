"""The blocks of a page as paragraphs, tables and pictures of a Word file."""

import io
from collections.abc import Iterable, Mapping
from typing import Any

from docx.document import Document as WordDocument
from docx.shared import Emu, Pt, RGBColor
from docx.table import _Cell as WordCell
from docx.text.paragraph import Paragraph as WordParagraph

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
    printable,
)
from integrations.export.columns import column_count, column_widths, placed
from integrations.export.pictures import picture_file
from integrations.export.raster import to_pngs
from integrations.export.shapes import LIGHT
from integrations.export.word.xml import bookmark, element, lined, link, shaded

QUIET = RGBColor.from_string("62676F")
_TONES = {
    "quiet": "62676F",
    "open": LIGHT["amber"][1:],
    "done": LIGHT["green"][1:],
    "none": "B02A20",
    "and": LIGHT["accent"][1:],
}
_PIXEL = 9525
"""English metric units, Word's own, of a pixel at 96 for an inch."""
_WIDTH, _TALLEST = 620, 820
"""Of a page between its margins, in px."""
_INDENT, _DEEPEST = Pt(14), 10


class Story:
    """Writes blocks to the end of a file, or of a cell; ``places`` are the names of bookmarks."""

    def __init__(self, file: WordDocument, places: Mapping[str, str]) -> None:
        self._file = file
        self._places = places

    def write(self, blocks: Iterable[Block], into: Any, depth: int = 0) -> None:
        """``into`` is the file or one of its cells."""
        for block in blocks:
            self._one(block, into, depth)

    def _one(self, block: Block, into: Any, depth: int) -> None:
        match block:
            case Heading(level, runs, anchor):
                style = f"Heading {min(level - 1, 6)}"
                self._text(runs, into.add_paragraph(style=style), anchor)
            case Paragraph(runs, anchor):
                self._text(runs, _indented(into.add_paragraph(), depth), anchor)
            case Listing():
                self._listing(block, into, depth)
            case Inset(inside, anchor, quote):
                self._inset(inside, anchor, quote, into, depth + 1)
            case Code(text):
                paragraph = _indented(into.add_paragraph(style="Code"), depth)
                paragraph.add_run(text)
                shaded(paragraph, "F1F1ED")
            case Table():
                self._table(block, into)
            case Image(content, words):
                self._image(content, words, into)
            case Drawing(picture):
                for png, height in to_pngs(picture, _TALLEST * picture.width / _WIDTH):
                    scale = min(1.0, _WIDTH / picture.width)
                    size = (picture.width * scale, height * scale)
                    _show(into.add_paragraph(), png, size, picture.description)
            case Rule():
                into.add_paragraph("—")

    def _text(
        self, runs: Iterable[Run], paragraph: WordParagraph, anchor: str = ""
    ) -> WordParagraph:
        for run in runs:
            made = paragraph.add_run(run.text)
            made.bold, made.italic = run.bold or None, run.italic or None
            made.font.strike, made.font.superscript = run.struck or None, run.raised or None
            if run.mono:
                made.font.name = "Courier New"
            if run.tone in _TONES:
                made.font.color.rgb = RGBColor.from_string(_TONES[run.tone])
            target = self._target(run.link)
            if target:
                made.font.color.rgb = RGBColor.from_string(LIGHT["accent"][1:])
                link(paragraph, target, (made,))
        if anchor:
            bookmark(paragraph, self._places[anchor])
        return paragraph

    def _target(self, written: str) -> str:
        if written.startswith("#"):
            name = self._places.get(written[1:])
            return f"#{name}" if name else ""
        return written

    def _listing(self, listing: Listing, into: Any, depth: int) -> None:
        number = None if listing.first is None else self._numbering(listing.first)
        depth += 1
        for item in listing.items:
            first, *others = item or (Paragraph(()),)
            if isinstance(first, Paragraph):
                style = "List Bullet" if number is None else "List Number"
                paragraph = self._text(first.runs, into.add_paragraph(style=style), first.anchor)
                if number is not None:
                    numbered = paragraph._p.get_or_add_pPr().get_or_add_numPr()  # noqa: SLF001
                    numbered.get_or_add_numId().val = number
                    numbered.get_or_add_ilvl().val = 0
                _indented(paragraph, depth)
                paragraph.paragraph_format.first_line_indent = -_INDENT
            else:
                self._one(first, into, depth)
            self.write(others, into, depth)

    def _numbering(self, first: int) -> int:
        """A numbering of its own that begins at ``first``."""
        all_of_them = self._file.part.numbering_part.element
        properties: Any = self._file.styles["List Number"].element.pPr
        style = properties.numPr.numId.val
        kind = next(n for n in all_of_them.num_lst if n.numId == style).abstractNumId.val
        made = all_of_them.add_num(kind)
        made.add_lvlOverride(ilvl=0).add_startOverride(first)
        return int(made.numId)

    def _inset(
        self, inside: tuple[Block, ...], anchor: str, quote: bool, into: Any, depth: int
    ) -> None:
        for block in inside:
            if isinstance(block, Paragraph):
                paragraph = _indented(into.add_paragraph(style="Quote" if quote else None), depth)
                paragraph.paragraph_format.space_after = Pt(2)
                self._text(block.runs, paragraph, anchor or block.anchor)
                anchor = ""
            else:
                self._one(block, into, depth)

    def _table(self, table: Table, into: Any) -> None:
        rows = [*table.head, *table.rows]
        if isinstance(into, WordCell):
            for row in rows:
                self._text(in_one_line(row), into.add_paragraph())
            return
        count = column_count(rows)
        if not count:
            return
        widths = column_widths(rows, count, _WIDTH, size=14, padding=16)
        made = into.add_table(len(rows), count)
        made.autofit = False
        lined(made)
        for column, wide in zip(made.columns, widths, strict=True):
            column.width = Emu(round(wide * _PIXEL))
        for number, (made_row, row) in enumerate(zip(made.rows, rows, strict=True)):
            cells = made_row.cells
            for cell, wide in zip(cells, widths, strict=True):
                cell.width = Emu(round(wide * _PIXEL))
            for start, end, cell in placed(row, count):
                target = cells[start].merge(cells[end]) if end > start else cells[start]
                self._cell(cell.blocks, target)
            if number < len(table.head):
                made_row._tr.get_or_add_trPr().append(element("tblHeader"))  # noqa: SLF001
        into.add_paragraph().paragraph_format.space_after = Pt(2)

    def _cell(self, blocks: tuple[Block, ...], cell: WordCell) -> None:
        first = cell.paragraphs[0]
        if blocks and isinstance(blocks[0], Paragraph):
            self._text(blocks[0].runs, first, blocks[0].anchor)
            blocks = blocks[1:]
        self.write(blocks, cell)
        for paragraph in cell.paragraphs:
            paragraph.paragraph_format.space_after = Pt(2)

    def _image(self, content: bytes, words: str, into: Any) -> None:
        file = picture_file(content)
        if file is None:
            said = f"[The picture {words} cannot be shown]".replace("  ", " ")
            self._text((Run(said, tone="quiet"),), into.add_paragraph())
            return
        room = 240 if isinstance(into, WordCell) else _WIDTH
        scale = min(1.0, room / file.width, _TALLEST * 0.6 / file.height)
        _show(into.add_paragraph(), file.png, (file.width * scale, file.height * scale), words)


def _indented(paragraph: WordParagraph, depth: int) -> WordParagraph:
    if depth:
        paragraph.paragraph_format.left_indent = _INDENT * min(depth, _DEEPEST)
    return paragraph


def _show(
    paragraph: WordParagraph, png: bytes, size: tuple[float, float], description: str
) -> None:
    width, height = (Emu(max(1, round(side * _PIXEL))) for side in size)
    shape = paragraph.add_run().add_picture(io.BytesIO(png), width, height)
    shape._inline.docPr.set("descr", printable(description)[:2000])  # noqa: SLF001
