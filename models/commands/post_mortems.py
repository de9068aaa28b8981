"""Writing, restoring and deleting post-mortems."""

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, update

from models.commands.restoring import restored
from models.commands.stale import Join, read_as, with_linked, with_text
from models.document import Document
from models.domain import histories
from models.domain.post_mortem import PostMortem, Status
from models.errors import NotFoundError, StaleWriteError
from models.merging import Conflict, merge
from models.rooting import with_roots
from models.store import documents, links, post_mortems, revisions, sources, tables
from models.store.library import Actor, Library, UnitOfWork
from models.store.links import LinkKind
from models.store.revisions import writing
from models.store.sources import Origin

__all__ = ["Origin"]


@dataclass(frozen=True, slots=True)
class Saved:
    """What a write made: the post-mortem's id, its ref here and its version.

    ``removed`` names the actions that left it ("A-32"), which ``revision`` still has.
    """

    id: str
    ref: str
    version: int
    removed: tuple[str, ...] = ()
    revision: int = 0


@dataclass(frozen=True, slots=True)
class Merged:
    """What ``merge_save`` made: the document as it is stored now, and what both had changed."""

    saved: Saved
    document: Document
    conflicts: tuple[Conflict, ...] = ()


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
    with writing(library, actor, source) as uow:
        return put_in(uow, document, origin=origin)


def add_in(uow: UnitOfWork, document: Document) -> Saved:
    """``add`` as a part of a larger unit of work."""
    saved = put_in(uow, document)
    revisions.settle(uow)
    return saved


def put_in(uow: UnitOfWork, document: Document, *, origin: Origin | None = None) -> Saved:
    """``add`` in a unit of work that is settled by others."""
    mortem = document.post_mortem
    if uow.source == "user":
        mortem = histories.begun(mortem, uow.change())
    document = with_roots(dataclasses.replace(document, post_mortem=mortem), None, uow.now)
    ref = post_mortems.add(uow, mortem, wanted_ref=document.ref)
    documents.write_linked(uow, document, Document(mortem))
    if origin is not None:
        sources.remember(uow, mortem.id, origin)
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
    revision of the kind "conflict". With ``coalesce`` (autosave) one author's saves within two
    minutes make one revision.
    """
    document = Document(post_mortem, version=base_version)
    return _write(library, document, with_text, actor, coalesce=coalesce)


def replace(
    library: Library,
    document: Document,
    actor: Actor,
    *,
    base: Document | None = None,
    source: str = "user",
    coalesce: bool = False,
) -> Saved:
    """Stores a changed document; ``document.version`` is the version it was made from.

    What is linked (actions, roots, relations) is written as far as it differs from ``base``, the
    document as the author read it (else the revision of that version), so that a colleague's
    change to an action is not undone. Raises ``StaleWriteError`` as ``save`` does, and where both
    changed the same action, root or relation.
    """
    return _write(
        library, document, with_linked, actor, base=base, source=source, coalesce=coalesce
    )


def merge_save(
    library: Library,
    document: Document,
    base: Document,
    actor: Actor,
    *,
    source: str = "user",
    origin: Origin | None = None,
    coalesce: bool = False,
) -> Merged:
    """Stores a changed document, joined with what others stored since it was read as ``base``.

    It never refuses for being stale. What both changed in different ways keeps the words of
    ``document``; the others' become an open comment at that place and are returned as conflicts.
    With an ``origin``, ``document`` is what that file says: it is kept as it is in the history,
    to be the base of the next import. A new status or template is never joined with the autosaves
    before and after it.
    """
    post_mortem_id = document.post_mortem.id
    with writing(library, actor, source) as uow:
        current = documents.load(uow.connection, post_mortem_id)
        joint = merge(base, document, current, at=uow.now)
        coalesce &= not _is_turn(joint.document.post_mortem, current.post_mortem)
        kind = "imported" if origin is not None else "autosave" if coalesce else "saved"
        saved = _store(uow, joint.document, current, kind=kind)
        now = documents.load(uow.connection, post_mortem_id)
        if origin is not None:
            sources.remember(uow, post_mortem_id, origin)
            said = dataclasses.replace(document, ref=now.ref, version=joint.document.version)
            if saved.version == current.version or said != joint.document:
                revisions.keep(uow, dataclasses.replace(said, version=now.version), kind="file")
    return Merged(saved, now, joint.conflicts)


def _is_turn(wanted: PostMortem, stored: PostMortem) -> bool:
    """Whether a change is one that somebody may want to go back before."""
    return (wanted.status, wanted.template) != (stored.status, stored.template)


def foreseen(library: Library, document: Document, base: Document) -> Document:
    """What ``merge_save`` would make of a post-mortem; nothing is written."""
    with library.read() as connection:
        current = documents.load(connection, document.post_mortem.id)
        joint = merge(base, document, current, at=library.now())
        shared = _shared(connection, current)
        return with_roots(joint.document, current, library.now(), shared=shared)


def _write(
    library: Library,
    document: Document,
    join: Join,
    actor: Actor,
    *,
    base: Document | None = None,
    source: str = "user",
    coalesce: bool = False,
) -> Saved:
    """Stores what ``join`` makes of the present document; a refused one is kept aside, whole."""
    post_mortem_id = document.post_mortem.id
    try:
        with writing(library, actor, source) as uow:
            current = documents.load(uow.connection, post_mortem_id)
            wanted = join(document, read_as(uow, document, base, current), current)
            return _store(uow, wanted, current, kind="autosave" if coalesce else "saved")
    except StaleWriteError:
        with writing(library, actor, source) as uow:
            current = documents.load(uow.connection, post_mortem_id)
            refused = join(document, current, current)
            refused = dataclasses.replace(refused, ref=current.ref, version=document.version)
            revisions.keep(uow, refused, kind="conflict")
        raise


def _store(uow: UnitOfWork, wanted: Document, current: Document, *, kind: str) -> Saved:
    stored = post_mortems.load(uow.connection, current.post_mortem.id)
    wanted = with_roots(wanted, current, uow.now, shared=_shared(uow.connection, current))
    mortem = histories.grown(
        wanted.post_mortem, stored.post_mortem, uow.change(), known_since=stored.created_at
    )
    if mortem != stored.post_mortem:
        post_mortems.rewrite(uow, mortem, stored)
    elif dataclasses.replace(wanted, ref=current.ref, version=current.version) != current:
        uow.log("post_mortem", mortem.id, base_version=stored.version)
    held = revisions.last_number(uow.connection, mortem.id)
    left = {action.id for action in wanted.actions}
    removed = tuple(action.ref for action in current.actions if action.id not in left)
    if removed and kind == "autosave":
        kind = "saved"  # an autosave would take the place of the revision that has them
    documents.write_linked(uow, wanted, current)
    versions = revisions.settle(uow, {mortem.id: kind})
    return Saved(mortem.id, stored.ref, versions.get(mortem.id, stored.version), removed, held)


def _shared(connection: Connection, document: Document) -> set[str]:
    """The roots of a document that others reach, too."""
    reached = links.find(connection, LinkKind.LEAF, to_ids=[r.id for r in document.roots])
    return {link.to_id for link in reached if link.from_id != document.post_mortem.id}


def restore(library: Library, post_mortem_id: str, number: int, actor: Actor) -> Saved:
    """Makes an earlier revision the current text, as a new version.

    What was removed since (actions, relations, files) comes back. The status, the dated histories
    and what is linked now stay as they are.
    """
    with writing(library, actor) as uow:
        current = documents.load(uow.connection, post_mortem_id)
        revision = revisions.numbered(uow.connection, post_mortem_id, number)
        if revision is None:
            raise NotFoundError(
                f"{current.ref} has no revision {number}.",
                advice=f"List them with: afterwhy history {current.ref}",
            )
        return _store(uow, restored(uow, revision, current), current, kind="restored")


def set_status(
    library: Library, post_mortem_id: str, status: Status, actor: Actor, *, reason: str = ""
) -> Saved:
    """Sets the status of what is stored now; ``reason`` says why a gate was passed over."""
    with writing(library, actor) as uow:
        stored = post_mortems.load(uow.connection, post_mortem_id)
        mortem = histories.grown(
            dataclasses.replace(stored.post_mortem, status=status),
            stored.post_mortem,
            uow.change(reason),
            known_since=stored.created_at,
        )
        if mortem != stored.post_mortem:
            post_mortems.rewrite(uow, mortem, stored)
        versions = revisions.settle(uow, {post_mortem_id: "saved"})
        return Saved(post_mortem_id, stored.ref, versions.get(post_mortem_id, stored.version))


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
