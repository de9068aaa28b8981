"""Compares two documents, section by section.

Records are told by their ids (whys, events, actions, sections), else by what they are about (a
measure by its name). Two documents without a difference say the same; versions, the dates of links
and the names that this library gives are left out.
"""

import dataclasses
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Any

from models.differences.changes import (
    SECTIONS,
    Change,
    Kind,
    Place,
    in_reading_order,
    kind_of,
    moved,
)
from models.differences.labels import Labels, field_label
from models.differences.values import NEVER, name_of, words
from models.differences.whys import why_differences
from models.document import Document
from models.domain.incident import (
    Detection,
    Impact,
    Measure,
    ResponseRecord,
    RoleHolding,
    StepRecord,
    Times,
    Trigger,
)
from models.domain.post_mortem import Lessons
from models.domain.root import Relation
from models.domain.whys import WhyTree

_SECTION_OF = {
    "summary": "summary",
    "impact": "impact",
    "timeline": "timeline",
    "detection": "response",
    "resolution": "response",
    "roles": "response",
    "updates": "response",
    "response": "response",
    "contributing_factors": "whys",
    "lessons": "lessons",
    "sections": "sections",
    "review_due": "review",
    "review_meeting": "review",
    "reviews": "review",
    "comments": "review",
}
"""Fields that do not belong to the section of what they stand in."""

_PARTS = (Times, Trigger, Detection, Impact, Lessons)
"""Values with fields of their own that are compared one by one."""

_LEFT_OUT = {Relation: ("kind", "ref", "title", "since")}
"""What tells records apart, and what another post-mortem says of itself."""

_KEYS = {
    Measure: ("name",),
    RoleHolding: ("role",),
    ResponseRecord: ("framework",),
    StepRecord: ("step",),
    Relation: ("kind", "id"),
}
"""How records are told apart; others by their id, and those without one by all they say."""


@dataclasses.dataclass(frozen=True, slots=True)
class _Spot:
    """Where two values stand: their place and what it is called."""

    place: Place
    label: str = ""

    def field(self, name: str) -> "_Spot":
        """The spot of a field of what stands here."""
        path = f"{self.place.field}.{name}" if self.place.field else name
        section = _SECTION_OF.get(name, self.place.section) if not self.place.field else None
        place = Place(section or self.place.section, self.place.record, path)
        return _Spot(place, _joined_label(self.label, field_label(path)))

    def unlabelled(self) -> "_Spot":
        """The same spot for what says itself what it is."""
        return _Spot(self.place, self.label.rpartition(", ")[0])

    def record(self, key: str, label: str) -> "_Spot":
        """The spot of one record of the list that stands here."""
        above = self.unlabelled().label
        return _Spot(Place(self.place.section, key), _joined_label(above, label))


def differences(before: Document, after: Document) -> tuple[Change, ...]:
    """Every difference, section by section in the order of ``SECTIONS``."""
    if before == after:
        return ()
    found = list(_Comparison(Labels(before), Labels(after)).changes(before, after))
    found += why_differences(before, after)
    return tuple(sorted(found, key=lambda change: SECTIONS.index(change.place.section)))


class _Comparison:
    """Compares records field by field, so that a new field of the domain is never forgotten."""

    def __init__(self, before: Labels, after: Labels) -> None:
        self._before = before
        self._after = after

    def changes(self, before: Document, after: Document) -> Iterator[Change]:
        """What differs outside the why trees."""
        details = _Spot(Place("details"))
        yield from self._fields(before.post_mortem, after.post_mortem, details)
        for section in ("actions", "relations", "attachments"):
            spot = _Spot(Place(section))
            yield from self._records(getattr(before, section), getattr(after, section), spot)
        yield from self._addressed(before, after)

    def _fields(self, before: Any, after: Any, spot: _Spot) -> Iterator[Change]:
        left_out = _LEFT_OUT.get(type(after), ())
        for field in dataclasses.fields(after):
            if field.name not in NEVER and field.name not in left_out:
                old, new = getattr(before, field.name), getattr(after, field.name)
                yield from self._value(old, new, spot.field(field.name))

    def _value(self, before: Any, after: Any, spot: _Spot) -> Iterator[Change]:
        sample = next(iter((*before, *after)), None) if isinstance(after, tuple) else None
        if before == after or isinstance(sample, WhyTree):
            return
        if isinstance(after, _PARTS):
            yield from self._fields(before, after, spot.unlabelled())
        elif isinstance(after, dict):
            for key in in_reading_order(before, after):
                yield from self._value(before.get(key, ""), after.get(key, ""), _named(spot, key))
        elif sample is not None and dataclasses.is_dataclass(sample):
            yield from self._records(before, after, spot)
        else:
            yield self._change(spot, before, after)

    def _change(self, spot: _Spot, before: Any, after: Any) -> Change:
        old, new = words(before, self._before.names), words(after, self._after.names)
        if old == new:  # the difference is in what people do not read
            old, new = repr(before), repr(after)
        return Change(spot.place, spot.label, kind_of(old, new), old, new)

    def _records(
        self, before: tuple[Any, ...], after: tuple[Any, ...], spot: _Spot
    ) -> Iterator[Change]:
        old, new = _keyed(before), _keyed(after)
        if old is None or new is None:
            yield from self._sequence(before, after, spot)
            return
        strayed = moved(tuple(old), tuple(new))
        places = [{key: number for number, key in enumerate(some, 1)} for some in (old, new)]
        for key in in_reading_order(old, new):
            record, labels = (new[key], self._after) if key in new else (old[key], self._before)
            at = spot.record(key, labels.of(record))
            if key not in new:
                text = words(record, labels.names)
                yield Change(at.place, at.label or "Incident", Kind.REMOVED, text)
            elif key not in old:
                text = words(record, labels.names)
                yield Change(at.place, at.label or "Incident", Kind.ADDED, "", text)
            else:
                if key in strayed:
                    texts = (f"place {numbers[key]}" for numbers in places)
                    yield Change(at.place, at.label, Kind.MOVED, *texts)
                yield from self._fields(old[key], record, at)

    def _sequence(
        self, before: tuple[Any, ...], after: tuple[Any, ...], spot: _Spot
    ) -> Iterator[Change]:
        """Records that nothing but their words tells apart."""
        matcher = SequenceMatcher(None, before, after, autojunk=False)
        for tag, i, i_end, j, j_end in matcher.get_opcodes():
            if tag == "equal":
                continue
            old, new = list(before[i:i_end]), list(after[j:j_end])
            for place in range(max(len(old), len(new))):
                one, other = (some[place] if place < len(some) else None for some in (old, new))
                yield self._change(spot, one, other)

    def _addressed(self, before: Document, after: Document) -> Iterator[Change]:
        """Which roots each action addresses."""
        stayed = {action.id for action in before.actions} & {action.id for action in after.actions}
        for action in after.actions:
            roots = before.roots_of(action.id), after.roots_of(action.id)
            titles = (_titles(before, roots[0]), _titles(after, roots[1]))
            if action.id in stayed and set(roots[0]) != set(roots[1]) and titles[0] != titles[1]:
                label = f"{self._after.of(action)}, roots"
                place = Place("actions", action.id, "roots")
                old, new = (", ".join(some) for some in titles)
                yield Change(place, label, kind_of(old, new), old, new)


def _titles(document: Document, root_ids: tuple[str, ...]) -> list[str]:
    return sorted(f"“{root.title}”" for root in document.roots if root.id in root_ids)


def _named(spot: _Spot, key: str) -> _Spot:
    place = dataclasses.replace(spot.place, field=f"{spot.place.field}.{key}")
    return _Spot(place, _joined_label(spot.label.removesuffix(", record"), name_of(key)))


def _joined_label(first: str, second: str) -> str:
    return f"{first}, {second}" if first and second else (first or second[:1].upper() + second[1:])


def _keyed(records: tuple[Any, ...]) -> dict[str, Any] | None:
    """The records by what tells them apart, twins numbered; None where nothing does."""
    seen: Counter[str] = Counter()
    result: dict[str, Any] = {}
    for record in records:
        names = _KEYS.get(type(record), ("id",))
        if not hasattr(record, names[0]):
            return None
        key = " ".join(str(getattr(record, name)) for name in names)
        seen[key] += 1
        result[key if seen[key] == 1 else f"{key} #{seen[key]}"] = record
    return result
