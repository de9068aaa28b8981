"""From a pasted text to its entries: which notation a line is in, and what belongs to it."""

import re
import textwrap
from dataclasses import dataclass, field
from functools import partial

from integrations.markdown.form_times import read_moment
from integrations.markdown.stamp_search import find_day
from integrations.markdown.stamps import Stamp
from integrations.markdown.timeline_rows import trailing_stamp, unmarked
from integrations.markdown.zones import Zone, find_zone
from integrations.timeline import alerts, chat, logs, tables
from integrations.timeline.entries import Entry, Found, Lines, When, split
from integrations.timeline.notations import day_line, leading
from integrations.timeline.structured import structured
from models.errors import InvalidInputError

_OWN = re.compile(r"^- \*\*(?P<time>[^*,]+?)(?:, ?(?P<kind>[^*\]]+))?\*\* ?(?P<text>.*)$")
_OWN_LINE = "Afterwhy timeline"
_OWN_FIELD = re.compile(
    r"^- (?:evidence|by|recorded|time in the source|corrects|known as|starred)\b"
    r"[^\n]*(?:\n  [^\n]*)*",
    re.MULTILINE,
)
_HEADING = re.compile(r"^#{1,6}\s+\S")
_OF_TIMES = re.compile(r"\b(?:times?|time ?zone|zone|clocks?)\b", re.IGNORECASE)
_OF_DAY = re.compile(r"^(?!.*\d:\d\d).*\b(?:timeline|incident|date|day|log)\b", re.IGNORECASE)
_NUMBERED = re.compile(r"^(?:\d{1,3}[.)]|\[[ xX]\])[ \t]+")
_MARKS = ("\u2014", "\u2013", "-", ":", "|", "(")
_LIKE_A_TIME = re.compile(
    r"[\s\[(*_`]*(?P<time>"
    r"\d{1,4}(?P<mark>[-/.])(?:\d{1,2}|[A-Za-z]{3,9})(?P=mark)\d{1,4}(?:T|[\s,:]\s?)\d{1,2}[:.h]\d\d[^\s\])]*"
    r"|\d{1,2}[:.]\d\d\s?(?:Uhr|[ap]\.?m\.?)(?!\w)"
    r"|\d{1,2}:\d\d(?::\d\d)?(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?(?![\w:.])"
    r"|(?:\d{4}年\d{1,2}月\d{1,2}日\s*)?(?:午[前後])?\d{1,2}時(?:\d{1,2}分)?)",
    re.IGNORECASE,
)
"""What anybody takes for a time; a port, an address or a ratio with words in it is none."""
_FAILURES = 50
"""How often JSON may turn out to be none before brackets are taken for words."""


@dataclass(slots=True)
class Scanned:
    """The entries of a paste in their order, and what its other lines gave."""

    entries: list[Entry] = field(default_factory=list)
    used: list[tuple[int, int, str]] = field(default_factory=list)
    zone: Zone | None = None
    day: Stamp | None = None


def scan(text: str) -> Scanned:
    """The entries of a text. What is in none of them is found by its place."""
    return _Scan(text).run()


class _Scan:
    """A walk over the lines; each goes to the first reader that knows it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = split(text)
        self.scanned = Scanned()
        self.open: Entry | None = None
        self.failures = 0
        self.author = ""
        self.messages = partial(chat.messages, named_above=chat.names_stand_above(self.lines))

    def run(self) -> Scanned:
        at = 0
        while at < len(self.lines):
            found = None if self.lines[at].is_blank else self._read(at)
            if found is None:
                self._left(at)
                at += 1
                continue
            self._close()
            self.scanned.entries += found.entries
            self.scanned.used += found.used
            self.open = found.entries[-1] if found.goes_on and found.entries else None
            if self.open is not None and self.open.form == chat.FORM:
                self.author = self.open.author = self.open.author or self.author
            at = found.after
        self._close()
        return self.scanned

    def _read(self, at: int) -> Found | None:
        lines = self.lines
        if self.failures < _FAILURES and lines[at].text.lstrip()[:1] in "[{":
            if (found := structured(self.text, lines, at)) is not None:
                return found
            self.failures += 1
        in_chat = self.open is not None and self.open.form == chat.FORM
        readers = [
            _own_form,
            tables.pipe_tables,
            tables.drawn_tables,
            logs.commits,
            alerts.mails,
            logs.cluster_events,
        ]
        readers += [chat.bracketed]
        readers += [alerts.clear_alerts] if in_chat else [alerts.alerts, tables.delimited]
        readers += [_day, _ends_in_time, self.messages, logs.log_lines, _timed, _misread]
        return next((found for read in readers if (found := read(lines, at)) is not None), None)

    def _left(self, at: int) -> None:
        """A line without a time: the entry above goes on, or it says something of all times."""
        line = self.lines[at]
        if self.open is not None and not _HEADING.match(line.text):
            self.open.text += f"\n{line.text}"
            if not line.is_blank:
                self.open.end = line.end
            return
        self._close()
        if line.is_blank or len(line.text) > 200:
            return
        zone = find_zone(line.text) if _OF_TIMES.search(line.text) else None
        day = find_day(line.text) if _OF_DAY.search(line.text) else None
        if zone is not None and self.scanned.zone is None:
            self.scanned.zone = zone
            self.scanned.used.append((line.start, line.end, "zone"))
        if day is not None and not self.scanned.entries:
            self.scanned.day = day
            self.scanned.used.append((line.start, line.end, "day"))

    def _close(self) -> None:
        entry, self.open = self.open, None
        if entry is not None and entry.form == chat.FORM:
            chat.said(entry)
            self._end_before_mark(entry)
        elif entry is not None and entry.form == _OWN_LINE:
            entry.text = _OWN_FIELD.sub("", textwrap.dedent(f"  {entry.text}")).strip()
        elif entry is not None:
            entry.text = entry.text.strip()

    def _end_before_mark(self, entry: Entry) -> None:
        """What a chat itself writes below a message is no part of it."""
        mark = chat.mark_below(self.text[entry.start : entry.end])
        if mark is not None:
            self.scanned.used.append((entry.start + mark, entry.end, "mark of the chat"))
            entry.end = entry.start + mark


def _day(lines: Lines, at: int) -> Found | None:
    """A day that stands alone dates the times below it."""
    when = day_line(lines[at].text)
    if when is None:
        return None
    line = lines[at]
    entry = Entry(line.start, line.end, when, day=True)
    return Found([entry], at + 1, used=[(line.start, line.end, "day")])


def _own_form(lines: Lines, at: int) -> Found | None:
    """A line of a timeline as Afterwhy itself writes it."""
    line = lines[at]
    match = _OWN.match(line.text)
    if match is None:
        return None
    try:
        moment = read_moment(match["time"])
    except InvalidInputError:
        return None
    when = When(moment=moment, words=(match["time"],))
    entry = Entry(line.start, line.end, when, match["text"], _OWN_LINE)
    if match["kind"]:
        entry.kind, entry.because = match["kind"].strip(), "the line says so"
    return Found([entry], at + 1, goes_on=True)


def _timed(lines: Lines, at: int) -> Found | None:
    """A line that begins with a time."""
    line = lines[at]
    bare = unmarked(line.text)
    bare = re.sub(r"^#{1,6}\s+", "", bare)
    found = leading(bare.lstrip()) or leading(_NUMBERED.sub("", bare.lstrip(), count=1))
    if found is None:
        return None
    when, text = found
    stamp = when.stamp
    if stamp is not None and not (stamp.clock or _is_placeholder(stamp) or _is_dated(stamp, bare)):
        return None
    return Found([Entry(line.start, line.end, when, text, "Pasted text")], at + 1, goes_on=True)


def _misread(lines: Lines, at: int) -> Found | None:
    """A line that visibly begins with a time, which is none or in a form not known here."""
    line = lines[at]
    match = _LIKE_A_TIME.match(unmarked(line.text))
    if match is None:
        return None
    words, rest = match["time"], match.string[match.end() :].lstrip(" \t-\u2013\u2014:|])")
    when = When(fault=f"“{words}” is no time that is known here", words=(words,))
    return Found([Entry(line.start, line.end, when, rest, "Pasted text")], at + 1, goes_on=True)


def _ends_in_time(lines: Lines, at: int) -> Found | None:
    """ "All clear: 15:31 UTC", where the line above or below has its time at its end, too."""
    found = _ending(lines, at)
    near = (_ending(lines, at - 1), _ending(lines, at + 1)) if found else ()
    if found is None or not any(other and other[2] == found[2] for other in near):
        return None
    label, stamp, _ = found
    line, when = lines[at], When(stamp=stamp, words=(stamp.written,))
    return Found([Entry(line.start, line.end, when, label, "Pasted text")], at + 1)


def _ending(lines: Lines, at: int) -> tuple[str, Stamp, str] | None:
    """The words of a line, the time at its end, and the mark between them."""
    if not 0 <= at < len(lines) or leading(lines[at].text.lstrip()) is not None:
        return None
    bare = unmarked(lines[at].text)
    found = trailing_stamp(bare)
    if found is None or not found[0] or found[1].clock is None or not bare.startswith(found[0]):
        return None
    mark = bare[len(found[0]) :].lstrip()[:1]
    return (*found, mark) if mark in _MARKS else None


def _is_placeholder(stamp: Stamp) -> bool:
    """ "??:??" where a time should be; a sentence that begins with "unknown" is none."""
    return stamp.no_time and bool(re.search(r"[?:]", stamp.written))


def _is_dated(stamp: Stamp, line: str) -> bool:
    """Whether a line with a date alone is an event of that day rather than a sentence."""
    behind = line[stamp.length :]
    return stamp.has_date and bool(re.match(r"\s*[-:\u2013\u2014|\t]", behind))
