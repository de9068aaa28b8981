"""Following the change log: what a consumer with a cursor has to look at again."""

from dataclasses import dataclass

from sqlalchemy import Connection, func, or_, select

from models.store import tables
from models.store.library import Library
from models.store.links import LinkKind


@dataclass(frozen=True, slots=True)
class Changes:
    """The post-mortems touched by the changes up to ``seq``, and which of them are in the trash."""

    seq: int
    ids: frozenset[str]
    gone: frozenset[str]


def head(library: Library) -> int:
    """The sequence number of the last change; 0 for a library without any."""
    with library.read() as connection:
        return connection.execute(select(func.max(tables.change_log.c.seq))).scalar() or 0


def mark(library: Library, seq: int) -> str:
    """What tells the change at ``seq`` from one that another copy of the library or a restored
    backup has there; empty where there is none.
    """
    log = tables.change_log.c
    with library.read() as connection:
        row = connection.execute(
            select(log.at, log.replica, log.entity_id).where(log.seq == seq)
        ).first()
    return "" if row is None else f"{row.at.isoformat()} {row.replica} {row.entity_id}"


def after(library: Library, seq: int) -> Changes:
    """The post-mortems that changed after ``seq``: themselves, or through what they link to."""
    log, link, mortem = tables.change_log.c, tables.links.c, tables.post_mortems.c
    later = select(log.entity_id).where(log.seq > seq)
    own = later.where(log.kind.in_(("post_mortem", "relation")))
    related = tables.relations.c
    by_relation = select(related.from_id).where(
        related.until.is_(None), related.to_id.in_(later.where(log.kind == "post_mortem"))
    )
    by_action = select(link.from_id).where(
        link.kind == LinkKind.ACTION.value, link.to_id.in_(later.where(log.kind == "action"))
    )
    by_root = select(link.from_id).where(
        link.kind == LinkKind.LEAF.value, link.to_id.in_(later.where(log.kind == "root"))
    )
    with library.read() as connection:
        last = connection.execute(select(func.max(log.seq))).scalar() or 0
        if last <= seq:
            return Changes(last, frozenset(), frozenset())
        rows = connection.execute(
            select(mortem.id, mortem.deleted_at).where(
                or_(*(mortem.id.in_(some) for some in (own, by_relation, by_action, by_root)))
            )
        ).all()
    gone = frozenset(row.id for row in rows if row.deleted_at is not None)
    return Changes(last, frozenset(row.id for row in rows) - gone, gone)


def edited_since(connection: Connection, post_mortem_id: str, seq: int) -> bool:
    """Whether somebody changed a post-mortem, its actions or its roots after ``seq``.

    Moves to the trash and back and what imports brought do not count.
    """
    log, link = tables.change_log.c, tables.links.c
    linked = select(link.to_id).where(link.from_id == post_mortem_id)
    query = select(log.seq).where(
        log.seq > seq,
        log.source != "import",
        log.field.not_in(("deleted", "undeleted")) | (log.kind == "action"),
        or_(log.entity_id == post_mortem_id, log.entity_id.in_(linked)),
    )
    return connection.execute(query.limit(1)).first() is not None
