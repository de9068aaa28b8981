"""Dated links between leaves, roots, actions and post-mortems. Ended links are kept."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, func, insert, or_, select, update

from models.store import tables
from models.store.library import UnitOfWork


class LinkKind(StrEnum):
    """What a link joins, in its direction."""

    ACTION = "action"  # post-mortem to action
    LEAF = "leaf"  # leaf (node) of a post-mortem to root
    COUNTER = "counter"  # root to action


@dataclass(frozen=True, slots=True)
class Link:
    """One dated link; ``node_id`` is set for leaves only."""

    kind: LinkKind
    from_id: str
    to_id: str
    node_id: str = ""
    since: datetime | None = None
    until: datetime | None = None

    @property
    def ends(self) -> tuple[str, str, str]:
        """What it joins, whenever."""
        return self.from_id, self.node_id, self.to_id


def find(
    connection: Connection,
    kind: LinkKind,
    *,
    from_ids: Iterable[str] | None = None,
    to_ids: Iterable[str] | None = None,
    ended: bool = False,
    at: datetime | None = None,
) -> tuple[Link, ...]:
    """Links of a kind in their order: those of now, with ``ended`` all, or those of a time."""
    columns = tables.links.c
    query = select(tables.links).where(columns.kind == kind.value)
    if from_ids is not None:
        query = query.where(columns.from_id.in_(list(from_ids)))
    if to_ids is not None:
        query = query.where(columns.to_id.in_(list(to_ids)))
    if at is not None:
        query = query.where(columns.since <= at, or_(columns.until.is_(None), columns.until > at))
    elif not ended:
        query = query.where(columns.until.is_(None))
    rows = connection.execute(query.order_by(columns.position, columns.seq))
    return tuple(
        Link(kind, row.from_id, row.to_id, row.node_id, row.since, row.until) for row in rows
    )


def add(uow: UnitOfWork, link: Link) -> None:
    """Adds a link at the end of its order, since now unless it says otherwise.

    Adding what is linked already changes nothing.
    """
    columns = tables.links.c
    same = (
        (columns.kind == link.kind.value)
        & (columns.from_id == link.from_id)
        & (columns.node_id == link.node_id)
        & (columns.to_id == link.to_id)
    )
    since = link.since or uow.now
    covered = columns.since == since
    if link.until is None:
        covered = or_(columns.until.is_(None), covered)
    if uow.connection.execute(select(columns.seq).where(same, covered)).first() is not None:
        return
    last = select(func.max(columns.position)).where(columns.from_id == link.from_id)
    position = (uow.connection.execute(last).scalar() or 0.0) + 1.0
    uow.connection.execute(
        insert(tables.links).values(
            kind=link.kind.value,
            from_id=link.from_id,
            node_id=link.node_id,
            to_id=link.to_id,
            position=position,
            since=since,
            until=link.until,
        )
    )


def end(uow: UnitOfWork, link: Link) -> None:
    """Ends a link now; it stays for questions about the past."""
    columns = tables.links.c
    uow.connection.execute(
        update(tables.links)
        .where(
            columns.kind == link.kind.value,
            columns.from_id == link.from_id,
            columns.node_id == link.node_id,
            columns.to_id == link.to_id,
            columns.until.is_(None),
        )
        .values(until=uow.now)
    )


def make_so(uow: UnitOfWork, present: Iterable[Link], wanted: Iterable[Link]) -> None:
    """Ends what is linked and no longer wanted, and adds what is missing, in the wanted order."""
    wanted = tuple(wanted)
    current = {link.ends for link in wanted if link.until is None}
    for link in present:
        if link.until is None and link.ends not in current:
            end(uow, link)
    for link in wanted:
        add(uow, link)
