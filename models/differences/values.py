"""Values of the domain as plain text, to be compared and read."""

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from models.domain.incident import Event
from models.domain.moments import Moment, Precision

Names = Mapping[str, str]
"""What people call the records that others name by id ("why 1.2")."""

NO_NAMES: Names = {}

_BARE = frozenset(
    ("title", "question", "answer", "problem", "heading", "markdown", "text", "name", "value")
)
"""Fields that speak for themselves; others are said with their name."""

_LEFT_OUT = {Event: ("at", "zone", "precision")}
"""Said by the moment they make together."""

NEVER = frozenset(("id", "ref", "children"))
"""What a record is called, not what it says; children are records of their own."""


def name_of(field: str) -> str:
    """A field's name as people read it: "went_well" is "went well"."""
    return _NAMES.get(field, field.replace("_", " "))


_NAMES = {
    "at": "time",
    "by": "set by",
    "joined": "needed together with the why before it",
    "stop": "stop reason",
    "lucky": "where we got lucky",
    "sha256": "content",
    "by_role": "by",
}


def words(value: Any, names: Names = NO_NAMES) -> str:
    """A value as text; "" for nothing. Times are in UTC."""
    if dataclasses.is_dataclass(value) and not isinstance(value, Moment):
        return "\n".join(_lines(value, names))
    if isinstance(value, str):
        return names.get(value, str(value))
    say = _WORDS.get(type(value), str)
    return _several(value, names) if isinstance(value, tuple) else say(value)


def instant(at: datetime) -> str:
    """ "2026-11-19 14:02 UTC", with the seconds where there are some."""
    shape = "%H:%M:%S.%f" if at.microsecond else "%H:%M:%S" if at.second else "%H:%M"
    return f"{at.date().isoformat()} {at.strftime(shape)} UTC"


def _moment(moment: Moment) -> str:
    """As exactly as it is known, and the zone that the source wrote it in."""
    if moment.at is None:
        said = "not known"
    elif moment.precision is Precision.DAY:
        said = moment.at.date().isoformat()
    elif moment.precision is Precision.MONTH:
        said = moment.at.date().isoformat()[:7]
    else:
        about = {Precision.APPROXIMATE: "about ", Precision.UNKNOWN: "perhaps "}
        said = about.get(moment.precision, "") + instant(moment.at)
    return said if moment.zone in ("UTC", "") else f"{said} (written in {moment.zone})"


def _several(values: tuple[Any, ...], names: Names) -> str:
    if any(dataclasses.is_dataclass(value) for value in values):
        return "\n".join(words(value, names) for value in values)
    said = [words(value, names) for value in values]
    return ", ".join(f"“{one}”" if "," in one or not one.strip() else one for one in said)


def _lines(record: Any, names: Names) -> Iterator[str]:
    """What a record says, a line for each field that says something."""
    if isinstance(record, Event) and record.at is not None:
        yield _moment(record.moment)
    left_out = _LEFT_OUT.get(type(record), ())
    for field in dataclasses.fields(record):
        value = getattr(record, field.name)
        if field.name in NEVER or field.name in left_out or value == _default(field):
            continue
        said = words(value, names)
        if not said:
            continue
        name = name_of(field.name)
        yield said if field.name in _BARE else f"{name[:1].upper()}{name[1:]}: {said}"


def _default(field: "dataclasses.Field[Any]") -> object:
    if field.default_factory is not dataclasses.MISSING:
        return field.default_factory()
    return field.default


_WORDS: dict[type, Callable[[Any], str]] = {
    type(None): lambda _: "",
    bool: lambda value: "yes" if value else "no",
    Moment: _moment,
    datetime: instant,
    date: date.isoformat,
    dict: lambda items: "\n".join(f"{key}: {item}" for key, item in items.items()),
}
