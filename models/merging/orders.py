"""One order from two that were made from the same."""

from bisect import bisect_left
from collections.abc import Collection, Hashable, Sequence
from typing import TypeVar

from models.merging.versions import Versions

K = TypeVar("K", bound=Hashable)


def merged_order(three: Versions[list[K] | None], members: Collection[K]) -> list[K]:
    """The members in my order, with what they moved or added put where they have it.

    What both moved stands where I put it; what both added at one place stands mine first.
    """
    base, mine, theirs = three.each(lambda keys: keys or [])
    common: set[K] = {*base} & {*mine} & {*theirs} & {*members}
    moved = _moved(base, theirs, common)
    moved -= _moved(base, mine, common)
    order = [key for key in mine if key in members and key not in moved]
    placed, known = {*order}, {*theirs}
    for index, key in enumerate(theirs):
        if key in placed or key not in members:
            continue
        before = next((k for k in reversed(theirs[:index]) if k in placed), None)
        at = 0 if before is None else order.index(before) + 1
        while key not in moved and at < len(order) and order[at] not in known:
            at += 1
        order.insert(at, key)
        placed.add(key)
    return order


def _moved(base: Sequence[K], side: Sequence[K], common: Collection[K]) -> set[K]:
    """As few as possible of the common keys whose moving made one order of the other."""
    places: dict[K, int] = {key: i for i, key in enumerate(base) if key in common}
    keys = [key for key in side if key in places]
    ends: list[int] = []
    lengths = []
    for key in keys:
        at = bisect_left(ends, places[key])
        ends[at : at + 1] = [places[key]]
        lengths.append(at)
    stayed: set[K] = set()
    wanted = len(ends) - 1
    for key, length in zip(reversed(keys), reversed(lengths), strict=True):
        if length == wanted:
            stayed.add(key)
            wanted -= 1
    return {*common} - stayed
