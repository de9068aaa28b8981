"""The names in a library that are no words of a language."""

from sqlalchemy import select

from models.store import tables
from models.store.library import Library


def names(library: Library) -> tuple[str, ...]:
    """Every service, tag and author, in the order of the alphabet."""
    columns = tables.labels.c
    query = select(columns.value).where(columns.kind.in_(("service", "tag", "author")))
    with library.read() as connection:
        return tuple(connection.execute(query.distinct().order_by(columns.value)).scalars())
