"""Saying in a document how it stands to others.

Post-mortems with the same root reach one root of the library, so that what stands behind several
failures can be counted. Where each has one root, that is clear and linked with the relation; which
of several it is, the author chooses in the 5 Whys.
"""

import dataclasses
from datetime import datetime

from models.document import Document
from models.domain import whys
from models.domain.root import Relation, RelationKind, Root
from models.editing.stops import reach
from models.rooting import earlier


def toggled(document: Document, other: Document, kind: RelationKind, now: datetime) -> Document:
    """With a relation to another post-mortem, or without it where one of its kind stands."""
    name = other.post_mortem.id
    if _stands(document, name, kind):
        return unrelated(document, name, kind, other, now)
    return related(document, other, kind, now)


def related(
    document: Document, other: Document, kind: RelationKind, now: datetime, note: str = ""
) -> Document:
    """With a relation since now; one that stands already is left alone."""
    name = other.post_mortem.id
    if _stands(document, name, kind):
        return document
    added = Relation(kind, name, other.ref, other.post_mortem.title, now, note)
    document = dataclasses.replace(document, relations=(*document.relations, added))
    return _joined(document, other, now) if kind is RelationKind.SAME_ROOT else document


def unrelated(
    document: Document, id: str, kind: RelationKind, other: Document | None, now: datetime
) -> Document:
    """Without the relation; ``other`` is None where the library has it no more."""
    kept = tuple(one for one in document.relations if (one.kind, one.id) != (kind, id))
    document = dataclasses.replace(document, relations=kept)
    if kind is not RelationKind.SAME_ROOT or other is None:
        return document
    return _separated(document, other, now)


def _stands(document: Document, id: str, kind: RelationKind) -> bool:
    return any((one.kind, one.id) == (kind, id) for one in document.relations)


def shared_roots(document: Document, other: Document) -> tuple[Root, ...]:
    """The roots that both reach now."""
    both = _reached(document) & _reached(other)
    return tuple(root for root in document.roots if root.id in both)


def _joined(document: Document, other: Document, now: datetime) -> Document:
    leaves = whys.roots(document.post_mortem.whys)
    theirs = [root for root in other.roots if root.id in _reached(other)]
    if len(leaves) != 1 or len(theirs) != 1:
        return document
    return reach(document, leaves[0].id, theirs[0], now)


def _separated(document: Document, other: Document, now: datetime) -> Document:
    """With the roots that its leaves reached before they were joined."""
    theirs = _reached(other)
    roots = {root.id: root for root in document.roots}
    for link in document.leaf_roots:
        if link.until is None and link.root_id in theirs:
            before = earlier(link.node_id, document.leaf_roots, roots)
            if before is not None and before.id not in theirs:
                document = reach(document, link.node_id, before, now)
    return document


def _reached(document: Document) -> set[str]:
    return {link.root_id for link in document.leaf_roots if link.until is None}
