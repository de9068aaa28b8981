"""Times as people type them while they think of something else."""

import re
from calendar import month_name, monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from integrations.markdown.form_times import read_moment
from integrations.markdown.zones import zone_from
from models.domain.moments import Moment, Precision, exactly
from models.errors import InvalidInputError

_TIME = re.compile(r"(?P<day>\d{4}-\d\d-\d\d[ T])?(?P<clock>\d\d:\d\d(?::\d\d)?)(?P<zone> ?\S.*)?")
_ABOUT = re.compile(
    r"(?<!\S)(?:(?:about|around|approximately|circa|roughly)(?!\S)|(?:approx|ca)(?:\.|(?!\S))|~) ?",
    re.IGNORECASE,
)
_HOUR = re.compile(r"(?<![\d:])(\d):(\d\d)")
_DAY = re.compile(r"(?<!\d)(\d{4})-(\d\d)(?:-(\d\d))?(?!\d)")


@dataclass(frozen=True)
class Near:
    """What a time that is typed without a day, without a zone, takes from the times around it."""

    day: date
    zone: str = "UTC"


def near_to(moments: Iterable[Moment | None], *, day: Moment | None = None) -> Near | None:
    """The day of ``day``, else of the first known moment; the zone of the first with a clock."""
    known = [moment for moment in moments if moment is not None]
    days = (_local_day(moment) for moment in (day, *known) if moment is not None)
    found = next((local for local in days if local is not None), None)
    zones = (m.zone for m in known if m.at is not None and _has_clock(m))
    zone = next((name for name in zones if " " not in name and zone_from(name)), "UTC")
    return None if found is None else Near(found, zone)


def _has_clock(moment: Moment) -> bool:
    return moment.precision in (Precision.EXACT, Precision.APPROXIMATE)


def _local_day(moment: Moment) -> date | None:
    if moment.at is None:
        return None
    zone = zone_from(moment.zone) if _has_clock(moment) else None
    return (moment.at.astimezone(zone.rules) if zone else moment.at).date()


def read_typed(text: str, near: Near | None, now: datetime) -> Moment | None:
    """The moment of a typed text, None where it is empty.

    Beside the notation of the Markdown form: "now", words for about, a time alone (on the day of
    ``near``, else today in UTC), a time without a zone (in that of ``near``, else UTC), one-digit
    hours. Raises ``InvalidInputError`` with advice.
    """
    text = " ".join(text.split())
    if not text:
        return None
    if text.lower() == "now":
        return exactly(now.replace(second=0, microsecond=0))
    plain = _HOUR.sub(r"0\1:\2", _ABOUT.sub("", text))
    time = _TIME.fullmatch(plain)
    if time is not None:
        near = near or Near(now.date())
        plain = f"{time['day'] or f'{near.day} '}{time['clock']}{time['zone'] or f' {near.zone}'}"
    about = "about " if _ABOUT.search(text) else ""
    try:
        return read_moment(about + plain)
    except InvalidInputError as error:
        raise InvalidInputError(
            str(error),
            advice=f"{missing_day(text)}Write a time like 14:02 UTC, "
            "2026-11-19 15:02 Europe/Berlin, about 14:00, 2026-11-19 or 2026-11.",
        ) from error


def missing_day(text: str) -> str:
    """Says of a text with a date that is in no calendar that there is none; else ""."""
    found = _DAY.search(text)
    if found is None:
        return ""
    year, month, day = int(found[1]), int(found[2]), int(found[3] or 1)
    if not 1 <= month <= 12 or not year:
        return f"There is no {found[0]}: a year has 12 months. "
    last = monthrange(year, month)[1]
    if 1 <= day <= last:
        return ""
    return f"There is no {found[0]}: {month_name[month]} {year} has {last} days. "
