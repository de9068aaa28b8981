"""Whys beside each other, and which of them are joined: both were needed (AND)."""

from dataclasses import replace

from models.domain.whys import WhyNode
from models.editing.branches import Nodes


def place_of(siblings: Nodes, node: WhyNode) -> int:
    """The index of this very node."""
    return next(i for i, sibling in enumerate(siblings) if sibling is node)


def without(siblings: Nodes, index: int) -> Nodes:
    """Without one; those joined with it stay joined with each other."""
    after = siblings[index + 1 :]
    if after and not siblings[index].joined and after[0].joined:
        after = (replace(after[0], joined=False), *after[1:])
    return (*siblings[:index], *after)


def end_of_group(siblings: Nodes, index: int) -> int:
    """Where the whys end that are joined with this one."""
    index += 1
    while index < len(siblings) and siblings[index].joined:
        index += 1
    return index


def up(siblings: Nodes, index: int) -> tuple[Nodes, int]:
    """One of them moved up a step, and where it is then; the very same where it cannot."""
    if index == 0:
        return siblings, index
    if siblings[index].joined:
        return _swapped(siblings, index - 1), index - 1
    to = index - 1
    while to and siblings[to].joined:
        to -= 1
    return _placed(siblings, index, to), to


def down(siblings: Nodes, index: int) -> tuple[Nodes, int]:
    """One of them moved down a step, and where it is then; the very same where it cannot."""
    after = index + 1
    if after == len(siblings):
        return siblings, index
    if siblings[after].joined:
        return _swapped(siblings, index), after
    to = end_of_group(siblings, after) - 1
    return _placed(siblings, index, to), to


def _swapped(siblings: Nodes, index: int) -> Nodes:
    """With two neighbours of one group exchanged; who is joined goes by place."""
    one, two = siblings[index : index + 2]
    pair = (replace(two, joined=one.joined), replace(one, joined=two.joined))
    return (*siblings[:index], *pair, *siblings[index + 2 :])


def _placed(siblings: Nodes, index: int, to: int) -> Nodes:
    """With one, now joined with nobody, at another place between groups."""
    rest = without(siblings, index)
    return (*rest[:to], replace(siblings[index], joined=False), *rest[to:])
