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
    """An entry of a list: the label in bold, the text behind it, and the values of its fields."""

    label: str
    head: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    children: tuple["Entry", ...] = ()
    line: int = 0


@dataclass(slots=True)
class _Open:
    """An entry or field while its lines are gathered."""

    name: str
    column: int
    line: int
    argument: str | None = None
    rows: list[str] = field(default_factory=list)
    fields: list["_Open"] = field(default_factory=list)
    below: list["_Open"] = field(default_factory=list)


_DEEPEST = 150
"""Entries inside each other; what is stored is never nested as deeply."""

_BLOCK = re.compile(r"(?:`{3}|~{3}|[|>]|#{1,6} |[-*+] |\d+[.)] | )")
"""Markdown that only works at the start of a line."""


class ListForm:
    """One kind of list. ``label`` is the pattern of its labels, ``example`` shows an entry.

    With ``prose`` the text behind a label is free Markdown, else it is one line and whatever
    follows it must be a field. ``nested`` lists have entries below entries.
    """

    def __init__(
        self, label: str, fields: Fields, *, example: str, prose: bool = False, nested: bool = False
    ) -> None:
        names = "|".join(re.escape(f.name) for f in fields.values())
        self.own = rf"- \*\*(?:{label})\*\*(?:[ \t]|$)"
        own = rf"{self.own}|- (?:{names})(?: \([^()]*\))?:(?:[ \t]|$)"
        self._fields = fields
        self._text = Prose(own)
        self._has_prose = prose
        self._nested = nested
        self._example = example
        self._entry = re.compile(rf"([ \t]*)- \*\*({label})\*\*(?:[ \t]+(.*))?$")
        self._field = re.compile(rf"([ \t]*)- ({names})(?: \(([^()]*)\))?:(?:[ \t]+(.*))?$")

    def written(self, entries: Iterable[Entry], indent: str = "") -> list[str]:
        """The lines of a list."""
        lines: list[str] = []
        for entry in entries:
            start = f"{indent}- **{entry.label}**"
            if self._has_prose:
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

    def read(self, rows: Sequence[Row], before: Prose) -> tuple[str, list[Entry]]:
        """The text before the list, and its entries."""
        start = self._start(rows, before)
        top: list[_Open] = []
        path: list[_Open] = []
        current: _Open | None = None
        for row in rows[start:]:
            opened = self._opened(row, path, top)
            if opened is not None:
                current = opened
            elif current is not None:
                self._continue(current, row)
        text = before.read([row.text for row in rows[:start]])
        return text, [self._closed(entry) for entry in top]

    def read_list(self, rows: Sequence[Row]) -> list[Entry]:
        """The entries of a list before which nothing may stand."""
        first = next((row for row in rows if row.text.strip(" \t")), None)
        if first is not None and not self._entry.match(first.text):
            raise self._misplaced(first)
        return self.read(rows, Prose())[1]

    def _start(self, rows: Sequence[Row], before: Prose) -> int:
        """Where the first entry stands; one in a code block of the text does not count."""
        lines = [row.text for row in rows]
        index = 0
        while index < len(lines) and not self._entry.match(lines[index]):
            end = before.block_end(lines, index)
            index = index + 1 if end is None else end + 1
        return index

    def _opened(self, row: Row, path: list[_Open], top: list[_Open]) -> _Open | None:
        """What a line opens, put where it belongs; None for any other line."""
        match = self._entry.match(row.text)
        is_entry = match is not None
        if match is None and top:
            match = self._field.match(row.text)
        if match is None:
            return None
        column = _column(match[1])
        while path and (path[-1].column >= column or (is_entry and not self._nested)):
            path.pop()
        rest = match[match.re.groups] or ""
        opened = _Open(match[2], column, row.line, rows=[rest])
        if len(path) > _DEEPEST:
            raise InvalidInputError(f"Line {row.line}: this list is nested too deeply")
        if is_entry:
            (path[-1].below if path else top).append(opened)
            path.append(opened)
        elif path:
            opened.argument = match[3]
            path[-1].fields.append(opened)
        else:
            raise self._misplaced(row)
        return opened

    def _continue(self, current: _Open, row: Row) -> None:
        stripped = row.text.lstrip(" \t")
        if stripped and _column(row.text[: len(row.text) - len(stripped)]) <= current.column:
            raise self._misplaced(row)
        current.rows.append(_dedented(row.text, current.column + 2))

    def _unknown(self, row: Row) -> InvalidInputError:
        return InvalidInputError(
            f"Line {row.line}: “{row.text.strip():.60}” is not a field here",
            advice=f"Fields are: {', '.join(f.name for f in self._fields.values())}.",
        )

    def _misplaced(self, row: Row) -> InvalidInputError:
        if re.match(r"[ \t]+- [^*:]+:", row.text):
            return self._unknown(row)
        return InvalidInputError(
            f"Line {row.line}: “{row.text.strip():.60}” belongs to no entry of this list",
            advice=f"Indent it below its entry, or start an entry: {self._example}",
        )

    def _closed(self, opened: _Open) -> Entry:
        if self._has_prose:
            head = self._text.read(opened.rows)
        else:
            head = unescaped(opened.rows[0].strip(" \t"))
            for offset, row in enumerate(opened.rows[1:], 1):
                if row.strip(" \t"):
                    raise self._unknown(Row(opened.line + offset, row))
        given = [
            (f.name, Given(self._text.read(f.rows), f.argument, f.line)) for f in opened.fields
        ]
        return Entry(
            opened.name,
            head,
            read_fields(self._fields, given),
            tuple(self._closed(entry) for entry in opened.below),
            opened.line,
        )


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
