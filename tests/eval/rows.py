"""The rows of timelines as a person would count them: an oracle that knows nothing of the import.

It looks at lines alone: below a heading that says "timeline", rows of tables, bullets, headings
and paragraphs that begin with a time or date.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from integrations.markdown.zones import zone_from
from models.domain.incident import Event
from models.domain.moments import Precision

_HEADING = re.compile(r"^(#{1,6})\s+(.*)$")
_TIMELINE = re.compile(
    r"\b(?:timeline|chronology|sequence of events|chain of events)\b", re.IGNORECASE
)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DAY = (
    rf"(?:\d{{4}}-\d\d-\d\d|\d{{1,2}}[/-]\d{{1,2}}[/-]\d{{2,4}}"
    rf"|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?)"
)
_CLOCK = r"(?:\d{1,2}:\d\d(?::\d\d)?\s*(?:[ap]m)?|\d{1,2}\s*[ap]m)"
_WORDS = r"[\s*_~\[(,]*(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s+)?"
_ZONE = r"(?:[\s*_]*(?:utc|cet|cest|gmt|[pmce][sd]?t)\b)?"
_BEGINS = re.compile(
    rf"^{_WORDS}(?:{_DAY}(?:[T\s,:]+{_CLOCK}{_ZONE})?|{_CLOCK}{_ZONE})", re.IGNORECASE
)
_TIME = re.compile(r"(?<![\d:])(\d{1,2}):(\d\d)\b")
_CLOCKED = re.compile(_CLOCK, re.IGNORECASE)
_DATE = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)\b")
_WORD = re.compile(r"[^\W_]+")
_BULLET = re.compile(r"^(\s*)(?:[-*+]|\d+[.)])\s+")
_ENOUGH = 0.8


@dataclass(frozen=True, slots=True)
class Row:
    """A row as it stands in the source: the part with its time, and what it says."""

    stamp: str
    text: str


def rows_of(body: str) -> list[Row]:
    """The rows of every timeline in a Markdown text."""
    return [row for lines in _timelines(body) for row in _rows(lines)]


def _timelines(body: str) -> Iterator[list[str]]:
    """The lines below each heading that announces a timeline, down to the next of its level."""
    lines: list[str] = []
    level, fenced = 0, False
    for line in body.split("\n"):
        fenced ^= line.lstrip().startswith("```")
        heading = None if fenced else _HEADING.match(line)
        if heading and level and len(heading[1]) <= level:
            yield lines
            level, lines = 0, []
        if heading and not level and _TIMELINE.search(heading[2]):
            level, lines = len(heading[1]), []
        elif level:
            lines.append(line)
    if level:
        yield lines


def _rows(lines: list[str]) -> Iterator[Row]:
    tables, fenced = 0, False
    for number, line in enumerate(lines):
        fenced ^= line.lstrip().startswith("```")
        if fenced:
            continue
        if line.lstrip().startswith("|"):
            tables += 1
            if tables > 2:  # the title and the rule below it come first
                yield _table_row(line)
            continue
        tables = 0
        bare = _HEADING.sub(r"\2", _BULLET.sub("", line)).strip()
        begins = _BEGINS.match(bare)
        if begins is None or (_HEADING.match(line) and not _CLOCKED.search(begins[0])):
            continue
        text = bare[begins.end() :]
        if not _WORD.search(text):
            if not _CLOCKED.search(begins[0]):
                continue
            text = " ".join(lines[number + 1 : number + 4])
        yield Row(begins[0], text)


def _table_row(line: str) -> Row:
    """The cells before the last that begins with a time or date, and those behind it."""
    cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
    timed = [i for i, cell in enumerate(cells[:-1]) if _BEGINS.match(cell)]
    cut = timed[-1] + 1 if timed else 1
    return Row(" ".join(cells[:cut]), " ".join(cells[cut:]))


def is_found(row: Row, events: tuple[Event, ...]) -> bool:
    """Whether an event says the row's words and is at its time, or honest about not knowing."""
    words = _WORD.findall(row.text.casefold())
    for event in events:
        said = set(_WORD.findall(f"{event.text} {event.written} {event.evidence}".casefold()))
        if words and sum(word in said for word in words) < _ENOUGH * len(words):
            continue
        if _is_at(row, event):
            return True
    return False


def _is_at(row: Row, event: Event) -> bool:
    """The event's time is the written one, in the zone of its source, or honestly inexact."""
    if event.at is None:
        return event.precision is Precision.UNKNOWN
    zone = zone_from(event.zone)
    local = event.at.astimezone(zone.rules if zone else UTC)
    if (day := _DATE.search(row.stamp)) and not _same_day(local, event, day):
        return False
    clock = _TIME.search(row.stamp)
    if clock is None or event.precision not in (Precision.EXACT, Precision.APPROXIMATE):
        return True
    return local.minute == int(clock[2]) and local.hour % 12 == int(clock[1]) % 12


def _same_day(local: datetime, event: Event, day: re.Match[str]) -> bool:
    at = event.at if event.precision is Precision.DAY and event.at else local
    return (at.year, at.month, at.day) == (int(day[1]), int(day[2]), int(day[3]))
