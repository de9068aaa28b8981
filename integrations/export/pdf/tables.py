"""Tables of a PDF: rows that may go over a page, headings on each."""

from collections.abc import Callable
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable
from reportlab.platypus import Table as Laid

from integrations.export.blocks import Block, Table
from integrations.export.columns import column_count, column_widths, placed
from integrations.export.pdf.text import LINE, QUIET, SIZE

_PADDING = 10.0
"""Right of what is in a cell, in points."""

Fill = Callable[[tuple[Block, ...], float], list[Flowable]]
"""Makes the content of a cell that has so much room."""


def laid(table: Table, room: float, fill: Fill) -> Flowable | None:
    """The table over the whole room; None for one without cells."""
    rows = [*table.head, *table.rows]
    count = column_count(rows)
    if not count:
        return None
    padding = _PADDING if room / count > 4 * _PADDING else 1.0
    widths = column_widths(rows, count, room, size=SIZE, padding=padding)
    content: list[list[Any]] = []
    looks: list[tuple[Any, ...]] = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), padding),
        ("TOPPADDING", (0, 0), (-1, -1), 4),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 1),
        ("LINEBELOW", (0, 0), (-1, -1), 0.5, HexColor(LINE)),
    ]
    if table.head:
        looks.append(("LINEBELOW", (0, 0), (-1, len(table.head) - 1), 0.8, HexColor(QUIET)))
    for number, row in enumerate(rows):
        cells: list[Any] = [""] * count
        for start, end, cell in placed(row, count):
            cells[start] = fill(cell.blocks, sum(widths[start : end + 1]) - padding) or ""
            if end > start:
                looks.append(("SPAN", (start, number), (end, number)))
        content.append(cells)
    return Laid(
        content,
        colWidths=widths,
        style=looks,
        repeatRows=min(len(table.head), 2),
        splitInRow=1,
        spaceBefore=2,
        spaceAfter=8,
        hAlign="LEFT",
    )
