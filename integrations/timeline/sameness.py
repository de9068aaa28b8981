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


_CLOSEST = 50
"""How many events of about one minute a row is compared with: a flood of log lines has more."""


@dataclass(frozen=True, slots=True)
class _Told:
    """Something that is told already."""

    at: datetime
    words: frozenset[str]
    where: str


class _Memory:
    """What is told already, found by its minute and by its source text."""

    def __init__(self, known: Iterable[Event]) -> None:
        self._minutes: dict[int, list[_Told]] = {}
        self._sources: dict[str, str] = {}
        where = "already in the timeline"
        for event in known:
            self.add(event.at, _words(event.text), where)
            quotes = (one.text for one in event.evidence if one.kind == "quote")
            self._sources |= {text: where for text in quotes if text.strip()}

    def add(self, at: datetime | None, words: frozenset[str], where: str) -> None:
        if at is not None:
            self._minutes.setdefault(_minute(at), []).append(_Told(at, words, where))

    def where(self, row: ReadRow, words: frozenset[str]) -> str:
        """Where a row is told already, or ""."""
        at = row.moment.at
        if row.source in self._sources or at is None:
            return self._sources.get(row.source, "")
        near = (
            told
            for minute in (_minute(at) - 1, _minute(at), _minute(at) + 1)
            for told in self._minutes.get(minute, [])[-_CLOSEST:]
            if abs((told.at - at).total_seconds()) <= _NEAR
        )
        return next((told.where for told in near if _alike(words, told.words)), "")


def with_duplicates(rows: list[ReadRow], known: Iterable[Event]) -> list[ReadRow]:
    """The rows, each with where the same is told before it: in the timeline or in the paste."""
    memory = _Memory(known)
    result = []
    for place, row in enumerate(rows, 1):
        words = _words(row.text)
        where = memory.where(row, words)
        result.append(replace(row, same_as=where) if where else row)
        if not where:
            memory.add(row.moment.at, words, f"the same as row {place}")
    return result


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    if not one or not other:
        return one == other
    return len(one & other) >= _ALIKE * max(len(one), len(other))


def _minute(at: datetime) -> int:
    return int(at.timestamp() // 60)


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.casefold()))
