"""Joining what two people changed at what is linked to one document."""

import dataclasses
from collections import Counter
from collections.abc import Callable
from operator import attrgetter
from typing import TypeVar

from models.document import Document
from models.domain.root import LeafRoot
from models.errors import StaleWriteError

T = TypeVar("T")
_by_id = attrgetter("id")
_by_ends = attrgetter("kind", "id")


def joined(document: Document, base: Document, current: Document) -> Document:
    """``document``, made from ``base``, with what changed from ``base`` to ``current`` beside it.

    Raises ``StaleWriteError`` for a record that both changed.
    """
    return dataclasses.replace(
        document,
        actions=_merged(document.actions, base.actions, current.actions, _by_id),
        roots=_merged(document.roots, base.roots, current.roots, _by_id),
        relations=_merged(document.relations, base.relations, current.relations, _by_ends),
        attachments=_merged(document.attachments, base.attachments, current.attachments, _by_id),
        leaf_roots=_merged_leaves(document.leaf_roots, base.leaf_roots, current.leaf_roots),
        root_actions=_merged_links(document.root_actions, base.root_actions, current.root_actions),
    )


def _merged(
    mine: tuple[T, ...], base: tuple[T, ...], theirs: tuple[T, ...], name: Callable[[T], object]
) -> tuple[T, ...]:
    """Mine, with their version of each record that only they changed, added or removed.

    Raises ``StaleWriteError`` for a record that both changed or removed in different ways.
    """
    was = {name(record): record for record in base}
    now = {name(record): record for record in theirs}
    have = {name(record): record for record in mine}
    for key in was.keys() | have.keys():
        if have.get(key) != was.get(key) and now.get(key) not in (was.get(key), have.get(key)):
            raise _both_changed()
    kept = (record if record != was.get(key) else now.get(key) for key, record in have.items())
    new = (record for key, record in now.items() if key not in have and key not in was)
    return (*(record for record in kept if record is not None), *new)


def _both_changed() -> StaleWriteError:
    return StaleWriteError(
        "An action item, root or relation of this post-mortem was changed by somebody else, too.",
        kept="Theirs is in the library; your text is kept in the history.",
        advice="Read it again and repeat your change.",
    )


def _merged_links(mine: tuple[T, ...], base: tuple[T, ...], theirs: tuple[T, ...]) -> tuple[T, ...]:
    kept = [link for link in mine if link not in base or link in theirs]
    return (*kept, *(link for link in theirs if link not in base and link not in kept))


def _merged_leaves(
    mine: tuple[LeafRoot, ...], base: tuple[LeafRoot, ...], theirs: tuple[LeafRoot, ...]
) -> tuple[LeafRoot, ...]:
    """As ``_merged_links``; raises ``StaleWriteError`` where both moved a leaf, to two roots."""
    merged = _merged_links(mine, base, theirs)
    now, ours, others = (
        Counter(link.node_id for link in some if not link.until) for some in (merged, mine, theirs)
    )
    if any(count > max(1, ours[leaf], others[leaf]) for leaf, count in now.items()):
        raise _both_changed()
    return merged
