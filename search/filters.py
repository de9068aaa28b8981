"""What a filter means: which documents of a snapshot it lets through.

A filter whose value cannot be understood lets nothing through and says so; it never silently
finds everything.
"""

import calendar
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from search import bits
from search.analysis import is_indexed, key, words
from search.documents import FLAGS
from search.query import FilterTerm
from search.snapshot import Snapshot

_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_YEARS = re.compile(r"(>=|<=|>|<|=)?(\d{4})|(\d{4})(?:\.\.|-)(\d{4})")


@dataclass(frozen=True, slots=True)
class Outcome:
    """The documents that pass, and what the reader should know."""

    documents: int
    notices: tuple[str, ...] = ()


Canonical = Mapping[str, Callable[[str], str]]
"""By filter: what turns a value as people write it ("P1") into the one documents hold ("SEV1")."""


@dataclass(frozen=True, slots=True)
class FilterRules:
    """What filters depend on beside the index."""

    today: date
    canonical: Canonical = field(default_factory=dict)


def is_bound(term: FilterTerm) -> bool:
    """Whether a filter limits on one side (``after:2024``, ``year:>=2024``). Bounds hold together;
    of any other filter several values mean any of them.
    """
    if term.name == "year":
        return term.value.startswith(("<", ">"))
    return term.name in ("before", "after")


def apply(term: FilterTerm, snapshot: Snapshot, rules: FilterRules) -> Outcome:
    """The documents that a filter lets through."""
    if term.name in ("before", "after"):
        return _by_date(term, snapshot)
    if term.name == "year":
        return _by_year(term, snapshot)
    if term.name in ("has", "is", "action"):
        return _by_flag(term, snapshot, rules)
    return _by_value(term, snapshot, rules)


def _by_value(term: FilterTerm, snapshot: Snapshot, rules: FilterRules) -> Outcome:
    begins = term.value.endswith("*")
    written = key(term.value.rstrip("*"))
    found = snapshot.labelled(term.name, written, begins=begins) if written else 0
    if term.name in rules.canonical and not begins:
        meant = key(rules.canonical[term.name](term.value))
        found |= snapshot.labelled(term.name, meant)
    if not found and term.name in ("author", "root"):
        found = _by_parts(term, snapshot)
    return Outcome(found) if found else Outcome(0, (_nothing(term, snapshot),))


def _by_parts(term: FilterTerm, snapshot: Snapshot) -> int:
    """Documents of which an author's name or a root's title has every word of the value."""
    found = snapshot.living
    parts = [w.text for w in words(term.value) if is_indexed(w.text)]
    for part in parts:
        found &= snapshot.labelled(f"{term.name}-part", part)
    return found if parts else 0


def _nothing(term: FilterTerm, snapshot: Snapshot) -> str:
    said = f"No document has {term.name}:{term.value}."
    if term.name in ("severity", "status", "layer", "trigger"):
        known = sorted(entry.shown for entry in snapshot.labels(term.name).values())
        if known:
            said += f" There is: {', '.join(known[:12])}."
    return said


def _by_flag(term: FilterTerm, snapshot: Snapshot, rules: FilterRules) -> Outcome:
    flag = f"{term.name}:{key(term.value)}"
    if flag == "action:overdue":
        found = 0
        for due, entry in snapshot.labels("due").items():
            if due < rules.today.isoformat():
                found |= entry.documents
        return Outcome(found)
    found = snapshot.labelled("flag", flag)
    if found or flag in FLAGS:
        return Outcome(found)
    known = ", ".join(name for name in FLAGS if name.startswith(f"{term.name}:"))
    return Outcome(0, (f"{term.name}:{term.value} is not known. There is: {known}.",))


def _by_date(term: FilterTerm, snapshot: Snapshot) -> Outcome:
    span = _span(term.value)
    if span is None:
        said = f"“{term.value}” in {term.name}: is no date; write {term.name}:2024-03-01."
        return Outcome(0, (said,))
    first, _ = span
    if term.name == "before":
        return Outcome(_between(snapshot, 1, first - 1))
    return Outcome(_between(snapshot, first, date.max.toordinal()))


def _by_year(term: FilterTerm, snapshot: Snapshot) -> Outcome:
    match = _YEARS.fullmatch(term.value.replace(" ", ""))
    if match is None or "0000" in match.groups():
        said = f"“{term.value}” in year: is no year; write year:2024 or year:>=2024."
        return Outcome(0, (said,))
    sign, year, low, high = match.groups()
    first, last = (int(low), int(high)) if low else (int(year), int(year))
    if sign in (">", ">="):
        first, last = first + (sign == ">"), date.max.year
    elif sign in ("<", "<="):
        first, last = date.min.year, last - (sign == "<")
    if first > last or first > date.max.year or last < date.min.year:
        return Outcome(0)
    return Outcome(
        _between(snapshot, date(first, 1, 1).toordinal(), date(last, 12, 31).toordinal())
    )


def _between(snapshot: Snapshot, first: int, last: int) -> int:
    days = snapshot.facts.days
    found = (days > 0) & (days >= max(first, 0)) & (days <= max(last, 0))
    return bits.from_flags(found) & snapshot.living


def _span(text: str) -> tuple[int, int] | None:
    """The first and last day of a day, month or year, as ordinals."""
    match = _DATE.fullmatch(text.strip())
    if match is None:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        first = date(year or 0, month or 1, day or 1)
        last_month = month or 12
        last_day = day or calendar.monthrange(first.year, last_month)[1]
        return first.toordinal(), date(first.year, last_month, last_day).toordinal()
    except ValueError:
        return None
