"""How wide the columns of a table are: by what is in them."""

from collections.abc import Iterable, Iterator, Sequence

from integrations.export.blocks import (
    Block,
    Cell,
    Code,
    Heading,
    Inset,
    Listing,
    Paragraph,
    Table,
    text_of,
)
from integrations.export.text_lines import text_width

_BROADER = 1.15
"""How much wider bold letters, or those of the font that a reader puts in, may be."""
_LEAST, _LONGEST_WORD, _MOST = 12.0, 110.0, 60


def column_count(rows: Iterable[Sequence[Cell]]) -> int:
    """Columns of a table; what is beyond the sixtieth is left out, no page could hold it."""
    return min(_MOST, max((sum(cell.span for cell in row) for row in rows), default=0))


def placed(row: Iterable[Cell], count: int) -> Iterator[tuple[int, int, Cell]]:
    """First and last column of each cell."""
    start = 0
    for cell in row:
        if start >= count:
            return
        end = min(start + cell.span, count) - 1
        yield start, end, cell
        start = end + 1


def column_widths(
    rows: Sequence[Sequence[Cell]], count: int, room: float, *, size: float, padding: float
) -> list[float]:
    """Each column as wide as its longest line where there is room, else by what it holds.

    ``size`` is the text's, ``padding`` that of both sides of a cell, all in the unit of ``room``.
    """
    least, wanted = [_LEAST] * count, [_LEAST] * count
    for row in rows:
        for start, end, cell in placed(row, count):
            if start == end:
                word, line = _measured(cell, size)
                least[start] = max(least[start], min(word, _LONGEST_WORD) + padding)
                wanted[start] = max(wanted[start], line + padding)
    spare = room - sum(wanted)
    if spare >= 0:
        widest = max(range(count), key=wanted.__getitem__)
        wanted[widest] += spare
        return wanted
    spare = room - sum(least)
    if spare <= 0:
        return [room * part / sum(least) for part in least]
    more = [w - at_least for w, at_least in zip(wanted, least, strict=True)]
    return [at_least + spare * part / sum(more) for at_least, part in zip(least, more, strict=True)]


def _measured(cell: Cell, size: float) -> tuple[float, float]:
    """Widths of the longest word and of the longest line of a cell."""
    word = line = 0.0
    for said in _lines(cell.blocks):
        longest = max(said.split(), key=len, default="")
        word = max(word, text_width(longest, size))
        line = max(line, text_width(said, size))
    return word * _BROADER, line * _BROADER


def _lines(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Paragraph(runs=runs) | Heading(runs=runs):
                yield text_of(runs)
            case Listing(items):
                for item in items:
                    yield from (f"xxx {said}" for said in _lines(item))
            case Inset(inside):
                yield from _lines(inside)
            case Code(text):
                yield from text.splitlines()
            case Table(head, rows):
                for row in (*head, *rows):
                    yield " | ".join(said for cell in row for said in _lines(cell.blocks))
