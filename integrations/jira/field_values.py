"""What people type for a field of the create screen, as Jira wants it."""

from integrations.jira.remote import Choice, CreateField
from models.errors import InvalidInputError

_BY_ID = ("option", "option-with-child", "priority", "version", "component", "resolution", "group")
_NUMBER = "number"


def field_value(field: CreateField, words: str) -> object:
    """The JSON value of a field; of one that takes several, words are separated by commas.

    Raises ``InvalidInputError`` for what the field cannot take, naming what it can.
    """
    if field.kind == "array":
        several = [part for one in words.split(",") if (part := one.strip())]
        return [_one(field, one) for one in several]
    return _one(field, words.strip())


def _one(field: CreateField, words: str) -> object:
    if field.choices:
        return {"id": _choice(field, words).id}
    if field.kind in _BY_ID:
        return {"name": words}
    if field.kind == _NUMBER:
        try:
            return float(words)
        except ValueError as error:
            raise _refused(f"{field.name} is a number, not {words!r}.") from error
    return words


def _choice(field: CreateField, words: str) -> Choice:
    wanted = words.casefold()
    for choice in field.choices:
        if words == choice.id or wanted == choice.name.casefold():
            return choice
    names = ", ".join(choice.name for choice in field.choices)
    raise _refused(f"{field.name} cannot be {words!r}.", f"It can be: {names}.")


def _refused(what: str, advice: str = "") -> InvalidInputError:
    return InvalidInputError(what, kept="Nothing was changed.", advice=advice)
