"""Reading which post-mortems are to be reviewed soon, or should have been."""

from collections.abc import Mapping

from sqlalchemy import select

from models import codec
from models.domain.post_mortem import PostMortem, Status
from models.guidance.guide import DueRule
from models.guidance.reminders import Reminder, reminder
from models.store import tables
from models.store.library import Library


def near(library: Library, rules: Mapping[str, DueRule]) -> dict[str, Reminder]:
    """What a list mentions, by the post-mortem's id: reviews that are overdue or due soon.

    Only what is being written or reviewed is read; imported ones are outside reminders.
    """
    columns = tables.post_mortems.c
    with library.read() as connection:
        bodies = connection.execute(
            select(columns.id, columns.body).where(
                columns.deleted_at.is_(None),
                columns.historical.is_(False),
                columns.status.in_([Status.DRAFT.value, Status.IN_REVIEW.value]),
            )
        ).all()
    now = library.now()
    found = {row.id: reminder(codec.loads(PostMortem, row.body), rules, now) for row in bodies}
    return {id: one for id, one in found.items() if one is not None and one.is_near}
