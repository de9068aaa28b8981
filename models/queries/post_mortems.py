"""Finding and reading post-mortems, their history and the trash."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select

from models.document import Document
from models.errors import NotFoundError
from models.queries import changes
from models.store import documents, revisions, tables
from models.store.library import Library
from models.store.post_mortems import canonical_ref
from models.store.revisions import Revision

__all__ = ["Revision"]


def resolve(library: Library, name: str, *, deleted: bool = False) -> str:
    """The id of the post-mortem with this ref, alias or id; with ``deleted``, of one in the trash.

    Raises ``NotFoundError`` for a name that nothing or more than one thing here has.
    """
    name = name.strip()
    ref_or_alias = canonical_ref(name).casefold()
    names, mortems = tables.names.c, tables.post_mortems.c
    in_place = mortems.deleted_at.is_not(None) if deleted else mortems.deleted_at.is_(None)
    with library.read() as connection:
        by_id = select(mortems.id, mortems.ref).where(mortems.id == name, in_place)
        by_name = (
            select(mortems.id, mortems.ref)
            .join(tables.names, names.post_mortem_id == mortems.id)
            .where(names.name == ref_or_alias, in_place)
            .distinct()
        )
        found = list(connection.execute(by_id)) or list(connection.execute(by_name))
    exact = [row for row in found if row.ref.casefold() == ref_or_alias] or found
    if len(exact) == 1:
        return str(exact[0].id)
    if exact:
        refs = ", ".join(sorted(row.ref for row in exact))
        raise NotFoundError(f"{name!r} names several post-mortems: {refs}.", advice="Use a ref.")
    if not deleted and (gone := _in_trash(library, name)):
        raise NotFoundError(
            f"{name!r} is in the trash.", advice=f"Take it out with: afterwhy undelete {gone}"
        )
    place = "in the trash" if deleted else "in this library"
    raise NotFoundError(
        f"There is no post-mortem {name!r} {place}.",
        advice="List them with: afterwhy " + ("trash" if deleted else "list"),
    )


def _in_trash(library: Library, name: str) -> str:
    """The name, where the trash has a post-mortem of it."""
    try:
        resolve(library, name, deleted=True)
    except NotFoundError:
        return ""
    return name


def document(library: Library, name: str) -> Document:
    """The document with this ref, alias or id."""
    return by_id(library, resolve(library, name))


def by_id(library: Library, post_mortem_id: str) -> Document:
    """The document with this id, also from the trash."""
    with library.read() as connection:
        return documents.load(connection, post_mortem_id)


def is_deleted(library: Library, post_mortem_id: str) -> bool:
    """Whether the post-mortem with this id is in the trash."""
    columns = tables.post_mortems.c
    query = select(columns.id).where(columns.id == post_mortem_id, columns.deleted_at.is_not(None))
    with library.read() as connection:
        return connection.execute(query).first() is not None


def ids(library: Library) -> tuple[str, ...]:
    """The ids of every post-mortem that is not in the trash, oldest entry first."""
    columns = tables.post_mortems.c
    with library.read() as connection:
        query = select(columns.id).where(columns.deleted_at.is_(None)).order_by(columns.created_at)
        return tuple(connection.execute(query).scalars())


def every(library: Library) -> Iterator[Document]:
    """Every document that is not in the trash, read one at a time."""
    for post_mortem_id in ids(library):
        yield by_id(library, post_mortem_id)


def history(library: Library, post_mortem_id: str) -> tuple[Revision, ...]:
    """The revisions of a post-mortem, newest first."""
    columns = tables.revisions.c
    with library.read() as connection:
        rows = connection.execute(
            select(columns.number, columns.version, columns.kind, columns.at, columns.actor)
            .where(columns.post_mortem_id == post_mortem_id)
            .order_by(columns.number.desc())
        )
        return tuple(Revision(*row) for row in rows)


def revision(library: Library, post_mortem_id: str, number: int) -> Document:
    """The document of a revision, as it was with what was linked to it then."""
    with library.read() as connection:
        found = revisions.numbered(connection, post_mortem_id, number)
    if found is None:
        raise NotFoundError(f"There is no revision {number}.")
    return found


def of_version(library: Library, post_mortem_id: str, version: int) -> Document | None:
    """The document as it was in a version; None where the history has no such version."""
    with library.read() as connection:
        return revisions.of_version(connection, post_mortem_id, version)


def last_file(library: Library, post_mortem_id: str) -> Document | None:
    """What the file said that was imported into a post-mortem last, with the ids it has here."""
    with library.read() as connection:
        return revisions.last_file(connection, post_mortem_id)


@dataclass(frozen=True, slots=True)
class Trashed:
    """A post-mortem in the trash."""

    id: str
    ref: str
    title: str
    deleted_at: datetime


def trash(library: Library) -> tuple[Trashed, ...]:
    """What is in the trash, last deleted first."""
    columns = tables.post_mortems.c
    with library.read() as connection:
        rows = connection.execute(
            select(columns.id, columns.ref, columns.title, columns.deleted_at)
            .where(columns.deleted_at.is_not(None))
            .order_by(columns.deleted_at.desc(), columns.ref)
        )
        return tuple(Trashed(row.id, row.ref, row.title, row.deleted_at) for row in rows)


@dataclass(frozen=True, slots=True)
class Imported:
    """What is known of a file that was imported before.

    ``digest`` is of what the file held then; ``edited`` says whether the post-mortem, its actions
    or its roots were changed here since.
    """

    identity: str
    id: str
    ref: str
    digest: str
    edited: bool
    deleted: bool


def imported(library: Library, identity: str) -> Imported | None:
    """The record of an imported file, or None for one that never was."""
    return _imported(library, tables.sources.c.identity == identity)


def imported_as(library: Library, digest: str) -> Imported | None:
    """The record of a file that held the very same when it was imported, or None."""
    return _imported(library, tables.sources.c.digest == digest)


def places(library: Library, post_mortem_id: str) -> tuple[str, ...]:
    """The identities of the file that a post-mortem was imported from: its own, and its place."""
    columns = tables.sources.c
    with library.read() as connection:
        query = select(columns.identity).where(columns.post_mortem_id == post_mortem_id)
        return tuple(connection.execute(query).scalars())


def _imported(library: Library, where: ColumnElement[bool]) -> Imported | None:
    mortem = tables.post_mortems.c
    with library.read() as connection:
        row = connection.execute(
            select(tables.sources, mortem.ref, mortem.deleted_at)
            .join(tables.post_mortems, mortem.id == tables.sources.c.post_mortem_id)
            .where(where)
            .order_by(mortem.deleted_at.is_not(None))
        ).first()
        if row is None:
            return None
        return Imported(
            row.identity,
            row.post_mortem_id,
            row.ref,
            row.digest,
            changes.edited_since(connection, row.post_mortem_id, row.seq),
            row.deleted_at is not None,
        )


def with_origin(library: Library, origin: str) -> tuple[str, ...]:
    """The ids of the post-mortems that came by user, import or sample and are not in the trash."""
    columns = tables.post_mortems.c
    with library.read() as connection:
        query = select(columns.id).where(columns.origin == origin, columns.deleted_at.is_(None))
        return tuple(connection.execute(query).scalars())
