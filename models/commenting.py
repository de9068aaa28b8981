"""Comments that come from elsewhere, joined with a document by their places."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from models.completeness import section_key
from models.document import Document
from models.domain.post_mortem import Comment

_REMARKS = uuid.UUID("2f6f0c0e-55d4-5a5c-9d7e-0f4e8a0b7c11")


@dataclass(frozen=True, slots=True)
class Remark:
    """What somebody wrote to a place: its ``anchor``, the ``section`` it is in, and its name then.

    ``role`` is as who; "" where they did not say.
    """

    anchor: str
    section: str
    place: str
    text: str
    role: str = ""


@dataclass(frozen=True, slots=True)
class Joined:
    """A document with remarks as comments; ``moved`` are those whose place is gone."""

    document: Document
    added: tuple[Comment, ...]
    moved: tuple[Comment, ...]
    known: int


def with_remarks(document: Document, remarks: Iterable[Remark], at: datetime) -> Joined:
    """The document with each remark as a comment on its place, of the second of ``at``.

    Nothing else is changed. A remark that came before is known by its place, role and words. Where
    the place is gone it stands on the section, with a word on where it belonged.
    """
    mortem = document.post_mortem
    second = at.replace(microsecond=0)
    places = anchors(document)
    have = {comment.id for comment in mortem.comments}
    added: list[Comment] = []
    moved: list[Comment] = []
    known = 0
    for remark in remarks:
        id = str(
            uuid.uuid5(_REMARKS, "\n".join((mortem.id, remark.anchor, remark.role, remark.text)))
        )
        if id in have:
            known += 1
            continue
        have.add(id)
        comment = Comment(id, remark.anchor, remark.text, remark.role, second)
        if remark.anchor not in places:
            section = remark.section if remark.section in places else ""
            words = f"(On {remark.place or 'a place'}, which is no longer there.)\n\n{remark.text}"
            comment = replace(comment, anchor=section, text=words)
            moved.append(comment)
        added.append(comment)
    changed = replace(mortem, comments=(*mortem.comments, *added))
    return Joined(replace(document, post_mortem=changed), tuple(added), tuple(moved), known)


SECTIONS = (
    "details", "summary", "impact", "detection", "timeline", "response", "whys",
    "contributing factors", "lessons", "actions",
)  # fmt: skip
"""The sections that every document has, by the names that anchors use."""


def anchors(document: Document) -> frozenset[str]:
    """Every place that a comment can stand on; "" is the whole document."""
    mortem = document.post_mortem
    return frozenset(
        (
            "",
            *SECTIONS,
            *(section_key(own.id) for own in mortem.sections),
            *(tree.id for tree in mortem.whys),
            *document.node_addresses(),
            *(event.id for incident in mortem.incidents for event in incident.timeline),
            *(action.id for action in document.actions),
        )
    )
