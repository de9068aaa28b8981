"""The sections of a text in the Markdown form."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from integrations.markdown import form_tables as tables
from integrations.markdown.form_items import Row
from integrations.markdown.form_stray import Strays
from integrations.markdown.form_text import HEADING, Prose, fence_mark, unescaped
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

    title: str | None
    known: dict[tuple[int, str], Part] = field(default_factory=dict)
    custom: list[tuple[str, Part]] = field(default_factory=list)
    incidents: int = 0
    incident: int = 1
    """The one whose sections are being read."""

    def get(self, key: str, incident: int = 1) -> Part:
        """A section, empty where it is not there."""
        return self.known.get((incident, key), Part("", 0))


def split_parts(body: str, first_line: int, strays: Strays, *, untitled: bool = False) -> Parts:
    """The sections of a body whose first line has this number in the file.

    What stands above them begins the summary; ``strays`` hears of it and of other oddities. Only
    an ``untitled`` body may lack a title.
    """
    rows = [Row(first_line + i, text) for i, text in enumerate(body.split("\n"))]
    before, parts = _split(rows, tables.FREE, _heading, strays)
    head = parts.pop(0) if parts and parts[0].level == 1 else None
    if head is None and not untitled:
        line = parts[0].line if parts else first_line
        raise InvalidInputError(
            f"Line {line}: the title is missing", advice="Begin the text with “# ” and a title."
        )
    result = Parts(unescaped(head.heading) if head else None)
    _lead(result, [*before, *(head.rows if head else [])], (1, "summary"), strays)
    for part in parts:
        _add(result, part, strays)
    return result


def subsections(
    rows: list[Row], prose: Prose, is_own: Callable[[str], bool], strays: Strays
) -> tuple[list[Row], list[Part]]:
    """The lines before the first heading of level 3 that is the form's, and the parts after."""

    def heading(text: str) -> tuple[int, str] | None:
        match = re.match(r"###(?:[ \t]+(.*))?$", text)
        found = (match[1] or "").strip(" \t") if match else None
        return (3, found) if found is not None and is_own(found) else None

    return _split(rows, prose, heading, strays)


def _heading(text: str) -> tuple[int, str] | None:
    match = HEADING.match(text)
    return (len(match[1]), (match[2] or "").strip(" \t")) if match else None


def _split(
    rows: list[Row],
    prose: Prose,
    heading: Callable[[str], tuple[int, str] | None],
    strays: Strays,
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
        if mark := fence_mark(lines[index]):
            closing = prose.block_end(lines, index)
            end = prose.section_end(lines, index) if closing is None else closing
        gathered += rows[index : end + 1]
        if mark and closing is None:
            gathered.append(Row(rows[end].line, mark))
            strays.tell(
                rows[index], "opens a code block that has no end. It ends with its section."
            )
        index = end + 1
    return before, parts


def _add(result: Parts, part: Part, strays: Strays) -> None:
    """Puts a part where its heading says."""
    numbered = tables.INCIDENT_HEADING.fullmatch(part.heading)
    if part.level == 1 and numbered:
        _start_incident(result, int(numbered[1]), part, strays)
        return
    own = part.heading.endswith(tables.CUSTOM)
    key = None if own or part.level == 1 else tables.key_of(part.heading)
    if key is None:
        shown = part.heading.removesuffix(tables.CUSTOM).rstrip(" ") if own else part.heading
        result.custom.append((unescaped(shown), part))
        return
    incident = result.incident if key in tables.INCIDENT_SECTIONS else 1
    known = result.known.setdefault((incident, key), part)
    if known is not part:
        _join(known, part, key)
        if known.heading:
            heading = Row(part.line, part.heading)
            strays.tell(heading, f"stands on line {known.line}, too. Both are read as one section.")
    if key in tables.INCIDENT_SECTIONS:
        result.incidents = max(result.incidents, incident)


def _join(known: Part, more: Part, key: str) -> None:
    """Puts the lines of a part behind those of an earlier one, each above the subsections."""
    head, tail = _above_subsections(known, key)
    more_head, more_tail = _above_subsections(more, key)
    known.rows = []
    for rows in (head, more_head, tail, more_tail):
        filled = [n for n, row in enumerate(rows) if row.text.strip()]
        if filled:
            known.rows += [*rows[filled[0] : filled[-1] + 1], Row(more.line, "")]


def _above_subsections(part: Part, key: str) -> tuple[list[Row], list[Row]]:
    starts = (n for n, row in enumerate(part.rows) if row.text.startswith("### "))
    cut = next(starts, None) if key in ("whys", "lessons", "response") else None
    return (part.rows, []) if cut is None else (part.rows[:cut], part.rows[cut:])


def _start_incident(result: Parts, number: int, part: Part, strays: Strays) -> None:
    if number > max(result.incidents, 1) + 1:
        raise InvalidInputError(
            f"Line {part.line}: the incident before this one is missing",
            advice="Number the incidents without a gap.",
        )
    result.incidents = max(result.incidents, number)
    result.incident = number
    _lead(result, part.rows, (number, "impact"), strays)


def _lead(result: Parts, rows: list[Row], place: tuple[int, str], strays: Strays) -> None:
    """Lines that no section has begin one."""
    first = next((row for row in rows if row.text.strip()), None)
    if first is None:
        return
    lead = Part("", first.line, rows=rows)
    known = result.known.setdefault(place, lead)
    if known is not lead:
        _join(known, lead, place[1])
    name = tables.SECTIONS[place[1]]
    strays.tell(first, f"stands above the first section. It is kept in “{name}”.")
