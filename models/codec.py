"""The one codec between the domain's frozen dataclasses and canonical JSON.

Canonical means: every field, in the order the dataclass declares, no insignificant white space,
UTF-8, times as ISO 8601 with a Z. Decoding checks every value and names the place of the first
fault; a field it does not know is a fault, so that nothing is dropped in silence.
"""

import dataclasses
import json
import types
import typing
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, TypeVar

from models.decoding import LARGEST, FaultError, check_text, decoder, fields_of
from models.errors import InvalidInputError

T = TypeVar("T")


DEPTH_LIMIT = 250
"""Lists and objects inside each other, two for each why. What is stored must be readable again,
however deep the call that reads it lies already."""

TOO_DEEP = "This document is nested too deeply"


def encode(value: object) -> Any:
    """Plain JSON data (dict, list, str, number, bool, None) for a domain value.

    Raises ``InvalidInputError`` for what is nested deeper than ``DEPTH_LIMIT``.
    """
    return _encode(value, 0)


def _encode(value: object, depth: int) -> Any:
    if isinstance(value, str):
        return value.value if isinstance(value, StrEnum) else value
    if depth > DEPTH_LIMIT:
        raise InvalidInputError(TOO_DEEP)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {name: _encode(getattr(value, name), depth + 1) for name in fields_of(type(value))}
    if isinstance(value, tuple | frozenset):
        items = [_encode(item, depth + 1) for item in value]
        return items if isinstance(value, tuple) else sorted(items)
    if isinstance(value, dict):
        return {str(key): _encode(item, depth + 1) for key, item in value.items()}
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise ValueError(f"{value} has no zone")
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return value.isoformat() if isinstance(value, date) else value


def dumps(value: object) -> str:
    """Canonical JSON text of a domain value; ``InvalidInputError`` for what cannot be stored."""
    text = json.dumps(encode(value), ensure_ascii=False, separators=(",", ":"))
    try:
        check_text(text)
    except FaultError as fault:
        raise InvalidInputError(fault.sentence("")) from fault
    return text


def loads(kind: type[T], text: str) -> T:
    """A domain value from JSON text; ``InvalidInputError`` names the place of a fault."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InvalidInputError(f"This is not JSON: {error}") from error
    return decode(kind, data)


def decode(kind: type[T], data: object, place: str = "") -> T:
    """A domain value of type ``kind`` from plain JSON data; missing fields take their defaults.

    ``place`` is what faults call the whole; ``InvalidInputError`` names the place of the first.
    """
    wanted: Any = kind
    try:
        result: T = decoder(wanted)(data)
    except FaultError as fault:
        raise InvalidInputError(fault.sentence(place)) from fault
    except RecursionError as error:
        raise InvalidInputError(TOO_DEEP) from error
    return result


def schema(kind: type) -> dict[str, Any]:
    """The JSON Schema (2020-12) of a domain type, as ``decode`` accepts it."""
    definitions: dict[str, Any] = {}
    reference = _schema(kind, definitions)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **reference,
        "$defs": definitions,
    }


def _schema(kind: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    origin = typing.get_origin(kind)
    if origin in (typing.Union, types.UnionType):
        option = next(k for k in typing.get_args(kind) if k is not type(None))
        return {"anyOf": [_schema(option, definitions), {"type": "null"}]}
    if origin in (tuple, frozenset):
        return {"type": "array", "items": _schema(typing.get_args(kind)[0], definitions)}
    if origin is dict:
        texts = typing.get_args(kind)[1] is str
        return {"type": "object", "additionalProperties": {"type": "string"} if texts else True}
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        if kind.__name__ not in definitions:
            definitions[kind.__name__] = {}
            fields = fields_of(kind)
            definitions[kind.__name__] = {
                "type": "object",
                "properties": {n: _schema(k, definitions) for n, (k, _) in fields.items()},
                "required": [n for n, (_, required) in fields.items() if required],
                "additionalProperties": False,
            }
        return {"$ref": f"#/$defs/{kind.__name__}"}
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return {"enum": [member.value for member in kind]}
    return dict(_SCALARS[kind])


_SCALARS: dict[Any, dict[str, Any]] = {
    str: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer", "minimum": -LARGEST, "maximum": LARGEST},
    float: {"type": "number"},
    datetime: {"type": "string", "format": "date-time"},
    date: {"type": "string", "format": "date"},
}
