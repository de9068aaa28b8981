"""From times as written to instants; what is not certain is asked or offered, never chosen."""

import re
from calendar import month_name, monthrange
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from integrations.markdown.stamps import Stamp
from integrations.markdown.times import Local, TimeContext
from integrations.markdown.zones import Zone
from integrations.timeline.abbreviations import meant
from integrations.timeline.entries import When
from integrations.timeline.rows import Asked, Choice
from models.domain.moments import UNKNOWN, Moment, Precision

_NOON = 12
_MONTHS = 12
_OF_24_HOURS = re.compile(r"(?<!\d)0\d[:.h]|noon|midday|Uhr|hrs|hours", re.IGNORECASE)
"""What clocks of twelve hours do not write, as an hour with its zero."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What the author or the document says about all times of a paste; None where unsaid.

    ``zone`` is that of times without one; ``zones`` says what abbreviations of several zones mean.
    ``near`` is a day that dates without a year are close to; ``start`` is what "T+5m" counts from,
    ``now`` when the text was copied.
    """

    zone: Zone | None = None
    day: date | None = None
    day_first: bool | None = None
    start: Moment | None = None
    now: datetime | None = None
    near: date | None = None
    zones: Mapping[str, Zone] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Placed:
    """The moment of an entry, or what keeps it from having one.

    ``abbreviation`` is the name of several zones that it waits for.
    """

    moment: Moment
    waits_for: tuple[Asked, ...] = ()
    choices: tuple[Choice, ...] = ()
    doubt: str = ""
    abbreviation: str = ""


class Resolver:
    """Walks entries in the order in which their times follow each other."""

    def __init__(
        self, answers: Answers, zone: Zone | None, day: Stamp | None, *, halves: bool = False
    ) -> None:
        """``halves``: the paste has AM and PM, so that a time without is of 12 hours, too."""
        self._answers = answers
        self._halves = halves
        self._context = TimeContext(
            zone=zone or answers.zone,
            day=answers.day,
            assumed=answers.day is None,
            day_first=answers.day_first,
            near=answers.day or answers.near,
        )
        if day is not None:
            self._context.enter_day(day)

    def enter(self, when: When) -> None:
        """A day that stands alone."""
        stamp = self._dated(when)
        if stamp is None:
            self._context.day = None
        elif stamp.weekday is not None and not stamp.has_date:
            known = self._context.day
            if known is not None:
                ahead = (stamp.weekday - known.weekday()) % 7
                self._context.day, self._context.last = known + timedelta(days=ahead), None
        else:
            self._context.day = None
            self._context.enter_day(stamp)

    def place(self, when: When) -> Placed:
        """When it was."""
        placed = self._placed(when)
        zone = (when.stamp.zone if when.stamp else None) or self._context.zone
        if Asked.ZONE not in placed.waits_for or zone is None:
            return placed
        return replace(placed, abbreviation=zone.name)

    def _placed(self, when: When) -> Placed:
        if when.fault:
            return Placed(UNKNOWN, doubt=when.fault)
        if when.moment is not None:
            return Placed(when.moment)
        if when.after is not None:
            return self._after(when.after)
        if when.ago is not None:
            return self._ago(when.ago)
        stamp = self._dated(when)
        if stamp is None:
            asked = (Asked.COPIED, *self._zone_asked(when.stamp))
            return Placed(UNKNOWN, asked, doubt="the day of copying is not known")
        halves = self._halved(stamp)
        return self._stamp(halves[0]) if len(halves) == 1 else self._either(halves)

    def _after(self, seconds: float) -> Placed:
        start = self._answers.start
        if start is None or start.at is None:
            return Placed(UNKNOWN, (Asked.START,), doubt="its start is not known")
        try:
            return Placed(replace(start, at=start.at + timedelta(seconds=seconds)))
        except OverflowError:
            return Placed(UNKNOWN, doubt="no calendar reaches that far")

    def _ago(self, seconds: float) -> Placed:
        now = self._answers.now
        if now is None:
            return Placed(UNKNOWN, (Asked.COPIED,), doubt="when it was copied is not known")
        try:
            at = (now - timedelta(seconds=seconds)).replace(microsecond=0)
        except OverflowError:
            return Placed(UNKNOWN, doubt="no calendar reaches that far")
        return Placed(Moment(at, "UTC", Precision.APPROXIMATE), doubt="an age is rounded")

    def _dated(self, when: When) -> Stamp | None:
        """The stamp with the day that "today" and "yesterday" mean."""
        stamp = when.stamp or Stamp(no_time=True)
        if when.back is None:
            return stamp
        now = self._answers.now
        if now is None:
            return None
        zone = self._context.zone
        day = (now.astimezone(zone.rules) if zone else now).date() - timedelta(days=when.back)
        return replace(stamp, year=day.year, month=day.month, day=day.day)

    def _halved(self, stamp: Stamp) -> tuple[Stamp, ...]:
        """The times of 24 hours that a time can mean.

        Chats leave AM and PM out below a message that has it; what goes on within the hour is
        certain.
        """
        clock = stamp.clock
        is_short = self._halves and clock is not None and not clock.half
        if clock is None or not is_short or not 1 <= clock.hour <= _NOON:
            return (stamp,)
        if _OF_24_HOURS.search(stamp.written):
            return (stamp,)
        both = [replace(clock, hour=clock.hour % 12 + more) for more in (0, 12)]
        stamps = tuple(replace(stamp, clock=one) for one in both)
        last = self._context.last
        near = [
            one
            for one in stamps
            if last is not None and one.clock is not None
            if (one.clock.hour * 60 + one.clock.minute - last.hour * 60 - last.minute) % 1440 <= 60
        ]
        return (near[0],) if len(near) == 1 else stamps

    def _either(self, stamps: tuple[Stamp, ...]) -> Placed:
        """Both times of a clock of twelve hours, to choose from."""
        context, found = self._context, []
        for stamp in stamps:
            self._context = replace(context)
            found.append(self._stamp(stamp))
        self._context = context
        if any(placed.moment.at is None for placed in found):
            return found[0]
        choices = (
            Choice(placed.moment, f"{placed.moment.at:%H:%M} UTC ({half})")
            for placed, half in zip(found, ("AM", "PM"), strict=True)
        )
        return Placed(UNKNOWN, choices=tuple(choices), doubt="AM or PM?")

    def _stamp(self, stamp: Stamp) -> Placed:
        context = self._context
        if _is_open(stamp) and context.day_first is None:
            asked = (Asked.ORDER, *self._zone_asked(stamp))
            return Placed(UNKNOWN, asked, doubt="day or month first?")
        if stamp.weekday is not None and not stamp.has_date and context.day is not None:
            # The next day of that name; which one was meant is likely, not certain.
            other = stamp.weekday != context.day.weekday()
            stamp = replace(stamp, about=stamp.about or other)
        no_date = context.day is None and not stamp.has_date
        no_year = stamp.has_date and stamp.year is None and not (context.day or context.near)
        asked = (Asked.DAY, *self._zone_asked(stamp))
        # Somewhere in a span, or from its beginning: the source's words keep its end.
        stamp = replace(stamp, about=stamp.about or stamp.until is not None)
        if no_date and (stamp.clock or stamp.weekday is not None):
            return Placed(UNKNOWN, asked, doubt="its day is not known")
        if no_year:
            return Placed(UNKNOWN, asked, doubt="its year is not known")
        found = context.place(stamp)
        if isinstance(found, Moment):
            doubt = "" if found.at else self._missing_day(stamp) or "no time in it"
            return Placed(found, doubt=doubt or _inexact(found))
        placed = self._local(found, named=stamp.zone)
        if stamp.until is not None and placed.moment.at is not None:
            end = f"{stamp.until.hour:02}:{stamp.until.minute:02}"
            return replace(placed, doubt=f"a span of time, until {end}")
        return placed

    def _missing_day(self, stamp: Stamp) -> str:
        """Says of a date that is in no calendar that there is none; else ""."""
        month, day = stamp.month, stamp.day
        if stamp.first is not None and stamp.second is not None:
            month, day = stamp.first, stamp.second
            if month > _MONTHS or (self._context.day_first and day <= _MONTHS):
                month, day = day, month
        if not (month and day) or day <= (last := monthrange(stamp.year or 2000, month)[1]):
            return ""
        return f"there is no {day} {month_name[month]}{f' {stamp.year}' if last == 28 else ''}"

    def _zone_asked(self, stamp: Stamp | None) -> tuple[Asked, ...]:
        """The zone, where a time will lack it, too: what is missing is asked in one go."""
        if stamp is None or stamp.clock is None:
            return ()
        zone = stamp.zone or self._context.zone
        if zone is not None and zone.doubtful:
            answer = self._answers.zones.get(zone.name, self._answers.zone)
            zone = meant(zone.name, answer) if answer else None
        return () if zone is not None else (Asked.ZONE,)

    def _local(self, found: Local, named: Zone | None) -> Placed:
        zone = named or self._context.zone
        if zone is None:
            return Placed(UNKNOWN, (Asked.ZONE,), doubt="its zone is not known")
        if zone.doubtful:
            name, said = zone.name, self._answers.zones.get(zone.name)
            answer = said or self._answers.zone
            found_zone = meant(name, answer, found.wall) if answer else None
            if found_zone is None:
                doubt = f"“{name}” is no time of {said.name}" if said else ""
                return Placed(UNKNOWN, (Asked.ZONE,), doubt=doubt or f"“{name}” is several zones")
            zone = found_zone
        choices = _choices(found.wall, zone)
        if choices:
            return Placed(UNKNOWN, choices=choices[0], doubt=choices[1])
        moment = replace(found, zone=zone).moment
        return Placed(moment, doubt=_inexact(moment))


def _is_open(stamp: Stamp) -> bool:
    one, two = stamp.first, stamp.second
    return one is not None and two is not None and one != two and max(one, two) <= 12


def _inexact(moment: Moment) -> str:
    return "not exact in the source" if moment.precision is Precision.APPROXIMATE else ""


def _choices(wall: datetime, zone: Zone) -> tuple[tuple[Choice, ...], str] | None:
    """Both instants of a local time that there are two of, or none."""
    if isinstance(zone.rules, ZoneInfo):
        early, late = (wall.replace(tzinfo=zone.rules, fold=fold) for fold in (0, 1))
        if early.utcoffset() == late.utcoffset():
            return None
        gone = early.astimezone(UTC).astimezone(zone.rules).replace(tzinfo=None) != wall
        told = "this time was skipped"
        twice = "this time came twice"
        pair = sorted((early, late), key=lambda local: local.astimezone(UTC))
        return tuple(_choice(local, zone) for local in pair), told if gone else twice
    if not zone.season:
        return None
    written = wall.replace(tzinfo=zone.rules)
    seasonal = wall.replace(tzinfo=ZoneInfo(zone.season))
    if written.utcoffset() == seasonal.utcoffset():
        return None
    doubt = f"“{zone.name}” was not in force"
    return tuple(_choice(local, zone) for local in (written, seasonal)), doubt


def _choice(local: datetime, zone: Zone) -> Choice:
    at = local.astimezone(UTC).replace(fold=0)
    shown = "" if isinstance(zone.rules, ZoneInfo) else zone.name
    offset = f"{local.strftime('%z')[:3]}:{local.strftime('%z')[3:5]}"
    name = local.tzname() or shown
    name = "" if name[:1] in "+-" or name.startswith("UTC") else f"{name}, "
    # The offset says which of both was meant; the zone's name alone would not.
    moment = Moment(at, offset if offset != "+00:00" else "UTC")
    return Choice(moment, f"{at:%H:%M} UTC ({name}{offset})")
