"""Reading roots: which post-mortems reach them and which actions address them."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select

from models.domain.root import Root
from models.store import links, tables
from models.store.library import Library
from models.store.links import LinkKind


@dataclass(frozen=True, slots=True)
class RootRow:
    """A root with the ids of the post-mortems that reach it and the actions that address it."""

    root: Root
    post_mortems: tuple[str, ...]
    actions: tuple[str, ...]


def every(library: Library, *, at: datetime | None = None) -> tuple[RootRow, ...]:
    """Every root that a post-mortem outside the trash reaches, now or as of a time, as it was."""
    columns = tables.roots.c
    trashed = tables.post_mortems.c.deleted_at.is_not(None)
    with library.read() as connection:
        rows = connection.execute(select(tables.roots).order_by(columns.created_at)).all()
        leaves = links.find(connection, LinkKind.LEAF, at=at)
        counters = links.find(connection, LinkKind.COUNTER, at=at)
        was = {} if at is None else _facts(connection, at)
        gone = set(connection.execute(select(tables.post_mortems.c.id).where(trashed)).scalars())
    reached: dict[str, dict[str, None]] = {}
    for leaf in leaves:
        if leaf.from_id not in gone:
            reached.setdefault(leaf.to_id, {})[leaf.from_id] = None
    addressed: dict[str, dict[str, None]] = {}
    for counter in counters:
        addressed.setdefault(counter.from_id, {})[counter.to_id] = None
    return tuple(
        RootRow(
            _root(row, was.get(row.id, {})),
            tuple(reached[row.id]),
            tuple(addressed.get(row.id, ())),
        )
        for row in rows
        if row.id in reached
    )


def reached_by(library: Library, root_id: str) -> int:
    """How many post-mortems outside the trash reach a root now."""
    link, mortem = tables.links.c, tables.post_mortems.c
    query = (
        select(func.count(func.distinct(link.from_id)))
        .join(tables.post_mortems, mortem.id == link.from_id)
        .where(
            link.kind == LinkKind.LEAF.value,
            link.to_id == root_id,
            link.until.is_(None),
            mortem.deleted_at.is_(None),
        )
    )
    with library.read() as connection:
        return int(connection.execute(query).scalar_one())


def _root(row: Any, was: dict[str, str]) -> Root:
    if not was:
        return Root(row.id, row.title, row.category, row.merged_into)
    return Root(
        row.id, was.get("title", ""), was.get("category", ""), was.get("merged_into") or None
    )


def _facts(connection: Connection, at: datetime) -> dict[str, dict[str, str]]:
    columns = tables.facts.c
    rows = connection.execute(
        select(columns.entity_id, columns.field, columns.value)
        .where(columns.kind == "root", columns.at <= at)
        .order_by(columns.at, columns.seq)
    )
    result: dict[str, dict[str, str]] = defaultdict(dict)
    for row in rows:
        result[row.entity_id][row.field] = row.value
    return result
