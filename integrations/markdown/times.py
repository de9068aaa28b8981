"""From times as written to instants: the date, zone and order of dates that a context gives."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from integrations.markdown.stamps import Clock, Stamp
from integrations.markdown.words import missing_words
from integrations.markdown.zones import UNKNOWN_ZONE, Zone, is_american, zone_from
from models.domain.moments import UNKNOWN, Moment, Precision

_NUMERIC = re.compile(r"(?<![\d/.-])(\d{1,2})([-/.])(\d{1,2})\2(?:\d{4}|\d{2})(?![\d/.-]\d|\d)")
_NEAR = 60
_HALF_YEAR = 183
_BACKWARDS = timedelta(hours=1)
_OVERNIGHT = timedelta(hours=12)


def day_first(text: str) -> bool | None:
    """Whether the dates of a text are written day first, by those that can be read only one way."""
    firsts = [(int(m[1]), m[2], int(m[3])) for m in _NUMERIC.finditer(text)]
    day = sum(1 for one, _, two in firsts if one > 12 >= two)
    month = sum(1 for one, _, two in firsts if two > 12 >= one)
    if day and not month:
        return True
    if month and not day:
        return False
    return None


@dataclass(slots=True)
class TimeContext:
    """What is known while the times of a timeline are read, from top to bottom.

    ``day`` is the date that times without a date belong to; ``assumed`` when the document as a
    whole gave it rather than a line of the timeline. ``about`` holds for all times, ``year`` for
    dates without one where nothing is nearer.
    """

    zone: Zone | None = None
    day: date | None = None
    assumed: bool = True
    day_first: bool | None = None
    near: date | None = None
    about: bool = False
    last: datetime | None = None
    year: int | None = None

    def enter_day(self, stamp: Stamp) -> None:
        """Take the date of a heading or line for the times below it."""
        found, _ = self._date(stamp)
        if found is not None:
            self.day, self.assumed, self.last = found, False, None

    def read(self, stamp: Stamp) -> Moment:
        """The instant of a stamp, in this context; later times without a date follow it."""
        if stamp.month is not None and stamp.day is None:
            year = stamp.year or (self.day or self.near or date.min).year
            return _whole(date(year, stamp.month, 1), Precision.MONTH) if year > 1 else UNKNOWN
        found, certain = self._date(stamp)
        if found is None:
            return UNKNOWN
        if stamp.has_date:
            self.day, self.assumed = found, False
        if stamp.clock is None:
            # The day is all that is known; nothing is made up for what is only a placeholder.
            self.last = None if stamp.has_date else self.last
            return _whole(found, Precision.DAY)
        return self._instant(stamp, stamp.clock, found, certain)

    def _instant(self, stamp: Stamp, clock: Clock, day: date, certain: bool) -> Moment:
        wall = time(clock.hour, clock.minute, clock.second)
        local = datetime.combine(day, wall)
        zone = stamp.zone or self.zone or UNKNOWN_ZONE
        try:
            if not stamp.has_date and self.last is not None and local < self.last - _BACKWARDS:
                certain = certain and self.last - local >= _OVERNIGHT
                local += timedelta(days=1)
                self.day = local.date()
            at, sure = zone.to_utc(local)
        except OverflowError:
            return UNKNOWN
        self.last = local
        exact = certain and sure and not (stamp.about or self.about or clock.odd)
        return Moment(at, zone.name, Precision.EXACT if exact else Precision.APPROXIMATE)

    def _date(self, stamp: Stamp) -> tuple[date | None, bool]:
        """The date of a stamp and whether it is certain."""
        if not stamp.has_date:
            return self._day_of_week(stamp)
        month, day, certain = self._month_and_day(stamp)
        year, known = stamp.year, stamp.year is not None
        try:
            if year is None:
                year, known = self._year(month, day)
            found = date(year, month, day) if year else None
        except ValueError:
            return None, False
        if found is None:
            return None, False
        fits = stamp.weekday is None or found.weekday() == stamp.weekday
        return found, certain and known and fits and not stamp.short_year

    def _day_of_week(self, stamp: Stamp) -> tuple[date | None, bool]:
        if self.day is None:
            return None, False
        if stamp.weekday is None:
            return self.day, not self.assumed
        ahead = (stamp.weekday - self.day.weekday()) % 7
        if ahead:
            self.day, self.last = self.day + timedelta(days=ahead), None
        return self.day, not self.assumed

    def _month_and_day(self, stamp: Stamp) -> tuple[int, int, bool]:
        if stamp.month is not None:
            return stamp.month, stamp.day or 1, True
        one, two = stamp.first or 1, stamp.second or 1
        if one > 12 or two > 12 or one == two:
            return (two, one, True) if one > 12 else (one, two, True)
        if self.day_first is not None:
            return (two, one, True) if self.day_first else (one, two, True)
        near = self._nearer(stamp, one, two)
        if near is not None:
            return (*near, True)
        american = is_american(stamp.zone or self.zone)
        return (one, two, False) if american else (two, one, False)

    def _nearer(self, stamp: Stamp, one: int, two: int) -> tuple[int, int] | None:
        """The order that lies near the document's own date, where the other does not."""
        reference = self.near or self.day
        if reference is None:
            return None
        year = stamp.year or reference.year
        gaps = [abs((date(year, m, d) - reference).days) for m, d in ((one, two), (two, one))]
        if min(gaps) <= _NEAR < max(gaps):
            return (one, two) if gaps[0] < gaps[1] else (two, one)
        return None

    def _year(self, month: int, day: int) -> tuple[int, bool]:
        """The year that brings a date nearest to the context, and whether a line gave it."""
        reference = self.day or self.near
        if reference is None:
            return self.year or 0, self.year is not None
        years = (reference.year - 1, reference.year, reference.year + 1)
        candidates = [
            (abs((date(year, month, day) - reference).days), year)
            for year in years
            if 1 <= year <= 9999 and _is_date(year, month, day)
        ]
        if not candidates:
            return 0, False
        gap, year = min(candidates)
        return year, gap < _HALF_YEAR


def _is_date(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _whole(day: date, precision: Precision) -> Moment:
    """A day or month as a whole: its first midnight in UTC, so that its date never shifts."""
    return Moment(datetime(day.year, day.month, day.day, tzinfo=UTC), "UTC", precision)


def shown(moment: Moment) -> str:
    """A moment as documents show it: "2026-11-27 09:05 CET", "2026-11-27", "2026-11" or "".

    The time is the local one of the moment's zone; seconds appear only where there are any.
    """
    if moment.at is None:
        return ""
    if moment.precision is Precision.MONTH:
        return f"{moment.at:%Y-%m}"
    if moment.precision is Precision.DAY:
        return f"{moment.at:%Y-%m-%d}"
    zone = zone_from(moment.zone)
    try:
        local = moment.at.astimezone(zone.rules if zone else UTC)
    except OverflowError:
        local, zone = moment.at, None
    seconds = ":%S" if local.second else ""
    return f"{local.strftime(f'%Y-%m-%d %H:%M{seconds}')} {moment.zone if zone else 'UTC'}"


def written(moment: Moment, sources: Iterable[str]) -> str:
    """The source's own words for a moment, where ``shown`` would lose some of them."""
    words = " ".join(part for part in sources if part)
    return words if missing_words(words, shown(moment)) else ""
