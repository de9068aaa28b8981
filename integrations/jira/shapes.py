"""Reading the JSON of a site that may say less, or something else, than its documents promise."""

from datetime import UTC, datetime
from typing import Any

Json = dict[str, Any]

FIRST_MILLISECONDS = 10**11
"""A larger count is in milliseconds: of seconds, it would be after the year 5000."""


def inside(raw: object, *path: str) -> object:
    """What is at the end of a path of members; None where it breaks off."""
    for name in path:
        if not isinstance(raw, dict):
            return None
        raw = raw.get(name)
    return raw


def text(raw: object, *path: str) -> str:
    """A text or number as text, "" for anything else."""
    found = inside(raw, *path)
    if isinstance(found, bool) or not isinstance(found, str | int):
        return ""
    return str(found)


def figure(raw: object, *path: str) -> int | None:
    """A whole number, written as a number or as a text."""
    found = text(raw, *path)
    return int(found) if found.isascii() and found.isdigit() else None


def objects(raw: object, *path: str) -> list[Json]:
    """The objects of a list; whatever else is in it is left out."""
    found = inside(raw, *path)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def moment(raw: object, *path: str) -> datetime | None:
    """An instant in UTC, from a text, milliseconds or seconds; a text without a zone says nothing.

    Atlassian's own example of the bulk change log has seconds, sites send milliseconds.
    """
    count = figure(raw, *path)
    try:
        if count is not None:
            seconds = count / 1000 if abs(count) >= FIRST_MILLISECONDS else count
            return datetime.fromtimestamp(seconds, UTC)
        read = datetime.fromisoformat(text(raw, *path))
        return read.astimezone(UTC) if read.tzinfo else None
    except (OverflowError, OSError, ValueError):
        return None
