"""How much of what goes to a tracker waits, and how much needs somebody: asked at every change."""

from dataclasses import dataclass

from sqlalchemy import func, or_, select, union

from models.store import tables
from models.store.library import Library
from models.tracking.outbox import NEEDS_ATTENTION, OutboxState

_DIFFERS, _TAKEN = '%"conflicts":[{%', '%"refused":""%'
"""What the canonical JSON of a ticket holds where it has conflicts, and where it took all."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Action items that the next sync sends, and those that somebody has to look at."""

    queued: int = 0
    attention: int = 0


def waiting(library: Library) -> Waiting:
    """Counts without reading a ticket; nothing waits where nothing is connected."""
    entry, ticket, action = tables.outbox.c, tables.tickets.c, tables.actions.c
    stuck = [state.value for state in NEEDS_ATTENTION]
    quiet = [OutboxState.SYNCED.value, *stuck]
    there = select(action.id).where(action.deleted_at.is_(None))
    connected = select(func.count()).where(tables.connections.c.deleted_at.is_(None))
    queued = select(func.count()).where(entry.state.not_in(quiet), entry.action_id.in_(there))
    needing = union(
        select(entry.action_id).where(entry.state.in_(stuck), entry.action_id.in_(there)),
        select(ticket.action_id).where(
            or_(ticket.body.like(_DIFFERS), ticket.body.not_like(_TAKEN)),
            ticket.action_id.in_(there),
        ),
    ).subquery()
    with library.read() as database:
        if not database.execute(connected).scalar_one():
            return Waiting()
        number = database.execute(select(func.count()).select_from(needing)).scalar_one()
        return Waiting(database.execute(queued).scalar_one(), number)
