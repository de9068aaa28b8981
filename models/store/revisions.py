"""Versions and revisions: each write that a reader can see moves a post-mortem's version on.

A revision is the whole document, with what is linked to it, so that an older text can be merged
with what others did since, and what was removed can come back.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, or_, select, update

from models import codec
from models.document import Document
from models.store import documents, tables
from models.store.library import Actor, Library, UnitOfWork
from models.store.links import LinkKind

COALESCE = timedelta(minutes=2)
"""Autosaves of one author within this time from the first make one revision."""

_ASIDE = ("conflict", "file")
"""Kinds of what was kept beside the text and was never the text itself."""


@dataclass(frozen=True, slots=True)
class Revision:
    """An earlier state.

    ``kind``: created, saved, autosave, imported, restored, linked (an action, root or relation of
    it was changed elsewhere), conflict (a refused write), or file (what an imported file said
    whose text was joined with what had been written here). ``at`` is its last write.
    """

    number: int
    version: int
    kind: str
    at: datetime
    actor: str

    @property
    def is_aside(self) -> bool:
        """Whether this never was the text, but was kept beside it."""
        return self.kind in _ASIDE


@contextmanager
def writing(library: Library, actor: Actor, source: str = "user") -> Iterator[UnitOfWork]:
    """A unit of work that ends with a new version of every post-mortem it changed."""
    with library.unit_of_work(actor, source) as uow:
        yield uow
        settle(uow)


def settle(uow: UnitOfWork, kinds: Mapping[str, str] | None = None) -> dict[str, int]:
    """Gives every post-mortem that was touched and reads otherwise now its next version.

    ``kinds`` says of which kind the revisions are, by the post-mortem's id; returns the new
    versions in the same way.
    """
    versions: dict[str, int] = {}
    for post_mortem_id in _touched(uow):
        document = documents.load(uow.connection, post_mortem_id)
        last = _last(uow.connection, post_mortem_id)
        if last is None:
            keep(uow, document, kind="created")
            continue
        if last.body == _body(document):
            continue
        document = replace(document, version=document.version + 1)
        uow.connection.execute(
            update(tables.post_mortems)
            .where(tables.post_mortems.c.id == post_mortem_id)
            .values(version=document.version, updated_at=uow.now)
        )
        keep(uow, document, kind=(kinds or {}).get(post_mortem_id, "linked"))
        versions[post_mortem_id] = document.version
    uow.touched.clear()
    return versions


def _touched(uow: UnitOfWork) -> list[str]:
    """The post-mortems that were written, or have an action or root that was."""
    links, mortems = tables.links.c, tables.post_mortems.c
    named: dict[str, list[str]] = defaultdict(list)
    for kind, entity_id in sorted(uow.touched):
        named[kind].append(entity_id)
    by_link = [
        select(links.from_id).where(links.kind == kind.value, links.to_id.in_(named[what]))
        for kind, what in ((LinkKind.ACTION, "action"), (LinkKind.LEAF, "root"))
        if named[what]
    ]
    own = {*named["post_mortem"], *named["relation"]}
    rows = uow.connection.execute(
        select(mortems.id)
        .where(or_(mortems.id.in_(own), *(mortems.id.in_(some) for some in by_link)))
        .order_by(mortems.created_at, mortems.id)
    )
    return list(rows.scalars())


def _body(document: Document) -> str:
    return codec.dumps(replace(document, version=0))


def _last(connection: Connection, post_mortem_id: str) -> Row[Any, Any] | None:
    columns = tables.revisions.c
    return connection.execute(
        select(columns.body, columns.number)
        .where(columns.post_mortem_id == post_mortem_id, columns.kind.not_in(_ASIDE))
        .order_by(columns.number.desc())
        .limit(1)
    ).first()


def last_number(connection: Connection, post_mortem_id: str) -> int:
    """The number of the revision that holds what is stored now."""
    last = _last(connection, post_mortem_id)
    return 0 if last is None else last.number


def keep(uow: UnitOfWork, document: Document, *, kind: str) -> None:
    """Keeps this state for the history.

    An "autosave" replaces the last revision where that is an autosave of the same author that
    began less than ``COALESCE`` ago.
    """
    columns = tables.revisions.c
    post_mortem_id, body = document.post_mortem.id, _body(document)
    last = uow.connection.execute(
        select(
            columns.seq,
            columns.number,
            columns.kind,
            columns.actor,
            func.coalesce(columns.begun_at, columns.at).label("begun_at"),
        )
        .where(columns.post_mortem_id == post_mortem_id)
        .order_by(columns.number.desc())
        .limit(1)
    ).first()
    if (
        last is not None
        and kind == last.kind == "autosave"
        and last.actor == str(uow.actor)
        and uow.now - last.begun_at < COALESCE
    ):
        uow.connection.execute(
            update(tables.revisions)
            .where(columns.seq == last.seq)
            .values(body=body, version=document.version, at=uow.now, begun_at=last.begun_at)
        )
        return
    uow.insert(
        tables.revisions,
        post_mortem_id=post_mortem_id,
        number=1 if last is None else last.number + 1,
        version=document.version,
        kind=kind,
        body=body,
        at=uow.now,
        actor=str(uow.actor),
    )


def numbered(connection: Connection, post_mortem_id: str, number: int) -> Document | None:
    """The document of a revision, or None where there is none."""
    return _found(connection, post_mortem_id, tables.revisions.c.number == number)


def of_version(connection: Connection, post_mortem_id: str, version: int) -> Document | None:
    """The document as it was in a version.

    Where a later autosave took its place, the newest state before it: what both went on to write
    since is the same on both sides of a merge.
    """
    columns = tables.revisions.c
    return _found(
        connection, post_mortem_id, columns.version <= version, columns.kind.not_in(_ASIDE)
    )


def last_file(connection: Connection, post_mortem_id: str) -> Document | None:
    """What the file said that was imported last; without one, what the post-mortem began as."""
    kinds = ("created", "imported", "file")
    return _found(connection, post_mortem_id, tables.revisions.c.kind.in_(kinds))


def _found(
    connection: Connection, post_mortem_id: str, *where: ColumnElement[bool]
) -> Document | None:
    """The newest document of those that are asked for."""
    columns = tables.revisions.c
    row = connection.execute(
        select(columns.body, columns.version)
        .where(columns.post_mortem_id == post_mortem_id, *where)
        .order_by(columns.number.desc())
        .limit(1)
    ).first()
    return None if row is None else replace(codec.loads(Document, row.body), version=row.version)
