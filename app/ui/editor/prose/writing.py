"""What keys do to Markdown, as pure functions: lists and quotes go on, words are wrapped."""

import re
from dataclasses import dataclass

_PREFIX = re.compile(
    r"(?P<quote>(?:[ ]{0,3}>[ ]?){0,20})(?P<indent>[ \t]*)"
    r"(?:(?P<mark>[-*+])|(?P<number>\d{1,9})(?P<point>[.)]))(?P<gap>[ \t]+)"
    r"(?P<task>\[[ xX]\][ \t]+)?"
)
_QUOTE = re.compile(r"(?:[ ]{0,3}>[ ]?){1,20}")
_ADDRESS = re.compile(r"https?://\S+")
_BLOCK = re.compile(r"#{1,6}\s|>|[-*+]\s|\d{1,9}[.)]\s|```|~~~|\|.*\n\|")
_LOOKED_AT = 200


@dataclass(frozen=True, slots=True)
class NextLine:
    """What Enter does in a list or quote.

    ``prefix`` begins the next line; where the line holds nothing but its own prefix, ``ends`` says
    that this prefix is to be taken away instead.
    """

    prefix: str
    ends: bool


def next_line(line: str, column: int) -> NextLine | None:
    """What follows a line that is broken at ``column``; None for a plain line."""
    head = line[:_LOOKED_AT]
    if match := _PREFIX.match(head):
        mark = match["mark"] or f"{int(match['number']) + 1}{match['point']}"
        task = "[ ] " if match["task"] else ""
        prefix = f"{match['quote']}{match['indent']}{mark}{match['gap']}{task}"
    elif match := _QUOTE.match(head):
        prefix = match[0]
    else:
        return None
    if column < match.end():
        return None
    return NextLine(prefix, ends=not line[match.end() :].strip())


@dataclass(frozen=True, slots=True)
class Rewritten:
    """``text`` in place of what stood from ``start`` to ``end``; then ``select`` is selected."""

    start: int
    end: int
    text: str
    select: tuple[int, int]


def wrapped(text: str, start: int, end: int, mark: str) -> Rewritten:
    """A selection between two marks, or without them where it has them.

    With nothing selected the word around the place is meant; with no word there, the marks are
    written and the place is between them.
    """
    start, end = _words(text, start, end)
    size = len(mark)
    if text[max(0, start - size) : start] == mark == text[end : end + size] and start < end:
        inner = text[start:end]
        return Rewritten(start - size, end + size, inner, (start - size, end - size))
    inner = text[start:end]
    if len(inner) > 2 * size and inner.startswith(mark) and inner.endswith(mark):
        return Rewritten(start, end, inner[size:-size], (start, end - 2 * size))
    return Rewritten(start, end, f"{mark}{inner}{mark}", (start + size, end + size))


def linked(text: str, start: int, end: int, address: str = "") -> Rewritten:
    """A selection as the words of a link; the place is where its address is to be written."""
    start, end = _words(text, start, end)
    words = text[start:end]
    if not address and is_address(words):
        return Rewritten(start, end, f"[]({words})", (start + 1, start + 1))
    made = f"[{words}]({address})"
    place = start + (len(made) if address else len(words) + 3)
    if not words:
        place = start + 1
    return Rewritten(start, end, made, (place, place))


def is_address(text: str) -> bool:
    """Whether a text is one address of the web and nothing else."""
    return len(text) < 2_000 and _ADDRESS.fullmatch(text.strip()) is not None


def begins_block(text: str) -> bool:
    """Whether a text begins with what must stand at the beginning of a line."""
    return _BLOCK.match(text) is not None


def _words(text: str, start: int, end: int) -> tuple[int, int]:
    """A selection without blanks at its ends; the word around an empty one."""
    if start == end:
        while start > 0 and text[start - 1].isalnum():
            start -= 1
        while end < len(text) and text[end].isalnum():
            end += 1
        return start, end
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end
