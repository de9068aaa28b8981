"""Rows of post-mortems: the aggregate, stored whole, and the columns and labels beside it."""

import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select, update

from models import codec
from models.domain import post_mortem as pm
from models.domain.moments import Moment, Precision
from models.domain.post_mortem import PostMortem
from models.errors import InvalidInputError, NotFoundError
from models.store import tables
from models.store.library import UnitOfWork

_REF = re.compile(r"PM-(\d{4})-(\d{1,9})", re.IGNORECASE | re.ASCII)
_LAST_WISH = 99_999
"""A ref with a larger number is not taken over: the year would go on from there."""


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


def canonical_ref(text: str) -> str:
    """A reference as it is stored ("pm-2026-14" is "PM-2026-014"); other text as it is."""
    match = _REF.fullmatch(text.strip())
    return _ref(int(match[1]), int(match[2])) if match else text


def _ref(year: int, number: int) -> str:
    return f"PM-{year:04d}-{number:03d}"


def _number(uow: UnitOfWork, wanted: str, occurred: Moment | None) -> tuple[int, int]:
    """The year and number of the wanted ref if it is free, else the next of the incident's year.

    Where it is not known when the incident was, the wanted year counts, else the present one.
    """
    columns = tables.post_mortems.c
    match = _REF.fullmatch(wanted.strip())
    if match and int(match[2]) <= _LAST_WISH:
        wish = int(match[1]), int(match[2])
        taken = select(columns.id).where(columns.year == wish[0], columns.number == wish[1])
        if uow.connection.execute(taken).first() is None:
            return wish
    year = int(match[1]) if match else uow.now.year
    if occurred is not None and occurred.at is not None:
        year = occurred.at.year
    highest = select(func.max(columns.number)).where(columns.year == year)
    return year, (uow.connection.execute(highest).scalar() or 0) + 1


def add(uow: UnitOfWork, post_mortem: PostMortem, *, wanted_ref: str) -> str:
    """Stores a new post-mortem and returns its ref: the wanted one, or the next of its year.

    Raises ``InvalidInputError`` where one with its id is here, be it in the trash.
    """
    columns = tables.post_mortems.c
    known = uow.connection.execute(
        select(columns.ref, columns.deleted_at).where(columns.id == post_mortem.id)
    ).first()
    if known is not None:
        place = "in this library" if known.deleted_at is None else "in the trash"
        raise InvalidInputError(
            f"{post_mortem.title!r} is {place} already, as {known.ref}.",
            kept="It was left as it is.",
        )
    year, number = _number(uow, wanted_ref, pm.occurred_at(post_mortem))
    ref = _ref(year, number)
    uow.insert(
        tables.post_mortems,
        id=post_mortem.id,
        ref=ref,
        year=year,
        number=number,
        version=1,
        origin=uow.source,
        created_at=uow.now,
        updated_at=uow.now,
        **_columns(post_mortem),
    )
    _write_labels(uow.connection, post_mortem, ref)
    uow.log("post_mortem", post_mortem.id)
    return ref


def rewrite(uow: UnitOfWork, post_mortem: PostMortem, stored: Stored) -> None:
    """Stores a changed post-mortem."""
    uow.connection.execute(
        update(tables.post_mortems)
        .where(tables.post_mortems.c.id == post_mortem.id)
        .values(_columns(post_mortem))
    )
    _write_labels(uow.connection, post_mortem, stored.ref)
    uow.log("post_mortem", post_mortem.id, base_version=stored.version)


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
