"""Equal parts of two frozen values, held once."""

import dataclasses
from typing import Any, TypeVar, cast

T = TypeVar("T")


def shared(value: T, known: T) -> T:
    """``value`` with every part that equals the one of ``known`` taken from ``known``.

    What is read from the store again then costs no second copy in a history of edits, and whoever
    compares by identity sees what did not change. Dataclasses and tuples are gone into; records
    in a tuple are found again by their id, others by their place.
    """
    return cast("T", _shared(value, known))


def _shared(value: Any, known: Any) -> Any:
    if value is known or type(value) is not type(known):
        return value
    if value == known:
        return known
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return _shared_fields(value, known)
    if isinstance(value, tuple):
        by_id = {part.id: part for part in known if hasattr(part, "id")}
        beside = (*known, *(None,) * len(value))
        return tuple(
            _shared(part, by_id.get(getattr(part, "id", None), beside[place]))
            for place, part in enumerate(value)
        )
    return value


def _shared_fields(value: Any, known: Any) -> Any:
    names = [field.name for field in dataclasses.fields(value)]
    return dataclasses.replace(
        value, **{name: _shared(getattr(value, name), getattr(known, name)) for name in names}
    )
