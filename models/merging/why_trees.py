"""Merging why trees: whys by id, with what they stand below and in which order."""

from collections.abc import Mapping
from dataclasses import replace

from models.domain.whys import WhyNode, WhyTree
from models.editing.whys import DEEPEST
from models.merging.conflicts import Findings, Spot, short
from models.merging.forests import Below, Forest, apart, circle, no_deeper, together, top_of
from models.merging.orders import merged_order
from models.merging.values import Merging, Trees
from models.merging.versions import Versions, entry_of


def merged_trees(merging: Merging, three: Versions[Trees]) -> Trees:
    """What both made of the why trees; they stay trees whatever was moved below what.

    A why that one removed and the other changed or moved stays, and so does all above it.
    """
    if three.is_settled:
        return three.settled
    three = three._replace(theirs=_same_questions(three))
    return _Joining(merging, three.each(apart)).joined()


def _same_questions(three: Versions[Trees]) -> Trees:
    """Their trees; one that both began about the same question gets the id of mine."""
    base, mine, theirs = three
    known = {tree.id for tree in (*base, *theirs)}
    begun = {tree.about: tree.id for tree in mine if tree.id not in known}
    old = {tree.id for tree in (*base, *mine)}
    return tuple(
        replace(tree, id=begun.pop(tree.about))
        if tree.id not in old and tree.about in begun
        else tree
        for tree in theirs
    )


class _Joining:
    """The merge of two forests, step by step."""

    def __init__(self, merging: Merging, forests: Versions[Forest]) -> None:
        self._merging = merging
        self._found: Findings = merging.found
        self._forests = forests
        self._base, self._mine, self._theirs = forests

    def joined(self) -> Trees:
        parents = {key: self._parent(key) for key in self._mine.nodes | self._theirs.nodes}
        self._open_circles(parents)
        kept = self._kept(parents)
        parents = {key: parents[key] for key in kept}
        trees = self._trees(parents)
        deepest = max(DEEPEST, self._mine.depth, self._theirs.depth)
        below = no_deeper(self._below(parents), [top_of(tree.id) for tree in trees], deepest)
        return together(trees, {key: self._node(key) for key in kept}, below)

    def _spot(self, key: str, what: str = "") -> Spot:
        return Spot(key, f"Why {self._found.numbers.get(key, '')}{what}")

    # -- where whys stand ----------------------------------------------------------------------

    def _parent(self, key: str) -> str:
        was, mine, theirs = self._forests.each(lambda forest: forest.parents.get(key))
        if mine is None or theirs is None:
            return mine or theirs or ""
        if mine == was:
            return theirs
        if theirs not in (was, mine):
            self._drop_place(key)
        return mine

    def _drop_place(self, key: str) -> None:
        places = self._forests.each(lambda forest: _place(forest, key))
        self._found.drop(self._spot(key, ", its place"), places)

    def _open_circles(self, parents: dict[str, str]) -> None:
        """Where one moved a why below what the other moved below it, mine holds.

        Every circle has a why that stands where only they put it, since neither side has one.
        """
        while found := circle(parents):
            for key in found:
                mine = self._mine.parents.get(key, parents[key])
                if mine != parents[key]:
                    parents[key] = mine
                    self._drop_place(key)

    def _below(self, parents: Mapping[str, str]) -> Below:
        members: Below = {}
        for key, parent in parents.items():
            members.setdefault(parent, []).append(key)
        orders = self._forests.each(lambda forest: forest.below)
        return {
            parent: merged_order(entry_of(orders, parent), {*keys})
            for parent, keys in members.items()
        }

    # -- what stays ----------------------------------------------------------------------------

    def _kept(self, parents: Mapping[str, str]) -> list[str]:
        """The whys that stay, with all that these stand below."""
        kept: dict[str, None] = {}
        for start in parents:
            key = start if self._stays(start) else ""
            while key in parents and key not in kept:
                kept[key] = None
                key = parents[key]
        return [*kept]

    def _stays(self, key: str) -> bool:
        """Whether a why is in both, is new, or was changed by the one who did not remove it."""
        was, mine, theirs = self._forests.each(lambda forest: forest.nodes.get(key))
        left, side = (theirs, self._theirs) if mine is None else (mine, self._mine)
        if was is None or left is None or (mine is not None and theirs is not None):
            return True
        same = replace(left, children=()) == replace(was, children=())
        if same and side.parents[key] == self._base.parents[key]:
            return False
        self._found.keep(self._spot(key), Versions(was, mine, theirs).each(_alone))
        return True

    def _trees(self, parents: Mapping[str, str]) -> list[WhyTree]:
        """The trees that stay, without whys: those that hold some, and as any record does."""
        three = self._forests.each(lambda forest: forest.trees)
        was, mine, theirs = three
        needed = {*parents.values()}
        trees: dict[str, WhyTree] = {}
        for key in mine | theirs:
            tree = mine[key] if key in mine else theirs[key]
            if key in mine and key in theirs:
                versions = entry_of(three, key)
                spot = Spot("whys", "").item(tree, {})
                tree = self._merging.record(versions, spot, without=("nodes",))
            elif key in was and top_of(key) not in needed and tree.problem == was[key].problem:
                continue
            trees[key] = replace(tree, nodes=())
        order = merged_order(three.each(lambda side: [*side]), trees.keys())
        return [trees[key] for key in order]

    # -- what whys say -------------------------------------------------------------------------

    def _node(self, key: str) -> WhyNode:
        three = self._forests.each(lambda forest: forest.nodes.get(key))
        if three.mine is None or three.theirs is None:
            return three.mine or self._theirs.nodes[key]
        spot = self._spot(key)
        node: WhyNode = self._merging.record(three, spot, without=("children", "stop"))
        stops = three.each(lambda side: side.stop if side else None)
        if stops.is_settled or (stops.mine and stops.theirs):
            stop = self._merging.value(stops, spot.field(WhyNode, "stop"))
        else:  # one took it away and the other changed its words
            stop = stops.mine or stops.theirs
        return replace(node, stop=stop)


def _alone(node: WhyNode | None) -> WhyNode | None:
    return None if node is None else replace(node, children=())


def _place(forest: Forest, key: str) -> str:
    parent = forest.parents.get(key)
    if parent is None:
        return ""
    above = forest.nodes.get(parent)
    return "at the top" if above is None else f"below {short(above.answer or above.question)}"
