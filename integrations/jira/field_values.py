"""What people type or choose for a field of the create screen, as Jira wants it, and back."""

import math
from collections.abc import Callable
from datetime import date, datetime

from models.errors import InvalidInputError
from models.tracking.connections import Flavour
from models.tracking.screens import Choice, CreateField

_BY_NAME = ("priority", "version", "component", "resolution", "group")
_BY_VALUE = ("option", "option-with-child")
_PEOPLE = ("userpicker", "multiuserpicker")


def takes_several(field: CreateField) -> bool:
    """Whether its value is a list."""
    return field.kind == "array"


def takes_people(field: CreateField) -> bool:
    """Whether its value is somebody with an account, or several of them."""
    return field.kind == "user" or field.custom.rpartition(":")[2] in _PEOPLE


def field_value(field: CreateField, words: str, flavour: Flavour) -> object:
    """The JSON value of a field; of one that takes several, words are separated by commas.

    People are named by their accounts. Raises ``InvalidInputError`` for what the field cannot
    take, naming what it can.
    """
    if takes_several(field):
        several = [part for one in words.split(",") if (part := one.strip())]
        return [_one(field, one, flavour) for one in several]
    return _one(field, words.strip(), flavour)


def _one(field: CreateField, words: str, flavour: Flavour) -> object:
    if takes_people(field):
        return {"accountId" if flavour is Flavour.CLOUD else "name": words}
    if field.choices:
        return {"id": _choice(field, words).id}
    if field.kind in _BY_NAME:
        return {"name": words}
    if field.kind in _BY_VALUE:
        return {"value": words}
    reader = _READERS.get(field.kind)
    return reader(field, words) if reader else words


def field_words(value: object) -> str:
    """A value as ``field_value`` reads it; a choice is its id."""
    if isinstance(value, list):
        return ", ".join(field_words(one) for one in value)
    if isinstance(value, dict):
        named = (value.get(name) for name in ("id", "accountId", "name", "value"))
        return next((str(one) for one in named if one), "")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def _number(field: CreateField, words: str) -> float:
    try:
        number = float(words)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise _refused(f"{field.name} is a number, not {words!r}.")
    return number


def _date(field: CreateField, words: str) -> str:
    try:
        return date.fromisoformat(words).isoformat()
    except ValueError as error:
        raise _refused(f"{field.name} is a date like 2026-11-30, not {words!r}.") from error


def _moment(field: CreateField, words: str) -> str:
    """Jira wants milliseconds and a zone without a colon; a time without a zone is local."""
    try:
        at = datetime.fromisoformat(words).astimezone()
    except ValueError as error:
        example = "2026-11-30T09:00"
        raise _refused(f"{field.name} is a time like {example}, not {words!r}.") from error
    return f"{at:%Y-%m-%dT%H:%M:%S.000%z}"


_READERS: dict[str, Callable[[CreateField, str], object]] = {
    "number": _number,
    "date": _date,
    "datetime": _moment,
}


def _choice(field: CreateField, words: str) -> Choice:
    wanted = words.casefold()
    for choice in field.choices:
        if words == choice.id or wanted == choice.name.casefold():
            return choice
    names = ", ".join(choice.name for choice in field.choices)
    raise _refused(f"{field.name} cannot be {words!r}.", f"It can be: {names}.")


def _refused(what: str, advice: str = "") -> InvalidInputError:
    return InvalidInputError(what, kept="Nothing was changed.", advice=advice)
