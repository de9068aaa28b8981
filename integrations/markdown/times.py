"""From times as written to instants: the date, zone and order of dates that a context gives."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta

from integrations.markdown.stamps import Clock, Stamp
from integrations.markdown.words import missing_words
from integrations.markdown.zones import UNKNOWN_ZONE, Zone, is_american, zone_from
from models.domain.moments import UNKNOWN, Moment, Precision

_NUMERIC = re.compile(r"(?<![\d/.-])(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?![\d/.-]\d|\d)")
_YEARLESS = re.compile(r"^[\s>|*_#+-]*(\d{1,2})/(\d{1,2})(?![\d/])", re.MULTILINE)
_NEAR = 60
_DECISIVE = 30
_HALF_YEAR = 183
_MONTH = 31
_BACKWARDS = timedelta(hours=1)
_OVERNIGHT = timedelta(hours=12)
_EVENING, _NOON = 17, 12


_READ = 500_000
"""Letters of a text whose dates tell the order of all."""


def day_first(text: str, near: date | None = None) -> bool | None:
    """Whether the dates of a text are written day first; None where nothing decides it.

    Dates that can be read only one way decide, the more frequent order first; without any, the
    order that brings all dates nearer to the day the text is about.
    """
    found = _numeric_dates(text, near)
    day = sum(1 for one, two, _ in found if one > 12 >= two)
    month = sum(1 for one, two, _ in found if two > 12 >= one)
    if day != month:
        return day > month
    if near is None:
        return None
    gaps = [0, 0]
    for one, two, year in found:
        if max(one, two) <= 12:
            gaps[0] += _gap(year, one, two, near)
            gaps[1] += _gap(year, two, one, near)
    return gaps[1] < gaps[0] if abs(gaps[0] - gaps[1]) >= _DECISIVE else None


def has_open_dates(text: str) -> bool:
    """Whether a text has dates that can be read day first and month first."""
    found = _numeric_dates(text, None)
    return any(one != two and max(one, two) <= 12 for one, two, _ in found)


def _numeric_dates(text: str, near: date | None) -> list[tuple[int, int, int]]:
    """Both numbers and the year of the dates in figures; a year of two digits is of this century.

    Dates without a year count at the beginning of a line, where the day they are near is known.
    """
    text = text[:_READ]
    found = [(int(m[1]), int(m[3]), int(m[4])) for m in _NUMERIC.finditer(text)]
    found = [(one, two, year + 2000 if year < 100 else year) for one, two, year in found]
    if near is not None:
        found += [(int(m[1]), int(m[2]), near.year) for m in _YEARLESS.finditer(text)]
    return found


def _gap(year: int, month: int, day: int, near: date) -> int:
    """The days between a date and another, at most those that still count as near."""
    if not _is_date(year, month, day):
        return _NEAR
    return min(_NEAR, abs((date(year, month, day) - near).days))


@dataclass(frozen=True, slots=True)
class Local:
    """A time as the clocks of a zone showed it. ``certain``: its day and its figures are."""

    wall: datetime
    zone: Zone
    certain: bool

    @property
    def moment(self) -> Moment:
        """Its instant; approximate where anything about it is not certain."""
        at, sure = self.zone.to_utc(self.wall)
        exact = self.certain and sure
        return Moment(at, self.zone.name, Precision.EXACT if exact else Precision.APPROXIMATE)


@dataclass(slots=True)
class TimeContext:
    """What is known while the times of a timeline are read, from top to bottom.

    ``day`` is the date that times without a date belong to; ``assumed`` when the document as a
    whole gave it rather than a line of the timeline. ``about`` holds for all times, ``year`` for
    dates without one where nothing is nearer. ``heard`` is the zone of the row before, ``after``
    a day that the next date cannot be half a year before. ``day_first_is_guessed`` when no date
    of the document decides it. All contexts of a document share ``notices``.
    """

    zone: Zone | None = None
    day: date | None = None
    assumed: bool = True
    day_first: bool | None = None
    near: date | None = None
    about: bool = False
    last: datetime | None = None
    year: int | None = None
    heard: Zone | None = None
    after: date | None = None
    day_first_is_guessed: bool = False
    notices: list[str] = field(default_factory=list)

    def enter_day(self, stamp: Stamp) -> None:
        """Take the date of a heading or line for the times below it."""
        found, _ = self._date(stamp)
        if found is not None:
            self.day, self.assumed, self.last = found, False, None

    def read(self, stamp: Stamp) -> Moment:
        """The instant of a stamp, in this context; later times without a date follow it."""
        found = self.place(stamp)
        return found if isinstance(found, Moment) else found.moment

    def place(self, stamp: Stamp) -> "Moment | Local":
        """The time of day that a stamp means by its zone's clocks; a moment where it names none.

        Later times without a date follow it.
        """
        if stamp.month is not None and stamp.day is None:
            year = stamp.year or (self.day or self.near or date.min).year
            return _whole(date(year, stamp.month, 1), Precision.MONTH) if year > 1 else UNKNOWN
        found, certain = self._date(stamp)
        if found is None:
            return UNKNOWN
        if stamp.has_date:
            self.day, self.assumed, self.after = found, False, found
        if stamp.clock is None:
            # The day is all that is known; nothing is made up for what is only a placeholder.
            self.last = None if stamp.has_date else self.last
            return _whole(found, Precision.DAY)
        return self._local(stamp, stamp.clock, found, certain)

    def _local(self, stamp: Stamp, clock: Clock, day: date, certain: bool) -> "Moment | Local":
        wall = time(clock.hour, clock.minute, clock.second)
        local = datetime.combine(day, wall)
        zone = self._zone(stamp)
        last = None if stamp.has_date else self.last
        try:
            local += timedelta(days=clock.ends_day)
            if last is not None and local < last - _BACKWARDS:
                certain = certain and last - local >= _OVERNIGHT
                if certain or _is_next_day(last, local):
                    local += timedelta(days=1)
                    self.day = local.date()
            zone.to_utc(local)
        except OverflowError:
            return UNKNOWN
        self.last = max(local, last) if last is not None else local
        return Local(local, zone, certain and not (stamp.about or self.about or clock.odd))

    def _zone(self, stamp: Stamp) -> Zone:
        """The zone that a stamp names, else the stated one of all times, else its neighbour's."""
        if stamp.zone is not None:
            self.heard = stamp.zone
            return stamp.zone
        if self.zone is not None and not self.zone.doubtful:
            return self.zone
        if self.heard is not None:
            return replace(self.heard, doubtful=True)
        return self.zone or UNKNOWN_ZONE

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
        if stamp.year is not None and (mended := self._with_likely_year(found)) is not None:
            return mended, False
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
            sure = not self.day_first_is_guessed
            return (two, one, sure) if self.day_first else (one, two, sure)
        american = is_american(stamp.zone or self.zone)
        return (one, two, False) if american else (two, one, False)

    def _with_likely_year(self, found: date) -> date | None:
        """The date in the year that its neighbours have, where its own was mistyped.

        It was when the date lies half a year or more before what it follows and within a month of
        it in the other year.
        """
        if self.after is None or (self.after - found).days < _HALF_YEAR:
            return None
        for year in (self.after.year, self.after.year + 1):
            if _is_date(year, found.month, found.day):
                likely = found.replace(year=year)
                if -1 <= (likely - self.after).days <= _MONTH:
                    self.notices.append(
                        f"{found} was read as {likely}: the dates around it have that year."
                    )
                    return likely
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


def _is_next_day(last: datetime, local: datetime) -> bool:
    """Whether a time before the last one is likely of the next day: a morning after an evening."""
    return last.hour >= _EVENING and local.hour < _NOON


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
