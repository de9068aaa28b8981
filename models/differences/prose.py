"""What changed between two texts, word by word."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_LINES = re.compile(r"[^\n]*\n|[^\n]+")
_WORDS = re.compile(r"\w+|\s+|[^\w\s]+")

_MOST = 2_000_000
"""Pairs of parts that are compared; what is larger counts as replaced, lest it takes minutes."""


class Mark(StrEnum):
    """What became of a run of words."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Span:
    """A run of words. Those kept and removed are the text before, those kept and added after."""

    mark: Mark
    text: str


def word_changes(before: str, after: str) -> tuple[Span, ...]:
    """The runs of both texts in reading order; what was removed stands before what replaced it.

    Every character is in a run, white space included.
    """
    spans = list(_compared(before, after, (_LINES.findall, _WORDS.findall)))
    return tuple(_joined(_without_islands(spans)))


def condensed(spans: Sequence[Span], around: int = 160) -> tuple[Span, ...]:
    """The spans with long kept runs cut to about ``around`` characters beside each change.

    Each cut is shown as "…".
    """
    result = []
    for place, span in enumerate(spans):
        text = span.text
        if span.mark is Mark.KEPT:
            is_first, is_last = place == 0, place == len(spans) - 1
            head = "" if is_first else _head(text, around)
            tail = "" if is_last else _tail(text, around)
            if len(head) + len(tail) + 20 < len(text):
                text = f"{head} … {tail}" if head and tail else f"{head} …" if head else f"… {tail}"
        result.append(Span(span.mark, text))
    return tuple(result)


def _head(text: str, length: int) -> str:
    return text if len(text) <= length else text[:length].rpartition(" ")[0] or text[:length]


def _tail(text: str, length: int) -> str:
    return text if len(text) <= length else text[-length:].partition(" ")[2] or text[-length:]


Split = Callable[[str], list[str]]


def _compared(before: str, after: str, splits: tuple[Split, ...]) -> Iterator[Span]:
    """Compares by the first way to split; what differs is compared by the next."""
    if before == after or not before or not after or not splits:
        yield from _replaced(before, after)
        return
    split, *finer = splits
    old, new = split(before), split(after)
    head = _common(old, new)
    tail = _common(old[head:][::-1], new[head:][::-1])
    yield Span(Mark.KEPT, "".join(old[:head]))
    middle = old[head : len(old) - tail], new[head : len(new) - tail]
    if len(middle[0]) * len(middle[1]) > _MOST:
        yield from _replaced("".join(middle[0]), "".join(middle[1]))
    else:
        matcher = SequenceMatcher(None, *middle, autojunk=False)
        for _, i, i_end, j, j_end in matcher.get_opcodes():
            for one, other in _side_by_side(middle[0][i:i_end], middle[1][j:j_end], finer):
                yield from _compared(one, other, tuple(finer))
    yield Span(Mark.KEPT, "".join(old[len(old) - tail :]))


def _side_by_side(old: list[str], new: list[str], finer: list[Split]) -> list[tuple[str, str]]:
    """As many lines as before are the same lines, each changed; else all of them as one."""
    if finer and len(old) == len(new):
        return list(zip(old, new, strict=True))
    return [("".join(old), "".join(new))]


def _replaced(before: str, after: str) -> Iterator[Span]:
    if before == after:
        yield Span(Mark.KEPT, before)
    else:
        yield Span(Mark.REMOVED, before)
        yield Span(Mark.ADDED, after)


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """How many parts both begin with."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))


def _without_islands(spans: list[Span]) -> Iterator[Span]:
    """White space alone between two changes belongs to both: whole phrases read better."""
    spans = [span for span in spans if span.text]
    for place, span in enumerate(spans):
        inside = 0 < place < len(spans) - 1 and "\n" not in span.text
        if span.mark is Mark.KEPT and inside and not span.text.strip():
            yield Span(Mark.REMOVED, span.text)
            yield Span(Mark.ADDED, span.text)
        else:
            yield span


def _joined(spans: Iterator[Span]) -> Iterator[Span]:
    """One run each of removed and added between what is kept."""
    removed = added = kept = ""
    for span in spans:
        if span.mark is Mark.KEPT:
            yield from _run(removed, added)
            removed = added = ""
            kept += span.text
            continue
        if kept:
            yield Span(Mark.KEPT, kept)
            kept = ""
        if span.mark is Mark.REMOVED:
            removed += span.text
        else:
            added += span.text
    yield from _run(removed, added)
    if kept:
        yield Span(Mark.KEPT, kept)


def _run(removed: str, added: str) -> Iterator[Span]:
    if removed:
        yield Span(Mark.REMOVED, removed)
    if added:
        yield Span(Mark.ADDED, added)
