"""Lists of the Markdown form: entries with a label in bold, a text, fields, entries below.

::

    - **2.1** Why did the pool run empty?
      - because: Each retry opened a connection.
      - **2.1.1** Why does a retry open a connection?

What stands deeper belongs to the entry above it; how deep does not matter.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from integrations.markdown.form_fields import Fields, Given, read_fields, write_fields
from integrations.markdown.form_text import Prose, line, unescaped
from models.errors import InvalidInputError


class Row(NamedTuple):
    """A line of the text and its number, from 1."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a list: the label in bold, the text behind it, and the values of its fields.

    ``stray`` are lines below it that belong to none of its fields.
    """

    label: str
    head: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    children: tuple["Entry", ...] = ()
    line: int = 0
    stray: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Stray:
    """Lines between the entries of a list that are in no notation of its form."""

    rows: tuple[Row, ...]

    @property
    def line(self) -> int:
        """The number of the first line."""
        return self.rows[0].line

    @property
    def text(self) -> str:
        """The lines as Markdown."""
        return stray_text(self.rows)


@dataclass(slots=True)
class _Open:
    """An entry or field while its lines are gathered."""

    name: str
    column: int
    line: int
    argument: str | None = None
    rows: list[str] = field(default_factory=list)
    stray: list[Row] = field(default_factory=list)
    fields: list["_Open"] = field(default_factory=list)
    below: list["_Open"] = field(default_factory=list)


_DEEPEST = 150
"""Entries inside each other; what is stored is never nested as deeply."""

_BLOCK = re.compile(r"(?:`{3}|~{3}|[|>]|#{1,6} |[-*+] |\d+[.)] | )")
"""Markdown that only works at the start of a line."""


class ListForm:
    """One kind of list. ``label`` is the pattern of its labels.

    With ``prose`` the text behind a label is free Markdown, else it is one line and whatever
    follows it must be a field. ``nested`` lists have entries below entries. ``loose`` is the
    pattern of lines in other notations that begin the list as an entry does.
    """

    def __init__(
        self,
        label: str,
        fields: Fields,
        *,
        prose: bool = False,
        nested: bool = False,
        loose: str = "",
    ) -> None:
        names = "|".join(re.escape(f.name) for f in fields.values())
        self.own = rf"- \*\*(?:{label})\*\*(?:[ \t]|$)"
        own = rf"{self.own}|- (?:{names})(?: \([^()]*\))?:(?:[ \t]|$)"
        self._fields = fields
        self._text = Prose(own)
        self.has_prose = prose
        self.nested = nested
        self._loose = re.compile(loose) if loose else None
        self.entry = re.compile(rf"([ \t]*)- \*\*({label})\*\*(?:[ \t]+(.*))?$")
        self.field = re.compile(rf"([ \t]*)- ({names})(?: \(([^()]*)\))?:(?:[ \t]+(.*))?$")

    def written(self, entries: Iterable[Entry], indent: str = "") -> list[str]:
        """The lines of a list."""
        lines: list[str] = []
        for entry in entries:
            start = f"{indent}- **{entry.label}**"
            if self.has_prose:
                lines += _bullet(start, self._text.written(entry.head), f"{indent}  ")
            else:
                lines.append(f"{start} {line(entry.head)}".rstrip(" "))
            for name, given in write_fields(self._fields, entry.values):
                argument = "" if given.argument is None else f" ({given.argument})"
                start = f"{indent}  - {name}{argument}:"
                lines += _bullet(start, self._text.written(given.text), f"{indent}    ")
            lines += self.written(entry.children, f"{indent}  ")
        return lines

    def values(self, source: object, **other: Any) -> dict[str, Any]:
        """The value of every field: from ``other``, else the attribute of ``source``."""
        return {
            name: other[name] if name in other else getattr(source, name, f.absent)
            for name, f in self._fields.items()
        }

    def read(self, rows: Sequence[Row], before: Prose) -> tuple[str, list[Entry | Stray]]:
        """The text before the list, and its entries with what stands between them."""
        start = self._start(rows, before)
        text = before.read([row.text for row in rows[:start]])
        return text, self.read_loose(rows[start:])

    def read_loose(self, rows: Sequence[Row]) -> list[Entry | Stray]:
        """The entries of a list, and between them what is in another notation."""
        return _Walk(self).items(rows)

    def _start(self, rows: Sequence[Row], before: Prose) -> int:
        """Where the list begins; what stands in a code block of the text before does not count."""
        lines = [row.text for row in rows]
        index = 0
        while index < len(lines) and not self._begins(lines[index]):
            end = before.block_end(lines, index)
            index = index + 1 if end is None else end + 1
        return index

    def _begins(self, text: str) -> bool:
        if self._loose is not None and self._loose.match(text):
            return True
        return self.entry.match(text) is not None

    def closed(self, opened: _Open) -> Entry:
        """The entry of the lines that were gathered for it."""
        if self.has_prose:
            head = self._text.read(opened.rows)
        else:
            head = unescaped(opened.rows[0].strip(" \t"))
        given = [
            (f.name, Given(self._text.read(f.rows), f.argument, f.line)) for f in opened.fields
        ]
        return Entry(
            opened.name,
            head,
            read_fields(self._fields, given),
            tuple(self.closed(entry) for entry in opened.below),
            opened.line,
            tuple(opened.stray),
        )


class _Walk:
    """Goes through the lines of a list and gives each to the entry or field it belongs to."""

    def __init__(self, form: ListForm) -> None:
        self._form = form
        self._top: list[_Open | list[Row]] = []
        self._path: list[_Open] = []
        self._current: _Open | None = None
        self._below: _Open | None = None
        """The entry that stray lines belong to at the moment."""

    def items(self, rows: Sequence[Row]) -> list[Entry | Stray]:
        """The entries and, between them, other lines."""
        for row in rows:
            if not self._opens(row):
                self._continue(row)
        return [
            self._form.closed(one) if isinstance(one, _Open) else Stray(tuple(one))
            for one in self._top
        ]

    def _opens(self, row: Row) -> bool:
        """Whether a line begins an entry or field, which is put where it belongs."""
        match = self._form.entry.match(row.text)
        is_entry = match is not None
        if match is None and self._path:
            match = self._form.field.match(row.text)
        if match is None:
            return False
        column = _column(match[1])
        if not is_entry and self._path[0].column >= column:
            return False
        while self._path and (
            self._path[-1].column >= column or (is_entry and not self._form.nested)
        ):
            self._path.pop()
        if len(self._path) > _DEEPEST:
            raise InvalidInputError(f"Line {row.line}: this list is nested too deeply")
        opened = _Open(match[2], column, row.line, rows=[match[match.re.groups] or ""])
        if not is_entry:
            opened.argument = match[3]
            self._path[-1].fields.append(opened)
        else:
            if self._path:
                self._path[-1].below.append(opened)
            else:
                self._top.append(opened)
            self._path.append(opened)
        plain = is_entry and not self._form.has_prose
        self._current, self._below = (None, opened) if plain else (opened, None)
        return True

    def _continue(self, row: Row) -> None:
        """A line of the field before it, of the entry above it, or of none."""
        stripped = row.text.lstrip(" \t")
        column = _column(row.text[: len(row.text) - len(stripped)])
        if self._current is not None:
            if not stripped or column > self._current.column:
                self._current.rows.append(_dedented(row.text, self._current.column + 2))
                return
            self._current = None
        if stripped and (self._below is None or column <= self._below.column):
            while self._path and self._path[-1].column >= column:
                self._path.pop()
            self._below = self._path[-1] if self._path else None
        if self._below is not None:
            if stripped or self._below.stray:
                text = _dedented(row.text, self._below.column + 2)
                self._below.stray.append(Row(row.line, text))
        elif self._top and isinstance(self._top[-1], list):
            self._top[-1].append(row)
        elif stripped:
            self._top.append([row])


def stray_text(rows: Iterable[Row]) -> str:
    """Lines in another notation as Markdown."""
    return unescaped("\n".join(row.text for row in rows).strip("\n"))


def _bullet(start: str, lines: list[str], indent: str) -> list[str]:
    """A bullet and its text, which begins below it where Markdown needs a line of its own."""
    if not lines:
        return [start]
    first, rest = (start, lines) if _BLOCK.match(lines[0]) else (f"{start} {lines[0]}", lines[1:])
    return [first, *(f"{indent}{row}" if row else "" for row in rest)]


def _column(indent: str) -> int:
    return len(indent.expandtabs(4))


def _dedented(text: str, columns: int) -> str:
    """The line without its indentation, as far as that goes."""
    spaces = len(text) - len(text.lstrip(" "))
    if spaces >= columns:
        return text[columns:]
    return text[spaces:].removeprefix("\t") if spaces < len(text) else ""
