"""What was read of terms before, within a bound of memory; the least recently used goes first."""

from collections import OrderedDict
from collections.abc import Hashable
from typing import TYPE_CHECKING, Generic, NamedTuple, Protocol, TypeVar

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from search.bits import Documents

OVERHEAD = 400
"""Bytes that an entry takes beside the content of its arrays, roughly."""


class Postings(NamedTuple):
    """The documents of a term, in rising order, and its weight in each."""

    documents: "Documents"
    weights: "NDArray[np.float32]"

    @property
    def nbytes(self) -> int:
        """How much memory they take."""
        return self.documents.nbytes + self.weights.nbytes


class Places(NamedTuple):
    """Where a term stands: a document and a position for each time, both rising."""

    documents: "Documents"
    positions: "NDArray[np.uint32]"

    @property
    def nbytes(self) -> int:
        """How much memory they take."""
        return self.documents.nbytes + self.positions.nbytes


class Sized(Protocol):
    """Something that knows how much memory it takes."""

    @property
    def nbytes(self) -> int:
        """How many bytes."""
        ...


Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value", bound=Sized)


class Cache(Generic[Key, Value]):
    """Values by key, in at most ``limit`` bytes."""

    def __init__(self, limit: int) -> None:
        self._entries: OrderedDict[Key, Value] = OrderedDict()
        self._limit = limit
        self._held = 0

    def get(self, key: Key) -> Value | None:
        """What was kept, if it still is."""
        found = self._entries.get(key)
        if found is not None:
            self._entries.move_to_end(key)
        return found

    def keep(self, key: Key, value: Value) -> Value:
        """Keeps a value, at the cost of others if need be, and gives it back."""
        replaced = self._entries.pop(key, None)
        self._held -= OVERHEAD + replaced.nbytes if replaced is not None else 0
        self._entries[key] = value
        self._held += OVERHEAD + value.nbytes
        while self._held > self._limit and len(self._entries) > 1:
            _, dropped = self._entries.popitem(last=False)
            self._held -= OVERHEAD + dropped.nbytes
        return value

    @property
    def held(self) -> int:
        """How many bytes are taken."""
        return self._held
