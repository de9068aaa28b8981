"""What is different between the why trees of two states of a post-mortem."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from difflib import SequenceMatcher

from models.differences.changes import Change, Kind, Place, in_reading_order, kind_of, moved
from models.differences.labels import TREES, why_label
from models.differences.values import NEVER, name_of, words
from models.document import Document
from models.domain.whys import About, WhyNode, WhyTree, address, walk
from models.rooting import title_of


@dataclass(frozen=True, slots=True)
class _Stand:
    """A why where it stands: its address, and the why above it, none for a first why."""

    node: WhyNode
    address: str
    about: About
    parent: WhyNode | None

    @property
    def above(self) -> str:
        """The id of the why above it, or the tree's name."""
        return self.parent.id if self.parent else self.about.value


def why_differences(before: Document, after: Document) -> Iterator[Change]:
    """The problems of the trees, then the whys in reading order, told by their ids."""
    for about in About:
        yield from _problem(about, _tree(before, about), _tree(after, about))
    old, new = _stands(before), _stands(after)
    strayed = _moved(old, new)
    for id in in_reading_order(old, new):
        if id not in new:
            label = why_label(old[id].address)
            yield Change(Place("whys", id), label, Kind.REMOVED, _said(before, old[id].node))
        elif id not in old:
            label = why_label(new[id].address)
            yield Change(Place("whys", id), label, Kind.ADDED, "", _said(after, new[id].node))
        else:
            if id in strayed:
                yield from _move(old[id], new[id])
            yield from _changed(before, after, old[id], new[id])


def _move(old: _Stand, new: _Stand) -> Iterator[Change]:
    """From address to address; where another why took the place above, from that why to this."""
    ways = _spoken(old.address), _spoken(new.address)
    if ways[0] == ways[1]:
        ways = _said_above(old), _said_above(new)
    if ways[0] != ways[1]:
        label = why_label(new.address)
        yield Change(Place("whys", new.node.id), label, Kind.MOVED, *ways)


def _said_above(stand: _Stand) -> str:
    return f"below “{title_of(stand.parent)}”" if stand.parent else ""


def _spoken(place: str) -> str:
    return why_label(place).removeprefix("Why ")


def _tree(document: Document, about: About) -> WhyTree | None:
    return next((tree for tree in document.post_mortem.whys if tree.about is about), None)


def _problem(about: About, before: WhyTree | None, after: WhyTree | None) -> Iterator[Change]:
    old, new = (tree.problem if tree else "" for tree in (before, after))
    if before is None or after is None:
        kind = Kind.REMOVED if before else Kind.ADDED
    else:
        kind = kind_of(old, new)
    if old != new or (before is None) != (after is None):
        yield Change(
            Place("whys", about.value, "problem"), f"{TREES[about]} Problem", kind, old, new
        )


def _stands(document: Document) -> dict[str, _Stand]:
    """Every why by its id, in reading order."""
    result: dict[str, _Stand] = {}
    for tree in document.post_mortem.whys:
        nodes: dict[str, WhyNode] = {}
        for number, node in walk(tree):
            nodes[number] = node
            parent = nodes.get(number.rpartition(".")[0])
            result[node.id] = _Stand(node, address(tree, number), tree.about, parent)
    return result


def _moved(before: dict[str, _Stand], after: dict[str, _Stand]) -> set[str]:
    """The whys that stand below another one now, or in another order beside their siblings."""
    result = {id for id, stand in after.items() if id in before and before[id].above != stand.above}
    siblings: dict[str, list[str]] = {}
    for id, stand in after.items():
        if id in before and id not in result:
            siblings.setdefault(stand.above, []).append(id)
    earlier: dict[str, list[str]] = {}
    for id, stand in before.items():
        if id in after and id not in result:
            earlier.setdefault(stand.above, []).append(id)
    for above, ids in siblings.items():
        result |= moved(earlier[above], ids)
    return result


def _changed(before: Document, after: Document, old: _Stand, new: _Stand) -> Iterator[Change]:
    label = why_label(new.address)
    for field in fields(WhyNode):
        one, other = getattr(old.node, field.name), getattr(new.node, field.name)
        if field.name in NEVER or one == other:
            continue
        named = f"{label}, {name_of(field.name)}"
        place = Place("whys", new.node.id, field.name)
        if field.name == "evidence":
            yield from _evidence(place, named, one, other)
        else:
            texts = words(one), words(other)
            yield Change(place, named, kind_of(*texts), *texts)
    roots = _root(before, old.node), _root(after, new.node)
    if roots[0] != roots[1]:
        place = Place("whys", new.node.id, "root")
        yield Change(place, f"{label}, root", kind_of(*roots), *roots)


def _evidence(
    place: Place, label: str, before: tuple[object, ...], after: tuple[object, ...]
) -> Iterator[Change]:
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, i, i_end, j, j_end in matcher.get_opcodes():
        if tag != "equal":
            texts = words(before[i:i_end]), words(after[j:j_end])
            yield Change(place, label, kind_of(*texts), *texts)


def _root(document: Document, node: WhyNode) -> str:
    """The root that a why is linked to; "" where that only says the why's own words."""
    root = document.root_of(node.id)
    if root is None or (root.title == title_of(node) and not root.category):
        return ""
    return f"{root.title} ({root.category})" if root.category else root.title


def _said(document: Document, node: WhyNode) -> str:
    """All that a why says, without the whys below it."""
    root = _root(document, node)
    return "\n".join(filter(None, (words(node), f"Root: {root}" if root else "")))
