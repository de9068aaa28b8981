"""Which parts of a line are Markdown's marks, line by line and without Qt.

A fast reading for colours and for spelling, not a parser: what a text means is decided by
``integrations.markdown.render``. Every pattern takes time in proportion to the line.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "heading", "quote", "marker", "strong", "emphasis", "struck", "link", "address", "code"
]

LONGEST = 5_000
"""Letters of a line that is read for marks inside it; longer ones are logs, not prose."""

NO_FENCE = 0
"""The state after a line that is outside fenced code."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A part of a line: ``start`` and ``end`` count letters of a Python string."""

    kind: Kind
    start: int
    end: int


_FENCE = re.compile(r" {0,3}(?:>\s?)*(`{3,}|~{3,})")
_HEADING = re.compile(r" {0,3}#{1,6}(?=\s|$)")
_QUOTE = re.compile(r" {0,3}>(?:\s?>)*")
_ITEM = re.compile(r"[ \t>]{0,100}(?:[-*+]|\d{1,9}[.)])(?=\s)(?:[ \t]{1,4}\[[ xX]\](?=\s))?")
_BACKTICKS = re.compile(r"`+")
_LINK = re.compile(r"!?\[([^\[\]]{0,1000})\](\([^()\s]{0,2000}(?:\([^()\s]*\)[^()\s]*)?\))")
_ADDRESS = re.compile(r"\bhttps?://[^\s<>()\[\]]+|\bwww\.[^\s<>()\[\]]+|<[^<>\s]+@[^<>\s]+>")
_PAIRS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (
        "strong",
        re.compile(r"\*\*(?=[^\s*])(?:[^*]|\*(?!\*))+\*\*|(?<!\w)__(?=[^\s_])[^_]+__(?!\w)"),
    ),
    (
        "emphasis",
        re.compile(r"(?<![\w*])\*(?=[^\s*])[^*]+\*(?![\w*])|(?<!\w)_(?=[^\s_])[^_]+_(?!\w)"),
    ),
    ("struck", re.compile(r"~~(?=\S)[^~]+~~")),
)


def fence_after(line: str, fence: int) -> int:
    """The state after a line: ``NO_FENCE``, or which fence is still open.

    A fence is its length, negative for tildes. It is closed by one of its own kind, at least as
    long, with nothing behind it.
    """
    match = _FENCE.match(line)
    if match is None:
        return fence
    length = len(match[1]) * (1 if match[1][0] == "`" else -1)
    rest = line[match.end() :]
    if fence == NO_FENCE:
        return NO_FENCE if length > 0 and "`" in rest else length
    closes = length * fence > 0 and abs(length) >= abs(fence) and not rest.strip()
    return NO_FENCE if closes else fence


def marks(line: str, fence: int = NO_FENCE) -> Iterator[Mark]:
    """The marks of a line that stands behind ``fence``; wider ones come before those in them."""
    if not line:
        return
    if fence != NO_FENCE or fence_after(line, fence) != NO_FENCE:
        yield Mark("code", 0, len(line))
        return
    if match := _HEADING.match(line):
        yield Mark("heading", 0, len(line))
        yield Mark("marker", 0, match.end())
    elif match := _QUOTE.match(line):
        yield Mark("quote", 0, len(line))
        yield Mark("marker", 0, match.end())
    if match := _ITEM.match(line):
        yield Mark("marker", 0, match.end())
    if len(line) <= LONGEST:
        yield from _inside(line)


def _inside(line: str) -> Iterator[Mark]:
    code = list(_code(line))
    # What is code is nothing else: its letters are blanked out for the other patterns.
    for start, end in code:
        line = f"{line[:start]}{'x' * (end - start)}{line[end:]}"
    for kind, pattern in _PAIRS:
        for match in pattern.finditer(line):
            yield Mark(kind, *match.span())
    for match in _LINK.finditer(line):
        yield Mark("link", *match.span())
        yield Mark("address", *match.span(2))
    for match in _ADDRESS.finditer(line):
        yield Mark("address", *match.span())
    for start, end in code:
        yield Mark("code", start, end)


def _code(line: str) -> Iterator[tuple[int, int]]:
    """Code spans: a run of backticks up to the next run of the same length."""
    runs = [match.span() for match in _BACKTICKS.finditer(line)]
    following: dict[int, int] = {}
    closers = [0] * len(runs)
    for index in range(len(runs) - 1, -1, -1):
        length = runs[index][1] - runs[index][0]
        closers[index] = following.get(length, 0)
        following[length] = index
    index = 0
    while index < len(runs):
        closer = closers[index]
        if closer:
            yield runs[index][0], runs[closer][1]
        index = (closer or index) + 1
