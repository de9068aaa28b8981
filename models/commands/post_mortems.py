"""Writing, restoring and deleting post-mortems."""

import dataclasses
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from operator import attrgetter
from typing import TypeVar

from sqlalchemy import insert, select, update

from models import codec
from models.document import Document
from models.domain.post_mortem import PostMortem
from models.errors import NotFoundError, StaleWriteError
from models.rooting import with_roots
from models.store import documents, post_mortems, tables
from models.store.library import Actor, Library, UnitOfWork

T = TypeVar("T")
_by_id = attrgetter("id")


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
        mortem = post_mortems.with_first_entries(mortem, uow)
    document = with_roots(dataclasses.replace(document, post_mortem=mortem), None, uow.now)
    ref = post_mortems.add(uow, mortem, wanted_ref=document.ref, origin=uow.source)
    documents.write_linked(uow, document, Document(mortem), origin=uow.source)
    post_mortems.add_revision(uow, mortem, 1, kind="created")
    uow.log("post_mortem", mortem.id)
    if origin is not None:
        _remember(uow, mortem.id, origin, version=1)
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
    current = _read(library, post_mortem.id)
    document = dataclasses.replace(current, post_mortem=post_mortem, version=base_version)
    return replace(library, document, actor, base=current, coalesce=coalesce)


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
    try:
        with library.unit_of_work(actor, source) as uow:
            return _replace_in(uow, document, base, origin, coalesce=coalesce)
    except StaleWriteError:
        with library.unit_of_work(actor, source) as uow:
            post_mortems.add_revision(uow, document.post_mortem, document.version, kind="conflict")
        raise


def _replace_in(
    uow: UnitOfWork,
    document: Document,
    base: Document | None,
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
    current = documents.load(uow.connection, mortem.id)
    document = _joined(document, base or current, current)
    document = with_roots(document, current, uow.now)
    mortem = post_mortems.with_histories(document.post_mortem, stored.post_mortem, uow)
    version = stored.version
    if mortem != stored.post_mortem:
        version = post_mortems.rewrite(uow, mortem, stored)
        post_mortems.add_revision(uow, mortem, version, kind="saved", coalesce=coalesce)
    if mortem != stored.post_mortem or document != current:
        uow.log("post_mortem", mortem.id, base_version=stored.version)
    documents.write_linked(uow, document, current, origin=uow.source)
    if origin is not None:
        _remember(uow, mortem.id, origin, version=version)
    return Saved(mortem.id, stored.ref, version)


def _joined(document: Document, base: Document, current: Document) -> Document:
    """The document with what changed in the store since ``base`` and was left alone by it."""
    if base is current:
        return document
    return dataclasses.replace(
        document,
        actions=_merged(document.actions, base.actions, current.actions, _by_id),
        roots=_merged(document.roots, base.roots, current.roots, _by_id),
        relations=_merged(document.relations, base.relations, current.relations, _by_id),
        attachments=_merged(document.attachments, base.attachments, current.attachments, _by_id),
        leaf_roots=_merged_links(document.leaf_roots, base.leaf_roots, current.leaf_roots),
        root_actions=_merged_links(document.root_actions, base.root_actions, current.root_actions),
    )


def _merged(
    mine: tuple[T, ...], base: tuple[T, ...], theirs: tuple[T, ...], name: Callable[[T], str]
) -> tuple[T, ...]:
    """Mine, with their version of each record that only they changed, added or removed.

    Raises ``StaleWriteError`` for a record that both changed.
    """
    was = {name(record): record for record in base}
    now = {name(record): record for record in theirs}
    result = []
    for record in mine:
        key = name(record)
        if record != was.get(key):
            if now.get(key) not in (was.get(key), record):
                raise StaleWriteError(
                    "An action item, root or relation of this post-mortem was changed by somebody "
                    "else, too.",
                    kept="Theirs is in the library; your text is kept in the history.",
                    advice="Read it again and repeat your change.",
                )
            result.append(record)
        elif key in now:
            result.append(now[key])
    have = {name(record) for record in mine} | was.keys()
    return (*result, *(record for key, record in now.items() if key not in have))


def _merged_links(mine: tuple[T, ...], base: tuple[T, ...], theirs: tuple[T, ...]) -> tuple[T, ...]:
    kept = [link for link in mine if link not in base or link in theirs]
    return (*kept, *(link for link in theirs if link not in base and link not in kept))


def _remember(uow: UnitOfWork, post_mortem_id: str, origin: Origin, *, version: int) -> None:
    columns = tables.sources.c
    values = {
        "post_mortem_id": post_mortem_id,
        "digest": origin.digest,
        "version": version,
        "imported_at": uow.now,
    }
    known = update(tables.sources).where(columns.identity == origin.identity).values(values)
    if uow.connection.execute(known).rowcount == 0:
        uow.connection.execute(insert(tables.sources).values(identity=origin.identity, **values))


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
    restored = _with_present_state(codec.loads(PostMortem, body), stored.post_mortem)
    return save(library, restored, stored.version, actor)


def _with_present_state(restored: PostMortem, current: PostMortem) -> PostMortem:
    """An earlier text with the status and the dated histories of now, which only grow."""
    severities = {i.id: i.severity_history for i in current.incidents}
    incidents = tuple(
        dataclasses.replace(i, severity_history=severities.get(i.id, i.severity_history))
        for i in restored.incidents
    )
    return dataclasses.replace(
        restored,
        incidents=incidents,
        status=current.status,
        status_history=current.status_history,
    )


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
            uow.connection.execute(
                update(tables.post_mortems)
                .where(columns.id == post_mortem_id)
                .values(deleted_at=uow.now if deleted else None)
            )
            uow.log("post_mortem", post_mortem_id, field="deleted" if deleted else "undeleted")


def _read(library: Library, post_mortem_id: str) -> Document:
    with library.read() as connection:
        return documents.load(connection, post_mortem_id)
