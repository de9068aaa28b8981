"""Instants as sources give them: a time, the zone it was written in, and how exact it is."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum


class Precision(StrEnum):
    """How far an instant can be trusted."""

    EXACT = "exact"
    APPROXIMATE = "approximate"
    DAY = "day"
    MONTH = "month"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant in UTC, the zone its source used, and its precision.

    ``at`` is aware UTC, or None when the precision is unknown. ``zone`` is an IANA name
    ("Europe/Berlin"), an offset ("+02:00") or the abbreviation of the source ("CET"); it only
    says how the source wrote the time, never changes ``at``.
    """

    at: datetime | None
    zone: str = "UTC"
    precision: Precision = Precision.EXACT

    def __post_init__(self) -> None:
        if self.at is not None and self.at.utcoffset() != timedelta(0):
            raise ValueError("A moment needs an aware time in UTC")

    @property
    def is_known(self) -> bool:
        """Whether durations can be computed from this moment."""
        return self.at is not None and self.precision is not Precision.UNKNOWN

    @property
    def is_exact(self) -> bool:
        """Whether durations from this moment need no mark."""
        return self.at is not None and self.precision is Precision.EXACT


UNKNOWN = Moment(None, precision=Precision.UNKNOWN)


def exactly(at: datetime, zone: str = "UTC") -> Moment:
    """An exact moment from any aware time."""
    return Moment(at.astimezone(UTC), zone)
