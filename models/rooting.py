"""Keeping roots in step with why trees: every leaf with a stop reason reaches a root."""

import dataclasses
from collections.abc import Iterable, Mapping, Set
from datetime import datetime
from functools import lru_cache

from models.document import Document, new_id
from models.domain import whys
from models.domain.root import LeafRoot, Root
from models.domain.whys import WhyNode


def with_roots(
    document: Document,
    before: Document | None,
    now: datetime,
    *,
    shared: Set[str] = frozenset(),
) -> Document:
    """The document with a root for each leaf that stops, and no link for what is no root any more.

    A leaf that stops again reaches the root it reached before. A root that only this document
    made keeps the words of its leaf while both change together; ``shared`` names the roots that
    other documents reach. Links to roots that the document does not hold are left out.
    """
    leaves = {node.id: node for node in whys.roots(document.post_mortem.whys)}
    roots = {root.id: root for root in document.roots}
    links = [
        link if link.until or link.node_id in leaves else dataclasses.replace(link, until=now)
        for link in document.leaf_roots
        if link.root_id in roots
    ]
    linked = {link.node_id: link.root_id for link in links if not link.until}
    for node_id, leaf in leaves.items():
        if node_id not in linked:
            root = earlier(node_id, links, roots) or Root(new_id(), title_of(leaf))
            roots.setdefault(root.id, root)
            links.append(LeafRoot(node_id, root.id, now))
        elif before is not None and linked[node_id] not in shared:
            root = roots[linked[node_id]]
            if root.title == _title_before(before, node_id):
                roots[root.id] = dataclasses.replace(root, title=title_of(leaf))
    return dataclasses.replace(document, roots=tuple(roots.values()), leaf_roots=tuple(links))


def earlier(node_id: str, links: Iterable[LeafRoot], roots: Mapping[str, Root]) -> Root | None:
    """The root that a leaf reached before, unless it was merged into another since."""
    ended = [link for link in links if link.node_id == node_id and link.until is not None]
    last = max(ended, key=lambda link: link.until or link.since, default=None)
    root = None if last is None else roots[last.root_id]
    return None if root is None or root.merged_into else root


def title_of(leaf: WhyNode) -> str:
    """What a root is called at first: the first line of its leaf's answer."""
    text = leaf.answer.strip() or leaf.question.strip()
    return text.splitlines()[0] if text else "Root without words yet"


@lru_cache(maxsize=2000)
def key_of(words: str) -> str:
    """Words as they are compared: letters and digits alone, in lower case."""
    return "".join(filter(str.isalnum, words.casefold()))


def _title_before(before: Document, node_id: str) -> str | None:
    nodes = whys.addresses(before.post_mortem.whys).values()
    return next((title_of(node) for node in nodes if node.id == node_id), None)
