"""Noticing that an event is told twice."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from integrations.timeline.rows import ReadRow
from models.domain.incident import Event

_WORD = re.compile(r"[^\W_]+")
_NEAR = 60
"""Seconds within which the same words are the same event: sources round to the minute."""
_ALIKE = 0.8


@dataclass(frozen=True, slots=True)
class _Told:
    """Something that is told already."""

    at: datetime | None
    words: frozenset[str]
    where: str
    sources: tuple[str, ...] = ()


def with_duplicates(rows: list[ReadRow], known: Iterable[Event]) -> list[ReadRow]:
    """The rows, each with where the same is told before it: in the timeline or in the paste."""
    told = [
        _Told(
            event.at,
            _words(event.text),
            "already in the timeline",
            tuple(one.text for one in event.evidence if one.kind == "quote"),
        )
        for event in known
    ]
    result = []
    for place, row in enumerate(rows, 1):
        words = _words(row.text)
        same = next((one for one in told if _is_same(row, words, one)), None)
        result.append(replace(row, same_as=same.where) if same else row)
        if same is None:
            told.append(_Told(row.moment.at, words, f"the same as row {place}"))
    return result


def _is_same(row: ReadRow, words: frozenset[str], other: _Told) -> bool:
    if row.source.strip() and row.source in other.sources:
        return True
    if row.moment.at is None or other.at is None:
        return False
    if abs((row.moment.at - other.at).total_seconds()) > _NEAR:
        return False
    if not words or not other.words:
        return words == other.words
    shared = len(words & other.words)
    return shared >= _ALIKE * max(len(words), len(other.words)) and shared > 0


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.casefold()))
