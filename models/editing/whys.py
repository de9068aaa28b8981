"""Changing a why tree: pure functions that name nodes by id.

Each returns the very same tree where nothing can change (no such node, nowhere to go), so callers
compare with ``is``. A parent of None is the top of the tree. What every function keeps:

- ids are unique in the tree;
- the first sibling is joined with nobody; what is put between two joined whys is joined with them,
  and whys that were joined stay so when one of them moves away or goes;
- a node with whys below it has no stop. A stop with words leaves them in the answer, as a
  paragraph of its own;
- nothing gets deeper than ``DEEPEST``, which the codec could not store.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from models.domain.whys import WhyNode, WhyTree
from models.editing.branches import Nodes, asked_further, copies, height, nodes_in, settled, tidied
from models.editing.siblings import down, end_of_group, place_of, up, without

DEEPEST = 100
"""Levels of whys. The codec stores 122 (``codec.DEPTH_LIMIT``); people get to about seven."""


def find(tree: WhyTree, node_id: str) -> WhyNode | None:
    """The node with this id."""
    path = _path(tree, node_id)
    return path[-1] if path else None


def parent_of(tree: WhyTree, node_id: str) -> WhyNode | None:
    """The why that a node stands below; None at the top and where there is no such node."""
    path = _path(tree, node_id)
    return path[-2] if len(path) > 1 else None


def number_of(tree: WhyTree, node_id: str) -> str:
    """The node's number ("2.1.1"), or "" where there is no such node."""
    path = _path(tree, node_id)
    above = (tree.nodes, *(node.children for node in path))
    return ".".join(str(place_of(some, node) + 1) for some, node in zip(above, path, strict=False))


def add_below(
    tree: WhyTree, parent_id: str | None, node: WhyNode, index: int | None = None
) -> WhyTree:
    """With a node below a parent, as its last or at ``index``. An id that is taken is replaced."""
    return _inserted(tree, parent_id, (_own(tree, node),), index)


def add_after(tree: WhyTree, sibling_id: str, node: WhyNode) -> WhyTree:
    """With a node right after a sibling."""
    path = _path(tree, sibling_id)
    if not path:
        return tree
    index = place_of(_below(tree, path[:-1]), path[-1]) + 1
    return _inserted(tree, path[-2].id if path[1:] else None, (_own(tree, node),), index)


def change(tree: WhyTree, node_id: str, **fields: Any) -> WhyTree:
    """With other values of question, answer, evidence, joined or stop.

    A first sibling is not joined and a node with whys below it does not stop, whatever is asked.
    """
    if fields.keys() & {"id", "children"}:
        raise ValueError("Other functions change a node's id and what is below it")
    path = _path(tree, node_id)
    if not path:
        return tree
    changed = replace(path[-1], **fields)
    if changed.children and changed.stop is not path[-1].stop:
        changed = replace(changed, stop=path[-1].stop)
    siblings = _below(tree, path[:-1])
    if siblings[0] is path[-1] and changed.joined and not path[-1].joined:
        changed = replace(changed, joined=False)
    return tree if changed == path[-1] else _put(tree, path, changed)


def move(tree: WhyTree, node_id: str, steps: int) -> WhyTree:
    """Moved among its siblings, up for negative ``steps``.

    Among joined whys it changes places with the next; at their edge it leaves them and passes the
    neighbour, or all that the neighbour is joined with, in one step.
    """
    path = _path(tree, node_id)
    if not path:
        return tree
    siblings = _below(tree, path[:-1])
    index = place_of(siblings, path[-1])
    for _ in range(abs(steps)):
        siblings, index = (up if steps < 0 else down)(siblings, index)
    return tree if siblings is _below(tree, path[:-1]) else _with_below(tree, path[:-1], siblings)


def indent(tree: WhyTree, node_id: str) -> WhyTree:
    """Put below its previous sibling, as the last there; the first sibling stays."""
    path = _path(tree, node_id)
    siblings = _below(tree, path[:-1]) if path else ()
    index = place_of(siblings, path[-1]) if path else 0
    if index == 0:
        return tree
    return move_to(tree, node_id, siblings[index - 1].id, len(siblings[index - 1].children))


def outdent(tree: WhyTree, node_id: str) -> WhyTree:
    """Put after its parent, and after all that the parent is joined with; the top stays."""
    path = _path(tree, node_id)
    if len(path) < 2:
        return tree
    siblings = _below(tree, path[:-2])
    index = end_of_group(siblings, place_of(siblings, path[-2]))
    return move_to(tree, node_id, path[-3].id if path[2:] else None, index)


def move_to(tree: WhyTree, node_id: str, parent_id: str | None, index: int) -> WhyTree:
    """Put below a parent; ``index`` counts the children there without the node itself.

    It leaves what it was joined with. A node cannot go below itself.
    """
    path, target = _path(tree, node_id), _target(tree, parent_id)
    if not path or target is None or any(node.id == node_id for node in target):
        return tree
    siblings = _below(tree, path[:-1])
    if (path[-2].id if path[1:] else None) == parent_id:
        index = max(0, min(index, len(siblings) - 1))
        if place_of(siblings, path[-1]) == index:
            return tree
    if len(target) + height(path[-1]) > max(DEEPEST, len(path) - 1 + height(path[-1])):
        return tree
    return _inserted(
        remove(tree, node_id), parent_id, (replace(path[-1], joined=False),), index, limit=False
    )


def toggle_joined(tree: WhyTree, node_id: str) -> WhyTree:
    """Joined with its previous sibling (both were needed), or joined no more."""
    path = _path(tree, node_id)
    if not path or _below(tree, path[:-1])[0] is path[-1]:
        return tree
    return _put(tree, path, replace(path[-1], joined=not path[-1].joined))


def remove(tree: WhyTree, node_id: str) -> WhyTree:
    """Without a node and all whys below it."""
    path = _path(tree, node_id)
    if not path:
        return tree
    siblings = _below(tree, path[:-1])
    left = without(siblings, place_of(siblings, path[-1]))
    return _with_below(tree, path[:-1], left)


def paste(
    tree: WhyTree, parent_id: str | None, branches: Iterable[WhyNode], index: int | None = None
) -> WhyTree:
    """With copies of some branches below a parent; all their nodes get fresh ids."""
    return _inserted(tree, parent_id, settled(tidied(copies(branches))), index)


def with_tree(trees: tuple[WhyTree, ...], tree: WhyTree) -> tuple[WhyTree, ...]:
    """With this tree in the place of the one with its id, else as the last."""
    if any(tree is known for known in trees):
        return trees
    if all(tree.id != known.id for known in trees):
        return (*trees, tree)
    return tuple(tree if tree.id == known.id else known for known in trees)


def _path(tree: WhyTree, node_id: str) -> Nodes:
    """The nodes from the top down to this one; () where there is no such node."""
    path: list[WhyNode] = []
    pending = [(node, 0) for node in reversed(tree.nodes)]
    while pending:
        node, depth = pending.pop()
        del path[depth:]
        path.append(node)
        if node.id == node_id:
            return tuple(path)
        pending.extend((child, depth + 1) for child in reversed(node.children))
    return ()


def _target(tree: WhyTree, parent_id: str | None) -> Nodes | None:
    """The path of a parent, () for the top; None where there is no such node."""
    return () if parent_id is None else _path(tree, parent_id) or None


def _below(tree: WhyTree, path: Nodes) -> Nodes:
    return path[-1].children if path else tree.nodes


def _put(tree: WhyTree, path: Nodes, node: WhyNode) -> WhyTree:
    """With ``node`` in the place of the last of a path."""
    for depth in range(len(path) - 1, -1, -1):
        level = _below(tree, path[:depth])
        below = tuple(node if sibling is path[depth] else sibling for sibling in level)
        if depth:
            node = replace(path[depth - 1], children=below)
    return replace(tree, nodes=below)


def _with_below(tree: WhyTree, path: Nodes, below: Nodes) -> WhyTree:
    """With other whys below the last of a path."""
    if not path:
        return replace(tree, nodes=settled(below))
    node = asked_further(path[-1]) if below else path[-1]
    return _put(tree, path, replace(node, children=settled(below)))


def _inserted(
    tree: WhyTree, parent_id: str | None, new: Nodes, index: int | None, *, limit: bool = True
) -> WhyTree:
    path = _target(tree, parent_id)
    if path is None or not new:
        return tree
    if limit and len(path) + max(map(height, new)) > DEEPEST:
        return tree
    below = _below(tree, path)
    index = len(below) if index is None else max(0, min(index, len(below)))
    if index < len(below) and below[index].joined and index:
        new = tuple(replace(node, joined=True) for node in new)
    return _with_below(tree, path, (*below[:index], *new, *below[index:]))


def _own(tree: WhyTree, node: WhyNode) -> WhyNode:
    """The branch as a tree can hold it, with fresh ids where one of its ids is taken."""
    (node,) = tidied((node,))
    ids = [each.id for each in nodes_in((node,))]
    taken = {each.id for each in nodes_in(tree.nodes)}
    return copies((node,))[0] if taken & {*ids} or len({*ids}) < len(ids) else node
