"""The postings that were read before, by segment and term."""

from collections import OrderedDict
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from array import array

CACHE_BYTES = 48 * 2**20
"""How much memory the postings that were read before may take."""


class Postings(NamedTuple):
    """The documents of a term, in rising order, and its weight in each."""

    documents: "array[int]"
    weights: "array[float]"


_Place = tuple[str, int, str, bytes]


class PostingCache:
    """Postings by segment and term; the least recently used go first."""

    def __init__(self, limit: int = CACHE_BYTES) -> None:
        self._entries: OrderedDict[_Place, Postings] = OrderedDict()
        self._limit = limit
        self._held = 0

    def get(self, place: _Place) -> Postings | None:
        """What was kept, if it still is."""
        found = self._entries.get(place)
        if found is not None:
            self._entries.move_to_end(place)
        return found

    def keep(self, place: _Place, postings: Postings) -> None:
        """Keeps postings, at the cost of others if need be."""
        self._entries[place] = postings
        self._held += _cost(postings)
        while self._held > self._limit and len(self._entries) > 1:
            _, dropped = self._entries.popitem(last=False)
            self._held -= _cost(dropped)


def _cost(postings: Postings) -> int:
    return 200 + 8 * len(postings.documents)
