"""Keeping roots in step with why trees: every leaf with a stop reason reaches a root."""

import dataclasses
from datetime import datetime

from models.document import Document, new_id
from models.domain import whys
from models.domain.root import LeafRoot, Root
from models.domain.whys import WhyNode


def with_roots(document: Document, before: Document | None, now: datetime) -> Document:
    """The document with a root for each leaf that stops, and no link for what is no root any more.

    A root that only this document made keeps the words of its leaf while both change together.
    """
    leaves = {node.id: node for node in whys.roots(document.post_mortem.whys)}
    links = [
        link if link.until or link.node_id in leaves else dataclasses.replace(link, until=now)
        for link in document.leaf_roots
    ]
    roots = {root.id: root for root in document.roots}
    linked = {link.node_id: link.root_id for link in links if not link.until}
    for node_id, leaf in leaves.items():
        if node_id not in linked:
            root = Root(new_id(), title_of(leaf))
            roots[root.id] = root
            links.append(LeafRoot(node_id, root.id, now))
        elif before is not None:
            root = roots[linked[node_id]]
            if root.title == _title_before(before, node_id):
                roots[root.id] = dataclasses.replace(root, title=title_of(leaf))
    return dataclasses.replace(document, roots=tuple(roots.values()), leaf_roots=tuple(links))


def title_of(leaf: WhyNode) -> str:
    """What a root is called at first: the first line of its leaf's answer."""
    text = leaf.answer.strip() or leaf.question.strip()
    return text.splitlines()[0] if text else "Root without words yet"


def _title_before(before: Document, node_id: str) -> str | None:
    nodes = whys.addresses(before.post_mortem.whys).values()
    return next((title_of(node) for node in nodes if node.id == node_id), None)
