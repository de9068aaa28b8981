"""Reading and writing a document: the aggregate with its actions, roots, relations and files."""

from collections.abc import Iterable

from sqlalchemy import Connection, insert, select, update

from models.document import Document
from models.domain.attachment import Attachment
from models.domain.root import LeafRoot, Relation, RelationKind, Root, RootAction
from models.store import actions, links, post_mortems, tables
from models.store.library import UnitOfWork
from models.store.links import Link, LinkKind


def load(connection: Connection, post_mortem_id: str) -> Document:
    """A document as it is now; raises ``NotFoundError``."""
    stored = post_mortems.load(connection, post_mortem_id)
    own = links.find(connection, LinkKind.ACTION, from_ids=[post_mortem_id])
    items = actions.load(connection, [link.to_id for link in own])
    leaves = links.find(connection, LinkKind.LEAF, from_ids=[post_mortem_id], ended=True)
    roots = _roots(connection, dict.fromkeys(link.to_id for link in leaves))
    counters = links.find(
        connection, LinkKind.COUNTER, from_ids=[r.id for r in roots], to_ids=items, ended=True
    )
    return Document(
        post_mortem=stored.post_mortem,
        ref=stored.ref,
        version=stored.version,
        actions=tuple(items[link.to_id] for link in own if link.to_id in items),
        roots=roots,
        leaf_roots=tuple(
            LeafRoot(k.node_id, k.to_id, k.since or stored.created_at, k.until) for k in leaves
        ),
        root_actions=tuple(
            RootAction(k.from_id, k.to_id, k.since or stored.created_at, k.until) for k in counters
        ),
        relations=_relations(connection, post_mortem_id),
        attachments=_attachments(connection, post_mortem_id),
    )


def _roots(connection: Connection, ids: Iterable[str]) -> tuple[Root, ...]:
    wanted = list(ids)
    rows = connection.execute(select(tables.roots).where(tables.roots.c.id.in_(wanted)))
    found = {row.id: Root(row.id, row.title, row.category, row.merged_into) for row in rows}
    return tuple(found[root_id] for root_id in wanted if root_id in found)


def _relations(connection: Connection, post_mortem_id: str) -> tuple[Relation, ...]:
    relation, target = tables.relations.c, tables.post_mortems.c
    rows = connection.execute(
        select(tables.relations, target.ref, target.title)
        .outerjoin(tables.post_mortems, target.id == relation.to_id)
        .where(relation.from_id == post_mortem_id, relation.until.is_(None))
        .order_by(relation.seq)
    )
    return tuple(
        Relation(
            RelationKind(row.kind),
            row.to_id,
            row.ref or row.to_ref,
            row.title or row.to_title,
            row.since,
            row.note,
        )
        for row in rows
    )


def _attachments(connection: Connection, post_mortem_id: str) -> tuple[Attachment, ...]:
    columns = tables.attachments.c
    rows = connection.execute(
        select(tables.attachments)
        .where(columns.post_mortem_id == post_mortem_id, columns.deleted_at.is_(None))
        .order_by(columns.added_at, columns.name)
    )
    return tuple(Attachment(row.id, row.name, row.sha256, row.media_type, row.size) for row in rows)


def write_linked(uow: UnitOfWork, document: Document, base: Document, *, origin: str) -> None:
    """Stores what is linked to a document as far as it differs from ``base``.

    What somebody else changed since ``base`` and this document leaves alone stays theirs.
    """
    _write_actions(uow, document, base, origin=origin)
    _write_roots(uow, document, base)
    if document.relations != base.relations:
        _write_relations(uow, document, base)
    if document.attachments != base.attachments:
        _write_attachments(uow, document, base)


def _write_actions(uow: UnitOfWork, document: Document, base: Document, *, origin: str) -> None:
    before = {action.id: action for action in base.actions}
    after = {action.id for action in document.actions}
    home = document.post_mortem.id
    for action in document.actions:
        if action != before.get(action.id):
            actions.put(uow, action, origin=origin)
        if action.id not in before:
            links.add(uow, Link(LinkKind.ACTION, home, action.id))
    for action_id in before:
        if action_id not in after:
            links.end(uow, Link(LinkKind.ACTION, home, action_id))
            if not links.find(uow.connection, LinkKind.ACTION, to_ids=[action_id]):
                actions.remove(uow, action_id)


def _write_roots(uow: UnitOfWork, document: Document, base: Document) -> None:
    before = {root.id: root for root in base.roots}
    columns = tables.roots.c
    for root in document.roots:
        if root == before.get(root.id):
            continue
        values = {
            "title": root.title,
            "category": root.category,
            "merged_into": root.merged_into,
        }
        known = select(columns.id).where(columns.id == root.id)
        if uow.connection.execute(known).first() is None:
            uow.connection.execute(
                insert(tables.roots).values(id=root.id, created_at=uow.now, **values)
            )
        else:
            uow.connection.execute(update(tables.roots).where(columns.id == root.id).values(values))
        uow.log("root", root.id)
    home = document.post_mortem.id
    if document.leaf_roots != base.leaf_roots:
        links.make_so(
            uow,
            [Link(LinkKind.LEAF, home, k.root_id, k.node_id) for k in base.leaf_roots],
            [
                Link(LinkKind.LEAF, home, k.root_id, k.node_id, k.since, k.until)
                for k in document.leaf_roots
            ],
        )
    if document.root_actions != base.root_actions:
        links.make_so(
            uow,
            [Link(LinkKind.COUNTER, k.root_id, k.action_id) for k in base.root_actions],
            [
                Link(LinkKind.COUNTER, k.root_id, k.action_id, "", k.since, k.until)
                for k in document.root_actions
            ],
        )


def _write_relations(uow: UnitOfWork, document: Document, base: Document) -> None:
    columns = tables.relations.c
    wanted = {(r.kind, r.id): r for r in document.relations}
    present = {(r.kind, r.id): r for r in base.relations}
    home = document.post_mortem.id
    for (kind, target), relation in present.items():
        if (kind, target) not in wanted or wanted[kind, target].note != relation.note:
            uow.connection.execute(
                update(tables.relations)
                .where(
                    columns.from_id == home,
                    columns.kind == kind.value,
                    columns.to_id == target,
                    columns.until.is_(None),
                )
                .values(until=uow.now)
            )
    for key, relation in wanted.items():
        if key not in present or present[key].note != relation.note:
            uow.connection.execute(
                insert(tables.relations).values(
                    kind=relation.kind.value,
                    from_id=home,
                    to_id=relation.id,
                    to_ref=relation.ref,
                    to_title=relation.title,
                    note=relation.note,
                    since=relation.since,
                )
            )
    uow.log("relation", home)


def _write_attachments(uow: UnitOfWork, document: Document, base: Document) -> None:
    columns = tables.attachments.c
    kept = {attachment.id for attachment in document.attachments}
    known = {attachment.id for attachment in base.attachments}
    for gone in known - kept:
        uow.connection.execute(
            update(tables.attachments).where(columns.id == gone).values(deleted_at=uow.now)
        )
    for new in document.attachments:
        if new.id in known:
            continue
        back = update(tables.attachments).where(columns.id == new.id).values(deleted_at=None)
        if uow.connection.execute(back).rowcount == 0:
            uow.connection.execute(
                insert(tables.attachments).values(
                    id=new.id,
                    post_mortem_id=document.post_mortem.id,
                    name=new.name,
                    sha256=new.sha256,
                    media_type=new.media_type,
                    size=new.size,
                    added_at=uow.now,
                )
            )
