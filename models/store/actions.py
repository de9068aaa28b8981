"""Rows of action items, and the dated facts of what they were."""

import dataclasses
import re
from collections.abc import Iterable

from sqlalchemy import Connection, func, select, update

from models import codec
from models.domain.action import DONE_STATES, ActionItem, ActionState
from models.errors import NotFoundError
from models.store import tables, tracking
from models.store.library import UnitOfWork

_REF = re.compile(r"A-(\d{1,9})", re.IGNORECASE | re.ASCII)
_LAST_WISH = 99_999
_OUTCOME = ("verification", "reason", "accepted_by", "superseded_by")
"""What says how an action ended; one that is open again has none of it."""
DATED = ("state", "priority", "team", "owner", "due", *_OUTCOME)
"""The fields whose changes are kept, dated; what was never set was empty."""


def load(
    connection: Connection, action_ids: Iterable[str], *, deleted: bool = False
) -> dict[str, ActionItem]:
    """Action items by id; with ``deleted`` also those that were, as they were last."""
    columns = tables.actions.c
    query = select(columns.id, columns.ref, columns.body).where(columns.id.in_(list(action_ids)))
    if not deleted:
        query = query.where(columns.deleted_at.is_(None))
    return {row.id: _item(row.ref, row.body) for row in connection.execute(query)}


def _item(ref: str, body: str) -> ActionItem:
    return dataclasses.replace(codec.loads(ActionItem, body), ref=ref)


def find(connection: Connection, name: str) -> ActionItem:
    """The action item with this ref ("A-31") or id; raises ``NotFoundError``."""
    columns = tables.actions.c
    match = _REF.fullmatch(name.strip())
    row = connection.execute(
        select(columns.ref, columns.body).where(
            columns.number == int(match[1]) if match else columns.id == name.strip(),
            columns.deleted_at.is_(None),
        )
    ).first()
    if row is None:
        raise NotFoundError(
            f"There is no action item {name!r} in this library.",
            advice="List them with: afterwhy action list",
        )
    return _item(row.ref, row.body)


def put(uow: UnitOfWork, action: ActionItem) -> ActionItem:
    """Stores an action item, new or changed, and returns it with its ref and its dates.

    A change of state dates ``ready_at`` and ``done_at``; a user who marks it ready queues it for
    a tracker. What an import or the samples bring keeps its own dates and is never queued.
    """
    columns = tables.actions.c
    row = uow.connection.execute(select(tables.actions).where(columns.id == action.id)).first()
    before = None if row is None else _item(row.ref, row.body)
    if before is not None:
        action = dataclasses.replace(action, ref=before.ref)
    if row is not None and row.deleted_at is not None:
        before = None
    if action == before:
        return action
    action = _dated(action, before, uow)
    values: dict[str, object] = {
        "title": action.title,
        "state": action.state.value,
        "priority": action.priority,
        "team": action.team,
        "owner": action.owner,
        "due": action.due,
        "ready_at": action.ready_at,
        "updated_at": uow.now,
        "deleted_at": None,
    }
    if row is None:
        number = _number(uow.connection, action.ref)
        action = dataclasses.replace(action, ref=f"A-{number:02d}")
        values |= {"id": action.id, "number": number, "ref": action.ref, "version": 1}
        values |= {"origin": uow.source, "created_at": uow.now, "body": codec.dumps(action)}
        uow.insert(tables.actions, **values)
    else:
        values |= {"version": row.version + 1, "body": codec.dumps(action)}
        uow.connection.execute(update(tables.actions).where(columns.id == action.id).values(values))
    _note(uow, action, before)
    tracking.follow(uow, action, before)
    return action


def _number(connection: Connection, wanted: str) -> int:
    columns = tables.actions.c
    match = _REF.fullmatch(wanted.strip())
    if match and 0 < int(match[1]) <= _LAST_WISH:
        taken = select(columns.id).where(columns.number == int(match[1]))
        if connection.execute(taken).first() is None:
            return int(match[1])
    return (connection.execute(select(func.max(columns.number))).scalar() or 0) + 1


def _dated(action: ActionItem, before: ActionItem | None, uow: UnitOfWork) -> ActionItem:
    if before is not None and before.state is action.state:
        return action
    if uow.source in ("import", "sample"):
        return action
    ready_at, done_at, verification = action.ready_at, action.done_at, action.verification
    if action.state in (ActionState.READY, ActionState.IN_PROGRESS):
        ready_at = ready_at or uow.now
    elif action.state is ActionState.PROPOSED:
        ready_at = None
    done_at = (done_at or uow.now) if action.state in DONE_STATES else None
    if action.state is ActionState.VERIFIED and verification and verification.at is None:
        verification = dataclasses.replace(verification, at=uow.now)
    action = dataclasses.replace(
        action, ready_at=ready_at, done_at=done_at, verification=verification
    )
    return _reopened(action, before) if before is not None and action.is_open else action


def _reopened(action: ActionItem, before: ActionItem) -> ActionItem:
    """Without what is left of how it ended; the facts keep that."""
    blank = ActionItem(action.id, action.title)
    left = [name for name in _OUTCOME if getattr(action, name) == getattr(before, name)]
    return dataclasses.replace(action, **{name: getattr(blank, name) for name in left})


def _note(uow: UnitOfWork, action: ActionItem, before: ActionItem | None) -> None:
    uow.log("action", action.id)
    was = dict.fromkeys(DATED, "") if before is None else _facts(before)
    facts = _facts(action)
    uow.note_facts("action", action.id, {f: facts[f] for f in DATED if facts[f] != was[f]})


def _facts(action: ActionItem) -> dict[str, str]:
    facts = {field: codec.encode(getattr(action, field)) or "" for field in DATED}
    proof = action.verification
    if proof is not None:
        facts["verification"] = f"{proof.evidence} ({proof.role})" if proof.role else proof.evidence
    return facts


def remove(uow: UnitOfWork, action_id: str) -> None:
    """Deletes an action item and ends its links; its row stays as a tombstone."""
    columns = tables.links.c
    uow.connection.execute(
        update(tables.links)
        .where(columns.to_id == action_id, columns.until.is_(None))
        .values(until=uow.now)
    )
    uow.connection.execute(
        update(tables.actions)
        .where(tables.actions.c.id == action_id)
        .values(deleted_at=uow.now, updated_at=uow.now)
    )
    tracking.forget_entry(uow, action_id)
    uow.log("action", action_id, field="deleted")
