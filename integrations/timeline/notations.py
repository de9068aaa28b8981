"""Notations of time beyond those of documents: epochs, offsets behind blanks, days by name."""

import re
from dataclasses import replace
from datetime import UTC, datetime

from integrations.markdown.stamps import Stamp, read_stamp, split_stamp
from integrations.markdown.zones import zone_from
from integrations.timeline.entries import When
from models.domain.moments import Moment

_EPOCH = re.compile(r"(\d{10})(\d{3}|\d{6}|\d{9})?(?:\.\d+)?")
_EARLIEST, _LATEST = 946_684_800, 4_102_444_800
"""2000 and 2100: a number outside is no time."""
_BY_C = re.compile(
    r"(?:(?P<weekday>[A-Z][a-z]{2}),? )?(?P<month>[A-Z][a-z]{2}) +(?P<day>\d{1,2}) "
    r"(?P<clock>\d\d:\d\d:\d\d)(?P<zone> [A-Z]{2,5})? (?P<year>\d{4})\b"
)
_OFFSET = re.compile(r"\s?(?:GMT|UTC)?([+\u2212-]\d{2}:?\d{2})(?!\d|:|\s?[ap]\.?m\b)")
_NAMED = re.compile(r"(today|yesterday)(?:,)?(?:\s+at)?(?=\W|$)\s*", re.IGNORECASE)
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAY = re.compile(
    r"(mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?", re.IGNORECASE
)
_RELATIVE = re.compile(
    r"T\s?(?P<sign>[+\u2212-])\s?(?:(?P<clock>\d{1,3}(?::[0-5]\d){1,2})"
    r"|(?P<parts>0(?![\d.:])|(?:\d{1,5}\s?(?:d|h(?:ours?|rs?)?|m(?:in(?:utes?|s)?)?|s(?:ec(?:onds?|s)?)?)\s?)+))"
    r"(?![\w:])",
)
_PART = re.compile(r"(\d{1,6})\s?([dhms])", re.IGNORECASE)
_SECONDS = {"d": 86_400, "h": 3_600, "m": 60, "s": 1}
_DECORATION = " \t-\u2013\u2014=#*_~|[]()<>:\u2022"


def epoch(text: str) -> Moment | None:
    """The moment of a number of seconds, or of thousandths and less, since 1970."""
    match = _EPOCH.fullmatch(text)
    if match is None or not _EARLIEST <= int(match[1]) < _LATEST:
        return None
    return Moment(datetime.fromtimestamp(int(match[1]), UTC))


def seconds_in(text: str) -> float | None:
    """Seconds of a length such as "5m12s" or "2 h 5 min"; None where there is none."""
    found = _PART.findall(text)
    return sum(int(number) * _SECONDS[unit.lower()] for number, unit in found) if found else None


def leading(text: str) -> tuple[When, str] | None:
    """The time a line begins with and the words behind it."""
    if (relative := _RELATIVE.match(text)) is not None:
        return _after(relative), text[relative.end() :].lstrip(" \t:,;|\u2013\u2014-")
    number = re.match(r"\[?(\d{10,19}(?:\.\d+)?)\]?(?=[\s,;:|])[\s,;:|]+", text)
    if number and (moment := epoch(number[1])):
        return When(moment=moment, words=(number[1],)), text[number.end() :]
    if (by_c := _BY_C.match(text)) is not None and (when := _by_c(by_c, text)):
        rest = text[by_c.end() :]
        offset = _OFFSET.match(rest)
        return when, rest[offset.end() if offset else 0 :].strip()
    found = split_stamp(text)
    if found is None:
        return None
    stamp, rest = found
    return When(stamp=stamp, words=(stamp.written,)), rest


def _by_c(match: re.Match[str], text: str) -> When | None:
    """The date of C's ctime, which git and many loggers write."""
    ordered = f"{match['month']} {match['day']} {match['year']} {match['clock']}"
    stamp = read_stamp(f"{match['weekday'] or ''} {ordered}{match['zone'] or ''}".strip())
    if stamp is None or stamp.clock is None:
        return None
    offset = _OFFSET.match(text, match.end())
    zone = zone_from(offset[1]) if offset and stamp.zone is None else stamp.zone
    words = text[: offset.end() if offset else match.end()].strip()
    return When(stamp=replace(stamp, zone=zone, written=words), words=(words,))


def _after(match: re.Match[str]) -> When:
    if match["clock"]:
        figures = [int(figure) for figure in match["clock"].split(":")]
        most = figures + [0] * (3 - len(figures)) if len(figures) == 3 else [0, *figures]
        total: float = most[0] * 3_600 + most[1] * 60 + most[2]
    else:
        total = seconds_in(match["parts"]) or 0
    words = match[0].strip()
    return When(after=-total if match["sign"] in "-\u2212" else total, words=(words,))


def whole(text: str) -> When | None:
    """The time that is all of a text, brackets aside; None where there are other words."""
    bare = text.strip().strip("[]()").strip().strip("\"'")
    if (moment := epoch(bare)) is not None:
        return When(moment=moment, words=(bare,))
    named = _NAMED.match(bare)
    back = None if named is None else int(named[1].lower() == "yesterday")
    rest = bare[named.end() :] if named else bare
    found = leading(rest) if rest else None
    if found is None or found[1].strip(_DECORATION + ".,;"):
        return None
    when = found[0]
    if back is None:
        return when
    if when.stamp is None or when.stamp.has_date or when.stamp.clock is None:
        return None
    return replace(when, back=back, words=(bare,))


def day_line(text: str) -> When | None:
    """The day that is all of a line, as chats write it between messages."""
    bare = text.strip(_DECORATION)
    if not bare or len(bare) > 60:
        return None
    named = _NAMED.fullmatch(bare)
    if named is not None:
        return When(stamp=Stamp(written=bare), back=int(named[1].lower() == "yesterday"))
    if _WEEKDAY.fullmatch(bare):
        return When(stamp=Stamp(weekday=_WEEKDAYS.index(bare[:3].lower()), written=bare))
    stamp = read_stamp(bare)
    if stamp is None or not stamp.has_date or stamp.clock or stamp.no_time or stamp.about:
        return None
    if bare[stamp.length :].strip(_DECORATION + ".,") or (stamp.month and not stamp.day):
        return None
    return When(stamp=stamp, words=(stamp.written,))
