"""Three versions of one thing: what it was, and what two people made of it."""

from collections.abc import Callable, Hashable
from typing import Any, Generic, NamedTuple, TypeVar

T_co = TypeVar("T_co", covariant=True)
P = TypeVar("P")


class Versions(NamedTuple, Generic[T_co]):
    """The base that both started from, mine and theirs."""

    base: T_co
    mine: T_co
    theirs: T_co

    def each(self, part: Callable[[T_co], P]) -> "Versions[P]":
        """The same part of each."""
        return Versions(part(self.base), part(self.mine), part(self.theirs))

    @property
    def is_settled(self) -> bool:
        """Whether at most one of the two changed it, or both in the same way."""
        return self.mine in (self.base, self.theirs) or self.theirs == self.base

    @property
    def settled(self) -> T_co:
        """What is so where ``is_settled`` holds."""
        return self.theirs if self.mine == self.base else self.mine


def field_of(three: Versions[Any], name: str) -> Versions[Any]:
    """A field of three records; None of a record that is None."""
    return three.each(lambda record: getattr(record, name, None))


def entry_of(three: Versions[Any], key: Hashable) -> Versions[Any]:
    """An entry of three mappings; None where there is none."""
    return three.each(lambda mapping: mapping.get(key))
