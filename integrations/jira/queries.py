"""Questions in Jira's query language."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

OVERLAP = timedelta(minutes=10)
"""How far back each question about changes reaches: a search trails by minutes, and its dates
know no seconds."""
ANY_ZONE = timedelta(hours=15)
"""More than any zone is away from UTC."""
STEP = timedelta(minutes=30)


def quoted(text: str) -> str:
    """A text as an operand."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def by_ids(ids: Iterable[str]) -> str:
    """The tickets with these ids."""
    return f"id in ({', '.join(ids)})"


def by_labels(labels: Iterable[str]) -> str:
    """The tickets with one of these labels."""
    return f"labels in ({', '.join(map(quoted, labels))})"


def by_texts(phrases: Iterable[str]) -> str:
    """The tickets with one of these phrases in their text."""
    return " OR ".join(f"description ~ {quoted(quoted(phrase))}" for phrase in phrases)


def changed_since(at: datetime, zone: str) -> str:
    """The tickets that changed since an instant of the site's clock, or somewhat earlier.

    Dates are read in the zone of the account's profile. Where an hour comes twice there, the
    earlier reading counts.
    """
    try:
        local = ZoneInfo(zone)
        since = at - OVERLAP
    except (ZoneInfoNotFoundError, ValueError, OSError):
        local = ZoneInfo("UTC")
        since = at - OVERLAP - ANY_ZONE
    wall = since.astimezone(local)
    while max(_readings(wall)) > since:
        wall = (wall.astimezone(UTC) - STEP).astimezone(local)
    return f'updated >= "{wall:%Y-%m-%d %H:%M}"'


def _readings(wall: datetime) -> tuple[datetime, ...]:
    """What a site may take a time on the clock to be."""
    minute = wall.replace(second=0, microsecond=0)
    return tuple(minute.replace(fold=fold).astimezone(UTC) for fold in (0, 1))
