"""Long lists in parts: queries and requests take so many names at once."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")

IN_ONE_QUERY = 500
"""Ids in one database query: below every database's limit of parameters."""


def batches(items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """The parts of a sequence, in its order, each but the last of one size."""
    return (items[start : start + size] for start in range(0, len(items), size))
