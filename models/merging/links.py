"""Joining the dated links of two versions: from leaves to roots, from roots to actions."""

from dataclasses import replace
from operator import attrgetter
from typing import TypeVar

from models.document import Document
from models.domain.root import LeafRoot, Root, RootAction
from models.merging.conflicts import Findings, Spot
from models.merging.versions import Versions

L = TypeVar("L", LeafRoot, RootAction)


def merged_links(document: Document, three: Versions[Document], found: Findings) -> Document:
    """With the links of both, and every root and action that these need.

    Where both led a leaf to another root, mine stays.
    """
    _, mine, theirs = three
    counters = _merged(three.each(attrgetter("root_actions")))
    leaves = _merged(three.each(attrgetter("leaf_roots")))
    roots = {root.id: root for root in (*theirs.roots, *mine.roots, *document.roots)}
    leaves = _one_root_each(leaves, mine, theirs, roots, found)
    kept = {root.id for root in document.roots}
    needed = dict.fromkeys(link.root_id for link in leaves if link.root_id not in kept)
    back = (roots[root_id] for root_id in needed if root_id in roots)
    return replace(
        document, leaf_roots=leaves, root_actions=counters, roots=(*document.roots, *back)
    )


def _merged(three: Versions[tuple[L, ...]]) -> tuple[L, ...]:
    """A link is the same in two versions while its ends and its beginning are."""
    was, now, other = three.each(lambda links: {replace(k, until=None): k for k in links})
    links = []
    for key in now | other:
        before, ours, others = was.get(key), now.get(key), other.get(key)
        link = others if ours == before else ours
        if link is not None:
            links.append(link)
    return tuple(links)


def _one_root_each(
    leaves: tuple[LeafRoot, ...],
    mine: Document,
    theirs: Document,
    roots: dict[str, Root],
    found: Findings,
) -> tuple[LeafRoot, ...]:
    """Without their link of a leaf that reaches more roots than either wanted."""
    ours = {link.node_id: link.root_id for link in mine.leaf_roots if not link.until}
    others = {link.node_id for link in theirs.leaf_roots if not link.until}
    kept = []
    for link in leaves:
        node_id = link.node_id
        is_ours = link.until or link in mine.leaf_roots or node_id not in ours
        if is_ours or node_id not in others or len(_open(leaves, node_id)) < 2:
            kept.append(link)
        elif link.root_id != ours[node_id]:
            spot = Spot(node_id, f"Why {found.numbers.get(node_id, '')}, root")
            mine_to, theirs_to = roots.get(ours[node_id]), roots.get(link.root_id)
            found.drop(spot, Versions(None, mine_to, theirs_to))
    return tuple(kept)


def _open(leaves: tuple[LeafRoot, ...], node_id: str) -> list[LeafRoot]:
    return [link for link in leaves if link.node_id == node_id and not link.until]
