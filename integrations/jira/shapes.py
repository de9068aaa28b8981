"""Reading the JSON of a site that may say less, or something else, than its documents promise."""

from datetime import UTC, datetime
from typing import Any

Json = dict[str, Any]


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
    """An instant in UTC, from a text or from milliseconds; a text without a zone says nothing."""
    milliseconds = figure(raw, *path)
    try:
        if milliseconds is not None:
            return datetime.fromtimestamp(milliseconds / 1000, UTC)
        read = datetime.fromisoformat(text(raw, *path))
        return read.astimezone(UTC) if read.tzinfo else None
    except (OverflowError, OSError, ValueError):
        return None
