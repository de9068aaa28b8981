"""The one codec between the domain's frozen dataclasses and canonical JSON.

Canonical means: every field, in the order the dataclass declares, no insignificant white space,
UTF-8, times as ISO 8601 with a Z. Decoding checks every value and names the place of the first
fault; a field it does not know is a fault, so that nothing is dropped in silence.
"""

import dataclasses
import json
import re
import types
import typing
from collections.abc import Mapping
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar

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
        return {name: _encode(getattr(value, name), depth + 1) for name in _fields(type(value))}
    if isinstance(value, tuple):
        return [_encode(item, depth + 1) for item in value]
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
    _check_text(text, "")
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
    try:
        result: T = _decode(kind, data, place)
    except RecursionError as error:
        raise InvalidInputError(TOO_DEEP) from error
    return result


@cache
def _fields(kind: type) -> dict[str, tuple[Any, bool]]:
    """Name -> (type, required) of each field of a dataclass."""
    hints = typing.get_type_hints(kind)
    return {
        f.name: (
            hints[f.name],
            f.default is dataclasses.MISSING and f.default_factory is dataclasses.MISSING,
        )
        for f in dataclasses.fields(kind)
    }


def _fault(place: str, what: str) -> InvalidInputError:
    return InvalidInputError(f"{place or 'The document'}: {what}")


def _decode(kind: Any, data: object, place: str) -> Any:
    origin = typing.get_origin(kind)
    if origin in (typing.Union, types.UnionType):
        options = [k for k in typing.get_args(kind) if k is not type(None)]
        return None if data is None else _decode(options[0], data, place)
    if origin is tuple:
        if not isinstance(data, list | tuple):
            raise _fault(place, "a list is expected")
        item = typing.get_args(kind)[0]
        return tuple(_decode(item, entry, f"{place}[{i}]") for i, entry in enumerate(data))
    if origin is dict:
        if not isinstance(data, Mapping):
            raise _fault(place, "an object is expected")
        return {str(k): _decode(str, v, f"{place}.{k}") for k, v in data.items()}
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        return _decode_dataclass(kind, data, place)
    return _decode_scalar(kind, data, place)


def _decode_dataclass(kind: type, data: object, place: str) -> Any:
    if not isinstance(data, Mapping):
        raise _fault(place, "an object is expected")
    fields = _fields(kind)
    prefix = f"{place}." if place else ""
    for name in data:
        if name not in fields:
            raise _fault(f"{prefix}{name}", "this field is not known")
    values = {}
    for name, (field_kind, required) in fields.items():
        if name in data:
            values[name] = _decode(field_kind, data[name], f"{prefix}{name}")
        elif required:
            raise _fault(f"{prefix}{name}", "this field is missing")
    try:
        return kind(**values)
    except ValueError as error:
        raise _fault(place, str(error)) from error


def _decode_scalar(kind: Any, data: object, place: str) -> Any:
    if kind is datetime:
        return _decode_time(data, place)
    if kind is date:
        return _decode_date(data, place)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        try:
            return kind(str(data))
        except ValueError as error:
            known = ", ".join(kind)
            raise _fault(place, f"{data!r} is not one of: {known}") from error
    if kind is float and isinstance(data, int | float) and not isinstance(data, bool):
        return float(data)
    if not isinstance(data, kind) or (kind is int and isinstance(data, bool)):
        raise _fault(place, f"{_NAMES.get(kind, kind)} is expected, not {data!r:.60}")
    if isinstance(data, str) and not data.isascii():
        _check_text(data, place)
    if isinstance(data, int) and abs(data) > LARGEST:
        raise _fault(place, "this number is too large")
    return data


_NAMES = {str: "text", int: "a whole number", float: "a number", bool: "true or false"}


LARGEST = 2**53 - 1
"""The largest whole number that every reader of JSON takes exactly (RFC 8259, section 6)."""


def _check_text(text: str, place: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise _fault(place, "half of a character (a lone surrogate) cannot be stored") from error


def _decode_date(data: object, place: str) -> date:
    what = f"{data!r:.60} is not a date (YYYY-MM-DD)"
    if not isinstance(data, str) or not _DATE.fullmatch(data):
        raise _fault(place, what)
    try:
        return date.fromisoformat(data)
    except ValueError as error:
        raise _fault(place, what) from error


def _decode_time(data: object, place: str) -> datetime:
    what = f"{data!r:.60} is not a time (YYYY-MM-DDTHH:MM:SSZ)"
    if not isinstance(data, str) or not _TIME.fullmatch(data):
        raise _fault(place, what)
    try:
        at = datetime.fromisoformat(data)
        if at.tzinfo is not None:
            return at.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise _fault(place, what) from error
    raise _fault(place, f"{data!r:.60} has no zone (end it with Z or an offset)")


# What RFC 3339 and Python's reader both take; seconds may be left out.
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_TIME = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?", re.ASCII)


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
    if origin is tuple:
        return {"type": "array", "items": _schema(typing.get_args(kind)[0], definitions)}
    if origin is dict:
        return {"type": "object", "additionalProperties": {"type": "string"}}
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        if kind.__name__ not in definitions:
            definitions[kind.__name__] = {}
            fields = _fields(kind)
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
