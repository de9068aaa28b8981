"""Rows of connections, of how far their sync has come, and of the outbox."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection as Database
from sqlalchemy import Row, delete, insert, select, update

from models import codec
from models.domain.action import ActionItem, ActionState
from models.store import tables
from models.store.library import UnitOfWork
from models.tracking import outbox
from models.tracking.connections import Connection
from models.tracking.outbox import Entry, OutboxState

# connections


def connections(database: Database, *, removed: bool = False) -> tuple[Connection, ...]:
    """The connections in the order they were made; with ``removed`` those that were, instead."""
    columns = tables.connections.c
    gone = columns.deleted_at.is_not(None) if removed else columns.deleted_at.is_(None)
    rows = database.execute(
        select(columns.body).where(gone).order_by(columns.created_at, columns.id)
    )
    return tuple(codec.loads(Connection, body) for body in rows.scalars())


def put_connection(uow: UnitOfWork, connection: Connection) -> None:
    """Stores a connection, new, changed or made again."""
    columns = tables.connections.c
    values = {
        "site": connection.site,
        "project": connection.project,
        "body": codec.dumps(connection),
        "deleted_at": None,
    }
    known = select(columns.id).where(columns.id == connection.id)
    if uow.connection.execute(known).first() is None:
        uow.insert(tables.connections, id=connection.id, created_at=uow.now, **values)
    else:
        same = update(tables.connections).where(columns.id == connection.id)
        uow.connection.execute(same.values(values))


def remove_connection(uow: UnitOfWork, connection_id: str) -> None:
    """Marks a connection as removed."""
    same = update(tables.connections).where(tables.connections.c.id == connection_id)
    uow.connection.execute(same.values(deleted_at=uow.now))


# cursors


def cursors(database: Database, connection_id: str) -> dict[str, str]:
    """How far the sync of a connection has come, by name."""
    columns = tables.cursors.c
    query = select(columns.name, columns.value).where(columns.connection == connection_id)
    return {row.name: row.value for row in database.execute(query)}


def put_cursors(uow: UnitOfWork, connection_id: str, values: dict[str, str]) -> None:
    """Notes how far the sync of a connection has come; other names stay."""
    columns = tables.cursors.c
    former = delete(tables.cursors).where(
        columns.connection == connection_id, columns.name.in_(values)
    )
    uow.connection.execute(former)
    rows = [{"connection": connection_id, "name": k, "value": v} for k, v in values.items()]
    if rows:
        uow.connection.execute(insert(tables.cursors), rows)


# the outbox

SENT = (ActionState.READY, ActionState.IN_PROGRESS)
"""The states in which an action item goes to a tracker."""


def entries(database: Database, states: Collection[OutboxState] = ()) -> tuple[Entry, ...]:
    """The outbox or what of it is in some states, what was queued first first."""
    columns, action = tables.outbox.c, tables.actions.c
    query = select(tables.outbox).join(tables.actions, action.id == columns.action_id)
    if states:
        query = query.where(columns.state.in_([state.value for state in states]))
    rows = database.execute(query.order_by(columns.queued_at, action.number))
    return tuple(map(_entry, rows))


def entry(database: Database, action_id: str) -> Entry | None:
    """An action item's entry in the outbox."""
    row = database.execute(
        select(tables.outbox).where(tables.outbox.c.action_id == action_id)
    ).first()
    return None if row is None else _entry(row)


def _entry(row: Row[Any]) -> Entry:
    return codec.loads(Entry, row.body) if row.body else Entry(row.action_id, row.queued_at)


def try_again(uow: UnitOfWork, connection_id: str) -> None:
    """Queues again what of a connection needs attention."""
    for entry in entries(uow.connection, outbox.NEEDS_ATTENTION):
        if entry.connection == connection_id:
            put_entry(uow, outbox.mended(entry))
            uow.log("ticket", entry.action_id, field="outbox")


def put_entry(uow: UnitOfWork, entry: Entry) -> None:
    """Stores an entry, new or changed."""
    columns = tables.outbox.c
    values = {
        "state": entry.state.value,
        "queued_at": entry.queued_at,
        "connection": entry.connection,
        "body": codec.dumps(entry),
    }
    known = select(columns.action_id).where(columns.action_id == entry.action_id)
    if uow.connection.execute(known).first() is None:
        uow.insert(tables.outbox, action_id=entry.action_id, **values)
    else:
        same = update(tables.outbox).where(columns.action_id == entry.action_id)
        uow.connection.execute(same.values(values))


def forget_entry(uow: UnitOfWork, action_id: str) -> None:
    """Takes an entry out of the outbox, unless something of it may be in the tracker."""
    known = entry(uow.connection, action_id)
    if known is not None and known.is_harmless:
        same = delete(tables.outbox).where(tables.outbox.c.action_id == action_id)
        uow.connection.execute(same)


def queue(uow: UnitOfWork, action_id: str) -> None:
    """Queues an action item that has neither an entry nor a ticket."""
    columns = tables.tickets.c
    linked = select(columns.action_id).where(columns.action_id == action_id)
    if entry(uow.connection, action_id) or uow.connection.execute(linked).first():
        return
    put_entry(uow, Entry(action_id, uow.now))
    uow.log("ticket", action_id, field="outbox")


def follow(uow: UnitOfWork, action: ActionItem, before: ActionItem | None) -> None:
    """Keeps the outbox in step with a changed action item.

    Only a user queues one, by marking it ready. It leaves again when it is taken back or ends,
    as long as nothing was sent; what a tracker refused is tried again once a user changed it.
    """
    changed = before is None or before.state is not action.state
    if changed and action.state is ActionState.READY and uow.source == "user":
        queue(uow, action.id)
    elif changed and action.state not in SENT:
        forget_entry(uow, action.id)
    elif uow.source == "user":
        known = entry(uow.connection, action.id)
        if known is not None and known.state is OutboxState.REJECTED:
            put_entry(uow, outbox.mended(known))
