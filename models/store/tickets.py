"""Rows of tickets, and what is new about them, dated."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import Connection as Database
from sqlalchemy import select, update

from models import codec
from models.batches import IN_ONE_QUERY, batches
from models.domain.action import ActionItem, ActionState
from models.store import actions, tables
from models.store.library import UnitOfWork
from models.tracking import sprints, translating
from models.tracking.tickets import Ticket


def load(database: Database, action_ids: Iterable[str] | None = None) -> dict[str, Ticket]:
    """Tickets by their action items' ids, all of them or some."""
    columns = tables.tickets.c
    query = select(columns.action_id, columns.body)
    if action_ids is None:
        return {r.action_id: codec.loads(Ticket, r.body) for r in database.execute(query)}
    return {
        row.action_id: codec.loads(Ticket, row.body)
        for some in batches(list(action_ids), IN_ONE_QUERY)
        for row in database.execute(query.where(columns.action_id.in_(some)))
    }


def of_connection(database: Database, connection_id: str) -> tuple[Ticket, ...]:
    """The tickets of one connection."""
    columns = tables.tickets.c
    rows = database.execute(select(columns.body).where(columns.connection == connection_id))
    return tuple(codec.loads(Ticket, body) for body in rows.scalars())


def keys(database: Database, connection_id: str) -> tuple[str, ...]:
    """The keys of the tickets of one connection."""
    columns = tables.tickets.c
    rows = database.execute(select(columns.key).where(columns.connection == connection_id))
    return tuple(rows.scalars())


def holders(database: Database, ticket_id: str) -> tuple[Ticket, ...]:
    """The tickets with an id, which is a site's own: two sites may use the same."""
    columns = tables.tickets.c
    rows = database.execute(select(columns.body).where(columns.ticket_id == ticket_id))
    return tuple(codec.loads(Ticket, body) for body in rows.scalars())


def put(uow: UnitOfWork, ticket: Ticket, *, known: bool) -> None:
    """Stores a ticket; ``known`` says whether its action item has one already."""
    columns = tables.tickets.c
    seen = ticket.seen
    values = {
        "connection": ticket.connection,
        "ticket_id": ticket.ticket_id,
        "key": ticket.key,
        "category": ticket.category,
        "position": place(ticket).value,
        "carried_over": 0 if seen is None else len(sprints.carried_over(seen)),
        "visible": ticket.visible,
        "seen_at": ticket.seen_at,
        "body": codec.dumps(ticket),
    }
    if known:
        same = update(tables.tickets).where(columns.action_id == ticket.action_id)
        uow.connection.execute(same.values(values))
    else:
        uow.insert(tables.tickets, action_id=ticket.action_id, reopened_at=None, **values)


def place(ticket: Ticket) -> sprints.Position:
    """Where a ticket stands; one that nobody can see has no place to tell."""
    if ticket.seen is None or not ticket.visible:
        return sprints.Position.UNSEEN
    return sprints.position(ticket.seen)


def note_reopened(uow: UnitOfWork, action_id: str, at: datetime | None) -> None:
    """Notes when a ticket that was done no longer was; None where it is done again."""
    same = update(tables.tickets).where(tables.tickets.c.action_id == action_id)
    uow.connection.execute(same.values(reopened_at=at))


def with_wishes(ticket: Ticket, now: Ticket, was: Ticket) -> Ticket:
    """A ticket that was made from ``was``, with what somebody decided and wished since."""
    left = {conflict.field for conflict in now.conflicts}
    decided = {conflict.field for conflict in was.conflicts} - left
    return replace(
        ticket,
        sprint=now.sprint if now.sprint != was.sprint else ticket.sprint,
        sprint_agreed=now.sprint_agreed,
        answers=now.answers if now.answers != was.answers else ticket.answers,
        base=ticket.base | {field: now.base[field] for field in decided if field in now.base},
        conflicts=tuple(c for c in ticket.conflicts if c.field not in decided),
    )


def observe(uow: UnitOfWork, ticket: Ticket, before: Ticket | None) -> None:
    """Stores a ticket as it was just seen, and notes what is new about it."""
    if before == ticket:
        return
    put(uow, ticket, known=before is not None)
    was = {"sprint": "", "carried over": "0"} if before is None else _dated(before)
    facts = {field: value for field, value in _dated(ticket).items() if was.get(field) != value}
    uow.note_facts("action", ticket.action_id, facts)
    if before is None or replace(before, seen_at=None) != replace(ticket, seen_at=None):
        # The index knows the sprints of action items: what they did is written into it anew.
        kind = "action" if facts.keys() & {"carried over", "position", "sprint"} else "ticket"
        uow.log(kind, ticket.action_id, field="ticket")


def _dated(ticket: Ticket) -> dict[str, str]:
    """What is kept of a ticket's past."""
    sprint = None if ticket.seen is None else sprints.current_sprint(ticket.seen)
    slips = 0 if ticket.seen is None else len(sprints.carried_over(ticket.seen))
    return {
        "ticket": ticket.key,
        "ticket status": ticket.status if ticket.visible else "not visible",
        "position": place(ticket).value,
        "sprint": f"{sprint.name} ({sprint.id})" if sprint else "",
        "carried over": str(slips),
    }


def take(uow: UnitOfWork, item: ActionItem, fields: Mapping[str, str]) -> None:
    """Gives an action item what its ticket says."""
    values: dict[str, object] = {
        name: fields[name] for name in ("title", "priority", "owner") if name in fields
    }
    if "due" in fields:
        values["due"] = date.fromisoformat(fields["due"]) if fields["due"] else None
    state = ActionState(fields["state"]) if "state" in fields else item.state
    if state is not translating.state_there(item.state):
        values |= {"state": state, "done_at": None}
        if item.is_open and state is ActionState.WONT_DO:
            values["reason"] = item.reason or "Decided in Jira."
    stored = actions.put(uow, replace(item, **values))  # type: ignore[arg-type]
    if stored.is_open is not item.is_open:
        reopened = uow.now if stored.is_open else None
        note_reopened(uow, item.id, reopened)
        uow.note_facts("action", item.id, {"reopened": "in Jira" if reopened else ""})
