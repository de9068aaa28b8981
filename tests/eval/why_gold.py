"""Why trees measured against ``fivewhys/gold.json``."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from integrations.markdown.reading import read_document
from integrations.markdown.source import read_source
from models.domain.whys import WhyNode
from models.vocabulary import Vocabularies

_WORD = re.compile(r"[^\W_]+")


def measure(data: Path, terms: Vocabularies) -> list[int] | None:
    """Nodes found and nodes present: a node counts with its question, answer and parent."""
    path = data / "fivewhys" / "gold.json"
    if not path.is_file():
        return None
    gold = json.loads(path.read_text(encoding="utf-8"))
    found = present = 0
    for entry in gold if isinstance(gold, list) else [gold]:
        source = path.parent / entry["file"]
        reading = read_document(read_source(source), source.name, terms)
        trees = reading.document.post_mortem.whys
        got = [edge for tree in trees for edge in _edges(tree.nodes, "")]
        for edge in _gold_edges(entry["nodes"]):
            present += 1
            if edge in got:
                got.remove(edge)
                found += 1
    return [found, present]


def _edges(nodes: tuple[WhyNode, ...], parent: str) -> Iterator[tuple[str, str, str]]:
    for node in nodes:
        answer = _words(node.answer)
        yield parent, _words(node.question), answer
        yield from _edges(node.children, answer)


def _gold_edges(nodes: list[dict[str, Any]]) -> Iterator[tuple[str, str, str]]:
    """The nodes with the answer each stands below, by their indent where they have one."""
    above: list[tuple[int, str]] = []
    for node in nodes:
        indent = int(node.get("indent", 0))
        while above and above[-1][0] >= indent:
            above.pop()
        answer = _words(node["answer"])
        yield above[-1][1] if above else "", _words(node["why"]), answer
        above.append((indent, answer))


def _words(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))
