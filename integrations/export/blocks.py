"""A page as blocks and runs of text: what PDF and Word are written from."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from integrations.export.shapes import Picture


@dataclass(frozen=True, slots=True)
class Run:
    """Text of one look. ``link`` is a web or mail address, or "#" with a place of the page.

    ``tone`` is a class of the page's style sheet: quiet, open, done, none, and.
    """

    text: str
    bold: bool = False
    italic: bool = False
    mono: bool = False
    struck: bool = False
    raised: bool = False
    link: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; 2 is a section of the page, 3 and below are inside it."""

    level: int
    runs: tuple[Run, ...]
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Runs that flow together; a line break is a "\\n" in a run."""

    runs: tuple[Run, ...]
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """A list; ``first`` is the number of its first item, None for bullets."""

    items: tuple[tuple["Block", ...], ...]
    first: int | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table."""

    blocks: tuple["Block", ...]
    span: int = 1
    head: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; those of ``head`` stand above them, on every page."""

    head: tuple[tuple[Cell, ...], ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Code:
    """Text whose lines and spaces stay as they are."""

    text: str


@dataclass(frozen=True, slots=True)
class Inset:
    """Blocks that stand in: a quote, or a why below another."""

    blocks: tuple["Block", ...]
    anchor: str = ""
    quote: bool = False


@dataclass(frozen=True, slots=True)
class Image:
    """A picture among the attachments: its file's content and what it shows, in words."""

    content: bytes
    words: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture made of shapes."""

    picture: Picture


@dataclass(frozen=True, slots=True)
class Rule:
    """A line between two parts."""


_FORBIDDEN = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 does not allow in a document, escaped or not."""

Block = Heading | Paragraph | Listing | Table | Code | Inset | Image | Drawing | Rule


def anchors(found: Iterable[Block]) -> Iterator[str]:
    """Every place of the page that a link can lead to."""
    for block in found:
        match block:
            case Heading(anchor=anchor) | Paragraph(anchor=anchor) if anchor:
                yield anchor
            case Inset(inside, anchor):
                yield from (anchor,) if anchor else ()
                yield from anchors(inside)
            case Listing(items):
                for item in items:
                    yield from anchors(item)
            case Table(head, rows):
                for row in (*head, *rows):
                    for cell in row:
                        yield from anchors(cell.blocks)


def text_of(runs: Iterable[Run]) -> str:
    """What runs say, in one line."""
    return " ".join("".join(run.text for run in runs).split())


def in_one_line(row: Iterable[Cell]) -> tuple[Run, ...]:
    """A row of a table where a table cannot stand: its texts, "|" between the cells."""
    runs: list[Run] = []
    for number, cell in enumerate(row):
        runs += [Run(" | ")] if number else []
        runs += [r for b in cell.blocks if isinstance(b, Paragraph) for r in b.runs]
    return tuple(runs)


def printable(text: str) -> str:
    """A text without what neither XML nor a page can hold."""
    return _FORBIDDEN.sub("", text)
