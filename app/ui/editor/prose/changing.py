"""How one text becomes another by small changes, so that a cursor between them can stay."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

_MANY_LINES = 2_000


@dataclass(frozen=True, slots=True)
class Change:
    """``text`` takes the place of the letters from ``start`` to ``end`` of the old text."""

    start: int
    end: int
    text: str


def changes(old: str, new: str) -> list[Change]:
    """What makes ``new`` of ``old``, in the order of the text.

    Lines are compared first, then the letters of those that differ. Where very many lines differ,
    they are one change: comparing them would take longer than it is worth.
    """
    start = _alike(old, new)
    rest = _alike(old[start:][::-1], new[start:][::-1])
    before, after = old[start : len(old) - rest], new[start : len(new) - rest]
    if not before and not after:
        return []
    return list(_by_lines(before, after, start))


def _by_lines(before: str, after: str, offset: int) -> Iterator[Change]:
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    if min(len(old), len(new)) < 2 or max(len(old), len(new)) > _MANY_LINES:
        yield Change(offset, offset + len(before), after)
        return
    starts = [offset]
    for line in old:
        starts.append(starts[-1] + len(line))
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            continue
        was, becomes = "".join(old[i1:i2]), "".join(new[j1:j2])
        alike = _alike(was, becomes)
        rest = _alike(was[alike:][::-1], becomes[alike:][::-1])
        yield Change(starts[i1] + alike, starts[i2] - rest, becomes[alike : len(becomes) - rest])


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
