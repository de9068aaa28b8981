"""The fields of an entry in the Markdown form: how each kind of value is written and read."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeVar

from integrations.markdown.form_text import line, unescaped
from integrations.markdown.form_times import (
    instant_text,
    moment_text,
    read_day,
    read_instant,
    read_moment,
)
from models.domain.incident import Evidence
from models.errors import InvalidInputError

E = TypeVar("E", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Given:
    """One field as the text has it: ``- name (argument): text``, on a line."""

    text: str
    argument: str | None = None
    line: int = 0


@dataclass(frozen=True, slots=True)
class Field:
    """A field's name in the text, its value when absent, and both ways between them.

    ``many`` fields may be repeated and hold a tuple; the texts of repeated ``joins`` are one;
    ``shown`` ones are written even when they have the value of an absent one.
    """

    name: str
    write: Callable[[Any], Given]
    read: Callable[[Given], Any]
    absent: Any = ""
    many: bool = False
    joins: bool = False
    shown: bool = False


Fields = Mapping[str, Field]
"""Attribute -> its field."""


def at_line(number: int, error: InvalidInputError) -> InvalidInputError:
    """The same error, saying where."""
    return InvalidInputError(f"Line {number}: {error}", kept=error.kept, advice=error.advice)


def text(name: str) -> Field:
    """Free Markdown."""
    return Field(name, Given, lambda given: given.text)


def prose(name: str) -> Field:
    """Free Markdown that may be given in parts."""
    return replace(text(name), joins=True)


def texts(name: str) -> Field:
    """A repeated text."""
    return Field(name, Given, lambda given: given.text, absent=(), many=True)


def moment(name: str) -> Field:
    """A time with its zone and precision."""
    return Field(
        name,
        lambda value: Given(moment_text(value)),
        lambda given: read_moment(given.text),
        absent=None,
    )


def instant(name: str) -> Field:
    """A time in UTC."""

    def write(value: datetime) -> Given:
        return Given(instant_text(value))

    return Field(name, write, lambda given: read_instant(given.text), absent=None)


def day(name: str) -> Field:
    """A calendar day."""

    def write(value: date) -> Given:
        return Given(value.isoformat())

    return Field(name, write, lambda given: read_day(given.text), absent=None)


def choice(name: str, kind: type[StrEnum], absent: StrEnum | None) -> Field:
    """One of a fixed set; always shown unless it may be absent."""

    def read(given: Given) -> StrEnum:
        return read_choice(kind, given.text)

    return Field(name, Given, read, absent=absent, shown=absent is not None)


def read_choice(kind: type[E], written: str) -> E:
    """The member of a name, whatever its case."""
    for member in kind:
        if member.value.casefold() == written.strip().casefold():
            return member
    raise InvalidInputError(f"{written!r} is not one of: {', '.join(kind)}.")


def flag(name: str) -> Field:
    """Yes or no."""
    return Field(name, lambda _: Given("yes"), lambda given: read_flag(given.text), absent=False)


def read_flag(written: str) -> bool:
    """A yes or no."""
    if written.casefold() in ("yes", "true"):
        return True
    if written.casefold() in ("no", "false", ""):
        return False
    raise InvalidInputError(f"{written!r} is neither yes nor no.")


def number(name: str) -> Field:
    """A whole number."""
    return Field(
        name, lambda value: Given(str(value)), lambda given: read_number(given.text), absent=0
    )


def read_number(written: str) -> int:
    """A whole number."""
    try:
        return int(written)
    except ValueError as error:
        raise InvalidInputError(f"{written!r} is not a whole number.") from error


def record(name: str) -> Field:
    """Named texts: ``- record (build): 1.4.2``."""
    return Field(
        name,
        lambda item: Given(item[1], line(item[0], "()")),
        lambda given: (unescaped(given.argument or ""), given.text),
        absent=(),
        many=True,
    )


_LINKED = re.compile(r"\[(.*)\]\(<((?:[^<>]|(?<=\\)[<>])*)>\)", re.DOTALL)


def evidence(name: str) -> Field:
    """What shows it: ``- evidence (link): [text](<target>)``, or only a text."""
    return Field(name, _write_evidence, _read_evidence, absent=(), many=True)


def _write_evidence(value: Evidence) -> Given:
    shown = value.text
    if value.target or _LINKED.fullmatch(shown):
        target = re.sub(r"(\\*)([<>]|\Z)", _with_backslashes, value.target)
        shown = f"[{shown}](<{target}>)"
    return Given(shown, line(value.kind, "()"))


def _with_backslashes(match: re.Match[str]) -> str:
    """As Markdown escapes the ends of a link's target inside it."""
    return match[1] * 2 + (f"\\{match[2]}" if match[2] else "")


def _read_evidence(given: Given) -> Evidence:
    match = _LINKED.fullmatch(given.text)
    shown, target = (match[1], match[2]) if match else (given.text, "")
    target = re.sub(r"(\\+)([<>]|\Z)", lambda m: "\\" * (len(m[1]) // 2) + m[2], target)
    usual = "link" if target else "quote"
    return Evidence(usual if given.argument is None else unescaped(given.argument), shown, target)


def write_fields(fields: Fields, values: Mapping[str, Any]) -> list[tuple[str, Given]]:
    """The fields that have something to say, in the order of the table."""
    result = []
    for attribute, field in fields.items():
        value = values[attribute]
        if field.many:
            result += [(field.name, field.write(item)) for item in value]
        elif field.shown or value != field.absent:
            result.append((field.name, field.write(value)))
    return result


def read_fields(fields: Fields, given: Sequence[tuple[str, Given]]) -> dict[str, Any]:
    """The value of every attribute; a fault names its line."""
    values: dict[str, Any] = {}
    for attribute, field in fields.items():
        found = [one for name, one in given if name == field.name]
        if len(found) > 1 and field.joins:
            found = [replace(found[0], text="\n\n".join(one.text for one in found))]
        if len(found) > 1 and not field.many:
            raise InvalidInputError(
                f"Line {found[1].line}: “{field.name}” is given twice",
                advice=f"Keep one of them, the first stands on line {found[0].line}.",
            )
        read = []
        for one in found:
            try:
                read.append(field.read(one))
            except InvalidInputError as error:
                raise at_line(one.line, error) from error
        values[attribute] = tuple(read) if field.many else (read or [field.absent])[0]
    return values
