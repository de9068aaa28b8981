"""Why trees taken apart into whys and what they stand below, and put together again."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from models.domain.whys import WhyNode, WhyTree
from models.editing.branches import asked_further, settled

Below = dict[str, list[str]]
"""The ids of what stands below a why or, by ``top_of``, at the top of a tree."""


@dataclass
class Forest:
    """Trees taken apart. The parent of a why at the top of a tree is ``top_of`` the tree."""

    trees: dict[str, WhyTree] = field(default_factory=dict)
    nodes: dict[str, WhyNode] = field(default_factory=dict)
    parents: dict[str, str] = field(default_factory=dict)
    below: Below = field(default_factory=dict)
    depth: int = 0


def top_of(tree_id: str) -> str:
    """What the whys at the top of a tree stand below; never the id of a why."""
    return f"\0{tree_id}"


def apart(trees: Iterable[WhyTree]) -> Forest:
    """The forest of some trees."""
    forest = Forest({tree.id: tree for tree in trees})
    level = [(top_of(tree.id), tree.nodes) for tree in forest.trees.values() if tree.nodes]
    while level:
        for parent, nodes in level:
            forest.below[parent] = [node.id for node in nodes]
            for node in nodes:
                forest.nodes[node.id], forest.parents[node.id] = node, parent
        level = [(n.id, n.children) for _, nodes in level for n in nodes if n.children]
        forest.depth += 1
    return forest


def together(
    trees: Iterable[WhyTree], nodes: Mapping[str, WhyNode], below: Mapping[str, list[str]]
) -> tuple[WhyTree, ...]:
    """Trees of these whys, in which no first sibling is joined and only leaves stop."""
    trees = [*trees]
    order: list[str] = []
    level = [top_of(tree.id) for tree in trees]
    while level:
        level = [child for key in level for child in below.get(key, ())]
        order += level
    made: dict[str, WhyNode] = {}
    for key in reversed(order):
        children = settled(tuple(made[child] for child in below.get(key, ())))
        node = asked_further(nodes[key]) if children else nodes[key]
        made[key] = replace(node, children=children)
    return tuple(
        replace(tree, nodes=settled(tuple(made[key] for key in below.get(top_of(tree.id), ()))))
        for tree in trees
    )


def circle(parents: Mapping[str, str]) -> list[str]:
    """Whys that stand below themselves, or []."""
    safe: set[str] = set()
    for start in parents:
        path: dict[str, int] = {}
        key = start
        while key in parents and key not in safe:
            if key in path:
                return [*path][path[key] :]
            path[key] = len(path)
            key = parents[key]
        safe.update(path)
    return []


def no_deeper(below: Below, tops: Iterable[str], deepest: int) -> Below:
    """With all that would stand deeper put behind the why it would be too deep below."""
    level = [*tops]
    for _ in range(deepest - 1):
        level = [child for key in level for child in below.get(key, ())]
    flat = {key: _all_below(below, key) for key in level if below.get(key)}
    inside = {child for children in flat.values() for child in children}
    return {key: below[key] for key in below if key not in inside} | flat


def _all_below(below: Below, top: str) -> list[str]:
    found: list[str] = []
    pending = below.get(top, [])[::-1]
    while pending:
        key = pending.pop()
        found.append(key)
        pending += below.get(key, [])[::-1]
    return found
