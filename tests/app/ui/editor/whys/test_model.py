"""The model follows the document row by row."""

import random
from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex
from pytestqt.modeltest import ModelTester

from app.ui.editor.whys.cards import GHOST, PROBLEM, Advised, CardMaker, Entry
from app.ui.editor.whys.known import Known
from app.ui.editor.whys.model import WhyTreeModel
from app.ui.wording import Wording
from models import frameworks, vocabulary
from models.document import Document
from models.domain.post_mortem import PostMortem
from models.domain.whys import WhyNode, WhyTree, walk
from models.editing import whys
from tests.app.ui.editor.whys.conftest import TREE

DOCUMENT = Document(PostMortem("pm", "Saves fail"))


class Following:
    """A model, and what it said since it was asked last."""

    def __init__(self, parent: QObject) -> None:
        self.maker = CardMaker(Wording(vocabulary.load(), frameworks.load()))
        self.model = WhyTreeModel(parent)
        self.said: list[str] = []
        for name in ("dataChanged", "rowsInserted", "rowsMoved", "rowsRemoved", "modelReset"):
            getattr(self.model, name).connect(self._note(name))

    def _note(self, name: str) -> Callable[..., None]:
        return lambda *_: self.said.append(name)

    def show(self, tree: WhyTree) -> list[str]:
        self.said.clear()
        advice: dict[str, Advised] = {}
        entry = self.maker.entries(DOCUMENT, tree, "why", Known(), advice)
        self.model.show_tree(tree.id, entry)
        assert shape(self.model) == wanted(entry)
        return self.said


def shape(model: WhyTreeModel, parent: QModelIndex | None = None) -> list[object]:
    parent = parent or QModelIndex()
    rows = (model.index(row, 0, parent) for row in range(model.rowCount(parent)))
    return [(model.key(index), model.card(index), shape(model, index)) for index in rows]


def wanted(*entries: Entry) -> list[object]:
    return [(entry.key, entry.card, wanted(*entry.children)) for entry in entries]


@pytest.fixture
def following(qapp: QObject, qtmodeltester: ModelTester) -> Following:
    made = Following(qapp)
    made.show(TREE)
    qtmodeltester.check(made.model, force_py=True)  # type: ignore[no-untyped-call]
    return made


def test_a_word_changes_one_row(following: Following) -> None:
    wide = replace(TREE, nodes=tuple(WhyNode(str(n), "", f"answer {n}") for n in range(60)))
    following.show(wide)
    assert following.show(whys.change(wide, "30", answer="another")) == ["dataChanged"]


def test_advice_on_one_why_leaves_the_other_branches_as_they_are() -> None:
    maker = CardMaker(Wording(vocabulary.load(), frameworks.load()))

    def rows(**advice: Advised) -> dict[str, Entry]:
        pending = [maker.entries(DOCUMENT, TREE, "why", Known(), advice)]
        found = {}
        while pending:
            entry = pending.pop()
            found[entry.key] = entry
            pending += entry.children
        return found

    before, after = rows(), rows(**{"1.1": Advised("No evidence yet")})
    assert after["1.1"].card.wants_evidence
    other = {key for key in before if before[key] is not after[key]}
    assert other == {PROBLEM, "1", "1.1", f"{GHOST}1.1"}
    assert rows()["1.1"].card == before["1.1"].card


def test_the_same_tree_says_nothing(following: Following) -> None:
    assert following.show(replace(TREE)) == []


def test_a_new_last_why_is_one_insertion(following: Following) -> None:
    said = following.show(whys.add_below(TREE, None, WhyNode("3", "", "more")))
    assert sorted(said) == ["dataChanged", "dataChanged", "dataChanged", "rowsInserted"]


def test_the_first_why_below_takes_the_place_of_the_ghost(following: Following) -> None:
    following.show(whys.add_below(TREE, "2", WhyNode("2.1", "", "more")))
    assert not following.model.find(f"{GHOST}2").isValid()
    assert following.model.parent(following.model.find("2.1")) == following.model.find("2")


@pytest.mark.parametrize("steps", [-4, 4])
def test_a_move_within_is_one_move(following: Following, steps: int) -> None:
    nodes = tuple(WhyNode(str(n), "", f"answer {n}") for n in range(9))
    tree = replace(TREE, nodes=nodes)
    following.show(tree)
    said = following.show(whys.move(tree, "4", steps))
    assert said.count("rowsMoved") == 1
    assert not {"rowsInserted", "rowsRemoved", "modelReset"} & set(said)


def test_a_row_stays_the_same_row_where_it_moves(following: Following) -> None:
    index = QPersistentModelIndex(following.model.find("1.2"))
    following.show(whys.move_to(TREE, "1.2", "2", 0))
    assert following.model.key(index) == "1.2"
    assert following.model.key(index.parent()) == "2"


def test_another_tree_starts_anew(following: Following) -> None:
    assert "modelReset" in following.show(WhyTree("other"))
    assert following.model.find(PROBLEM).isValid()


def test_any_way_from_tree_to_tree(following: Following) -> None:
    chance = random.Random(7)  # noqa: S311
    tree = TREE
    for step in range(300):
        ids = [node.id for _, node in walk(tree)]
        one = chance.choice(ids) if ids else ""
        other = chance.choice([None, *ids])
        tree = chance.choice(_changes(tree, f"n{step}", one, other))()
        assert "modelReset" not in following.show(tree)


def _changes(tree: WhyTree, fresh: str, one: str, other: str | None) -> list[Callable[[], WhyTree]]:
    return [
        lambda: whys.add_below(tree, other, WhyNode(fresh, "", "new"), 0),
        lambda: whys.move_to(tree, one, other, 0),
        lambda: whys.move_to(tree, one, other, 2),
        lambda: whys.move(tree, one, -2),
        lambda: whys.move(tree, one, 1),
        lambda: whys.toggle_joined(tree, one),
        lambda: whys.remove(tree, one) if len(list(walk(tree))) > 12 else tree,
        lambda: replace(tree, nodes=tuple(reversed(tree.nodes))),
        lambda: _without_middle(tree, one),
    ]


def _without_middle(tree: WhyTree, node_id: str) -> WhyTree:
    """Without a node, those below it taking its place at the end of the tree."""
    node = whys.find(tree, node_id)
    if node is None:
        return tree
    left = whys.remove(tree, node_id)
    return replace(left, nodes=(*left.nodes, *node.children))
