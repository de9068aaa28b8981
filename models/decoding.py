"""Decoders: functions that turn plain JSON data into one type's values, made once for each type."""

import dataclasses
import re
import types
import typing
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import cache
from typing import Any


@cache
def fields_of(kind: type) -> dict[str, tuple[Any, bool]]:
    """Name -> (type, required) of each field of a dataclass."""
    hints = typing.get_type_hints(kind)
    return {
        f.name: (
            hints[f.name],
            f.default is dataclasses.MISSING and f.default_factory is dataclasses.MISSING,
        )
        for f in dataclasses.fields(kind)
    }


class FaultError(Exception):
    """A fault on its way out of the data; each level adds where it was."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.path: list[str] = []

    def inside(self, part: str) -> "FaultError":
        self.path.append(part)
        return self

    def sentence(self, place: str) -> str:
        path = (place + "".join(reversed(self.path))).removeprefix(".")
        return f"{path or 'The document'}: {self}"


class PartError(ValueError):
    """A record refuses one of its parts; ``part`` is where that stands in it ("steps[1].id")."""

    def __init__(self, part: str, what: str) -> None:
        super().__init__(what)
        self.part = part


Decoder = Callable[[Any], Any]


@cache
def decoder(kind: Any) -> Decoder:
    origin = typing.get_origin(kind)
    if origin in (typing.Union, types.UnionType):
        decoded = decoder(next(k for k in typing.get_args(kind) if k is not type(None)))
        return lambda data: None if data is None else decoded(data)
    if origin in (tuple, frozenset):
        return _list_decoder(typing.get_args(kind)[0], origin)
    if origin is dict:
        return _decode_texts if typing.get_args(kind)[1] is str else _decode_object
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        return _record_decoder(kind)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return _enum_decoder(kind)
    texts = {datetime: _decode_time, date: _decode_date, str: _decode_text}
    return texts[kind] if kind in texts else _number_decoder(kind)


def _list_decoder(item: Any, made: Callable[[list[Any]], Any]) -> Decoder:
    decoded = decoder(item)

    def decode_list(data: Any) -> Any:
        if not isinstance(data, list | tuple):
            raise FaultError("a list is expected")
        result: list[Any] = []
        try:
            for entry in data:
                result.append(decoded(entry))  # noqa: PERF401 - its length says where a fault is
        except FaultError as fault:
            raise fault.inside(f"[{len(result)}]") from None
        return made(result)

    return decode_list


def _record_decoder(kind: type) -> Decoder:
    def decode_record(data: Any) -> Any:
        if not isinstance(data, Mapping):
            raise FaultError("an object is expected")
        decoders = _field_decoders(kind)
        for name in data:
            if name not in decoders:
                raise FaultError("this field is not known").inside(f".{name}")
        values = {}
        name = ""
        try:
            for name, (decoded, required) in decoders.items():
                if name in data:
                    values[name] = decoded(data[name])
                elif required:
                    raise FaultError("this field is missing")  # noqa: TRY301 - placed below
        except FaultError as fault:
            raise fault.inside(f".{name}") from None
        try:
            return kind(**values)
        except PartError as error:
            raise FaultError(str(error)).inside(f".{error.part}") from error
        except ValueError as error:
            raise FaultError(str(error)) from error

    return decode_record


@cache
def _field_decoders(kind: type) -> dict[str, tuple[Decoder, bool]]:
    """Made when first needed: a record may hold its own kind."""
    return {name: (decoder(hint), needed) for name, (hint, needed) in fields_of(kind).items()}


def _enum_decoder(kind: type[StrEnum]) -> Decoder:
    members = {member.value: member for member in kind}

    def decode_enum(data: Any) -> Any:
        if not isinstance(data, str) or data not in members:
            raise FaultError(f"{data!r:.60} is not one of: {', '.join(members)}")
        return members[data]

    return decode_enum


def _decode_texts(data: Any) -> Any:
    if not isinstance(data, Mapping):
        raise FaultError("an object is expected")
    result = {}
    for key, value in data.items():
        try:
            result[str(key)] = _decode_text(value)
        except FaultError as fault:
            raise fault.inside(f".{key}") from None
    return result


def _decode_object(data: Any) -> Any:
    """An object whose values are another program's JSON, kept as they are."""
    if not isinstance(data, Mapping):
        raise FaultError("an object is expected")
    return dict(data)


def _decode_text(data: Any) -> Any:
    if not isinstance(data, str):
        raise FaultError(f"text is expected, not {data!r:.60}")
    if not data.isascii():
        check_text(data)
    return data


def _number_decoder(kind: type) -> Decoder:
    what = {int: "a whole number", float: "a number", bool: "true or false"}[kind]
    accepted = (int, float) if kind is float else (kind,)

    def decode_number(data: Any) -> Any:
        if type(data) not in accepted:
            raise FaultError(f"{what} is expected, not {data!r:.60}")
        if abs(data) > LARGEST:
            raise FaultError("this number is too large")
        return kind(data)

    return decode_number


LARGEST = 2**53 - 1
"""The largest whole number that every reader of JSON takes exactly (RFC 8259, section 6)."""


def check_text(text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise FaultError("half of a character (a lone surrogate) cannot be stored") from error


def _decode_date(data: Any) -> Any:
    what = f"{data!r:.60} is not a date (YYYY-MM-DD)"
    if not isinstance(data, str) or not _DATE.fullmatch(data):
        raise FaultError(what)
    try:
        return date.fromisoformat(data)
    except ValueError as error:
        raise FaultError(what) from error


def _decode_time(data: Any) -> Any:
    what = f"{data!r:.60} is not a time (YYYY-MM-DDTHH:MM:SSZ)"
    if not isinstance(data, str) or not _TIME.fullmatch(data):
        raise FaultError(what)
    try:
        at = datetime.fromisoformat(data)
        if at.tzinfo is not None:
            return at.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise FaultError(what) from error
    raise FaultError(f"{data!r:.60} has no zone (end it with Z or an offset)")


# What RFC 3339 and Python's reader both take; seconds may be left out.
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_TIME = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?", re.ASCII)
