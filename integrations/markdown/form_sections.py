"""The sections of a text in the Markdown form."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from integrations.markdown import form_tables as tables
from integrations.markdown.form_items import Row
from integrations.markdown.form_text import HEADING, Prose, opens_fence, unescaped
from models.errors import InvalidInputError


@dataclass(slots=True)
class Part:
    """A heading and the lines below it."""

    heading: str
    line: int
    level: int = 2
    rows: list[Row] = field(default_factory=list)

    def texts(self) -> list[str]:
        """The lines without their numbers."""
        return [row.text for row in self.rows]


@dataclass(slots=True)
class Parts:
    """The title, the known sections (by the number of their incident, and name) and the others."""

    title: str
    known: dict[tuple[int, str], Part] = field(default_factory=dict)
    custom: list[tuple[str, Part]] = field(default_factory=list)
    incidents: int = 0

    def get(self, key: str, incident: int = 1) -> Part:
        """A section, empty where it is not there."""
        return self.known.get((incident, key), Part("", 0))


def split_parts(body: str, first_line: int) -> Parts:
    """The sections of a body whose first line has this number in the file."""
    rows = [Row(first_line + i, text) for i, text in enumerate(body.split("\n"))]
    before, parts = _split(rows, tables.FREE, _heading)
    if not parts or parts[0].level != 1:
        line = parts[0].line if parts else first_line
        raise InvalidInputError(
            f"Line {line}: the title is missing", advice="Begin the text with “# ” and a title."
        )
    for row in [*before, *parts[0].rows]:
        if row.text.strip():
            raise InvalidInputError(
                f"Line {row.line}: “{row.text.strip():.60}” stands in no section",
                advice="Move it below a heading such as “## Summary”.",
            )
    return _sorted(Parts(unescaped(parts[0].heading)), parts[1:])


def subsections(
    rows: list[Row], prose: Prose, is_own: Callable[[str], bool]
) -> tuple[list[Row], list[Part]]:
    """The lines before the first heading of level 3 that is the form's, and the parts after."""

    def heading(text: str) -> tuple[int, str] | None:
        match = re.match(r"###(?:[ \t]+(.*))?$", text)
        found = (match[1] or "").strip(" \t") if match else None
        return (3, found) if found is not None and is_own(found) else None

    return _split(rows, prose, heading)


def _heading(text: str) -> tuple[int, str] | None:
    match = HEADING.match(text)
    return (len(match[1]), (match[2] or "").strip(" \t")) if match else None


def _split(
    rows: list[Row], prose: Prose, heading: Callable[[str], tuple[int, str] | None]
) -> tuple[list[Row], list[Part]]:
    before: list[Row] = []
    parts: list[Part] = []
    lines = [row.text for row in rows]
    index = 0
    while index < len(rows):
        found = heading(lines[index])
        gathered = parts[-1].rows if parts else before
        if found:
            parts.append(Part(found[1], rows[index].line, found[0]))
            index += 1
            continue
        end = index
        if opens_fence(lines[index]):
            closing = prose.block_end(lines, index)
            if closing is None:
                raise InvalidInputError(
                    f"Line {rows[index].line}: this code block does not end in its section",
                    advice="Close it with the same mark, or put a backslash in front of it.",
                )
            end = closing
        gathered += rows[index : end + 1]
        index = end + 1
    return before, parts


def _sorted(result: Parts, parts: list[Part]) -> Parts:
    incident = 1
    for part in parts:
        numbered = tables.INCIDENT_HEADING.fullmatch(part.heading)
        if part.level == 1 and numbered:
            incident = int(numbered[1])
            _start_incident(result, incident, part)
            continue
        own = part.heading.endswith(tables.CUSTOM)
        key = None if own or part.level == 1 else tables.key_of(part.heading)
        if key is None:
            shown = part.heading.removesuffix(tables.CUSTOM).rstrip(" ") if own else part.heading
            result.custom.append((unescaped(shown), part))
            continue
        place = (incident if key in tables.INCIDENT_SECTIONS else 1, key)
        if place in result.known:
            raise InvalidInputError(
                f"Line {part.line}: the section “{part.heading}” stands here a second time",
                advice=f"Join it with that on line {result.known[place].line}, or rename it.",
            )
        result.known[place] = part
        if key in tables.INCIDENT_SECTIONS:
            result.incidents = max(result.incidents, incident)
    return result


def _start_incident(result: Parts, number: int, part: Part) -> None:
    if number > max(result.incidents, 1) + 1:
        raise InvalidInputError(
            f"Line {part.line}: the incident before this one is missing",
            advice="Number the incidents without a gap.",
        )
    result.incidents = max(result.incidents, number)
    for row in part.rows:
        if row.text.strip():
            raise InvalidInputError(
                f"Line {row.line}: “{row.text.strip():.60}” stands in no section",
                advice="Move it below a heading such as “## Impact”.",
            )
