"""Saying how one post-mortem stands to another."""

from sqlalchemy import select, update

from models.domain.root import RelationKind
from models.errors import InvalidInputError
from models.store import post_mortems, tables
from models.store.library import Actor, Library
from models.store.revisions import writing


def relate(
    library: Library, from_id: str, kind: RelationKind, to_id: str, actor: Actor, *, note: str = ""
) -> None:
    """Adds a relation, since now; one that stands already is left alone."""
    if from_id == to_id:
        raise InvalidInputError("A post-mortem cannot be related to itself.")
    columns = tables.relations.c
    with writing(library, actor) as uow:
        post_mortems.load(uow.connection, from_id)
        target = post_mortems.load(uow.connection, to_id)
        standing = select(columns.seq).where(
            columns.from_id == from_id,
            columns.to_id == to_id,
            columns.kind == kind.value,
            columns.until.is_(None),
        )
        if uow.connection.execute(standing).first() is not None:
            return
        uow.insert(
            tables.relations,
            kind=kind.value,
            from_id=from_id,
            to_id=to_id,
            to_ref=target.ref,
            to_title=target.post_mortem.title,
            note=note,
            since=uow.now,
        )
        uow.log("relation", from_id)


def unrelate(library: Library, from_id: str, kind: RelationKind, to_id: str, actor: Actor) -> None:
    """Ends a relation now; the past keeps it."""
    columns = tables.relations.c
    with writing(library, actor) as uow:
        uow.connection.execute(
            update(tables.relations)
            .where(
                columns.from_id == from_id,
                columns.to_id == to_id,
                columns.kind == kind.value,
                columns.until.is_(None),
            )
            .values(until=uow.now)
        )
        uow.log("relation", from_id)
