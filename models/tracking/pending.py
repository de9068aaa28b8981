"""What the board offers beside its rows: what goes out next, what is left to round off."""

from collections.abc import Iterable
from dataclasses import dataclass

from models.domain.action import ActionItem, ActionState
from models.queries.actions import Home
from models.tracking.board import BoardRow
from models.tracking.fields import exchange
from models.tracking.outbox import HAS_TICKET, NEEDS_ATTENTION
from models.tracking.tickets import Ticket
from models.tracking.translating import our_fields

ENDED = (ActionState.VERIFIED, ActionState.WONT_DO, ActionState.SUPERSEDED)
"""States that stand in no post-mortem's way to be closed."""


@dataclass(frozen=True, slots=True)
class Pending:
    """What the next sync sends of one action item: its ticket, or the fields that changed."""

    row: BoardRow
    fields: tuple[str, ...] = ()

    @property
    def creates(self) -> bool:
        """Whether its ticket is made."""
        return not self.fields


def pending(rows: Iterable[BoardRow]) -> tuple[Pending, ...]:
    """What waits for the next sync, in the order it is sent: new tickets as they were queued,
    then the changes of those that are there."""
    rows = tuple(rows)
    fresh = [row for row in rows if row.entry is not None and _is_to_be_made(row)]
    fresh.sort(key=lambda row: (row.entry.queued_at, row.action.ref) if row.entry else ())
    changed = [Pending(row, names) for row in rows if (names := changed_fields(row))]
    return (*map(Pending, fresh), *changed)


def _is_to_be_made(row: BoardRow) -> bool:
    state = row.entry.state if row.entry is not None else None
    return state is not None and state not in (*HAS_TICKET, *NEEDS_ATTENTION)


def ours_of(action: ActionItem, ticket: Ticket) -> dict[str, str]:
    """What an action item says. One without a priority says nothing about it, and where nobody
    here named a sprint it is the agreed one."""
    wished = ticket.base.get("sprint", "") if ticket.sprint is None else ticket.sprint
    ours = our_fields(action, wished)
    return ours | {"priority": ours["priority"] or ticket.base.get("priority", "")}


def changed_fields(row: BoardRow) -> tuple[str, ...]:
    """The fields of a ticket that were changed here since both sides agreed."""
    ticket = row.ticket
    if ticket is None or not ticket.visible or not ticket.base:
        return ()
    settled = {conflict.field for conflict in ticket.conflicts}
    found = exchange(ticket.base, ours_of(row.action, ticket), ticket.base)
    return tuple(field for field in found.out if field not in settled)


def wished_sprint(row: BoardRow) -> str | None:
    """The id of the sprint it goes to with the next sync, "" for the backlog; None for none."""
    if row.ticket is None:
        return (row.entry.sprint or None) if row.entry is not None else None
    now = str(row.sprint.id) if row.sprint is not None else ""
    return None if row.ticket.sprint == now else row.ticket.sprint


def unverified(rows: Iterable[BoardRow]) -> tuple[BoardRow, ...]:
    """What is done and nobody has shown to work, apart from what is history."""
    return tuple(
        row
        for row in rows
        if row.action.state is ActionState.DONE and not all(h.historical for h in row.row.homes)
    )


def rounded_off(rows: Iterable[BoardRow]) -> tuple[Home, ...]:
    """The post-mortems all of whose own actions have ended: as far as those go, it can be closed.

    An action belongs to the post-mortem that had it first.
    """
    own: dict[str, list[BoardRow]] = {}
    for row in rows:
        own.setdefault(row.row.homes[0].id, []).append(row)
    return tuple(
        found[0].row.homes[0]
        for found in own.values()
        if all(row.action.state in ENDED for row in found) and not found[0].row.homes[0].historical
    )
