"""The sample library: put in, and taken out in one go."""

from collections.abc import Callable, Iterable

from sqlalchemy import select, update

from models.commands import post_mortems
from models.commands.post_mortems import Saved
from models.document import Document
from models.store import tables
from models.store.library import Actor, Library
from models.store.revisions import writing

SAMPLES = Actor("Afterwhy", "sample library")


def add(
    library: Library,
    documents: Iterable[Document],
    progress: Callable[[int], None] = lambda _done: None,
) -> tuple[Saved, ...]:
    """Stores the sample documents that are not here yet; those in the trash come back."""
    columns = tables.post_mortems.c
    with writing(library, SAMPLES, "sample") as uow:
        known = select(columns.id, columns.deleted_at).where(columns.origin == "sample")
        present = {row.id: row.deleted_at for row in uow.connection.execute(known)}
        back = [post_mortem_id for post_mortem_id, deleted in present.items() if deleted]
        uow.connection.execute(
            update(tables.post_mortems).where(columns.id.in_(back)).values(deleted_at=None)
        )
        for post_mortem_id in back:
            uow.log("post_mortem", post_mortem_id, field="undeleted")
        saved = []
        for done, document in enumerate(documents, 1):
            if document.post_mortem.id not in present:
                saved.append(post_mortems.put_in(uow, document))
            progress(done)
        return tuple(saved)


def remove(library: Library, actor: Actor) -> int:
    """Moves every sample to the trash and says how many there were."""
    columns = tables.post_mortems.c
    with library.unit_of_work(actor) as uow:
        query = select(columns.id).where(columns.origin == "sample", columns.deleted_at.is_(None))
        samples = list(uow.connection.execute(query).scalars())
        uow.connection.execute(
            update(tables.post_mortems).where(columns.id.in_(samples)).values(deleted_at=uow.now)
        )
        for post_mortem_id in samples:
            uow.log("post_mortem", post_mortem_id, field="deleted")
        return len(samples)
