"""Rows of roots, and the dated facts of what they were."""

from collections.abc import Iterable

from sqlalchemy import Connection, select, update

from models.domain.root import Root
from models.errors import NotFoundError
from models.store import links, tables
from models.store.library import UnitOfWork
from models.store.links import Link, LinkKind

_DATED = ("title", "category", "merged_into")


def load(connection: Connection, root_ids: Iterable[str]) -> dict[str, Root]:
    """Roots by id, in the order of ``root_ids``."""
    wanted = list(root_ids)
    rows = connection.execute(select(tables.roots).where(tables.roots.c.id.in_(wanted)))
    found = {row.id: Root(row.id, row.title, row.category, row.merged_into) for row in rows}
    return {root_id: found[root_id] for root_id in wanted if root_id in found}


def find(connection: Connection, root_id: str) -> Root:
    """The root with this id; raises ``NotFoundError``."""
    root = load(connection, [root_id]).get(root_id)
    if root is None:
        raise NotFoundError(f"There is no root {root_id!r} in this library.")
    return root


def put(uow: UnitOfWork, root: Root) -> None:
    """Stores a root, new or changed, and notes what it became."""
    before = load(uow.connection, [root.id]).get(root.id)
    if before == root:
        return
    values = {field: getattr(root, field) for field in _DATED}
    if before is None:
        uow.insert(tables.roots, id=root.id, created_at=uow.now, **values)
    else:
        uow.connection.execute(
            update(tables.roots).where(tables.roots.c.id == root.id).values(values)
        )
    was = {field: getattr(before, field, None) or "" for field in _DATED}
    facts = {field: value or "" for field, value in values.items()}
    uow.note_facts("root", root.id, {f: facts[f] for f in _DATED if facts[f] != was[f]})
    uow.log("root", root.id)


def move_links(uow: UnitOfWork, old_id: str, new_id: str) -> None:
    """Lets whatever reaches or addresses one root reach or address another, since now."""
    for link in links.find(uow.connection, LinkKind.LEAF, to_ids=[old_id]):
        links.end(uow, link)
        links.add(uow, Link(LinkKind.LEAF, link.from_id, new_id, link.node_id))
    for link in links.find(uow.connection, LinkKind.COUNTER, from_ids=[old_id]):
        links.end(uow, link)
        links.add(uow, Link(LinkKind.COUNTER, new_id, link.to_id))
