"""Joining two versions of one document that were made from the same one.

Three-way, by section, field, node, event and record; texts by paragraph. What both changed in
different ways keeps mine in its place, is returned as a conflict, and theirs becomes an open
comment there: no word of either is lost.
"""

import dataclasses
from dataclasses import dataclass
from datetime import datetime

from models.document import Document, new_id
from models.domain.post_mortem import Comment
from models.merging.conflicts import Conflict, Findings, Spot, numbers_of
from models.merging.links import merged_links
from models.merging.values import Merging, Trees
from models.merging.versions import Versions
from models.merging.why_trees import merged_trees

__all__ = ["Conflict", "Merge", "carried", "kept_words", "merge"]

_THE_OTHER = ": two versions. The other one is:\n\n"


@dataclass(frozen=True, slots=True)
class Merge:
    """One document from two, and what was changed in different ways."""

    document: Document
    conflicts: tuple[Conflict, ...] = ()


def merge(base: Document, mine: Document, theirs: Document, *, at: datetime | None = None) -> Merge:
    """What both made of ``base``; where they differ, mine stays and theirs is a conflict.

    An edit wins over a removal, which is said as a conflict. ``at`` (UTC) is when the comments
    were made that keep their words; its second is kept.
    """
    at = at.replace(microsecond=0) if at else None
    document, found = _merged(base, mine, theirs)
    return Merge(_with_comments(document, found.dropped, at), tuple(found.conflicts))


def carried(before: Document, after: Document, document: Document) -> Document:
    """``document`` with the change that made ``after`` of ``before``.

    Where both changed the same in different ways, ``document`` stays as it is. Words beside
    those of the change are no conflict: it is known which of them it put there or took away.
    """
    return _merged(before, document, after, side_by_side=True)[0]


def _merged(
    base: Document, mine: Document, theirs: Document, *, side_by_side: bool = False
) -> tuple[Document, Findings]:
    versions = Versions(base, mine, theirs)
    if versions.is_settled:
        return versions.settled, Findings({})
    found = Findings(numbers_of(theirs) | numbers_of(mine))
    return _joined(versions, found, side_by_side=side_by_side), found


def _joined(documents: Versions[Document], found: Findings, *, side_by_side: bool) -> Document:
    def trees(three: Versions[Trees]) -> Trees:
        return merged_trees(merging, three)

    merging = Merging(found, trees, side_by_side=side_by_side)
    _, mine, theirs = documents
    linked = ("leaf_roots", "root_actions", "version", "ref")
    merged: Document = merging.record(documents, Spot("details", ""), without=linked)
    # The store counts versions and gives names; only it changes them.
    version = max(mine.version, theirs.version)
    merged = dataclasses.replace(merged, version=version, ref=theirs.ref or mine.ref)
    return merged_links(merged, documents, found)


def _with_comments(document: Document, dropped: list[Conflict], at: datetime | None) -> Document:
    if not dropped:
        return document
    new = (Comment(new_id(), conflict.place, _remark(conflict), at=at) for conflict in dropped)
    mortem = document.post_mortem
    mortem = dataclasses.replace(mortem, comments=(*mortem.comments, *new))
    return dataclasses.replace(document, post_mortem=mortem)


def kept_words(comment: Comment) -> tuple[str, str]:
    """The label of a conflict and the words that a comment of a merge keeps; else ""."""
    label, _, words = comment.text.partition(_THE_OTHER)
    return (label, words) if words else ("", "")


def _remark(conflict: Conflict) -> str:
    if not conflict.theirs.strip():
        return f"{conflict.label}: two versions. The other one took this away."
    return f"{conflict.label}{_THE_OTHER}{conflict.theirs}"
