"""Dated links between leaves, roots, actions and post-mortems. Ended links are kept."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select, update

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


def _joining(link: Link) -> ColumnElement[bool]:
    columns = tables.links.c
    return and_(
        columns.kind == link.kind.value,
        columns.from_id == link.from_id,
        columns.node_id == link.node_id,
        columns.to_id == link.to_id,
    )


def add(uow: UnitOfWork, link: Link) -> None:
    """Adds a link at the end of its order, since now unless it says otherwise.

    Adding what is linked already changes nothing; what ended begins anew.
    """
    columns = tables.links.c
    known = uow.connection.execute(select(columns.since, columns.until).where(_joining(link)))
    spans = [(row.since, row.until) for row in known]
    since = link.since or uow.now
    if link.until is None:
        if any(until is None for _, until in spans):
            return
        if any(began == since for began, _ in spans):
            since = uow.now
    elif any(began == since for began, _ in spans):
        return
    last = select(func.max(columns.position)).where(columns.from_id == link.from_id)
    position = (uow.connection.execute(last).scalar() or 0.0) + 1.0
    uow.insert(
        tables.links,
        kind=link.kind.value,
        from_id=link.from_id,
        node_id=link.node_id,
        to_id=link.to_id,
        position=position,
        since=since,
        until=link.until,
    )


def put_in_order(uow: UnitOfWork, kind: LinkKind, from_id: str, to_ids: Iterable[str]) -> None:
    """Gives the links that ``from_id`` has now this order."""
    columns = tables.links.c
    rows = uow.connection.execute(
        select(columns.seq, columns.to_id, columns.position).where(
            columns.kind == kind.value, columns.from_id == from_id, columns.until.is_(None)
        )
    )
    places = {row.to_id: (row.seq, row.position) for row in rows}
    last = 0.0
    for to_id in to_ids:
        seq, position = places[to_id]
        if position <= last:
            position = last + 1.0
            uow.connection.execute(
                update(tables.links).where(columns.seq == seq).values(position=position)
            )
        last = position


def end(uow: UnitOfWork, link: Link) -> None:
    """Ends a link now; it stays for questions about the past."""
    uow.connection.execute(
        update(tables.links)
        .where(_joining(link), tables.links.c.until.is_(None))
        .values(until=uow.now)
    )


def make_so(uow: UnitOfWork, present: Iterable[Link], wanted: Iterable[Link]) -> None:
    """Ends what is linked and no longer wanted, and adds what is missing."""
    wanted = tuple(wanted)
    current = {link.ends for link in wanted if link.until is None}
    for link in present:
        if link.until is None and link.ends not in current:
            end(uow, link)
    for link in wanted:
        add(uow, link)
