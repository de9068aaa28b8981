"""Reading and writing a document: the aggregate with its actions, roots, relations and files."""

from typing import TypeVar

from sqlalchemy import Connection, Delete, Update, delete, func, select, update

from models import codec
from models.document import Document, new_id
from models.domain.attachment import Attachment
from models.domain.root import LeafRoot, Relation, RelationKind, RootAction
from models.store import actions, links, post_mortems, roots, tables
from models.store.library import UnitOfWork
from models.store.links import Link, LinkKind
from models.store.post_mortems import Stored

T = TypeVar("T", Update, Delete)


def load(connection: Connection, post_mortem_id: str) -> Document:
    """A document as it is now; raises ``NotFoundError``."""
    return around(connection, post_mortems.load(connection, post_mortem_id))


def around(connection: Connection, stored: Stored) -> Document:
    """The document around an aggregate that was read in the same transaction."""
    post_mortem_id = stored.post_mortem.id
    own = links.find(connection, LinkKind.ACTION, from_ids=[post_mortem_id])
    items = actions.load(connection, [link.to_id for link in own])
    leaves = links.find(connection, LinkKind.LEAF, from_ids=[post_mortem_id], ended=True)
    reached = roots.load(connection, dict.fromkeys(link.to_id for link in leaves))
    counters = links.find(connection, LinkKind.COUNTER, from_ids=reached, to_ids=items, ended=True)
    return Document(
        post_mortem=stored.post_mortem,
        ref=stored.ref,
        version=stored.version,
        actions=tuple(items[link.to_id] for link in own if link.to_id in items),
        roots=tuple(reached.values()),
        leaf_roots=tuple(
            LeafRoot(k.node_id, k.to_id, k.since or stored.created_at, k.until) for k in leaves
        ),
        root_actions=tuple(
            RootAction(k.from_id, k.to_id, k.since or stored.created_at, k.until) for k in counters
        ),
        relations=_relations(connection, post_mortem_id),
        attachments=_attachments(connection, post_mortem_id),
    )


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
        .order_by(columns.position, columns.name)
    )
    return tuple(Attachment(row.id, row.name, row.sha256, row.media_type, row.size) for row in rows)


def write_linked(uow: UnitOfWork, document: Document, base: Document) -> None:
    """Stores what is linked to a document as far as it differs from ``base``.

    What somebody else changed since ``base`` and this document leaves alone stays theirs. An
    import links actions and roots that the library has, and does not set them back.
    """
    _write_actions(uow, document, base)
    _write_roots(uow, document, base)
    if document.relations != base.relations:
        _write_relations(uow, document, base)
    if document.attachments != base.attachments:
        _write_attachments(uow, document, base)


def _write_actions(uow: UnitOfWork, document: Document, base: Document) -> None:
    home = document.post_mortem.id
    before = {action.id: action for action in base.actions}
    after = {action.id: action for action in document.actions}
    new = after.keys() - before.keys()
    kept = set() if uow.source == "user" else actions.load(uow.connection, new).keys()
    for action in document.actions:
        if action.id not in kept and action != before.get(action.id):
            actions.put(uow, action)
        if action.id in new:
            links.add(uow, Link(LinkKind.ACTION, home, action.id))
    for action_id in before.keys() - after.keys():
        links.end(uow, Link(LinkKind.ACTION, home, action_id))
        if not links.find(uow.connection, LinkKind.ACTION, to_ids=[action_id]):
            actions.remove(uow, action_id)
    if list(after) != list(before):
        links.put_in_order(uow, LinkKind.ACTION, home, after)


def _write_roots(uow: UnitOfWork, document: Document, base: Document) -> None:
    home = document.post_mortem.id
    before = {root.id: root for root in base.roots}
    after = {root.id: root for root in document.roots}
    new = after.keys() - before.keys()
    kept = set() if uow.source == "user" else roots.load(uow.connection, new).keys()
    for root in document.roots:
        if root.id not in kept and root != before.get(root.id):
            roots.put(uow, root)
    if document.leaf_roots != base.leaf_roots:
        links.make_so(uow, _leaf_links(home, base), _leaf_links(home, document))
    if document.root_actions != base.root_actions:
        # An action that left this document may still address its roots, elsewhere.
        own = {action.id for action in document.actions}
        links.make_so(
            uow,
            [k for k in _counter_links(base) if k.to_id in own],
            [k for k in _counter_links(document) if k.to_id in own and k.from_id in after],
        )


def _leaf_links(home: str, document: Document) -> list[Link]:
    return [
        Link(LinkKind.LEAF, home, k.root_id, k.node_id, k.since, k.until)
        for k in document.leaf_roots
    ]


def _counter_links(document: Document) -> list[Link]:
    return [
        Link(LinkKind.COUNTER, k.root_id, k.action_id, "", k.since, k.until)
        for k in document.root_actions
    ]


def _write_relations(uow: UnitOfWork, document: Document, base: Document) -> None:
    """Ends those that left, rewrites those that say something else or stand elsewhere."""
    wanted = {(r.kind, r.id): r for r in document.relations}
    present = {(r.kind, r.id): r for r in base.relations}
    home = document.post_mortem.id
    for key in present.keys() - wanted.keys():
        uow.connection.execute(_standing(update(tables.relations), home, key).values(until=uow.now))
    kept = [key for key in present if key in wanted]
    if [*kept, *(key for key in wanted if key not in present)] != list(wanted):
        for key in kept:
            uow.connection.execute(_standing(delete(tables.relations), home, key))
        kept = []
    for key, relation in wanted.items():
        says = {"to_ref": relation.ref, "to_title": relation.title, "note": relation.note}
        if key not in kept:
            ends = {"kind": relation.kind.value, "from_id": home, "to_id": relation.id}
            uow.insert(tables.relations, **ends, **says, since=relation.since)
        elif relation != present[key]:
            same = _standing(update(tables.relations), home, key)
            uow.connection.execute(same.values(says))
    uow.log("relation", home)


def _standing(statement: T, home: str, key: tuple[RelationKind, str]) -> T:
    """A statement about the relation of a kind to a post-mortem that holds now."""
    columns = tables.relations.c
    kind, target = key
    return statement.where(
        columns.from_id == home,
        columns.kind == kind.value,
        columns.to_id == target,
        columns.until.is_(None),
    )


def _write_attachments(uow: UnitOfWork, document: Document, base: Document) -> None:
    columns = tables.attachments.c
    home = document.post_mortem.id
    known = {attachment.id: attachment for attachment in base.attachments}
    for gone in known.keys() - {attachment.id for attachment in document.attachments}:
        uow.connection.execute(
            update(tables.attachments).where(columns.id == gone).values(deleted_at=uow.now)
        )
    last = select(func.max(columns.position)).where(columns.post_mortem_id == home)
    position = uow.connection.execute(last).scalar() or 0.0
    for attachment in document.attachments:
        if attachment == known.get(attachment.id):
            continue
        owner = uow.connection.execute(
            select(columns.post_mortem_id).where(columns.id == attachment.id)
        ).scalar()
        values = codec.encode(attachment) | {"post_mortem_id": home, "deleted_at": None}
        if attachment.id not in known:
            position += 1.0
            values["position"] = position
        if owner == home:
            same = update(tables.attachments).where(columns.id == attachment.id)
            uow.connection.execute(same.values(values))
        else:  # the same file at another post-mortem is another record
            values |= {"id": attachment.id if owner is None else new_id(), "added_at": uow.now}
            uow.insert(tables.attachments, **values)
