"""Labelled values: "**Severity:** SEV2", "- Start time: ...", property tables."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from integrations.markdown.blocks import Block, Item, Section, list_items, plain, table_rows
from resources import read_text

_LABEL = re.compile(
    r"^\s*(?:(?P<bold>\*\*|__)\s*(?P<name>[^*_\n|]{1,80}?)\s*(?P<in>:)?[ \t]*(?P=bold)"
    r"[ \t]*(?P<out>:)?"
    r"|(?P<bare>[A-Za-z][^:*_\n|?!.]{1,48}):(?!//))[ \t]*",
)
_LONGEST_BYLINE = 100
TIMES = ("introduced", "onset", "detected", "acknowledged", "mitigated", "resolved")
"""The meanings that are times of the incident."""
AFTERWARDS = ("detected", "acknowledged", "mitigated", "resolved")
"""Those that cannot be long before the day a document is about."""
_BY = re.compile(r"^\s*(?P<name>by|written by|authored by|created by)\s+(?=[A-Z@])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Field:
    """A label and its value (Markdown); ``meaning`` is "" where the label is not known."""

    label: str
    value: str
    meaning: str


@cache
def _meanings() -> dict[str, str]:
    """Name -> meaning, by the data in ``resources/markdown``."""
    meanings = tomllib.loads(read_text("markdown", "fields.toml"))["meanings"]
    return {name: meaning for meaning, names in meanings.items() for name in names}


def meaning_of(label: str) -> str:
    """What a label means, for example "severity" or "detected"; "" when it is not known."""
    name = re.sub(r"\([^)]*\)", " ", plain(label)).casefold().replace("_", " ").strip(" :.*-")
    name = re.sub(r"\s*/\s*", "/", re.sub(r"\s+", " ", name))
    return _meanings().get(name, "")


def time_named(text: str) -> str:
    """The time of an incident that a short timeline entry stands for ("Resolved"), or ""."""
    meaning = meaning_of(text) if len(text) < 40 else ""
    return meaning if meaning in TIMES else ""


def split_label(text: str) -> tuple[str, str] | None:
    """The bold or known label a text begins with, and the rest; None without one."""
    match = _LABEL.match(text)
    if match is None:
        match = _BY.match(text) if len(text) < _LONGEST_BYLINE else None
        return (match["name"], text[match.end() :]) if match else None
    if match["bare"]:
        known = meaning_of(match["bare"])
        return (match["bare"].strip(), text[match.end() :]) if known else None
    if not (match["in"] or match["out"]) and text[match.end() :].split("\n", 1)[0].strip():
        return None
    return match["name"].strip(), text[match.end() :]


def fields_of(blocks: tuple[Block, ...]) -> Iterator[Field]:
    """Every labelled value in lists, lines and two-column tables of some blocks."""
    for block in blocks:
        if block.kind == "list":
            for item in list_items(block):
                yield from _from_text(item.text)
        elif block.kind == "table":
            yield from _from_table(block)
        elif block.kind in ("paragraph", "quote"):
            for line in block.text.split("\n"):
                yield from _from_text(line.lstrip("> "))


def _from_text(text: str) -> Iterator[Field]:
    found = split_label(text)
    if found is not None and found[1].strip():
        yield Field(found[0], found[1].strip(), meaning_of(found[0]))


def _from_table(block: Block) -> Iterator[Field]:
    """Pairs of cells: a name, then its value; the header row may be the first pair."""
    for row in table_rows(block):
        for name, value in zip(row[0::2], row[1::2], strict=False):
            if name and value and (meaning := meaning_of(name)):
                yield Field(name, value, meaning)


def section_fields(section: Section) -> Iterator[Field]:
    """A heading that is a label ("### Severity", "### Start Date/Time") with its text as value."""
    meaning = meaning_of(section.title)
    if meaning and not section.sections and section.text.strip():
        yield Field(section.title, section.text.strip(), meaning)


def labelled_items(block: Block) -> list[tuple[str, str]] | None:
    """The items of a list as (label, Markdown below it) when most begin with a bold label."""
    items = list_items(block)
    found = [split_label(item.text) if _is_bold(item) else None for item in items]
    if len(items) < 2 or sum(f is not None for f in found) < 0.6 * len(items):
        return None
    return [f if f is not None else ("", item.text) for f, item in zip(found, items, strict=True)]


def _is_bold(item: Item) -> bool:
    return item.text.lstrip().startswith(("**", "__"))
