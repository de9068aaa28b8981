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
    r"\[?(?:(?P<weekday>[A-Z][a-z]{2}),? )?(?P<month>[A-Z][a-z]{2}) +(?P<day>\d{1,2}) "
    r"(?P<clock>\d\d:\d\d:\d\d)(?:\.\d+)?(?P<zone> [A-Z]{2,5})? (?P<year>\d{4})\b\]?"
)
_BY_WEB_SERVERS = re.compile(
    r"\[?(?P<day>\d{1,2})/(?P<month>[A-Z][a-z]{2})/(?P<year>\d{4}):(?P<clock>\d\d:\d\d:\d\d)"
    r"(?: (?P<zone>[+-]\d{4}))?\]?"
)
_OFFSET = re.compile(r"\s?(?:GMT|UTC)?([+\u2212-]\d{2}:?\d{2})(?!\d|:|\s?[ap]\.?m\b)")
_NAMED = re.compile(r"(today|yesterday)(?:,)?(?:\s+at)?(?=\W|$)\s*", re.IGNORECASE)
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAY = re.compile(
    r"(mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?", re.IGNORECASE
)
_RELATIVE = re.compile(
    r"(?:T\s?(?P<sign>[+\u2212-])|\+(?=\d{1,5}\s?[dhms]))\s?(?:(?P<clock>\d{1,3}(?::[0-5]\d){1,2})"
    r"|(?P<parts>0(?![\d.:])|(?:\d{1,5}\s?(?:d|h(?:ours?|rs?)?|m(?:in(?:utes?|s)?)?|s(?:ec(?:onds?|s)?)?)\s?)+))"
    r"(?![\w:])",
)
_AGO = re.compile(
    r"(?:about |~)?(?P<parts>(?:\d{1,5}\s?(?:d(?:ays?)?|h(?:ours?|rs?)?|m(?:in(?:utes?|s)?)?"
    r"|s(?:ec(?:onds?|s)?)?)\s?)+)\s?ago\b",
    re.IGNORECASE,
)
_PART = re.compile(r"(\d{1,6})\s?([dhms])", re.IGNORECASE)
_SECONDS = {"d": 86_400, "h": 3_600, "m": 60, "s": 1}
_DOTTED = re.compile(r"\[?(\d{1,2})\.(\d{1,2})\.,?\s+(?=\d{1,2}[:.]\d\d)")
_NUMBER = re.compile(r"\[?(\d{10,19}(?:\.\d+)?)\]?(?=[\s,;:|])")
_BEHIND = " \t:,;|\u2013\u2014-"
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
    for read in (_relative, _ago, _on_named_day, _number, _by_c, _by_web_servers, _dotted):
        if (found := read(text)) is not None:
            return found[0], found[1].lstrip(_BEHIND)
    stamped = split_stamp(text)
    if stamped is None:
        return None
    stamp, rest = stamped
    return When(stamp=stamp, words=(stamp.written,)), rest


def _ago(text: str) -> tuple[When, str] | None:
    """ "5 minutes ago: errors"."""
    match = _AGO.match(text)
    if match is None:
        return None
    return When(ago=seconds_in(match["parts"]), words=(match[0],)), text[match.end() :]


def _number(text: str) -> tuple[When, str] | None:
    """Seconds, or thousandths, since 1970."""
    match = _NUMBER.match(text)
    moment = epoch(match[1]) if match else None
    if match is None or moment is None:
        return None
    return When(moment=moment, words=(match[1],)), text[match.end() :]


def _on_named_day(text: str) -> tuple[When, str] | None:
    """ "yesterday at 14:02 errors"."""
    named = _NAMED.match(text)
    found = split_stamp(text[named.end() :]) if named else None
    if named is None or found is None or found[0].has_date or found[0].clock is None:
        return None
    words = f"{named[0].strip()} {found[0].written}"
    back = int(named[1].lower() == "yesterday")
    return When(stamp=found[0], back=back, words=(words,)), found[1]


def _by_c(text: str) -> tuple[When, str] | None:
    """The date of C's ctime, which git and many loggers write."""
    match = _BY_C.match(text)
    if match is None:
        return None
    ordered = f"{match['month']} {match['day']} {match['year']} {match['clock']}"
    stamp = read_stamp(f"{match['weekday'] or ''} {ordered}{match['zone'] or ''}".strip())
    if stamp is None or stamp.clock is None:
        return None
    offset = _OFFSET.match(text, match.end())
    end = offset.end() if offset else match.end()
    zone = zone_from(offset[1]) if offset and stamp.zone is None else stamp.zone
    words = text[:end].strip("[] ")
    return When(stamp=replace(stamp, zone=zone, written=words), words=(words,)), text[end:]


def _by_web_servers(text: str) -> tuple[When, str] | None:
    """ "[19/Nov/2026:14:02:03 +0100]", as Apache and nginx write it."""
    match = _BY_WEB_SERVERS.match(text)
    if match is None:
        return None
    stamp = read_stamp(f"{match['day']} {match['month']} {match['year']} {match['clock']}")
    if stamp is None or stamp.clock is None:
        return None
    words = match[0].strip("[]")
    zone = zone_from(match["zone"]) if match["zone"] else None
    return When(stamp=replace(stamp, zone=zone, written=words), words=(words,)), text[match.end() :]


def _dotted(text: str) -> tuple[When, str] | None:
    """ "19.11. 14:02": with points the day comes first, and no year is said."""
    match = _DOTTED.match(text)
    found = split_stamp(text[match.end() :]) if match else None
    if match is None or found is None or found[0].has_date or found[0].clock is None:
        return None
    day, month = int(match[1]), int(match[2])
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return None
    words = f"{match[0].strip('[ ')} {found[0].written}"
    return When(stamp=replace(found[0], day=day, month=month), words=(words,)), found[1]


def _relative(text: str) -> tuple[When, str] | None:
    """ "T+5m", "T-00:10:00", "+5m"."""
    match = _RELATIVE.match(text)
    if match is None:
        return None
    if match["clock"]:
        figures = [int(figure) for figure in match["clock"].split(":")]
        hours, minutes, seconds = figures if len(figures) == 3 else [0, *figures]
        total: float = hours * 3_600 + minutes * 60 + seconds
    else:
        total = seconds_in(match["parts"]) or 0
    backwards = (match["sign"] or "+") in "-\u2212"
    when = When(after=-total if backwards else total, words=(match[0].strip(),))
    return when, text[match.end() :]


def whole(text: str) -> When | None:
    """The time that is all of a text, brackets aside; None where there are other words."""
    bare = text.strip().strip("[]()").strip().strip("\"'")
    if (moment := epoch(bare)) is not None:
        return When(moment=moment, words=(bare,))
    found = leading(bare) if bare else None
    return None if found is None or found[1].strip(_DECORATION + ".,;") else found[0]


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
