"""Reading a date and a time, in any notation, from the beginning of a text."""

import re
from dataclasses import dataclass, replace

from integrations.markdown.zones import BESIDE, Zone, zone_from

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DAY = (
    r"(?P<day>\d{1,2})(?:st|nd|rd|th|\.(?=\s))?"
    r"(?:\s?[-\u2013]\s?\d{1,2}(?:st|nd|rd|th)?)?(?!\d|:\d)"
)
_YEAR = r"(?P<year>\d{4}|['\u2019]\d{2})(?!\d|:\d)"


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


DATES = (
    _pattern(
        r"(?P<year>\d{4})(?P<sep>[-/.\u2011])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})(?!\d)"
    ),
    _pattern(r"(?P<year>(?:19|20)\d{2})(?P<month>[01]\d)(?P<day>[0-3]\d)(?=T?\d{4}|[T\s]|$)"),
    _pattern(
        r"(?P<first>\d{1,2})(?P<sep>[-/.])(?P<second>\d{1,2})(?P=sep)(?P<year>\d{2,4})(?!\d|:\d)"
    ),
    _pattern(rf"{_DAY}(?:\s+of)?[\s-]+{_MONTH}(?:,?[\s-]+{_YEAR})?"),
    _pattern(rf"{_MONTH}[\s-]+{_DAY}(?:,?\s+{_YEAR})?"),
    _pattern(rf"{_MONTH},?\s+{_YEAR}"),
    _pattern(r"(?P<year>(?:19|20)\d{2})-(?P<month>[01]\d)(?![-\d:])"),
    _pattern(r"(?P<first>\d{1,2})(?P<sep>/)(?P<second>\d{1,2})(?![/\d])"),
)
_WEEKDAY = _pattern(
    r"(?P<weekday>mon|tue|wed|thu|fri|sat|sun)(?:s|nes|rs?|ur|urs)?(?:day)?\b\.?(?!\s*['\u2019])"
)
_MERIDIEM = r"(?P<half>[ap])\.?\s?m\b\.?"
_TIMES = (
    _pattern(
        r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?(?!\d)"
        rf"(?:\s?(?:{_MERIDIEM}|h(?:rs?|ours)?\b|Uhr\b))?(?:(?![A-Za-z])|(?={BESIDE}))"
    ),
    _pattern(rf"(?P<hour>\d{{1,2}})(?:\.(?P<minute>\d{{2}}))?\s?{_MERIDIEM}"),
    _pattern(r"(?P<hour>\d{1,2})(?=\s?[-\u2013]\s?\d{1,2}(?::\d{2})?\s?[ap]\.?m\b)"),
    _pattern(r"(?P<hour>\d{1,2})h(?P<minute>\d{2})\b"),
    _pattern(r"(?P<hour>\d{1,2})(?:[.:](?P<minute>\d{2}))?\s?Uhr\b"),
    _pattern(
        rf"(?P<hour>[0-2]\d)(?P<minute>[0-5]\d)(?=\s?(?:hrs?|hours|{BESIDE})\b)(?:\s?(?:hrs?|hours)\b)?"
    ),
)
_TIMES_BEHIND_DATE = (
    _pattern(r"(?P<hour>\d{1,2})\.(?P<minute>\d{2})(?![\d.]\d|\d)"),
    _pattern(r"(?P<hour>[0-2]\d)(?P<minute>[0-5]\d)(?P<second>[0-5]\d)?(?!\d)"),
)
_NO_TIME = _pattern(
    r"(?:[\d?x-][\d?x-]?:[?x-]{2}|\?\?\?*|--+|tb[dc]\b|unknown\b|n/a\b|hh:mm\b"
    r"|T\s?[+\-\u2212]\s?\d+(?::\d{2})*\s?(?:h(?:ours?|rs?)?|m(?:in(?:utes?|s)?)?|s(?:ec\w*)?)?\b)"
)
_LEAP = 60
_WORDS_FOR_TIMES = {"noon": 12, "midday": 12, "midnight": 0}
_TIME_WORD = _pattern(r"(?P<word>noon|midday|midnight)\b")
_ABOUT = _pattern(
    r"(?:[~\u2248]|approx(?:imately|\.)?|about|around|roughly|circa|ca?\.|est(?:imated)?\.?(?=\s*~?\d))\s*"
)
_ABOUT_BEHIND = _pattern(r"\(?(?:approx(?:imately|\.)?|-?ish|(?-i:est|Est)(?:imated|\.)?)\)?")
_ZONE = _pattern(BESIDE)
_ISO_OFFSET = _pattern(r"[+\-\u2212]\d{2}:?\d{2}(?!\d)|Z\b")
_ISO_TIME = re.compile(r"T\d{2}:?\d{2}(?::?\d{2}(?:[.,]\d+)?)?$")
_LOG_TIME = re.compile(r"\d\d?:\d{2}:\d{2}(?:[.,]\d+)?$")
_LOG_OFFSET = re.compile(
    r"\s?[+\-\u2212]\d{2}:?\d{2}(?![\d:]|\s?[ap]\.?m\b)|[+\-\u2212]\d{2}(?![\d:])", re.IGNORECASE
)
_BETWEEN = _pattern(
    rf"\s?(?:{BESIDE})?\s*(?:-+>?|\u2013|\u2014|\u2192|to|until|till|and|through)\s*~?"
)
_LEAD = _pattern(
    r"(?:on|at|by|from|between|@)\s+|[\s*_`'\"\u201c([{>\u2022\u00b7|]+|[-\u2013\u2014]\s?(?=\d)|<[a-z/][^<>]{0,80}>"
)
_GAP = _pattern(
    r"(?:[\s,;*_`|/\[\]()\u2022]|<br\s*/?>|[-\u2013\u2014](?=\s*[\d~?x-])|(?:at|on|from|between|@)\s|:(?=\s+[~\d])|T(?=\d{2}:?\d{2}))+"
)
_TAIL = _pattern(
    r"(?:[\s*_`:,;|)\]\u2192\u00b7.]|<br\s*/?>|=>|->|[-\u2013\u2014]+(?!\w))+|[-\u2013\u2014]\s*"
)


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day; ``odd``: its notation contradicts itself ("23:00 AM"); ``ends_day``: 24:00."""

    hour: int
    minute: int = 0
    second: int = 0
    half: str = ""
    odd: bool = False
    ends_day: bool = False


@dataclass(frozen=True, slots=True)
class Stamp:
    """A date and time as written. What is absent is None.

    ``first`` and ``second`` are the numbers of a date whose order ("3/4") is open. ``length`` is
    how much of the text the stamp takes, ``written`` its words.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    first: int | None = None
    second: int | None = None
    weekday: int | None = None
    clock: Clock | None = None
    until: Clock | None = None
    zone: Zone | None = None
    about: bool = False
    no_time: bool = False
    short_year: bool = False
    written: str = ""
    length: int = 0

    @property
    def has_date(self) -> bool:
        """Whether a day or month is named."""
        return self.month is not None or self.first is not None


def read_stamp(text: str) -> Stamp | None:
    """The date or time a text begins with, or None. A weekday or a zone alone is none."""
    scan = _Scan(text)
    scan.skip(_LEAD)
    begin = scan.at
    while scan.at - begin < 120 and scan.component():
        pass
    stamp, end = scan.stamp, scan.good
    if stamp.clock is None and not stamp.has_date and not stamp.no_time:
        return None
    short = stamp.first is not None and stamp.year is None and stamp.clock is None
    if short and not re.match(r"\s*(?:[:|\u2013\u2014-]|$)", text[end:]):
        return None
    written = text[begin:end].strip(" \t\n*_`|,;")
    closing = ")" if written.count("(") > written.count(")") else ""
    return replace(stamp, written=written + closing, length=end)


def split_stamp(text: str) -> tuple[Stamp, str] | None:
    """The stamp a text begins with and the Markdown behind it, with emphasis kept balanced."""
    stamp = read_stamp(text)
    if stamp is None:
        return None
    tail = _TAIL.match(text, stamp.length)
    end = tail.end() if tail else stamp.length
    head, rest = text[:end], text[end:]
    for mark in ("**", "__", "~~", "`"):
        if head.count(mark) % 2:
            rest = mark + rest if mark in rest else rest
    if head.count("(") > head.count(")") and rest.startswith(")"):
        rest = rest[1:]
    return stamp, rest.strip()


class _Scan:
    """A cursor over the text that collects the parts of a stamp; ``good`` is behind the last."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.good = 0
        self.stamp = Stamp()

    def skip(self, pattern: re.Pattern[str]) -> None:
        while (match := pattern.match(self.text, self.at)) and match.end() > self.at:
            self.at = match.end()

    def component(self) -> bool:
        """Read one more part; False when there is none."""
        if self.good and (gap := _GAP.match(self.text, self.at)):
            self.at = gap.end()
        return any(
            read() for read in (self._about, self._date, self._weekday, self._time, self._zone)
        )

    def _take(self, match: re.Match[str], stamp: Stamp) -> bool:
        self.stamp, self.at, self.good = stamp, match.end(), match.end()
        return True

    def _about(self) -> bool:
        match = _ABOUT.match(self.text, self.at)
        if match is None:
            match = _ABOUT_BEHIND.match(self.text, self.at) if self.stamp.clock else None
            return match is not None and self._take(match, replace(self.stamp, about=True))
        self.stamp, self.at = replace(self.stamp, about=True), match.end()
        return True

    def _date(self) -> bool:
        if self.stamp.has_date:
            return False
        for pattern in DATES:
            match = pattern.match(self.text, self.at)
            if match and (stamp := dated(self.stamp, match.groupdict())):
                return self._take(match, stamp)
        return False

    def _weekday(self) -> bool:
        match = _WEEKDAY.match(self.text, self.at)
        if match is None or self.stamp.weekday is not None:
            return False
        return self._take(match, replace(self.stamp, weekday=_DAYS.index(match["weekday"].lower())))

    def _time(self) -> bool:
        if self.stamp.clock is not None or self.stamp.no_time:
            return False
        found = self._clock_at(self.at)
        if found is None:
            match = _NO_TIME.match(self.text, self.at)
            return match is not None and self._take(match, replace(self.stamp, no_time=True))
        clock, match = found
        self._take(match, replace(self.stamp, clock=clock))
        logged = self.stamp.has_date and _LOG_TIME.search(self.text, 0, self.good)
        if logged and (offset := _LOG_OFFSET.match(self.text, self.at)):
            self._take(offset, replace(self.stamp, zone=zone_from(offset[0])))
        elif not _ISO_TIME.search(self.text, 0, self.good):
            self._range()
        elif offset := _ISO_OFFSET.match(self.text, self.at):
            self._take(offset, replace(self.stamp, zone=zone_from(offset[0])))
        return True

    def _clock_at(self, at: int) -> tuple[Clock, re.Match[str]] | None:
        if word := _TIME_WORD.match(self.text, at):
            return Clock(_WORDS_FOR_TIMES[word["word"].lower()]), word
        patterns = _TIMES + (_TIMES_BEHIND_DATE if self.stamp.has_date else ())
        for pattern in patterns:
            match = pattern.match(self.text, at)
            if match and (clock := _clock(match.groupdict())):
                return clock, match
        return None

    def _range(self) -> None:
        """The end of a span ("14:20-15:00", "8 to 9 pm")."""
        between = _BETWEEN.match(self.text, self.at)
        found = self._clock_at(between.end()) if between else None
        if found is None or self.stamp.clock is None:
            return
        until, match = found
        if until.half and not self.stamp.clock.half and self.stamp.clock.hour <= 12:
            shared = _with_half(replace(self.stamp.clock, half=until.half))
            self.stamp = replace(self.stamp, clock=shared)
        self._take(match, replace(self.stamp, until=until))

    def _zone(self) -> bool:
        if self.stamp.zone is not None or (self.stamp.clock is None and not self.stamp.no_time):
            return False
        match = _ZONE.match(self.text, self.at)
        zone = zone_from(match[0]) if match else None
        if match is None or zone is None:
            return False
        return self._take(match, replace(self.stamp, zone=zone))


def dated(stamp: Stamp, parts: dict[str, str | None]) -> Stamp | None:
    """The stamp with a date, or None when the numbers are no date."""
    year_text = (parts.get("year") or "").lstrip("'\u2019")
    century = {2: 2000, 4: 0}.get(len(year_text))
    year = None if century is None else century + int(year_text)
    first, second = parts.get("first"), parts.get("second")
    if first and second:
        one, two = int(first), int(second)
        if not (1 <= one <= 31 and 1 <= two <= 31 and min(one, two) <= 12):
            return None
        return replace(stamp, year=year, first=one, second=two, short_year=len(year_text) == 3)
    name = parts.get("month") or ""
    month = int(name) if name.isdigit() else _MONTHS.index(name[:3].lower()) + 1
    day = int(parts.get("day") or 0) or None
    if not 1 <= month <= 12 or (day is not None and not 1 <= day <= 31):
        return None
    return replace(stamp, year=year, month=month, day=day)


def _clock(parts: dict[str, str | None]) -> Clock | None:
    hour, minute = int(parts["hour"] or 0), int(parts.get("minute") or 0)
    second = int(parts.get("second") or 0)
    if hour > 24 or minute > 59 or second > _LEAP or (hour == 24 and (minute or second)):
        return None
    half, leap = (parts.get("half") or "").lower(), second == _LEAP
    return _with_half(Clock(hour % 24, minute, second - leap, half, leap, ends_day=hour == 24))


def _with_half(clock: Clock) -> Clock:
    """A time with am or pm as a time of 24 hours; "13:55 PM" is read as written."""
    if not clock.half:
        return clock
    if clock.hour > 12:
        return replace(clock, odd=clock.odd or clock.half == "a")
    hour = clock.hour % 12 + (12 if clock.half == "p" else 0)
    return replace(clock, hour=hour, odd=clock.odd or (clock.hour == 0 and clock.half == "p"))
