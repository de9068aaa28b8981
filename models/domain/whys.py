"""Why trees: from a problem, by asking why, to roots that the organisation can change."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from models.domain.incident import Evidence


class About(StrEnum):
    """Which of its three questions a why tree answers."""

    OCCURRENCE = "occurrence"
    DETECTION = "detection"
    RESPONSE = "response"


class StopReason(StrEnum):
    """Why a leaf is a root: asking further would not help."""

    FIXABLE = "fixable by us"
    OUTSIDE = "outside our control"
    EXHAUSTED = "evidence exhausted"


@dataclass(frozen=True, slots=True)
class Stop:
    """The stop reason of a leaf; ``accepted_by`` is the role that accepted a risk, ``text`` why."""

    reason: StopReason
    text: str = ""
    accepted_by: str = ""


@dataclass(frozen=True, slots=True)
class WhyNode:
    """A why and its answer. ``joined``: both this and its previous sibling were needed (AND)."""

    id: str
    question: str = ""
    answer: str = ""
    evidence: tuple[Evidence, ...] = ()
    joined: bool = False
    stop: Stop | None = None
    children: tuple["WhyNode", ...] = ()

    @property
    def is_shown(self) -> bool:
        """Whether any evidence shows that it is so; a link without an address shows nothing."""
        return any(one.says_where for one in self.evidence)


@dataclass(frozen=True, slots=True)
class WhyTree:
    """One problem and the whys below it."""

    id: str
    about: About = About.OCCURRENCE
    problem: str = ""
    nodes: tuple[WhyNode, ...] = ()


def walk(tree: WhyTree) -> Iterator[tuple[str, WhyNode]]:
    """Every node with its number ("2.1.1"), in reading order."""
    pending = [(str(i), node) for i, node in enumerate(tree.nodes, 1)][::-1]
    while pending:
        number, node = pending.pop()
        yield number, node
        below = [(f"{number}.{i}", child) for i, child in enumerate(node.children, 1)]
        pending.extend(reversed(below))


def address(tree: WhyTree, number: str) -> str:
    """How a node is named across trees: "2.1" for occurrence, "detection:2.1" for the others."""
    return number if tree.about is About.OCCURRENCE else f"{tree.about}:{number}"


def addresses(trees: tuple[WhyTree, ...]) -> dict[str, WhyNode]:
    """Every node of every tree by its address."""
    return {address(tree, number): node for tree in trees for number, node in walk(tree)}


def roots(trees: tuple[WhyTree, ...]) -> tuple[WhyNode, ...]:
    """The leaves with a stop reason, in reading order."""
    return tuple(
        node for tree in trees for _, node in walk(tree) if node.stop and not node.children
    )
