"""Narrowing the catalogue down: facets, their counts and orders, as pure functions."""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from models.queries.catalogue import Row, listed_at, newest_first

Selection = Mapping[str, frozenset[str]]
"""Facet -> chosen values. Values of one facet widen, facets narrow."""


def _year(row: Row) -> tuple[str, ...]:
    return (str(row.occurred.at.year),) if row.occurred and row.occurred.at else ()


FACETS: dict[str, Callable[[Row], tuple[str, ...]]] = {
    "service": lambda row: row.services,
    "severity": lambda row: (row.severity,) if row.severity else (),
    "status": lambda row: (row.status.value,),
    "trigger": lambda row: row.triggers,
    "layer": lambda row: row.layers,
    "tag": lambda row: row.tags,
    "year": _year,
}


@dataclass(frozen=True, slots=True)
class FacetCount:
    """A value of a facet and how many rows choosing it would show."""

    value: str
    count: int


def narrowed(rows: Iterable[Row], selection: Selection, *, but: str = "") -> tuple[Row, ...]:
    """The rows that fit a selection; ``but`` names a facet to leave out of account."""
    wanted = [(FACETS[f], values) for f, values in selection.items() if values and f != but]
    if not wanted:
        return tuple(rows)
    return tuple(
        row for row in rows if all(not values.isdisjoint(of(row)) for of, values in wanted)
    )


def counts(rows: tuple[Row, ...], selection: Selection) -> dict[str, tuple[FacetCount, ...]]:
    """For each facet its values with counts that follow the other facets' choices.

    A value that would show nothing stays, with 0. Most frequent values come first, except
    severities and years, which have an order of their own.
    """
    result = {}
    for facet, of in FACETS.items():
        every = Counter(value for row in rows for value in of(row))
        fitting = narrowed(rows, selection, but=facet)
        shown = every if fitting is rows else Counter(v for row in fitting for v in of(row))
        ordered = sorted(every, key=lambda value: (-every[value], value))
        if facet in ("severity", "year"):
            ordered = sorted(every, reverse=facet == "year")
        result[facet] = tuple(FacetCount(value, shown[value]) for value in ordered)
    return result


def oldest_first(row: Row) -> tuple[float, str]:
    """By the same instants as ``newest_first``; what has no date comes last, too."""
    at = listed_at(row)
    return (math.inf if at is None else at.timestamp()), row.ref


ORDERS: dict[str, Callable[[Row], tuple[float, str] | tuple[str, str] | tuple[int, str]]] = {
    "newest": newest_first,
    "oldest": oldest_first,
    "edited": lambda row: (-row.updated_at.timestamp(), row.ref),
    "severity": lambda row: (row.severity or "~", row.ref),
    "open actions": lambda row: (-row.health.open, row.ref),
}
"""Name -> sort key of each order that a list offers."""
