"""Where whys stop: a leaf with a stop reason reaches a root, and actions address that root.

Roots belong to the library: the one that another post-mortem found is linked, not written again.
"""

import dataclasses
from datetime import datetime

from models.document import Document
from models.domain.action import ActionItem
from models.domain.root import LeafRoot, Root
from models.domain.whys import Stop, WhyNode, WhyTree
from models.editing import whys
from models.editing.actions import add_action, link_root
from models.editing.branches import asked_further, nodes_in
from models.editing.parts import with_text
from models.rooting import with_roots


def stop_at(
    document: Document, node_id: str, stop: Stop, now: datetime, root: Root | None = None
) -> Document:
    """With a leaf that stops for a reason and reaches ``root``; None means the root it has, else
    a new one. Nothing changes at a why that has others below it.
    """
    tree = tree_of(document, node_id)
    node = None if tree is None else whys.find(tree, node_id)
    if tree is None or node is None or node.children:
        return document
    document = _with_tree(document, whys.change(tree, node_id, stop=stop))
    return reach(document, node_id, root, now) if root else with_roots(document, None, now)


def reach(document: Document, node_id: str, root: Root, now: datetime) -> Document:
    """With a leaf that reaches a root of the library and no other since now."""
    if document.root_of(node_id) == root:
        return document
    links = tuple(
        dataclasses.replace(link, until=now) if link.node_id == node_id and not link.until else link
        for link in document.leaf_roots
    )
    known = any(own.id == root.id for own in document.roots)
    return dataclasses.replace(
        document,
        roots=document.roots if known else (*document.roots, root),
        leaf_roots=(*links, LeafRoot(node_id, root.id, now)),
    )


def ask_further(document: Document, node_id: str, now: datetime) -> Document:
    """With a leaf that does not stop; it reaches no root from now on."""
    tree = tree_of(document, node_id)
    if tree is None:
        return document
    changed = whys.change(tree, node_id, stop=None)
    return document if changed is tree else with_roots(_with_tree(document, changed), None, now)


def address(document: Document, node_id: str, action: ActionItem, now: datetime) -> Document:
    """With an action, new or of another post-mortem, that addresses the root of a leaf."""
    document = with_roots(document, None, now)
    root = document.root_of(node_id)
    if root is None:
        return document
    if all(action.id != known.id for known in document.actions):
        document = add_action(document, action)
    return link_root(document, root.id, action.id, now)


def roots_lost(before: WhyTree, after: WhyTree) -> tuple[WhyNode, ...]:
    """The whys, as they were, that a change of a tree left without their stop reason."""
    stopped = [node for node in nodes_in(before.nodes) if node.stop is not None]
    if not stopped:
        return ()
    now = {node.id: node.stop for node in nodes_in(after.nodes)}
    return tuple(node for node in stopped if now.get(node.id, node.stop) is None)


def root_again(tree: WhyTree, root: WhyNode) -> WhyTree:
    """With a why as the root it was, where only whys below it had made it none."""
    node = whys.find(tree, root.id)
    if node is None or node != asked_further(root):
        return tree
    return whys.change(tree, root.id, answer=root.answer, stop=root.stop)


def tree_of(document: Document, node_id: str) -> WhyTree | None:
    """The tree that a node stands in."""
    trees = document.post_mortem.whys
    return next((tree for tree in trees if whys.find(tree, node_id) is not None), None)


def _with_tree(document: Document, tree: WhyTree) -> Document:
    return with_text(document, whys=whys.with_tree(document.post_mortem.whys, tree))
