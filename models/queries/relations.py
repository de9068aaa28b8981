"""Reading how post-mortems stand to each other."""

from sqlalchemy import func, select

from models.domain.root import RelationKind
from models.store import tables
from models.store.library import Library


def repeats_of(library: Library, id: str) -> int:
    """How many post-mortems outside the trash are linked as repeats of one."""
    relation, source = tables.relations.c, tables.post_mortems.c
    query = (
        select(func.count(func.distinct(relation.from_id)))
        .join(tables.post_mortems, source.id == relation.from_id)
        .where(
            relation.to_id == id,
            relation.kind == RelationKind.REPEAT_OF.value,
            relation.until.is_(None),
            source.deleted_at.is_(None),
        )
    )
    with library.read() as connection:
        return int(connection.execute(query).scalar_one())
