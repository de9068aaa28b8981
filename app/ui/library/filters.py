"""The facets of the Library as its column shows them; the counting is ``models.listing``'s."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.ui.wording import Wording
from models import listing
from models.domain.post_mortem import Status
from models.listing import Selection
from models.queries.catalogue import Row

TITLES = {
    "service": "Service",
    "severity": "Severity",
    "status": "Status",
    "trigger": "Trigger",
    "layer": "Layer",
    "tag": "Tag",
    "year": "Year",
}
_VOCABULARIES = {
    "severity": "severities",
    "status": "statuses",
    "trigger": "triggers",
    "layer": "layers",
}
_STATUSES = [status.value for status in Status]


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet: what it is called, how many it would show, whether it is chosen."""

    value: str
    text: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet with its values in the order they are shown."""

    key: str
    title: str
    values: tuple[FacetValue, ...]


def facets(rows: tuple[Row, ...], selection: Selection, wording: Wording) -> tuple[Facet, ...]:
    """The facets of the Library that have values."""
    return shown(
        {
            key: [(entry.value, entry.count) for entry in counts]
            for key, counts in listing.counts(rows, selection).items()
        },
        selection,
        wording,
    )


def shown(
    counts: dict[str, list[tuple[str, int]]], selection: Selection, wording: Wording
) -> tuple[Facet, ...]:
    """Facets from counted values; a chosen value stays even where nothing has it any more."""
    result = []
    for key, title in TITLES.items():
        counted = dict(counts.get(key, ()))
        chosen = selection.get(key, frozenset())
        counted |= {value: 0 for value in sorted(chosen) if value not in counted}
        values = _ordered(key, counted)
        if counted:
            result.append(
                Facet(
                    key,
                    title,
                    tuple(
                        FacetValue(v, name_of(key, v, wording), counted[v], v in chosen)
                        for v in values
                    ),
                )
            )
    return tuple(result)


def _ordered(key: str, values: Iterable[str]) -> list[str]:
    """Statuses, severities and years have an order of their own; others come as counted."""
    if key == "status":
        return sorted(values, key=lambda v: _STATUSES.index(v) if v in _STATUSES else 9)
    if key in ("severity", "year"):
        return sorted(values, reverse=key == "year")
    return list(values)


def name_of(key: str, value: str, wording: Wording) -> str:
    """What people read for a value of a facet."""
    return wording.name(_VOCABULARIES[key], value) if key in _VOCABULARIES else value


def toggled(selection: Selection, key: str, value: str, *, on: bool) -> dict[str, frozenset[str]]:
    """The selection with one value added or taken away."""
    chosen = selection.get(key, frozenset())
    changed = chosen | {value} if on else chosen - {value}
    rest = {k: v for k, v in selection.items() if k != key}
    return rest | {key: changed} if changed else rest
