"""Reading lists of whys: answers to a question, chains, and trees by nesting."""

from dataclasses import dataclass, field

from integrations.markdown.blocks import Block, join_blocks, list_items, read_blocks
from integrations.markdown.why_entries import Entry, Node, is_chain, is_question, read_entry
from integrations.markdown.why_trees import Chain

DEEPEST = 25
"""Levels of whys that are read; what is below is kept as text."""


@dataclass(slots=True)
class WhyReading:
    """The chains of a section, the Markdown that is no why, and labels such as "Q1" left out."""

    chains: list[Chain] = field(default_factory=list)
    rest: list[str] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    linked: bool = False
    """Whether statements with "because" follow from one another, as only whys do."""
    too_deep: bool = False
    """Whether some were nested so deep that they were kept as text."""


class WhyLists:
    """Reads the lists of one section; what is no why goes to its ``reading``.

    ``named``: the section's heading announces whys.
    """

    def __init__(self, reading: WhyReading, named: bool) -> None:
        self.reading = reading
        self.named = named

    def keep_label(self, entry: Entry) -> None:
        """Remembers a label such as "Q1" that the tree says by its shape."""
        if entry.label:
            self.reading.labels.append(entry.label)

    def read(self, block: Block, question: str, depth: int, chain: Chain | None) -> list[Node]:
        """A list of whys: answers to a question before it, a chain, or a tree by nesting."""
        items = [self._item(item.text) for item in list_items(block)]
        if depth > DEEPEST:
            self.reading.too_deep = True
            return [Node(question, block.text)]
        if question:
            return [
                node for head, below in items for node in self._answer(question, head, below, depth)
            ]
        entries = [(entry, below) for head, below in items for entry in [self._entry(head)]]
        asked = any(is_question(e.question) or _asks(below) for e, below in entries)
        linked = depth == 0 and is_chain([entry for entry, _ in entries])
        self.reading.linked = self.reading.linked or linked
        if depth == 0 and not (self.named or asked or linked):
            return []
        if (
            len(entries) == 1
            and chain is not None
            and not chain.problem
            and not entries[0][0].question
        ):
            entry, below = entries[0]
            if below:
                chain.problem = entry.answer
                return self._below(below, depth + 1)
        groups = [self._node(entry, below, depth) for entry, below in entries]
        flat = not any(_asks(below) or (below and not entry.question) for entry, below in entries)
        asks = self.named or all(node.question for group in groups for node in group)
        if depth == 0 and flat and asks:
            return _chained(groups)
        return [node for group in groups for node in group]

    def _entry(self, head: str) -> Entry:
        entry = read_entry(head) or Entry("", head)
        self.keep_label(entry)
        return entry

    def _item(self, text: str) -> tuple[str, tuple[Block, ...]]:
        """The first paragraph of an item, and the blocks below it."""
        blocks = read_blocks(text)
        if blocks and blocks[0].kind == "paragraph":
            return blocks[0].text, blocks[1:]
        return "", blocks

    def _answer(self, question: str, head: str, below: tuple[Block, ...], depth: int) -> list[Node]:
        """One answer to a question that stands before the list."""
        entry = read_entry(head)
        if entry and entry.question:
            return [Node(question, "", self._node(entry, below, depth))]
        node = Node(question, head)
        self._attach(node, below, depth)
        return [node]

    def _node(self, entry: Entry, below: tuple[Block, ...], depth: int) -> list[Node]:
        """The nodes of an item: a question without an answer has one for each answer below it."""
        if entry.question and not entry.answer and below:
            first, rest = below[0], below[1:]
            if first.kind == "list":
                nodes = self.read(first, entry.question, depth + 1, None)
                if nodes and rest:
                    self._attach(nodes[-1].deepest(), rest, depth)
                return nodes
            node = Node(entry.question, first.text)
            self._attach(node, rest, depth)
            return [node]
        node = Node(entry.question, entry.answer)
        self._attach(node, below, depth)
        return [node]

    def _attach(self, node: Node, below: tuple[Block, ...], depth: int) -> None:
        """What stands below an answer: further questions and answers, or more of its text."""
        lists = [block for block in below if block.kind == "list"]
        asks = any(block.kind == "paragraph" and is_question(block.text) for block in below)
        if not below:
            return
        if lists or asks:
            node.children += self._below(below, depth + 1, node)
        else:
            node.answer = join_blocks([node.answer, *(block.text for block in below)])

    def _below(self, blocks: tuple[Block, ...], depth: int, node: Node | None = None) -> list[Node]:
        """Questions and lists of answers inside an item: siblings, unlike those of a section."""
        found: list[Node] = []
        question = ""
        for block in blocks:
            if block.kind == "list":
                found += self.read(block, question, depth, None)
                question = ""
            elif block.kind == "paragraph" and is_question(block.text):
                found += [Node(question, "")] if question else []
                entry = self._entry(block.text)
                question = entry.question or block.text
                if entry.answer:
                    found, question = [*found, Node(question, entry.answer)], ""
            elif question:
                found, question = [*found, Node(question, block.text)], ""
            elif found:
                found[-1].answer = join_blocks([found[-1].answer, block.text])
            elif node is not None:
                node.answer = join_blocks([node.answer, block.text])
            else:
                self.reading.rest.append(block.text)
        return [*found, Node(question, "")] if question else found


def _chained(groups: list[list[Node]]) -> list[Node]:
    """Each item's nodes below the last node of the item before."""
    chain: list[Node] = []
    last: Node | None = None
    for group in groups:
        (last.children if last else chain).extend(group)
        last = group[-1].deepest() if group else last
    return chain


def _asks(blocks: tuple[Block, ...]) -> bool:
    """Whether questions stand anywhere in some blocks."""
    return any(is_question(line) for block in blocks for line in block.text.split("\n"))
