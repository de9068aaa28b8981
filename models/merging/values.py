"""Merging any value of the domain: records by field, lists by what their items are."""

import dataclasses
from collections.abc import Callable, Hashable
from difflib import SequenceMatcher
from typing import Any

from models.domain.incident import Measure, ResponseRecord, StepRecord
from models.domain.moments import Moment
from models.domain.root import Relation
from models.domain.whys import WhyTree
from models.merging.conflicts import Findings, Spot
from models.merging.orders import merged_order
from models.merging.texts import merged_text
from models.merging.versions import Versions, entry_of, field_of

Trees = tuple[WhyTree, ...]
Keyed = dict[Hashable, Any]

_APPEND_ONLY = frozenset({"status_history", "state_history", "severity_history"})


class Merging:
    """One merge of two documents: it collects what clashes. ``trees`` merges the why trees.

    ``side_by_side`` is for the words of texts, as ``merged_words`` says.
    """

    def __init__(
        self,
        found: Findings,
        trees: Callable[[Versions[Trees]], Trees],
        *,
        side_by_side: bool = False,
    ) -> None:
        self.found = found
        self._trees = trees
        self._side_by_side = side_by_side

    def value(self, three: Versions[Any], spot: Spot) -> Any:
        """What both made of a value; where they differ, mine. A base of None is no base."""
        if three.is_settled:
            return three.settled
        kind = type(three.mine)
        if kind is type(three.theirs):
            if kind is str:
                return self._text(three, spot)
            if kind is tuple:
                return tuple(self._keyed(_keys(three), spot).values())
            if kind is dict:
                return self._keyed(three.each(lambda side: side or {}), spot)
            if dataclasses.is_dataclass(kind) and kind is not Moment:
                return self.record(three, spot)
        self.found.drop(spot, three)
        return three.mine

    def record(self, three: Versions[Any], spot: Spot, *, without: tuple[str, ...] = ()) -> Any:
        """My record with what they changed in it, field by field; some fields are left alone."""
        kind = type(three.mine)
        names = [field.name for field in dataclasses.fields(kind)]
        changed = {}
        for name in names:
            if name != "id" and name not in without:
                parts = field_of(three, name)
                changed[name] = self._field(parts, name, spot.field(kind, name))
        return dataclasses.replace(three.mine, **changed)

    def _field(self, three: Versions[Any], name: str, spot: Spot) -> Any:
        if name == "whys":
            return self._trees(three)
        if name in _APPEND_ONLY and not three.is_settled:
            return (*three.theirs, *(one for one in three.mine if one not in three.theirs))
        return self.value(three, spot)

    def _text(self, three: Versions[Any], spot: Spot) -> str:
        base, mine, theirs = three
        text, clashes = merged_text(base or "", mine, theirs, side_by_side=self._side_by_side)
        for clash in clashes:
            self.found.drop(spot, clash)
        return text

    def _keyed(self, three: Versions[Keyed], spot: Spot) -> Keyed:
        """Items by key. What one of them removed goes, unless the other changed it."""
        base, mine, theirs = three
        merged: Keyed = {}
        for key in mine | theirs:
            item = mine.get(key, theirs.get(key))
            here = spot.item(item, self.found.numbers)
            versions = entry_of(three, key)
            if key in mine and key in theirs:
                merged[key] = self.value(versions, here)
            elif key not in base:
                merged[key] = item
            elif item != base[key]:
                merged[key] = item
                self.found.keep(here, versions)
        order = merged_order(three.each(lambda side: [*side]), merged.keys())
        return {key: merged[key] for key in order}


def _identity(item: Any) -> Hashable:
    """What makes an item the same in two versions of a list; None where only its place does."""
    if isinstance(item, Relation):
        return item.kind, item.id
    names = {StepRecord: "step", ResponseRecord: "framework", Measure: "name"}
    identity: Hashable = getattr(item, names.get(type(item), "id"), None)
    return item if isinstance(item, str) else identity


def _keys(lists: Versions[Any]) -> Versions[Keyed]:
    """Each list as a mapping, in which the same items of the three have the same keys."""
    base = lists.base or ()
    some = next(items[0] for items in lists if items)
    if _identity(some) is None:
        return lists.each(lambda items: _aligned(base, items or ()))
    return lists.each(lambda items: _numbered([(_identity(item), item) for item in items or ()]))


def _numbered(pairs: list[tuple[Hashable, Any]]) -> Keyed:
    """Keys with a count, so that equal ones stay apart."""
    counts: dict[Hashable, int] = {}
    keyed: Keyed = {}
    for key, item in pairs:
        counts[key] = counts.get(key, 0) + 1
        keyed[key, counts[key]] = item
    return keyed


def _aligned(base: tuple[Any, ...], side: tuple[Any, ...]) -> Keyed:
    """Items by the place in the base of what they were; new ones by what they are."""
    pairs: list[tuple[Hashable, Any]] = []
    for _, i1, i2, j1, j2 in SequenceMatcher(None, base, side, autojunk=False).get_opcodes():
        for place, item in enumerate(side[j1:j2], i1):
            pairs.append((place if place < i2 else ("new", item), item))
    return _numbered(pairs)
