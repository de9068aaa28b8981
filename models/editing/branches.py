"""Branches of whys as a whole: their nodes, copies of them, what a stop leaves behind."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from models.document import new_id
from models.domain.whys import Stop, WhyNode

Nodes = tuple[WhyNode, ...]


def nodes_in(branches: Iterable[WhyNode]) -> Iterator[WhyNode]:
    """Every node of some branches, in reading order."""
    pending = list(branches)[::-1]
    while pending:
        node = pending.pop()
        yield node
        pending.extend(reversed(node.children))


def copies(branches: Iterable[WhyNode]) -> Nodes:
    """The same branches with fresh ids."""
    return rebuilt(branches, lambda node, below: replace(node, id=new_id(), children=below))


def rebuilt(branches: Iterable[WhyNode], make: Callable[[WhyNode, Nodes], WhyNode]) -> Nodes:
    """Branches made anew from the leaves up: ``make`` gets each node and what is now below it."""
    top: list[WhyNode] = []
    order: list[tuple[WhyNode, list[WhyNode], list[WhyNode]]] = []
    pending = [(node, top) for node in branches][::-1]
    while pending:
        node, home = pending.pop()
        below: list[WhyNode] = []
        order.append((node, home, below))
        pending.extend((child, below) for child in reversed(node.children))
    for node, home, below in reversed(order):
        home.append(make(node, tuple(reversed(below))))
    return tuple(reversed(top))


def settled(siblings: Nodes) -> Nodes:
    """Siblings of which the first is joined with nobody."""
    if not siblings or not siblings[0].joined:
        return siblings
    return (replace(siblings[0], joined=False), *siblings[1:])


def tidied(branches: Iterable[WhyNode]) -> Nodes:
    """Branches inside which no first sibling is joined and only leaves stop."""

    def tidy(node: WhyNode, below: Nodes) -> WhyNode:
        node = asked_further(node) if below and node.stop else node
        return replace(node, children=settled(below))

    return rebuilt(branches, tidy)


def height(node: WhyNode) -> int:
    """How many levels a branch has."""
    level, height = list(node.children), 1
    while level:
        level, height = [child for each in level for child in each.children], height + 1
    return height


def asked_further(node: WhyNode) -> WhyNode:
    """A node that stops no more; the words of its stop become a paragraph of its answer."""
    words = "" if node.stop is None else stop_words(node.stop)
    answer = "\n\n".join(part for part in (node.answer, words) if part)
    return replace(node, stop=None, answer=answer)


def stop_words(stop: Stop) -> str:
    """What somebody wrote about a stop, as one line with its reason; "" where nothing was."""
    if not stop.text.strip() and not stop.accepted_by.strip():
        return ""
    accepted = f"accepted by {stop.accepted_by}" if stop.accepted_by.strip() else ""
    said = ", ".join(part for part in (stop.text, accepted) if part.strip())
    return f"{stop.reason.capitalize()}: {said}"
