"""Reading why trees from the layouts people write 5 Whys in."""

import re

from integrations.markdown.blocks import Block, Section, join_blocks, list_items, plain
from integrations.markdown.why_entries import (
    Entry,
    Node,
    is_question,
    read_entry,
    split_lines,
    table_entries,
    unmarked,
)
from integrations.markdown.why_lists import DEEPEST, WhyLists, WhyReading
from integrations.markdown.why_trees import Chain

_NAMED = re.compile(
    r"\b(?:5|five|7|seven|n)[\s-]*why|\bwhy'?s?\s+(?:analysis|chain|tree)|\bask(?:ing)?\s+why\b"
    r"|^whys$|\bthe whys\b",
    re.IGNORECASE,
)
_PROBLEM = re.compile(
    r"^[*_\s]*(?:problem(?: statement)?|issue|incident|symptom|what happened)[*_\s]*"
    r"[:\u2013\u2014-][*_\s]*\s",
    re.IGNORECASE,
)
_LONGEST_PROBLEM = 400


def names_whys(title: str) -> bool:
    """Whether a heading announces a 5-Whys analysis."""
    return bool(_NAMED.search(plain(title)))


def read_whys(section: Section) -> WhyReading | None:
    """The why trees below a heading; None when there are none.

    Below a heading that does not announce them, at least two questions must begin with "why".
    """
    reading = WhyReading()
    named = names_whys(section.title)
    _Reader(reading, named).section(section, Chain(), 0)
    reading.chains = [chain for chain in reading.chains if chain.nodes]
    nodes = [node for chain in reading.chains for top in chain.nodes for node in top.walk()]
    asked = sum(is_question(node.question) for node in nodes)
    if not nodes or not (named or asked > 1 or reading.linked):
        return None
    return reading


class _Reader:
    def __init__(self, reading: WhyReading, named: bool) -> None:
        self.reading = reading
        self.named = named
        self.lists = WhyLists(reading, named)

    def section(self, section: Section, chain: Chain, depth: int) -> None:
        """A section: its own blocks as one chain, its nested headings as whys or more chains."""
        self.reading.chains.append(chain)
        last = self._blocks(section.blocks, chain)
        for child in section.sections:
            entry = read_entry(child.title)
            if depth < DEEPEST and entry and (entry.question or self._numbered(entry)):
                last = self._heading(child, entry, chain, last, depth)
            elif depth < DEEPEST and (self.named or names_whys(child.title)):
                self._other_chain(child, depth)
            else:
                self.reading.rest.append(child.with_heading)

    def _numbered(self, entry: Entry) -> bool:
        return self.named and bool(entry.label)

    def _other_chain(self, child: Section, depth: int) -> None:
        """A heading between the whys: another chain, whose problem it may name."""
        before = len(self.reading.rest)
        chain = Chain(title=child.title)
        self.section(child, chain, depth + 1)
        if chain.nodes and not chain.problem:
            chain.problem = child.title
        elif chain.nodes:
            self.reading.labels.append(child.title)
        else:
            del self.reading.rest[before:]
            self.reading.rest.append(child.with_heading)

    def _heading(
        self, child: Section, entry: Entry, chain: Chain, last: Node | None, depth: int
    ) -> Node:
        """A heading per why: its text is the answer; the next one asks about that answer."""
        self.lists.keep_label(entry)
        answer = join_blocks([entry.answer, *(block.text for block in child.blocks)])
        node = Node(entry.question, answer)
        (last.children if last else chain.nodes).append(node)
        deepest = node
        for inner in child.sections:
            below = read_entry(inner.title)
            if below and below.question and depth < DEEPEST:
                deepest = self._heading(inner, below, chain, deepest, depth + 1)
            else:
                node.answer = join_blocks([node.answer, inner.with_heading])
        return deepest

    def _blocks(self, blocks: tuple[Block, ...], chain: Chain) -> Node | None:
        """Blocks of a section in order, each why below the one before. Returns the deepest."""
        last: Node | None = None
        found: list[Node] | None
        question = ""
        for index, block in enumerate(blocks):
            if last is not None and not question:
                problem = self._next_problem(block, blocks[index + 1 : index + 2])
                if problem:
                    chain, last = Chain(problem=problem), None
                    self.reading.chains.append(chain)
                    continue
            if block.kind == "list":
                found = self.lists.read(block, question, 0, chain if not chain.nodes else None)
            elif block.kind == "table":
                found, labels = table_entries(block)
                self.reading.labels += labels
            elif block.kind in ("paragraph", "quote"):
                found, question = self._paragraph(block.text, question, chain, last)
                if found is None:
                    continue
            else:
                found = []
            if found:
                (last.children if last else chain.nodes).extend(found)
                last, question = found[-1].deepest(), ""
            elif last is not None and block.kind in ("fence", "code", "html"):
                last.answer = join_blocks([last.answer, block.text])
            else:
                self.reading.rest.append(block.text)
        if question:
            (last.children if last else chain.nodes).append(Node(question, ""))
        return last

    def _next_problem(self, block: Block, following: tuple[Block, ...]) -> str:
        """The problem of one more chain: a line between two lists of questions, else ""."""
        if block.kind != "paragraph" or not following or following[0].kind != "list":
            return ""
        if named := _PROBLEM.match(block.text):
            self.reading.labels.append(plain(named[0]))
            return unmarked(block.text[named.end() :])
        entry = read_entry(block.text)
        asks = entry is not None and entry.question and not entry.answer
        items = list_items(following[0])
        return unmarked(block.text) if asks and items and is_question(items[0].text) else ""

    def _paragraph(
        self, text: str, question: str, chain: Chain, last: Node | None
    ) -> tuple[list[Node] | None, str]:
        """The whys of a paragraph and a question that still waits for its answer.

        None for whys says that the paragraph was taken otherwise.
        """
        if not chain.problem and last is None and not question:
            problem = _PROBLEM.match(text)
            if problem and not is_question(text):
                self.reading.labels.append(plain(problem[0]))
                chain.problem = unmarked(text[problem.end() :])
                return None, ""
        entries = split_lines(text, self.named)
        if entries is None:
            if question:
                return [Node(question, text)], ""
            if not chain.problem and last is None and self.named and len(text) < _LONGEST_PROBLEM:
                chain.problem = text
                return None, ""
            return [], question
        nodes: list[Node] = []
        for entry in entries:
            self.lists.keep_label(entry)
            if entry.question and question:
                _below(nodes, Node(question, ""))
            if entry.question and not entry.answer:
                question = entry.question
                continue
            _below(nodes, Node(entry.question or question, entry.answer))
            question = ""
        return (nodes or None), question


def _below(nodes: list[Node], node: Node) -> None:
    """Put a node under the deepest of those before it."""
    if nodes:
        nodes[-1].deepest().children.append(node)
    else:
        nodes.append(node)
