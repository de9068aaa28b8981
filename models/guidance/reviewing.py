"""Rules on the review, and the changes that asking and answering make."""

import dataclasses
from collections.abc import Iterator
from datetime import datetime

from models.document import Document
from models.domain.post_mortem import Review, Status
from models.editing.parts import with_text
from models.guidance.facts import shortened
from models.guidance.found import Facts, Found, Rule

AGREED = "Agreed"
CHANGES = "Changes asked"
"""The two usual answers; any other words are an answer, too."""


def is_answered(review: Review) -> bool:
    """Whether the one who was asked has said something."""
    return bool(review.decision.strip() or review.decided_at)


def asks_for_changes(review: Review) -> bool:
    """Whether the answer wants something changed."""
    return review.decision.casefold().startswith("change")


def _no_reviewer(facts: Facts) -> Iterator[Found]:
    if not facts.document.post_mortem.reviews:
        yield Found("review")


def _nameless(facts: Facts) -> Iterator[Found]:
    for review in facts.document.post_mortem.reviews:
        if not review.role.strip():
            yield Found(review.id)


def _unanswered(facts: Facts) -> Iterator[Found]:
    for review in facts.document.post_mortem.reviews:
        if not is_answered(review):
            yield Found(review.id, _reviewer(review))


def _changes(facts: Facts) -> Iterator[Found]:
    for review in facts.document.post_mortem.reviews:
        if asks_for_changes(review):
            yield Found(review.id, _reviewer(review))


def _reviewer(review: Review) -> str:
    return review.role.strip() or "A reviewer"


def _comments(facts: Facts) -> Iterator[Found]:
    for comment in facts.document.post_mortem.comments:
        if not comment.resolved:
            words = shortened(comment.text)
            yield Found(comment.id, f"“{words}”" if words else "without words")


def _not_reviewed(facts: Facts) -> Iterator[Found]:
    mortem = facts.document.post_mortem
    if mortem.status not in (Status.REVIEWED, Status.CLOSED):
        yield Found("review")


RULES: dict[str, Rule] = {
    "reviewer": _no_reviewer,
    "reviewer without a role": _nameless,
    "unanswered review": _unanswered,
    "changes asked": _changes,
    "open comment": _comments,
    "not reviewed": _not_reviewed,
}


def asked(document: Document, at: datetime) -> Document:
    """With everybody asked: who was not asked yet, and who wanted changes, as of ``at``."""
    return with_text(
        document,
        reviews=tuple(
            _asked_again(review, at)
            if asks_for_changes(review)
            else review
            if review.asked_at
            else dataclasses.replace(review, asked_at=at)
            for review in document.post_mortem.reviews
        ),
    )


def _asked_again(review: Review, at: datetime) -> Review:
    """Asked anew; what was said the first time stays in the text of the review."""
    day = f", {review.decided_at:%Y-%m-%d}" if review.decided_at else ""
    said = f"{review.decision}{day}: {review.text}".removesuffix(": ")
    return dataclasses.replace(review, asked_at=at, decision="", decided_at=None, text=said)


def answered(document: Document, review_id: str, decision: str, at: datetime) -> Document:
    """With the answer of a reviewer, given at ``at``."""
    return with_text(
        document,
        reviews=tuple(
            dataclasses.replace(review, decision=decision, decided_at=at)
            if review.id == review_id
            else review
            for review in document.post_mortem.reviews
        ),
    )
