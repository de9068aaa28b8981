"""Which file a post-mortem was imported from."""

from dataclasses import dataclass

from sqlalchemy import delete, func, select

from models.store import tables
from models.store.library import UnitOfWork


@dataclass(frozen=True, slots=True)
class Origin:
    """The file a document came from: its identity, the digest of what it held, and its place.

    ``place`` is the identity that the file would have by its path alone.
    """

    identity: str
    digest: str
    place: str = ""


def remember(uow: UnitOfWork, post_mortem_id: str, origin: Origin) -> None:
    """Notes the file of a post-mortem, in place of an earlier one."""
    columns, log = tables.sources.c, tables.change_log.c
    values = {
        "post_mortem_id": post_mortem_id,
        "digest": origin.digest,
        "seq": uow.connection.execute(select(func.max(log.seq))).scalar() or 0,
        "imported_at": uow.now,
    }
    names = {origin.identity, origin.place or origin.identity}
    former = delete(tables.sources).where(
        (columns.post_mortem_id == post_mortem_id) | columns.identity.in_(names)
    )
    uow.connection.execute(former)
    for name in sorted(names):
        uow.insert(tables.sources, identity=name, **values)
