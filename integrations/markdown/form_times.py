"""Times as the Markdown form writes them: in the zone of the source and in UTC.

| text | meaning |
|---|---|
| ``2026-03-03 15:02 Europe/Berlin (14:02 UTC)`` | exact; the part in brackets may be left out |
| ``about 2026-03-03 14:02 UTC`` | approximate |
| ``2026-03-03``, ``2026-03`` | the day, the month (from its first minute in UTC) |
| ``2026-03-03 14:02 UTC [day]`` | a precision that the text does not show |
| ``2026-03-03 14:02 UTC [zone: local]`` | a zone that cannot be converted, in the source's words |
| ``unknown``, ``no time [exact, zone: CET]`` | no time |
"""

import re
from contextlib import suppress
from datetime import UTC, date, datetime, tzinfo
from functools import cache

from integrations.markdown.form_text import line, unescaped
from integrations.markdown.zones import Zone, zone_from
from models.domain.moments import UNKNOWN, Moment, Precision
from models.errors import InvalidInputError

_CLOCK = r"\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?"
_TIME = re.compile(
    rf"(?P<about>about )?(?P<day>\d{{4}}-\d\d-\d\d)[ T](?P<clock>{_CLOCK})"
    r"(?: ?(?P<zone>[^\s()\[\]]+))?"
    rf"(?: \((?:(?P<utc_day>\d{{4}}-\d\d-\d\d) )?(?P<utc>{_CLOCK}) UTC\))?"
    r"(?: \[(?P<flags>[^\]]*)\])?"
)
_DATE = re.compile(r"(?P<month>\d{4}-\d\d)(?P<day>-\d\d)?")
_NONE = re.compile(r"no time(?: \[(?P<flags>[^\]]*)\])?")
_EXPECTED = "Write it like 2026-03-03 14:02 UTC, 2026-03-03, 2026-03 or unknown."


_FIGURES = re.compile(r"(?P<one>\d{1,2})[./-](?P<two>\d{1,2})[./-](?P<year>\d{4}|\d\d)")


def _fault(text: str, why: str) -> InvalidInputError:
    return InvalidInputError(f"{text!r} is not a time: {why}", advice=_EXPECTED)


@cache
def _zone(name: str) -> Zone | None:
    """The zone of a name, None where it cannot be converted here."""
    return None if re.search(r"\s", name) else zone_from(name)


def _shown_zone(name: str) -> tzinfo | None:
    """The rules of a zone whose name reads back as it is."""
    zone = _zone(name)
    return zone.rules if zone and zone.name == name else None


def _clock(at: datetime) -> str:
    if at.microsecond:
        return at.strftime("%H:%M:%S.%f")
    return at.strftime("%H:%M:%S" if at.second else "%H:%M")


def _local(at: datetime, zone: tzinfo) -> datetime | None:
    try:
        return at.astimezone(zone)
    except OverflowError:
        return None


def instant_text(at: datetime) -> str:
    """An instant in UTC."""
    return f"{at.date().isoformat()} {_clock(at)} UTC"


def moment_text(moment: Moment) -> str:
    """A moment as the table of this module shows it."""
    if moment == UNKNOWN:
        return "unknown"
    if moment.at is None:
        zone = "" if moment.zone == "UTC" else f", zone: {line(moment.zone, '*[],')}"
        return f"no time [{moment.precision}{zone}]"
    for short in (moment.at.date().isoformat(), moment.at.date().isoformat()[:7]):
        if read_moment(short) == moment:
            return short
    about = "about " if moment.precision is Precision.APPROXIMATE else ""
    known = moment.precision in (Precision.EXACT, Precision.APPROXIMATE)
    flags = [] if known else [moment.precision.value]
    rules = _shown_zone(moment.zone)
    local = _local(moment.at, rules) if rules else None
    if local is None:
        flags.append(f"zone: {line(moment.zone, '*[],')}")
    suffix = f" [{', '.join(flags)}]" if flags else ""
    if local is None or moment.zone == "UTC":
        return f"{about}{instant_text(moment.at)}{suffix}"
    utc = _clock(moment.at)
    if local.date() != moment.at.date():
        utc = f"{moment.at.date().isoformat()} {utc}"
    written = f"{local.date().isoformat()} {_clock(local)} {moment.zone}"
    return f"{about}{written} ({utc} UTC){suffix}"


def read_moment(text: str) -> Moment:
    """The moment of a text; ``InvalidInputError`` says what is wrong with it."""
    text = text.strip()
    if text == "unknown":
        return UNKNOWN
    none = _NONE.fullmatch(text)
    if none:
        precision, zone = _flags(none["flags"] or "", Precision.UNKNOWN)
        return Moment(None, "UTC" if zone is None else zone, precision)
    short = _DATE.fullmatch(text)
    if short:
        day = _day(text, short["month"] + (short["day"] or "-01"))
        at = datetime(day.year, day.month, day.day, tzinfo=UTC)
        return Moment(at, "UTC", Precision.DAY if short["day"] else Precision.MONTH)
    match = _TIME.fullmatch(text)
    if match is None:
        raise _fault(text, "its form is not known")
    usual = Precision.APPROXIMATE if match["about"] else Precision.EXACT
    precision, zone = _flags(match["flags"] or "", usual)
    at, written_zone = _instant(text, match)
    return Moment(at, written_zone if zone is None else zone, precision)


def read_instant(text: str) -> datetime:
    """An instant in UTC; a date alone is its first minute."""
    at = read_moment(text).at
    if at is None:
        raise _fault(text, "a date and a time are needed")
    return at


def read_day(text: str) -> date:
    """A calendar day."""
    return _day(text, text.strip())


def _flags(text: str, usual: Precision) -> tuple[Precision, str | None]:
    """Precision and zone from "day, zone: CET"."""
    precision, zone = usual, None
    for flag in filter(None, text.split(", ")):
        if flag.startswith("zone:"):
            zone = unescaped(flag[5:].strip(" \t"))
        elif flag in list(Precision):
            precision = Precision(flag)
        else:
            known = ", ".join(Precision)
            raise _fault(text, f"{flag!r} is neither a zone nor one of {known}")
    return precision, zone


def _day(text: str, day: str) -> date:
    try:
        return date.fromisoformat(day)
    except ValueError as error:
        raise InvalidInputError(f"{text!r} is not a date", advice=_day_advice(text)) from error


def _day_advice(text: str) -> str:
    """How to write a day; of one in figures what it can mean."""
    figures = _FIGURES.fullmatch(text.strip())
    if figures is None:
        return "Write it like 2026-03-03."
    one, two, year = (int(figures[name]) for name in ("one", "two", "year"))
    meant = []
    for day, month in dict.fromkeys(((one, two), (two, one))):
        with suppress(ValueError):
            meant.append(date(year if year > 99 else 2000 + year, month, day))
    written = " or ".join(f"{each} ({each.day} {each:%B})" for each in meant)
    return f"Write {written}." if meant else "Write it like 2026-03-03."


def _parsed(text: str, day: str, clock: str) -> datetime:
    head, _, fraction = clock.partition(".")
    if fraction:
        clock = f"{head}.{fraction:0<6}"
    try:
        return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=UTC)
    except ValueError as error:
        raise _fault(text, str(error)) from error


def _instant(text: str, match: re.Match[str]) -> tuple[datetime, str]:
    """The instant and its zone, from a time in a zone, in UTC in brackets, or both."""
    name = match["zone"] or "UTC"
    zone = _zone(name)
    written = _parsed(text, match["day"], match["clock"])
    if match["utc"] is None:
        if zone is None:
            raise _fault(text, f"the zone {name!r} is not known here, write it in UTC")
        try:
            return written.replace(tzinfo=zone.rules).astimezone(UTC), zone.name
        except OverflowError as error:
            raise _fault(text, "it is out of range") from error
    at = _parsed(text, match["utc_day"] or match["day"], match["utc"])
    local = _local(at, zone.rules) if zone else None
    if local is not None and local.replace(tzinfo=UTC) != written:
        raise InvalidInputError(
            f"{text!r} gives two times: {_clock(local)} in {name} is {_clock(at)} in UTC",
            advice="Correct one of them, or delete the part in brackets.",
        )
    return at, zone.name if zone else name
