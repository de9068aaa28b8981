"""The rows of timelines as a person would count them: an oracle that knows nothing of the import.

It looks at lines alone: below a heading that says "timeline", rows of tables, bullets, headings
and paragraphs that begin with a time or date. It has its own few zones and dates, those whose
meaning is beyond doubt, and with them says at which instant a row was.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

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
_TIME = re.compile(r"(?<![\d:])(\d{1,2}):(\d\d)(?::\d\d)?(?:\s*([ap])\.?m)?\b", re.IGNORECASE)
_CLOCKED = re.compile(_CLOCK, re.IGNORECASE)
_DATE = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)(?!\d)")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMED_DATE = re.compile(
    rf"\b({'|'.join(_MONTHS)})[a-z]*\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})\b",
    re.IGNORECASE,
)
_ZONED = re.compile(
    r"\b(?:UTC|GMT) ?([+-]\d\d?)\b|\b(UTC|GMT|CEST|CET|BST|[PMCE][SD]?T)\b"
    r"|\d(Z)\b|:\d\d([+-]\d\d:\d\d)\b"
)
_BEHIND = re.compile(r"[\s*_()\[]*((?:UTC|GMT) ?[+-]\d\d?|UTC|GMT|CEST|CET|BST|[PMCE][SD]?T)\b")
_OFFSETS = {
    "UTC": 0, "GMT": 0, "Z": 0, "CET": 60, "CEST": 120, "BST": 60,
    "PST": -480, "PDT": -420, "EST": -300, "EDT": -240,
}  # fmt: skip
_PLACES = {"PT": "America/Los_Angeles", "ET": "America/New_York"}
_WORD = re.compile(r"[^\W_]+")
_BULLET = re.compile(r"^(\s*)(?:[-*+]|\d+[.)])\s+")
_ENOUGH = 0.8


@dataclass(frozen=True, slots=True)
class Row:
    """A row as it stands in the source: the part with its time, and what it says."""

    stamp: str
    text: str
    above: str = ""
    """What heading, remarks and titles of columns say of all times."""

    @property
    def zone(self) -> tzinfo | None:
        """The zone that the row names, else the only one that is named above."""
        own = _zones(self.stamp)
        named = own or _zones(self.above)
        return named.pop() if len(named) == 1 else None

    @property
    def day(self) -> date | None:
        """The date that the row itself names."""
        return _day(self.stamp)

    @property
    def clock(self) -> tuple[int, int] | None:
        """Hour and minute, of 24 hours."""
        found = _TIME.search(self.stamp)
        if found is None:
            return None
        hour, minute, half = int(found[1]), int(found[2]), (found[3] or "").lower()
        if half and hour <= 12:
            hour = hour % 12 + (12 if half == "p" else 0)
        return hour % 24, minute


def _zones(text: str) -> set[tzinfo]:
    found: set[tzinfo] = set()
    for match in _ZONED.finditer(text):
        name = match[1] or match[2] or match[3] or match[4]
        if name in _PLACES:
            found.add(ZoneInfo(_PLACES[name]))
        elif name in _OFFSETS:
            found.add(timezone(timedelta(minutes=_OFFSETS[name])))
        elif name[0] in "+-":
            hours, _, rest = name[1:].partition(":")
            minutes = int(hours) * 60 + int(rest or 0)
            found.add(timezone(timedelta(minutes=-minutes if name[0] == "-" else minutes)))
    return found


def _day(text: str) -> date | None:
    try:
        if match := _DATE.search(text):
            return date(int(match[1]), int(match[2]), int(match[3]))
        if match := _NAMED_DATE.search(text):
            return date(int(match[3]), _MONTHS.index(match[1][:3].lower()) + 1, int(match[2]))
    except ValueError:
        return None
    return None


def rows_of(body: str) -> list[Row]:
    """The rows of every timeline in a Markdown text."""
    return [row for title, lines in _timelines(body) for row in _rows(title, lines)]


def _timelines(body: str) -> Iterator[tuple[str, list[str]]]:
    """The heading that announces a timeline and the lines below, down to the next of its level."""
    lines: list[str] = []
    level, fenced, title = 0, False, ""
    for line in body.split("\n"):
        fenced ^= line.lstrip().startswith("```")
        heading = None if fenced else _HEADING.match(line)
        if heading and level and len(heading[1]) <= level:
            yield title, lines
            level, lines = 0, []
        if heading and not level and _TIMELINE.search(heading[2]):
            level, lines, title = len(heading[1]), [], heading[2]
        elif level:
            lines.append(line)
    if level:
        yield title, lines


def _rows(title: str, lines: list[str]) -> Iterator[Row]:
    tables, fenced, above = 0, False, title
    for number, line in enumerate(lines):
        fenced ^= line.lstrip().startswith("```")
        if fenced:
            continue
        if line.lstrip().startswith("|"):
            tables += 1
            above = f"{title} {line}" if tables == 1 else above
            if tables > 2:  # the title and the rule below it come first
                yield _table_row(line, above)
            continue
        tables = 0
        bare = _HEADING.sub(r"\2", _BULLET.sub("", line)).strip()
        begins = _BEGINS.match(bare)
        if begins is None or (_HEADING.match(line) and not _CLOCKED.search(begins[0])):
            if re.search(r"\btimes?\b|\bzone\b", line, re.IGNORECASE):
                title = above = f"{title} {line}"
            continue
        text = bare[begins.end() :]
        if not _WORD.search(text):
            if not _CLOCKED.search(begins[0]):
                continue
            text = " ".join(lines[number + 1 : number + 4])
        behind = _BEHIND.match(text)
        yield Row(f"{begins[0]} {behind[1]}" if behind else begins[0], text, above)


def _table_row(line: str, above: str) -> Row:
    """The cells before the last that begins with a time or date, and those behind it."""
    cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
    timed = [i for i, cell in enumerate(cells[:-1]) if _BEGINS.match(cell)]
    cut = timed[-1] + 1 if timed else 1
    return Row(" ".join(cells[:cut]), " ".join(cells[cut:]), above)


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
    """The event is at the instant of the row, or honestly inexact about it.

    An exact one has to have the row's hour, minute and day in the zone that the source names. An
    approximate one may be an hour off, for a season's clock, or be of another day.
    """
    if event.at is None or event.precision is Precision.MONTH:
        return event.at is not None or event.precision is Precision.UNKNOWN
    if event.precision is Precision.DAY or row.clock is None:
        off = abs((event.at.date() - (row.day or event.at.date())).days)
        return off <= (event.precision is not Precision.DAY)
    named = zone_from(event.zone)
    # Where the oracle sees no zone it stands elsewhere in the document: that of the import counts.
    local = event.at.astimezone(row.zone or (named.rules if named else UTC))
    if event.precision is Precision.APPROXIMATE:
        hours_off = (local.hour - row.clock[0] + 1) % 12  # half of the day may be missing
        return local.minute == row.clock[1] and hours_off <= 2
    same_day = row.day is None or local.date() == row.day
    return same_day and (local.hour, local.minute) == row.clock
