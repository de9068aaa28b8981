"""Reading the why trees of the Markdown form."""

from collections.abc import Iterable
from dataclasses import replace

from integrations.markdown import form_tables as tables
from integrations.markdown.blocks import join_blocks
from integrations.markdown.form_incidents import read_evidence
from integrations.markdown.form_items import Entry
from integrations.markdown.form_places import Places
from integrations.markdown.form_roots import Roots
from integrations.markdown.form_sections import Part, subsections
from integrations.markdown.form_stray import Strays
from models.document import new_id
from models.domain.root import LeafRoot
from models.domain.whys import About, Stop, WhyNode, WhyTree, address
from models.errors import InvalidInputError


class Whys:
    """The why trees of one document.

    Their names are known to ``places`` at once; ``trees`` reads the nodes, and then ``leaf_roots``
    has the links of their leaves.
    """

    def __init__(self, part: Part, places: Places, roots: Roots, strays: Strays) -> None:
        self.leaf_roots: list[LeafRoot] = []
        self._places = places
        self._roots = roots
        self._strays = strays
        self._trees = self._read_trees(part)

    def trees(self) -> tuple[WhyTree, ...]:
        """The trees with their nodes."""
        return tuple(
            replace(tree, nodes=self._nodes(tree, entries, "")) for tree, entries in self._trees
        )

    def _read_trees(self, part: Part) -> list[tuple[WhyTree, tuple[Entry, ...]]]:
        """The trees without their nodes, and the entries of those; their names are known then."""
        headings = {heading: about for about, heading in tables.ABOUT.items()}
        before, parts = subsections(part.rows, tables.PROBLEM, headings.__contains__, self._strays)
        found: dict[About, tuple[str, tuple[Entry, ...]]] = {}
        for own in (Part(tables.ABOUT[About.OCCURRENCE], 0, rows=before), *parts):
            problem, entries = self._strays.whys(*tables.WHYS.read(own.rows, tables.PROBLEM))
            about = headings[own.heading]
            if about in found:  # asked a second time: one tree
                known, earlier = found[about]
                problem, entries = join_blocks([known, problem]), (*earlier, *entries)
            if own.line or problem or entries:
                found[about] = problem, entries
        trees = [(WhyTree(new_id(), about, problem), e) for about, (problem, e) in found.items()]
        for tree, entries in trees:
            self._name(tree, entries, "")
        return trees

    def _name(self, tree: WhyTree, entries: Iterable[Entry], above: str) -> None:
        for n, entry in enumerate(entries, 1):
            written = entry.label.removesuffix(" and")
            if written[0].isdigit():
                place = f"why {address(tree, f'{above}{n}')}"
                self._places.name(f"why {address(tree, written)}", place)
            self._name(tree, entry.children, f"{above}{n}.")

    def _nodes(self, tree: WhyTree, entries: tuple[Entry, ...], above: str) -> tuple[WhyNode, ...]:
        nodes = []
        for n, entry in enumerate(entries, 1):
            number = f"{above}{n}"
            place = f"why {address(tree, number)}"
            node_id = self._places.define(place)
            values = dict(entry.values)
            root = values.pop("root")
            if root is not None:
                root_id = self._roots.reached(root.text, root.line, place)
                since = self._roots.since(root_id, place)
                self.leaf_roots.append(LeafRoot(node_id, root_id, since))
            node = WhyNode(
                id=node_id,
                question=entry.head,
                answer=values["answer"],
                evidence=read_evidence(values["evidence"], entry, self._places),
                joined=entry.label.endswith("and"),
                stop=_stop(entry),
                children=self._nodes(tree, entry.children, f"{number}."),
            )
            nodes.append(node)
        return tuple(nodes)


def _stop(entry: Entry) -> Stop | None:
    reason, text, by = (entry.values[name] for name in ("stop", "stop_text", "accepted_by"))
    if reason is None and (text or by):
        raise InvalidInputError(
            f"Line {entry.line}: this why has no “stop” that could be explained or accepted",
            advice="Add “- stop: fixable by us”, “outside our control” or “evidence exhausted”.",
        )
    return None if reason is None else Stop(reason, text, by)
