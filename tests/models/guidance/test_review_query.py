"""Which reviews a list mentions."""

from dataclasses import replace
from datetime import date

from models.commands import post_mortems as commands
from models.document import Document, new_id
from models.domain.post_mortem import Status
from models.guidance import guide
from models.queries import reviews
from models.store.library import Actor, Library
from tests.models.guidance.examples import WHOLE

RULES = guide.load().review_due


def add(library: Library, **fields: object) -> str:
    mortem = replace(WHOLE.post_mortem, id=new_id(), incidents=(), whys=(), **fields)  # type: ignore[arg-type]
    return commands.add(library, Document(mortem), Actor()).id


def test_only_what_is_open_and_near_is_mentioned(library: Library) -> None:
    today = library.now().date()
    due = add(library, review_due=today)
    late = add(library, review_due=date(2020, 1, 1), status=Status.IN_REVIEW)
    add(library, review_due=date(2090, 1, 1))
    add(library, review_due=today, status=Status.REVIEWED)
    add(library, review_due=today, historical=True)
    gone = add(library, review_due=today)
    commands.delete(library, [gone], Actor())
    found = reviews.near(library, RULES)
    assert set(found) == {due, late}
    assert found[due].words == "Review due today"
    assert found[late].is_overdue
