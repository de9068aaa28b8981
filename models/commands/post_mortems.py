"""Writing, restoring and deleting post-mortems."""

import dataclasses
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sqlalchemy import func, select, update

from models import codec
from models.document import Document
from models.domain import histories
from models.domain.post_mortem import PostMortem, Status
from models.errors import NotFoundError, StaleWriteError
from models.joining import joined
from models.rooting import with_roots
from models.store import documents, links, post_mortems, tables
from models.store.library import Actor, Library, UnitOfWork
from models.store.links import LinkKind

Join = Callable[[Document], Document]
"""What to store, made from the document as it is now."""


@dataclass(frozen=True, slots=True)
class Saved:
    """What a write made: the post-mortem's id, its ref here and its version."""

    id: str
    ref: str
    version: int


@dataclass(frozen=True, slots=True)
class Origin:
    """The file a document came from: its identity and the digest of what it held."""

    identity: str
    digest: str


def add(
    library: Library,
    document: Document,
    actor: Actor,
    *,
    source: str = "user",
    origin: Origin | None = None,
) -> Saved:
    """Stores a new post-mortem with what is linked to it.

    It gets the ref it brings where that is free, else the next of its year. ``source`` is user,
    import or sample; actions queue for a tracker only when a user marks them ready.
    """
    with library.unit_of_work(actor, source) as uow:
        return add_in(uow, document, origin=origin)


def add_in(uow: UnitOfWork, document: Document, *, origin: Origin | None = None) -> Saved:
    """``add`` as a part of a larger unit of work."""
    mortem = document.post_mortem
    if uow.source == "user":
        mortem = histories.begun(mortem, uow.change())
    document = with_roots(dataclasses.replace(document, post_mortem=mortem), None, uow.now)
    ref = post_mortems.add(uow, mortem, wanted_ref=document.ref)
    documents.write_linked(uow, document, Document(mortem))
    if origin is not None:
        _remember(uow, mortem.id, origin)
    return Saved(mortem.id, ref, 1)


def save(
    library: Library,
    post_mortem: PostMortem,
    base_version: int,
    actor: Actor,
    *,
    coalesce: bool = False,
) -> Saved:
    """Stores a changed aggregate that was read as ``base_version``.

    Raises ``StaleWriteError`` when somebody wrote in between; the refused text is then kept as a
    revision of the kind "conflict". With ``coalesce`` (autosave) one author's saves within ten
    minutes make one revision.
    """
    document = Document(post_mortem, version=base_version)

    def join(current: Document) -> Document:
        return dataclasses.replace(current, post_mortem=post_mortem, version=base_version)

    return _write(library, document, join, actor, coalesce=coalesce)


def replace(
    library: Library,
    document: Document,
    actor: Actor,
    *,
    base: Document | None = None,
    source: str = "user",
    origin: Origin | None = None,
    coalesce: bool = False,
) -> Saved:
    """Stores a changed document; ``document.version`` is the version it was made from.

    What is linked (actions, roots, relations) is written as far as it differs from ``base``, the
    document as the author read it, so that a colleague's change to an action is not undone.
    Raises ``StaleWriteError`` as ``save`` does.
    """

    def join(current: Document) -> Document:
        return document if base is None else joined(document, base, current)

    return _write(library, document, join, actor, source=source, origin=origin, coalesce=coalesce)


def _write(
    library: Library,
    document: Document,
    join: Join,
    actor: Actor,
    *,
    source: str = "user",
    origin: Origin | None = None,
    coalesce: bool = False,
) -> Saved:
    """Stores what ``join`` makes of the present document; a refused text is kept aside."""
    try:
        with library.unit_of_work(actor, source) as uow:
            return _write_in(uow, document, join, origin, coalesce=coalesce)
    except StaleWriteError:
        with library.unit_of_work(actor, source) as uow:
            post_mortems.add_revision(uow, document.post_mortem, document.version, kind="conflict")
        raise


def _write_in(
    uow: UnitOfWork,
    document: Document,
    join: Join,
    origin: Origin | None,
    *,
    coalesce: bool,
) -> Saved:
    mortem = document.post_mortem
    stored = post_mortems.load(uow.connection, mortem.id)
    if stored.version != document.version:
        raise StaleWriteError(
            f"{stored.ref} changed since it was read (version {document.version}, now "
            f"{stored.version}).",
            kept="Both versions are kept: yours is in its history as a conflict.",
            advice=f"Compare them with: afterwhy history {stored.ref}",
        )
    current = documents.around(uow.connection, stored)
    document = with_roots(join(current), current, uow.now, shared=_shared(uow, current))
    mortem = histories.grown(
        mortem, stored.post_mortem, uow.change(), known_since=stored.created_at
    )
    version = stored.version
    if mortem != stored.post_mortem:
        kind = "autosave" if coalesce else "saved"
        version = post_mortems.rewrite(uow, mortem, stored, kind=kind)
    elif document != current:
        uow.log("post_mortem", mortem.id, base_version=stored.version)
    documents.write_linked(uow, document, current)
    if origin is not None:
        _remember(uow, mortem.id, origin)
    return Saved(mortem.id, stored.ref, version)


def _shared(uow: UnitOfWork, document: Document) -> set[str]:
    """The roots of a document that others reach, too."""
    reached = links.find(uow.connection, LinkKind.LEAF, to_ids=[r.id for r in document.roots])
    return {link.to_id for link in reached if link.from_id != document.post_mortem.id}


def _remember(uow: UnitOfWork, post_mortem_id: str, origin: Origin) -> None:
    columns, log = tables.sources.c, tables.change_log.c
    values = {
        "post_mortem_id": post_mortem_id,
        "digest": origin.digest,
        "seq": uow.connection.execute(select(func.max(log.seq))).scalar() or 0,
        "imported_at": uow.now,
    }
    known = update(tables.sources).where(columns.identity == origin.identity).values(values)
    if uow.connection.execute(known).rowcount == 0:
        uow.insert(tables.sources, identity=origin.identity, **values)


def restore(library: Library, post_mortem_id: str, number: int, actor: Actor) -> Saved:
    """Makes an earlier revision the current text, as a new version.

    The status, the dated histories and the actions stay as they are.
    """
    columns = tables.revisions.c
    with library.read() as connection:
        body = connection.execute(
            select(columns.body).where(
                columns.post_mortem_id == post_mortem_id, columns.number == number
            )
        ).scalar()
        stored = post_mortems.load(connection, post_mortem_id)
    if body is None:
        raise NotFoundError(
            f"{stored.ref} has no revision {number}.",
            advice=f"List them with: afterwhy history {stored.ref}",
        )
    restored = codec.loads(PostMortem, body)
    now = dataclasses.replace(restored, status=stored.post_mortem.status)
    return save(library, now, stored.version, actor)


def set_status(
    library: Library, post_mortem_id: str, status: Status, actor: Actor, *, reason: str = ""
) -> Saved:
    """Sets the status of what is stored now; ``reason`` says why a gate was passed over."""
    with library.unit_of_work(actor) as uow:
        stored = post_mortems.load(uow.connection, post_mortem_id)
        mortem = histories.grown(
            dataclasses.replace(stored.post_mortem, status=status),
            stored.post_mortem,
            uow.change(reason),
            known_since=stored.created_at,
        )
        version = stored.version
        if mortem != stored.post_mortem:
            version = post_mortems.rewrite(uow, mortem, stored)
        return Saved(post_mortem_id, stored.ref, version)


def delete(library: Library, ids: Iterable[str], actor: Actor) -> None:
    """Puts post-mortems into the trash; their actions stay where other post-mortems share them."""
    _set_deleted(library, ids, actor, deleted=True)


def undelete(library: Library, ids: Iterable[str], actor: Actor) -> None:
    """Takes post-mortems out of the trash."""
    _set_deleted(library, ids, actor, deleted=False)


def _set_deleted(library: Library, ids: Iterable[str], actor: Actor, *, deleted: bool) -> None:
    columns = tables.post_mortems.c
    with library.unit_of_work(actor) as uow:
        for post_mortem_id in ids:
            stored = post_mortems.load(uow.connection, post_mortem_id)
            if (stored.deleted_at is not None) == deleted:
                continue
            uow.connection.execute(
                update(tables.post_mortems)
                .where(columns.id == post_mortem_id)
                .values(deleted_at=uow.now if deleted else None)
            )
            uow.log("post_mortem", post_mortem_id, field="deleted" if deleted else "undeleted")
