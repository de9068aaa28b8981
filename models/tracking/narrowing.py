"""Narrowing the board down to some owners, some priorities, or what is past due."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from models.tracking.board import BoardRow, accountable


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What is to be shown; an empty set leaves all. Values of one kind widen, kinds narrow.

    ``refs`` are action items that somebody asked for by themselves.
    """

    owners: frozenset[str] = frozenset()
    priorities: frozenset[str] = frozenset()
    past_due: bool = False
    refs: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.owners or self.priorities or self.past_due or self.refs)

    def fits(self, row: BoardRow) -> bool:
        """Whether a row is shown; what is done cannot be past due."""
        return (
            (not self.owners or not self.owners.isdisjoint(owners(row)))
            and (not self.priorities or row.action.priority in self.priorities)
            and (not self.past_due or (row.row.overdue and row.is_open))
            and (not self.refs or row.action.ref in self.refs)
        )


def owners(row: BoardRow) -> tuple[str, ...]:
    """Who an action item is found by: its team and its assignee; "" where it has neither."""
    return tuple(filter(None, (row.action.team, row.action.owner))) or (accountable(row.action),)


def owner_counts(rows: Iterable[BoardRow]) -> tuple[tuple[str, int], ...]:
    """Everybody who has open action items, with how many, by name; nobody ("") last."""
    found = Counter(name for row in rows if row.is_open for name in owners(row))
    return tuple(sorted(found.items(), key=lambda pair: (not pair[0], pair[0].casefold())))


def priority_counts(rows: Iterable[BoardRow]) -> tuple[tuple[str, int], ...]:
    """The priorities of open action items with how many have each; none ("") last."""
    found = Counter(row.action.priority for row in rows if row.is_open)
    return tuple(sorted(found.items(), key=lambda pair: (not pair[0], pair[0])))
