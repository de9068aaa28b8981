"""What the head of a source says of the whole document: title, facts, and how to read its times."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from integrations.markdown import metadata
from integrations.markdown.blocks import plain
from integrations.markdown.fields import fields_of, section_fields
from integrations.markdown.metadata import Metadata
from integrations.markdown.pieces import Pieces
from integrations.markdown.source import Source
from integrations.markdown.times import TimeContext, day_first, has_open_dates
from integrations.markdown.zones import is_american
from models.vocabulary import Vocabularies

_FACTS = ("meta", "summary", "detection", "impact", "participants")
_SEARCHED = 3000
"""How much of a summary is searched for the document's day, in characters."""
_CODE = re.compile(r"<%.*?%>|\{\{.*?\}\}|\{%.*?%\}")
"""What a program was to put into a page (ERB, Liquid)."""


@dataclass(slots=True)
class Head:
    """``day`` is the one the document is about; ``context`` goes with every time that is read."""

    title: str
    meta: Metadata
    context: TimeContext = field(default_factory=TimeContext)
    day: date | None = None


def read_head(
    source: Source, parts: Pieces, body: str, page_title: str, terms: Vocabularies
) -> Head:
    """The head of a document that was read as pieces."""
    head = Head(_title(source, parts, page_title), metadata.from_front_matter(source, terms))
    prose = "\n".join(block.text for block in parts.preamble)
    prose += "\n".join(p.section.text[:_SEARCHED] for p in parts.pieces if p.role == "summary")
    fields = list(fields_of(parts.preamble))
    facts = [
        item
        for piece in parts.pieces
        if piece.role in _FACTS
        for item in (*section_fields(piece.section), *fields_of(piece.section.blocks))
    ]

    def day(order: bool | None) -> date | None:
        given = metadata.document_day(fields, head.title, prose, source, order)
        return given or metadata.document_day(facts, "", "", source, order)

    _read_times(head, body, day)
    metadata.add_fields(head.meta, [*fields, *facts], head.context, terms)
    return head


def _title(source: Source, parts: Pieces, page_title: str) -> str:
    given = source.front_matter.get("title")
    heading = parts.title
    for text in (
        plain(heading) if _CODE.sub("", heading).strip() else "",
        str(given or ""),
        page_title,
        _name_as_title(source.path),
    ):
        if text.strip():
            return " ".join(text.split())
    return "Untitled"


def _name_as_title(path: Path) -> str:
    """A file's name as a title: without its date, and with spaces for hyphens."""
    stem = path.name.encode("utf-8", "backslashreplace").decode()
    while (suffix := Path(stem).suffix) and suffix[1:].isalpha():
        stem = stem.removesuffix(suffix)
    bare = re.sub(r"^\d{4}[-_]?\d{2}[-_]?\d{2}[-_ ]*", "", stem)
    return (bare if " " in bare else re.sub(r"[-_]+", " ", bare)).strip() or stem


def _read_times(head: Head, body: str, day: Callable[[bool | None], date | None]) -> None:
    """The document's zone, the order of its dates, and its day."""
    context = head.context = TimeContext(zone=metadata.document_zone(body))
    context.day_first = day_first(body)
    head.day = day(context.day_first)
    if context.day_first is None:
        context.day_first = day_first(body, near=head.day)
    if context.day_first is None and has_open_dates(body):
        context.day_first = not is_american(context.zone)
        context.day_first_is_guessed = True
        order = "day" if context.day_first else "month"
        context.notices.append(
            f"Dates such as 03/04/2024 were read {order} first: nothing in the text decides it."
        )
    head.day = head.day or day(context.day_first)
    context.day = context.near = head.day
