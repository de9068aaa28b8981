"""A clock that only a test moves."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


@dataclass(slots=True)
class Clock:
    """The time of a fake site; it stands still until it is moved."""

    now: datetime = datetime(2026, 3, 2, 9, tzinfo=UTC)

    def advance(
        self, *, days: float = 0, hours: float = 0, minutes: float = 0, seconds: float = 0
    ) -> None:
        """Moves the time on (or back, with negative figures)."""
        self.now += timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
