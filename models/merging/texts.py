"""One text from two that were made from the same: by paragraph, line of a list, row or fence.

Paragraphs that both changed merge by words.
"""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from models.merging.versions import Versions
from models.merging.words import merged_words

_OWN_LINE = re.compile(r"\s*(?:[-*+]\s|\d+[.)]\s|\||#|>)")
_FENCE = re.compile(r"\s*(```|~~~)")

_MANY = 500
"""From so many changed paragraphs on, those that are repeated most are not looked for: an exact
comparison of thousands of equal lines takes minutes."""


@dataclass(frozen=True, slots=True)
class _Unit:
    """A paragraph and the white space before it."""

    gap: str
    text: str


@dataclass(frozen=True, slots=True)
class _Change:
    """Units ``start`` to ``end`` of the base became ``units``."""

    start: int
    end: int
    is_mine: bool
    units: tuple[_Unit, ...]


def merged_text(
    base: str, mine: str, theirs: str, *, side_by_side: bool = False
) -> tuple[str, tuple[Versions[str], ...]]:
    """What both made of ``base``; where paragraphs clash, mine is in the text.

    Returns the clashing paragraphs, too. What both put at one place stands there twice, mine
    first, unless one goes on where the other ends or nothing was there before. ``side_by_side``
    is for the words of a paragraph, as ``merged_words`` says.
    """
    versions = Versions(base, mine, theirs)
    if versions.is_settled:
        return versions.settled, ()
    was, tail = _units(base)
    one, my_tail = _units(mine)
    other, their_tail = _units(theirs)
    changes = [*_changes(was, one, is_mine=True), *_changes(was, other, is_mine=False)]
    changes.sort(key=lambda change: (change.start, change.end))
    result: list[_Unit] = []
    clashes: list[Versions[str]] = []
    at = 0
    for start, end, group in _groups(changes):
        result += was[at:start]
        at = end
        units, clash = _resolved(was, start, end, group, side_by_side=side_by_side)
        result += units
        clashes += [clash] if clash else []
    result += was[at:]
    return _text(result) + (my_tail if my_tail != tail else their_tail), tuple(clashes)


def _units(text: str) -> tuple[list[_Unit], str]:
    """The paragraphs of a text and the white space after the last; joined, they are the text."""
    units: list[_Unit] = []
    gap, body, fence = "", "", ""
    for number, line in enumerate(text.split("\n")):
        break_ = "\n" if number else ""
        if fence or (body and line.strip() and not _OWN_LINE.match(line)):
            body += break_ + line
        else:
            if body:
                units.append(_Unit(gap, body))
                gap, body = "", ""
            gap += break_
            if line.strip():
                body = line
            else:
                gap += line
        opening = _FENCE.match(line)
        if opening:
            fence = "" if fence == opening[1] else fence or opening[1]
    return ([*units, _Unit(gap, body)], "") if body else (units, gap)


def _changes(was: list[_Unit], now: list[_Unit], *, is_mine: bool) -> list[_Change]:
    before, after = ([unit.text for unit in units] for units in (was, now))
    same = _same_start(before, after)
    rest = _same_start(before[same:][::-1], after[same:][::-1])
    before, after = before[same : len(before) - rest], after[same : len(after) - rest]
    found = []
    matcher = SequenceMatcher(None, before, after, autojunk=len(before) > _MANY)
    for what, *places in matcher.get_opcodes():
        i1, i2, j1, j2 = (same + place for place in places)
        if what == "replace" and i2 - i1 == j2 - j1:
            pairs = zip(range(i1, i2), range(j1, j2), strict=True)
            found += [_Change(i, i + 1, is_mine, (now[j],)) for i, j in pairs]
        elif what != "equal":
            found.append(_Change(i1, i2, is_mine, tuple(now[j1:j2])))
    return found


def _same_start(one: list[str], other: list[str]) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((n for n, (a, b) in pairs if a != b), min(len(one), len(other)))


def _groups(changes: list[_Change]) -> list[tuple[int, int, list[_Change]]]:
    """Changes that touch the same units of the base together."""
    groups: list[tuple[int, int, list[_Change]]] = []
    for change in changes:
        if groups:
            start, end, group = groups[-1]
            same_place = start == end == change.start == change.end
            if change.start < end or same_place:
                groups[-1] = start, max(end, change.end), [*group, change]
                continue
        groups.append((change.start, change.end, [change]))
    return groups


def _resolved(
    was: list[_Unit], start: int, end: int, group: list[_Change], *, side_by_side: bool
) -> tuple[list[_Unit], Versions[str] | None]:
    mine, theirs = (_side(was, start, end, group, is_mine=side) for side in (True, False))
    sides = {change.is_mine for change in group}
    if len(sides) == 1:
        return (mine if True in sides else theirs), None
    one, other = _text(mine), _text(theirs)
    if one.strip().startswith(other.strip()) and (start == end or one == other):
        return mine, None
    if start == end and other.strip().startswith(one.strip()):
        return theirs, None
    if start == end and was:
        return [*mine, *theirs], None
    clash = Versions(_text(was[start:end]), one, other)
    if len(mine) == len(theirs) == end - start == 1:
        three = Versions(was[start].text, mine[0].text, theirs[0].text)
        words = merged_words(three, side_by_side=side_by_side)
        if words is not None:
            return [_Unit(mine[0].gap, words)], None
    return mine, clash


def _side(
    was: list[_Unit], start: int, end: int, group: list[_Change], *, is_mine: bool
) -> list[_Unit]:
    units: list[_Unit] = []
    at = start
    for change in group:
        if change.is_mine is is_mine:
            units += [*was[at : change.start], *change.units]
            at = change.end
    return [*units, *was[at:end]]


def _text(units: list[_Unit]) -> str:
    """The text of units that come from different texts."""
    text = ""
    for number, unit in enumerate(units):
        gap = unit.gap
        if not number:
            gap = gap if not gap.startswith("\n") else ""
        elif "\n" not in gap:
            is_line = _OWN_LINE.match(unit.text) and _OWN_LINE.match(units[number - 1].text)
            gap = "\n" if is_line else "\n\n"
        text += gap + unit.text
    return text
