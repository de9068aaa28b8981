"""Saying how one post-mortem stands to another."""

from sqlalchemy import Connection

from models.document import Document
from models.domain.root import RelationKind
from models.editing.relations import related, unrelated
from models.errors import InvalidInputError, NotFoundError
from models.store import documents
from models.store.library import Actor, Library
from models.store.revisions import writing


def relate(
    library: Library, from_id: str, kind: RelationKind, to_id: str, actor: Actor, *, note: str = ""
) -> None:
    """Adds a relation, since now, and links the root where it is the same (``editing.relations``);
    one that stands already is left alone.
    """
    if from_id == to_id:
        raise InvalidInputError("A post-mortem cannot be related to itself.")
    with writing(library, actor) as uow:
        document = documents.load(uow.connection, from_id)
        other = documents.load(uow.connection, to_id)
        documents.write_linked(uow, related(document, other, kind, uow.now, note), document)


def unrelate(library: Library, from_id: str, kind: RelationKind, to_id: str, actor: Actor) -> None:
    """Ends a relation now, and the link to the root that came with it; the past keeps them."""
    with writing(library, actor) as uow:
        document = documents.load(uow.connection, from_id)
        other = _known(uow.connection, to_id)
        after = unrelated(document, to_id, kind, other, uow.now)
        documents.write_linked(uow, after, document)


def _known(connection: Connection, id: str) -> Document | None:
    try:
        return documents.load(connection, id)
    except NotFoundError:
        return None
