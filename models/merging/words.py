"""One paragraph from two in which both changed other words."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from models.merging.versions import Versions

FEWEST = 4
"""Words of a base that is a sentence; a shorter one is a name or a value, which is chosen whole."""

_WORD = re.compile(r"\s*\S+|\s+")
_WHOLE = re.compile(r"\s*(?:\||```|~~~)")
"""Rows of tables and code, in which a word has a place among others that it must keep."""


@dataclass(frozen=True, slots=True)
class _Edit:
    """Words ``start`` to ``end`` of the base became ``words``."""

    start: int
    end: int
    words: str

    @property
    def adds(self) -> bool:
        """Whether it takes nothing away."""
        return self.start == self.end


def merged_words(three: Versions[str], *, side_by_side: bool = False) -> str | None:
    """The paragraph with the changes of both, or None where they touch.

    What both added at one place stands there twice, mine first. Words beside others that were
    replaced are added, too. ``side_by_side`` lets any changes stand together that do not overlap.
    """
    was, mine, theirs = three.each(_WORD.findall)
    if len(was) < FEWEST or _WHOLE.match(three.base):
        return None
    edits = [*_edits(was, mine), *_edits(was, theirs)]
    edits.sort(key=lambda edit: (edit.start, edit.end))  # which leaves mine first
    together = _apart if side_by_side else _go_together
    if not all(together(one, other) for one, other in pairwise(edits)):
        return None
    text, at = "", 0
    for edit in _once(edits):
        text += "".join(was[at : edit.start]) + edit.words
        at = edit.end
    return text + "".join(was[at:])


def _edits(was: list[str], now: list[str]) -> list[_Edit]:
    matcher = SequenceMatcher(None, was, now, autojunk=False)
    return [
        _Edit(i1, i2, "".join(now[j1:j2]))
        for what, i1, i2, j1, j2 in matcher.get_opcodes()
        if what != "equal"
    ]


def _go_together(one: _Edit, other: _Edit) -> bool:
    if one.end < other.start or one == other or (one.adds and other.adds):
        return True
    added, replaced = (one, other) if one.adds else (other, one)
    at_an_edge = added.start in (replaced.start, replaced.end)
    return added.adds and at_an_edge and bool(replaced.words)


def _apart(one: _Edit, other: _Edit) -> bool:
    return one.end <= other.start or one == other


def _once(edits: list[_Edit]) -> list[_Edit]:
    """Without those that both made, or that only go on where the other one ends."""
    kept: list[_Edit] = []
    for edit in edits:
        last = kept[-1] if kept else None
        if last is not None and (last.start, last.end) == (edit.start, edit.end):
            if last.words.startswith(edit.words):
                continue
            if edit.words.startswith(last.words):
                kept.pop()
        kept.append(edit)
    return kept
