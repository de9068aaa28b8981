"""Tables: Markdown's, and CSV or TSV with whatever comes between the columns."""

import csv
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice, pairwise

from integrations.markdown.blocks import Block, plain, table_rows
from integrations.markdown.timeline_tables import Columns, columns_of, row_stamp
from integrations.markdown.zones import Zone, find_zone
from integrations.timeline.entries import Entry, Found, Lines, When
from integrations.timeline.notations import leading, whole

_DELIMITERS = ("\t", ";", ",", "|")
_RULE = re.compile(r"^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")
_DRAWN = re.compile(
    r"^\s*(?:\+(?:[-=]+\+)+|[\u2500-\u257f]*[\u2500\u2550]{2,}[\u2500-\u257f]*)\s*$"
)
_SIDE = re.compile(r"^\s*[+|\u2500-\u257f]")
_BAR = re.compile(r"[|\u2502\u2503\u2551]")
_AUTHOR = re.compile(
    r"^(?:author|user(?:name)?|who|by|from|sender|role|name|actor|reporter)$", re.IGNORECASE
)
_KIND = re.compile(r"^(?:kind|type|category)$", re.IGNORECASE)
_LONGEST_RULE = 2_000
_SAMPLE = 50
_LOOKED_AT = 300
"""Records, and lines, by which a table is told from other text."""
csv.field_size_limit(max(csv.field_size_limit(), 10_000_000))

Row = tuple[tuple[str, ...], int, int]
"""Cells, the first line and the line behind the last."""


def pipe_tables(lines: Lines, at: int) -> Found | None:
    """A table of Markdown, or of a database that draws the same with "+" in its rule."""
    below = lines[at + 1].text.replace("+", "|") if at + 1 < len(lines) else ""
    if "|" not in lines[at].text or "|" not in below or len(below) > _LONGEST_RULE:
        return None
    if not _RULE.match(below):
        return None
    end = at + 2
    while end < len(lines) and "|" in lines[end].text:
        end += 1
    texts = [lines[at].text, below, *(line.text for line in lines[at + 2 : end])]
    text = "\n".join(line.strip() for line in texts)
    rows = table_rows(Block("table", text))
    numbers = [at, *range(at + 2, end)]
    table = [(cells, n, n + 1) for cells, n in zip(rows, numbers, strict=True)]
    found = _table(lines, table, "Table row", end)
    if found is not None:
        found.used.append((lines[at + 1].start, lines[at + 1].end, "columns"))
    return found


def drawn_tables(lines: Lines, at: int) -> Found | None:
    """A table between lines such as "+-----+-----+", or in a box.

    Where such a line stands below each row, all between two of them is one row; elsewhere a line
    whose first cell is empty goes on with the row above.
    """
    if not _DRAWN.match(lines[at].text) or (at and _SIDE.match(lines[at - 1].text)):
        return None
    end = at
    while end < len(lines) and _SIDE.match(lines[end].text):
        end += 1
    rules = [number for number in range(at, end) if _DRAWN.match(lines[number].text)]
    groups = [range(one + 1, other) for one, other in pairwise([*rules, end]) if other > one + 1]
    rows: list[Row] = []
    for number, group in enumerate(groups):
        is_one = len(groups) > 2 or (number == 0 and len(groups) > 1)
        for line in group:
            cells = tuple(cell.strip() for cell in _BAR.split(lines[line].text.strip()[1:-1]))
            above = rows[-1] if rows and (line > group[0] if is_one else not cells[0]) else None
            if above is None or len(above[0]) != len(cells):
                rows.append((cells, line, line + 1))
            else:
                both = (" ".join(filter(None, pair)) for pair in zip(above[0], cells, strict=True))
                rows[-1] = (tuple(both), above[1], line + 1)
    if len(rows) < 2 or len({len(cells) for cells, _, _ in rows}) > 1:
        return None
    found = _table(lines, rows, "Table row", end)
    if found is not None:
        found.used += [(lines[number].start, lines[number].end, "columns") for number in rules]
    return found


def delimited(lines: Lines, at: int) -> Found | None:
    """CSV or TSV: lines with the same number of columns, one of which holds times."""
    if at and not lines[at - 1].is_blank:
        return None
    for delimiter in _DELIMITERS:
        if delimiter not in lines[at].text or _is_in_time(lines[at].text, delimiter):
            continue
        begin = lines[at : at + _LOOKED_AT]
        sample = [row for row, _, _ in islice(_records(begin, 0, delimiter), _SAMPLE)]
        if len(sample) < 2 or not _regular(sample):
            continue
        table = list(_records(lines, at, delimiter))
        found = _table(lines, table, "CSV row", table[-1][2])
        if found is not None:
            return found
    return None


def _is_in_time(line: str, delimiter: str) -> bool:
    """Whether a delimiter belongs to the time that a line begins with ("Nov 19, 2026, 14:02")."""
    found = leading(line)
    stamp = found[0].stamp if found else None
    return stamp is not None and stamp.clock is not None and delimiter in stamp.written


def _records(lines: Lines, at: int, delimiter: str) -> Iterator[Row]:
    """Records up to a blank line or one with another number of columns."""
    texts = (line.text + "\n" for line in lines[at:])
    reader = csv.reader(texts, delimiter=delimiter, skipinitialspace=True)
    width, begin = 0, at
    try:
        for cells in reader:
            end = at + reader.line_num
            if not cells or (width and len(cells) != width) or len(cells) < 2:
                return
            width = width or len(cells)
            yield tuple(cell.strip() for cell in cells), begin, end
            begin = end
    except csv.Error:
        return


def _regular(sample: list[tuple[str, ...]]) -> bool:
    """Whether cells are those of a table and not clauses between the commas of sentences."""
    return any(
        all(_timed(row[column]) for row in sample[1:] if row[column])
        and any(row[column] for row in sample[1:])
        for column in range(len(sample[0]))
    )


def _timed(cell: str) -> bool:
    return whole(cell) is not None or bool(re.match(r"^~?\d[\d:./ -]*(?:[ap]m)?\s?\w{0,5}$", cell))


def _table(lines: Lines, table: list[Row], form: str, after: int) -> Found | None:
    header, body = table[0][0], table[1:]
    used = [(lines[table[0][1]].start, lines[table[0][2] - 1].end, "columns")]
    if any(whole(cell) is not None for cell in header):
        header, body, used = ("",) * len(header), table, []
    filled = [row for row in body if any(row[0])]
    columns = columns_of(header, [cells for cells, _, _ in filled])
    if columns is None:
        return None
    if not any(header):
        columns = _in_order(columns)
    entries = [_entry(lines, row, header, columns, form) for row in filled]
    if zone := find_zone(" ".join(header)):
        for entry in entries:
            entry.when = _in_zone(entry.when, zone)
    return Found(entries, after, used=used)


def _in_order(columns: Columns) -> Columns:
    """Without titles, what happened is the first column that is no time."""
    event, *others = sorted((columns.event, *columns.others, *columns.evidence))
    return replace(columns, event=event, others=tuple(others), evidence=())


def _in_zone(when: When, zone: Zone) -> When:
    if when.stamp is None or when.stamp.zone is not None:
        return when
    return replace(when, stamp=replace(when.stamp, zone=zone))


def _entry(lines: Lines, row: Row, header: tuple[str, ...], columns: Columns, form: str) -> Entry:
    cells, first, behind = row
    when = _when(cells, header, columns)
    others = [i for i in (*columns.others, *columns.evidence) if cells[i]]
    authors = [i for i in others if _AUTHOR.match(plain(header[i]))][:1]
    kinds = [i for i in others if _KIND.match(plain(header[i]))][:1]
    parts = [
        cells[columns.event],
        *(
            f"{plain(header[i])}: {cells[i]}".lstrip(": ")
            for i in others
            if i not in authors and i not in kinds
        ),
    ]
    entry = Entry(lines[first].start, lines[behind - 1].end, when, form=form)
    entry.text = " \u2014 ".join(part for part in parts if part)
    entry.author = cells[authors[0]] if authors else ""
    entry.kind = cells[kinds[0]] if kinds else ""
    entry.because = "its column says so" if kinds else ""
    return entry


def _when(cells: tuple[str, ...], header: tuple[str, ...], columns: Columns) -> When:
    """Epochs and the like in one column, else what dates and times in several add up to."""
    if len(columns.times) == 1:
        when = whole(cells[columns.times[0]])
        if when is not None and when.stamp is None:
            return when
    stamp, words = row_stamp(cells, header, columns)
    joined = whole(" ".join(words))
    if joined is not None and joined.stamp is not None and joined.stamp.zone is not None:
        return joined
    return When(stamp=stamp, words=words)
