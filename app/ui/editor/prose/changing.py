"""How one text becomes another by small changes, so that a cursor between them can stay."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

_MANY_LINES, _MANY_WORDS = 2_000, 400
_WORD = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Change:
    """``text`` takes the place of the letters from ``start`` to ``end`` of the old text."""

    start: int
    end: int
    text: str


def changes(old: str, new: str) -> list[Change]:
    """What makes ``new`` of ``old``, in the order of the text.

    Lines are compared first, then the words of those that differ. Where very many differ, they are
    one change: comparing them would take longer than it is worth.
    """
    start = _alike(old, new)
    rest = _alike(old[start:][::-1], new[start:][::-1])
    before, after = old[start : len(old) - rest], new[start : len(new) - rest]
    if not before and not after:
        return []
    return list(_by_lines(before, after, start))


def _by_lines(before: str, after: str, offset: int) -> Iterator[Change]:
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    if max(len(old), len(new)) > _MANY_LINES:
        yield Change(offset, offset + len(before), after)
        return
    for start, end, text in _unlike(old, new):
        yield from _by_words(before[start:end], text, offset + start)


def _by_words(before: str, after: str, offset: int) -> Iterator[Change]:
    """A line with two differences is two changes: whoever writes between them stays there."""
    start = _alike(before, after)
    rest = _alike(before[start:][::-1], after[start:][::-1])
    before, after = before[start : len(before) - rest], after[start : len(after) - rest]
    offset += start
    old, new = _WORD.findall(before), _WORD.findall(after)
    if max(len(old), len(new)) > _MANY_WORDS:
        yield Change(offset, offset + len(before), after)
        return
    for start, end, text in _unlike(old, new) if old and new else [(0, len(before), after)]:
        yield Change(offset + start, offset + end, text)


def _unlike(old: list[str], new: list[str]) -> Iterator[tuple[int, int, str]]:
    """Where the old pieces differ, as places in their letters, and what stands there instead."""
    starts = [0]
    for piece in old:
        starts.append(starts[-1] + len(piece))
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            yield starts[i1], starts[i2], "".join(new[j1:j2])


def _alike(first: str, second: str) -> int:
    """How many letters two texts begin with alike."""
    low, high = 0, min(len(first), len(second))
    while low < high:
        middle = (low + high + 1) // 2
        if first[low:middle] == second[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low
