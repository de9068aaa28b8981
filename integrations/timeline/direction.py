"""The direction in which a source tells its times."""

from collections.abc import Iterable
from itertools import pairwise

from integrations.markdown.stamps import Clock, Stamp
from integrations.timeline.entries import Entry


def ordered(entries: list[Entry]) -> list[Entry]:
    """The entries oldest first, where a source lists the newest first without dates.

    Rollover past midnight can only be seen in the direction of time.
    """
    clocks = [e.when.stamp for e in entries if not e.day and e.when.stamp and e.when.stamp.clock]
    if any(stamp.has_date for stamp in clocks) or any(entry.day for entry in entries):
        return entries
    minutes = [_minute(stamp) for stamp in clocks]
    steps = list(_steps(minutes))
    falling = sum(-720 < step < 0 or step > 720 for step in steps)
    rising = sum(0 < step <= 720 or step <= -720 for step in steps)
    return entries[::-1] if falling > rising and falling > 1 else entries


def _minute(stamp: Stamp) -> int:
    clock = stamp.clock or Clock(0)
    return clock.hour * 60 + clock.minute


def _steps(minutes: list[int]) -> Iterable[int]:
    return (after - before for before, after in pairwise(minutes))
