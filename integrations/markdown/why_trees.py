"""Chains of whys as trees of the domain."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from integrations.markdown.blocks import plain
from integrations.markdown.why_entries import Node
from models.domain.whys import About, WhyNode, WhyTree

_DETECTION = re.compile(
    r"\bdetect|\bnotice|\balert|\bmonitor|\bs(?:ee|aw) (?:it|this|that)\b|\bcaught\b|\bsooner\b",
    re.IGNORECASE,
)
_RESPONSE = re.compile(
    r"\brespon|\bso long\b|\bmitigat|\brecover|\bresol|\bstop it\b|\bfix it\b", re.IGNORECASE
)


@dataclass(slots=True)
class Chain:
    """One problem and the whys below it."""

    problem: str = ""
    title: str = ""
    nodes: list[Node] = field(default_factory=list)


def trees(chains: list[Chain], new_id: Callable[[], str]) -> tuple[WhyTree, ...]:
    """The chains as trees, one for each of the three questions; more chains branch its root."""
    by_about: dict[About, list[Chain]] = {}
    for chain in chains:
        by_about.setdefault(_about(chain), []).append(chain)
    result = []
    for about in About:
        if same := by_about.get(about):
            first, *others = same
            nodes = list(first.nodes)
            for chain in others:
                named = Node(chain.problem or chain.title, "", chain.nodes)
                nodes += [named] if named.question else chain.nodes
            result.append(WhyTree(new_id(), about, first.problem, _nodes(nodes, new_id)))
    return tuple(result)


def _nodes(nodes: list[Node], new_id: Callable[[], str]) -> tuple[WhyNode, ...]:
    return tuple(
        WhyNode(new_id(), node.question, node.answer, children=_nodes(node.children, new_id))
        for node in nodes
    )


def _about(chain: Chain) -> About:
    text = plain(f"{chain.title} {chain.problem[:200]}")
    if _DETECTION.search(text):
        return About.DETECTION
    return About.RESPONSE if _RESPONSE.search(text) else About.OCCURRENCE
