"""Whys and roles in the notations of other texts, as entries of the Markdown form."""

import re
from collections.abc import Iterable
from dataclasses import replace

from integrations.markdown import form_tables as tables
from integrations.markdown.blocks import (
    Block,
    Section,
    join_blocks,
    list_items,
    plain,
    read_sections,
    table_rows,
)
from integrations.markdown.form_items import Entry, Stray
from integrations.markdown.why_entries import Node
from integrations.markdown.whys import read_whys
from integrations.markdown.words import missing_words, word_counts

_ROLE = re.compile(r"[*_]*([^:*_]{1,60})[*_]*\s*:[*_]*\s+(\S.*)")

_LABELS = {
    *("why", "whys", "because", "q", "a", "question", "answer", "problem", "issue", "statement"),
    *(f"{letter}{n}" for letter in ("", "q", "a", "why") for n in range(1, 26)),
    *("1st", "2nd", "3rd", "4th", "5th"),
}
"""Words that only say what a line is in a list of whys; the form says so by its own means."""


def section_of(key: str, text: str) -> Section:
    """Markdown as the content of one of the form's sections."""
    return replace(read_sections(text), level=2, title=tables.SECTIONS[key])


def texts_of(sections: Iterable[Section]) -> list[str]:
    """Sections as Markdown, with their headings."""
    return [section.with_heading for section in sections]


def whys_in(text: str, number: int) -> tuple[str, list[Entry], str]:
    """The problem that a text names, its whys, and the Markdown that is neither."""
    reading = read_whys(section_of("whys", text))
    if reading is None:
        return "", [], text
    first, *others = reading.chains
    nodes = list(first.nodes)
    for chain in others:
        named = chain.problem or chain.title
        nodes += [Node(named, "", chain.nodes)] if named else chain.nodes
    said = [text for top in nodes for node in top.walk() for text in (node.question, node.answer)]
    lacking = missing_words(text, "\n".join([first.problem, *said, *reading.rest]))
    titles = [one for one in reading.labels if set(word_counts(one)) & set(lacking) - _LABELS]
    if set(lacking - word_counts(" ".join(titles))) - _LABELS:
        return "", [], text
    rest = join_blocks([*titles, *reading.rest])
    return first.problem, [_entry(node, number) for node in nodes], rest


def _entry(node: Node, number: int) -> Entry:
    values = tables.WHYS.values(None, answer=node.answer)
    below = tuple(_entry(child, number) for child in node.children)
    return Entry("why", node.question, values, below, number)


def roles_in(stray: Stray) -> tuple[list[Entry], str]:
    """The roles that lines or rows name, and the Markdown that names none."""
    pairs: list[tuple[str, str]] = []
    rest: list[str] = []
    section = section_of("roles", stray.text)
    for block in section.blocks:
        found = _role_pairs(block)
        pairs += found or []
        rest += [] if found else [block.text]
    entries = [
        Entry("Role", role, tables.ROLES.values(None, holder=holder), line=stray.line)
        for role, holder in pairs
    ]
    return entries, join_blocks([*rest, *texts_of(section.sections)])


def _role_pairs(block: Block) -> list[tuple[str, str]] | None:
    """Role and holder from every row or line of a block; None where one of them has none."""
    if block.kind == "table":
        rows = table_rows(block)
        if len(rows[0]) == 2:
            return [(plain(row[0]), plain(row[1])) for row in rows[1:] if any(row)]
        return None
    lines = [one.text for one in list_items(block)] if block.kind == "list" else [block.text]
    if block.kind == "paragraph":
        lines = block.text.split("\n")
    found = [_ROLE.fullmatch(text.strip()) for text in lines]
    pairs = [(plain(match[1]), plain(match[2])) for match in found if match]
    return pairs if len(pairs) == len(lines) else None
