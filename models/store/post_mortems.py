"""Rows of post-mortems: the aggregate, stored whole, and the columns and labels beside it."""

import dataclasses
import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, func, insert, select, update

from models import codec
from models.domain import post_mortem as pm
from models.domain.incident import Incident, SeverityChange
from models.domain.moments import Precision
from models.domain.post_mortem import PostMortem, StatusChange
from models.errors import NotFoundError
from models.store import tables
from models.store.library import UnitOfWork

_REF = re.compile(r"PM-(\d{4})-(\d{1,9})", re.IGNORECASE)

COALESCE = timedelta(minutes=10)
"""Autosaves of one author within this time make one revision."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A post-mortem as it lies in the store."""

    post_mortem: PostMortem
    ref: str
    version: int
    created_at: datetime
    updated_at: datetime
    deleted_at: datetime | None


def load(connection: Connection, post_mortem_id: str) -> Stored:
    """The stored aggregate; raises ``NotFoundError`` where there is none."""
    row = connection.execute(
        select(tables.post_mortems).where(tables.post_mortems.c.id == post_mortem_id)
    ).first()
    if row is None:
        raise NotFoundError(f"No post-mortem has the id {post_mortem_id}.")
    return Stored(
        post_mortem=codec.loads(PostMortem, row.body),
        ref=row.ref,
        version=row.version,
        created_at=row.created_at,
        updated_at=row.updated_at,
        deleted_at=row.deleted_at,
    )


def is_ref(text: str) -> bool:
    """Whether a text has the form of a reference ("PM-2026-014")."""
    return _REF.fullmatch(text.strip()) is not None


def _number(connection: Connection, wanted: str, year: int) -> tuple[int, int]:
    """The year and number of the wanted ref if it is free, else the year's next."""
    columns = tables.post_mortems.c
    match = _REF.fullmatch(wanted.strip())
    if match:
        wish = int(match[1]), int(match[2])
        taken = select(columns.id).where(columns.year == wish[0], columns.number == wish[1])
        if connection.execute(taken).first() is None:
            return wish
        year = wish[0]
    highest = select(func.max(columns.number)).where(columns.year == year)
    return year, (connection.execute(highest).scalar() or 0) + 1


def add(uow: UnitOfWork, post_mortem: PostMortem, *, wanted_ref: str, origin: str) -> str:
    """Stores a new post-mortem and returns its ref: the wanted one, or its year's next."""
    occurred = pm.occurred_at(post_mortem)
    year = (occurred.at if occurred and occurred.at else uow.now).year
    year, number = _number(uow.connection, wanted_ref, year)
    ref = f"PM-{year}-{number:03d}"
    uow.connection.execute(
        insert(tables.post_mortems).values(
            id=post_mortem.id,
            ref=ref,
            year=year,
            number=number,
            version=1,
            origin=origin,
            created_at=uow.now,
            updated_at=uow.now,
            **_columns(post_mortem),
        )
    )
    _write_labels(uow.connection, post_mortem, ref)
    return ref


def rewrite(uow: UnitOfWork, post_mortem: PostMortem, stored: Stored) -> int:
    """Stores a changed post-mortem and returns its new version."""
    version = stored.version + 1
    uow.connection.execute(
        update(tables.post_mortems)
        .where(tables.post_mortems.c.id == post_mortem.id)
        .values(version=version, updated_at=uow.now, **_columns(post_mortem))
    )
    _write_labels(uow.connection, post_mortem, stored.ref)
    return version


def _columns(post_mortem: PostMortem) -> dict[str, object]:
    occurred = pm.occurred_at(post_mortem)
    return {
        "title": post_mortem.title,
        "status": post_mortem.status.value,
        "historical": post_mortem.historical,
        "severity": pm.severity(post_mortem),
        "occurred_at": occurred.at if occurred else None,
        "occurred_precision": (occurred.precision if occurred else Precision.UNKNOWN).value,
        "body": codec.dumps(post_mortem),
    }


def _write_labels(connection: Connection, post_mortem: PostMortem, ref: str) -> None:
    labels = {
        "service": pm.services(post_mortem),
        "layer": pm.layers(post_mortem),
        "trigger": pm.triggers(post_mortem),
        "tag": post_mortem.tags,
        "author": post_mortem.authors,
    }
    names = {ref.casefold(), *(alias.strip().casefold() for alias in post_mortem.aliases)} - {""}
    for table in (tables.labels, tables.names):
        connection.execute(delete(table).where(table.c.post_mortem_id == post_mortem.id))
    rows = [
        {"post_mortem_id": post_mortem.id, "kind": kind, "value": value}
        for kind, values in labels.items()
        for value in dict.fromkeys(values)
        if value
    ]
    if rows:
        connection.execute(insert(tables.labels), rows)
    connection.execute(
        insert(tables.names),
        [{"name": name, "post_mortem_id": post_mortem.id} for name in sorted(names)],
    )


def add_revision(
    uow: UnitOfWork, post_mortem: PostMortem, version: int, *, kind: str, coalesce: bool = False
) -> int:
    """Keeps this state for the history and returns its number.

    With ``coalesce`` it replaces the last revision where that is an autosave of the same author
    less than ``COALESCE`` ago.
    """
    columns = tables.revisions.c
    last = uow.connection.execute(
        select(columns.seq, columns.number, columns.kind, columns.at, columns.actor)
        .where(columns.post_mortem_id == post_mortem.id)
        .order_by(columns.number.desc())
        .limit(1)
    ).first()
    body = codec.dumps(post_mortem)
    if (
        coalesce
        and last is not None
        and (last.kind, last.actor) == (kind, str(uow.actor))
        and uow.now - last.at < COALESCE
    ):
        uow.connection.execute(
            update(tables.revisions)
            .where(columns.seq == last.seq)
            .values(body=body, version=version)
        )
        return int(last.number)
    number = 1 if last is None else last.number + 1
    uow.connection.execute(
        insert(tables.revisions).values(
            post_mortem_id=post_mortem.id,
            number=number,
            version=version,
            kind=kind,
            body=body,
            at=uow.now,
            actor=str(uow.actor),
        )
    )
    return int(number)


def with_histories(mortem: PostMortem, before: PostMortem, uow: UnitOfWork) -> PostMortem:
    """The aggregate with a dated entry for each change of status and severity."""
    history = mortem.status_history
    if mortem.status is not before.status and history == before.status_history:
        change = StatusChange(mortem.status, uow.now, str(uow.actor))
        mortem = dataclasses.replace(mortem, status_history=(*history, change))
    known = {incident.id: incident for incident in before.incidents}
    incidents = tuple(_with_severity(i, known.get(i.id), uow.now) for i in mortem.incidents)
    return dataclasses.replace(mortem, incidents=incidents)


def _with_severity(incident: Incident, before: Incident | None, now: datetime) -> Incident:
    if before is None or incident.severity == before.severity or not incident.severity:
        return incident
    if incident.severity_history != before.severity_history:
        return incident
    history = (*incident.severity_history, SeverityChange(incident.severity, now))
    return dataclasses.replace(incident, severity_history=history)


def with_first_entries(mortem: PostMortem, uow: UnitOfWork) -> PostMortem:
    """A new aggregate with the first entry of its histories, where it brings none."""
    if not mortem.status_history:
        first = StatusChange(mortem.status, uow.now, str(uow.actor))
        mortem = dataclasses.replace(mortem, status_history=(first,))
    incidents = tuple(
        dataclasses.replace(i, severity_history=(SeverityChange(i.severity, uow.now),))
        if i.severity and not i.severity_history
        else i
        for i in mortem.incidents
    )
    return dataclasses.replace(mortem, incidents=incidents)
