"""Reading a timeline from a table, whatever its columns are called."""

import re
from dataclasses import dataclass, replace

from integrations.markdown.blocks import Block, plain, table_rows
from integrations.markdown.events import Row
from integrations.markdown.stamp_search import find_day
from integrations.markdown.stamps import Stamp, read_stamp
from integrations.markdown.times import TimeContext
from integrations.markdown.zones import find_zone, zone_from
from models.domain.incident import Evidence

_TIME = re.compile(
    r"\b(?:date|time|when|timestamp|day|hour|at|start|started|end|utc|gmt|[pmce][sd]?t|cest|cet|bst)\b",
    re.IGNORECASE,
)
_SPAN = re.compile(r"\b(?:duration|elapsed|time (?:to|spent|since)|delta|offset)\b", re.IGNORECASE)
_EVENT = re.compile(
    r"\b(?:event|description|what|action|details?|activity|happen\w*|note|summary|message|entry|comment|update|observation)\b",
    re.IGNORECASE,
)
_EVIDENCE = re.compile(
    r"\b(?:links?|evidence|data|source|reference|refs?|proof|screenshot|url)\b", re.IGNORECASE
)
_ZONE = re.compile(r"^(?:time\s?)?(?:zone|tz)$|^offset$", re.IGNORECASE)
_LINK = re.compile(r"\[([^\]]*)\]\(([^)\s]+)\)")
_YEAR = re.compile(r"\b((?:19|20)\d{2})\b")
_MOST = 0.5


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns of a table hold times, what happened, what shows it, and the rest."""

    times: tuple[int, ...]
    event: int
    evidence: tuple[int, ...]
    others: tuple[int, ...]
    zone: int | None = None


def table_timeline(block: Block, context: TimeContext) -> list[Row] | None:
    """The rows of a table that has a column of times; None for another table."""
    rows = table_rows(block)
    if len(rows) < 1 or len(rows[0]) < 2:
        return None
    header, body = rows[0], list(rows[1:])
    if any(read_stamp(cell) for cell in header[:1]) or not any(header):
        header, body = ("",) * len(header), list(rows) if any(header) else body
    body = [row for row in body if any(cell.strip() for cell in row)]
    columns = columns_of(header, body)
    if columns is None:
        return None
    inner = entered(context, header)
    found = [_row(row, header, columns, inner) for row in body]
    context.day, context.last, context.assumed = inner.day, inner.last, inner.assumed
    context.heard, context.after = inner.heard, inner.after
    return found


def entered(context: TimeContext, header: tuple[str, ...]) -> TimeContext:
    """The context with the zone, day or year that a table's titles name."""
    text = " ".join(header)
    inner = replace(context, zone=find_zone(text) or context.zone)
    inner.about = context.about or "approx" in text.lower()
    year = _YEAR.search(text)
    if day := find_day(text):
        inner.enter_day(day)
    elif year and (inner.day is None or inner.assumed):
        base = inner.day or inner.near
        if base is None or base.year != int(year[1]):
            inner.near, inner.day = None, None
            inner.year = int(year[1])
    return inner


def columns_of(header: tuple[str, ...], body: list[tuple[str, ...]]) -> Columns | None:
    """What the columns of a table hold; None for a table without times."""
    if not body:
        return None
    width = range(len(header))
    named = [i for i in width if _TIME.search(plain(header[i])) and not _SPAN.search(header[i])]
    zone = next((i for i in width if _ZONE.match(plain(header[i]))), None)
    named = [i for i in named if i != zone]
    times = [i for i in named if _share(body, i) >= _MOST or _dates_only(body, i)]
    if not times and named and any(_EVENT.search(title) for title in header):
        times = named[:1]
    if not times:
        times = [i for i in width if not header[i] or i == 0 if _share(body, i) > _MOST][:1]
    if not times or not (named or any(_share(body, i) >= _MOST for i in times)):
        return None
    rest = [i for i in width if i not in times and i != zone]
    if not rest:
        return None
    lengths = {i: sum(len(row[i]) for row in body) for i in rest}
    named_events = [i for i in rest if _EVENT.search(header[i])] or rest
    event = max(named_events, key=lambda i: lengths[i])
    evidence = tuple(i for i in rest if i != event and _EVIDENCE.search(header[i]))
    others = tuple(i for i in rest if i != event and i not in evidence)
    return Columns(tuple(times), event, evidence, others, zone)


def _share(body: list[tuple[str, ...]], column: int) -> float:
    """The share of rows that have a time or date in a column; empty cells do not count."""
    cells = [row[column] for row in body if row[column].strip()]
    return sum(read_stamp(cell) is not None for cell in cells) / len(cells) if cells else 0.0


def _dates_only(body: list[tuple[str, ...]], column: int) -> bool:
    """A column of weekdays beside the dates."""
    cells = [row[column].strip() for row in body if row[column].strip()]
    return bool(cells) and all(re.fullmatch(r"[A-Za-z]{3,9}\.?", cell) for cell in cells)


def row_stamp(
    row: tuple[str, ...], header: tuple[str, ...], columns: Columns
) -> tuple[Stamp, tuple[str, ...]]:
    """When a row was, and its words for that."""
    stamp = _stamp([row[i] for i in columns.times], [header[i] for i in columns.times])
    words = tuple(row[i] for i in columns.times if row[i].strip())
    if columns.zone is not None and (named := zone_from(plain(row[columns.zone]))) is not None:
        stamp = replace(stamp, zone=stamp.zone or named)
    if columns.zone is not None and row[columns.zone].strip():
        words = (*words, row[columns.zone])
    return stamp, words


def _row(
    row: tuple[str, ...], header: tuple[str, ...], columns: Columns, context: TimeContext
) -> Row:
    stamp, words = row_stamp(row, header, columns)
    parts = [
        row[columns.event],
        *(f"{plain(header[i])}: {row[i]}".lstrip(": ") for i in columns.others if row[i].strip()),
    ]
    evidence: list[Evidence] = []
    for i in columns.evidence:
        evidence += _evidence(row[i])
    text = " \u2014 ".join(part for part in parts if part.strip())
    return Row(context.read(stamp), words, text, tuple(evidence))


def _stamp(cells: list[str], headers: list[str]) -> Stamp:
    """One stamp from the cells of a row: a column of dates beside a column of times."""
    joined = read_stamp(" ".join(cell for cell in cells if cell.strip()))
    stamps = [read_stamp(cell) for cell in cells]
    clocks = [(s, h) for s, h in zip(stamps, headers, strict=True) if s and s.clock]
    base = next((s for s in stamps if s and s.has_date), None)
    if base is None:
        base = clocks[0][0] if clocks else joined or Stamp(no_time=True)
    if not clocks:
        return base
    stamp, title = clocks[0]
    zone = stamp.zone or find_zone(title)
    return replace(
        base, clock=stamp.clock, zone=zone, about=base.about or stamp.about, no_time=False
    )


def _evidence(cell: str) -> list[Evidence]:
    """Links and other words of a cell as evidence."""
    found = [Evidence("link", match[1], match[2]) for match in _LINK.finditer(cell)]
    rest = _LINK.sub(" ", cell).strip(" ,;")
    if re.fullmatch(r"<?(https?://[^\s>]+)>?", rest):
        return [*found, Evidence("link", "", rest.strip("<>"))]
    return [*found, Evidence("quote", rest)] if rest else found
