"""Changing why trees: what each function does, and what every one of them keeps."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import codec
from models.domain.whys import Stop, StopReason, WhyNode, WhyTree, walk
from models.editing import whys
from models.editing.branches import nodes_in
from tests.strategies import why_trees

STOP = Stop(StopReason.OUTSIDE, "Too dear", "Platform lead")


def node(id: str, *children: WhyNode, joined: bool = False, stop: Stop | None = None) -> WhyNode:
    """A why that answers with its id."""
    return WhyNode(id, answer=id, joined=joined, stop=stop, children=children)


def tree(text: str) -> WhyTree:
    """A tree from its outline: "1a 1.1b 2c&" (& is joined, ! stops)."""
    built = WhyTree("t", problem="P")
    ids: dict[str, str] = {}
    for entry in text.split():
        number, id = "".join(c for c in entry if c in "0123456789."), entry.strip("0123456789.&!")
        made = node(id, joined="&" in entry, stop=STOP if "!" in entry else None)
        built = whys.add_below(built, ids.get(number.rpartition(".")[0]), made)
        ids[number] = id
    return built


def outline(made: WhyTree) -> str:
    return " ".join(
        f"{number}{one.id}{'&' if one.joined else ''}{'!' if one.stop else ''}"
        for number, one in walk(made)
    )


Change = Callable[[WhyTree], WhyTree]


@pytest.mark.parametrize(
    ("before", "change", "after"),
    [
        ("1a", lambda t: whys.add_below(t, None, node("n")), "1a 2n"),
        ("1a 2b", lambda t: whys.add_below(t, None, node("n"), 1), "1a 2n 3b"),
        ("1a 2b&", lambda t: whys.add_below(t, None, node("n"), 1), "1a 2n& 3b&"),
        ("1a!", lambda t: whys.add_below(t, "a", node("n")), "1a 1.1n"),
        ("1a 1.1b 2c", lambda t: whys.add_after(t, "b", node("n")), "1a 1.1b 1.2n 2c"),
        ("1a 2b", lambda t: whys.add_after(t, "a", node("n")), "1a 2n 3b"),
        ("1a 2b 3c", lambda t: whys.move(t, "c", -1), "1a 2c 3b"),
        ("1a 2b 3c", lambda t: whys.move(t, "c", -9), "1c 2a 3b"),
        ("1a 2b& 3c", lambda t: whys.move(t, "b", -1), "1b 2a& 3c"),
        ("1a 2b& 3c", lambda t: whys.move(t, "b", 1), "1a 2c 3b"),
        ("1a 2b& 3c", lambda t: whys.move(t, "c", -1), "1c 2a 3b&"),
        ("1a 2b& 3c", lambda t: whys.move(t, "a", 2), "1b 2c 3a"),
        ("1a 2b 3c&", lambda t: whys.move(t, "a", 1), "1b 2c& 3a"),
        ("1a! 2b", lambda t: whys.indent(t, "b"), "1a 1.1b"),
        ("1a 1.1b 2c&", lambda t: whys.indent(t, "c"), "1a 1.1b 1.2c"),
        ("1a 1.1b 1.2c 2d&", lambda t: whys.outdent(t, "b"), "1a 1.1c 2d& 3b"),
        ("1a 1.1b 1.1.1c", lambda t: whys.outdent(t, "c"), "1a 1.1b 1.2c"),
        ("1a 1.1b 2c", lambda t: whys.move_to(t, "c", "b", 0), "1a 1.1b 1.1.1c"),
        ("1a 1.1b 2c 3d&", lambda t: whys.move_to(t, "b", None, 2), "1a 2c 3b& 4d&"),
        ("1a 2b& 3c&", lambda t: whys.move_to(t, "a", None, 2), "1b 2c& 3a"),
        ("1a 2b", lambda t: whys.toggle_joined(t, "b"), "1a 2b&"),
        ("1a 2b&", lambda t: whys.toggle_joined(t, "b"), "1a 2b"),
        ("1a 2b& 3c&", lambda t: whys.remove(t, "a"), "1b 2c&"),
        ("1a 1.1b 2c", lambda t: whys.remove(t, "a"), "1c"),
        ("1a", lambda t: whys.change(t, "a", stop=STOP), "1a!"),
    ],
)
def test_changes(before: str, change: Change, after: str) -> None:
    assert outline(change(tree(before))) == after


@pytest.mark.parametrize(
    ("before", "change"),
    [
        ("1a", lambda t: whys.add_below(t, "x", node("n"))),
        ("1a", lambda t: whys.add_after(t, "x", node("n"))),
        ("1a", lambda t: whys.change(t, "x", answer="n")),
        ("1a", lambda t: whys.change(t, "a", answer="a")),
        ("1a", lambda t: whys.change(t, "a", joined=True)),
        ("1a 1.1b", lambda t: whys.change(t, "a", stop=STOP)),
        ("1a 2b", lambda t: whys.move(t, "a", -1)),
        ("1a 2b&", lambda t: whys.move(t, "b", 1)),
        ("1a 2b", lambda t: whys.indent(t, "a")),
        ("1a 2b", lambda t: whys.outdent(t, "b")),
        ("1a 1.1b", lambda t: whys.move_to(t, "a", "b", 0)),
        ("1a 1.1b", lambda t: whys.move_to(t, "a", "a", 0)),
        ("1a 2b&", lambda t: whys.move_to(t, "b", None, 1)),
        ("1a 2b", lambda t: whys.toggle_joined(t, "a")),
        ("1a", lambda t: whys.remove(t, "x")),
        ("1a", lambda t: whys.paste(t, None, ())),
    ],
)
def test_where_nothing_can_change_the_tree_is_the_same_object(before: str, change: Change) -> None:
    known = tree(before)
    assert change(known) is known


def test_looking_up() -> None:
    known = tree("1a 1.1b 1.2c 2d")
    assert [whys.number_of(known, id) for id in "abcdx"] == ["1", "1.1", "1.2", "2", ""]
    parents = [whys.parent_of(known, id) for id in "abx"]
    assert [one and one.id for one in parents] == [None, "a", None]
    assert whys.find(known, "x") is None


def test_the_words_of_a_stop_go_into_the_answer_when_it_is_asked_further() -> None:
    asked = whys.find(whys.add_below(tree("1a!"), "a", node("n")), "a")
    assert asked is not None
    assert asked.answer == "a\n\nOutside our control: Too dear, accepted by Platform lead"
    plain = replace(tree("1a"), nodes=(node("a", stop=Stop(StopReason.FIXABLE)),))
    assert outline(whys.add_below(plain, "a", node("n"))) == "1a 1.1n"
    assert whys.add_below(plain, "a", node("n")).nodes[0].answer == "a"


def test_what_is_pasted_or_added_twice_gets_ids_of_its_own() -> None:
    known = tree("1a 1.1b")
    pasted = whys.paste(known, "b", known.nodes)
    assert [n for n, _ in walk(pasted)] == ["1", "1.1", "1.1.1", "1.1.1.1"]
    again = whys.add_below(known, None, known.nodes[0])
    for made in (pasted, again):
        ids = [one.id for _, one in walk(made)]
        assert len({*ids}) == len(ids) == 4


def test_a_pasted_branch_is_made_valid() -> None:
    broken = node("x", node("y", joined=True), stop=STOP)
    pasted = whys.paste(tree("1a"), "a", [replace(broken, joined=True)])
    assert [(n, one.joined, one.stop) for n, one in walk(pasted)] == [
        ("1", False, None),
        ("1.1", False, None),
        ("1.1.1", False, None),
    ]


def test_nothing_gets_deeper_than_can_be_stored() -> None:
    known = tree("1a 2b")
    for number in range(whys.DEEPEST - 1):
        known = whys.add_below(known, f"n{number - 1}" if number else "a", node(f"n{number}"))
    last = f"n{whys.DEEPEST - 2}"
    assert codec.dumps(known)
    assert whys.add_below(known, last, node("z")) is known
    assert whys.paste(known, last, [node("z")]) is known
    assert whys.move_to(known, "b", last, 0) is known
    assert whys.number_of(whys.move_to(known, "b", f"n{whys.DEEPEST - 3}", 0), "b").count(".") == 99


def test_with_tree_puts_a_tree_in_its_place() -> None:
    one, two = WhyTree("1"), WhyTree("2")
    changed = replace(one, problem="P")
    assert whys.with_tree((one, two), changed) == (changed, two)
    assert whys.with_tree((one,), two) == (one, two)
    known = (one, two)
    assert whys.with_tree(known, two) is known


class Editor:
    """Random changes of a tree; each is named in what a failing test prints."""

    def __init__(self, start: WhyTree, data: st.DataObject) -> None:
        self.tree, self._data = start, data

    def step(self) -> WhyTree:
        draw = self._data.draw
        ids = [one.id for _, one in walk(self.tree)]
        one, other = (draw(st.sampled_from([*ids, "nobody"])) for _ in range(2))
        number = draw(st.integers(-2, 3))
        changes: dict[str, Callable[[], WhyTree]] = {
            "add below": lambda: whys.add_below(self.tree, one, node(f"new {len(ids)}"), number),
            "add after": lambda: whys.add_after(self.tree, one, node(f"new {len(ids)}")),
            "move": lambda: whys.move(self.tree, one, number),
            "indent": lambda: whys.indent(self.tree, one),
            "outdent": lambda: whys.outdent(self.tree, one),
            "move to": lambda: whys.move_to(self.tree, one, other, number),
            "move to top": lambda: whys.move_to(self.tree, one, None, number),
            "join": lambda: whys.toggle_joined(self.tree, one),
            "stop": lambda: self._stopped(one),
        }
        return changes[draw(st.sampled_from(sorted(changes)))]()

    def _stopped(self, id: str) -> WhyTree:
        known = whys.find(self.tree, id)
        return whys.change(self.tree, id, stop=(known and known.stop) or STOP)


def words_of(made: WhyTree) -> set[str]:
    words: set[str] = set()
    for _, one in walk(made):
        stop = (one.stop.text, one.stop.accepted_by) if one.stop else ()
        shown = [text for evidence in one.evidence for text in (evidence.text, evidence.target)]
        words.update(re.findall(r"\w+", " ".join((one.question, one.answer, *stop, *shown))))
    return words


@given(why_trees(), st.data())
def test_every_change_keeps_the_tree_valid_and_its_words(
    trees: tuple[WhyTree, ...], data: st.DataObject
) -> None:
    start = WhyTree("t")
    for one in trees:
        start = whys.paste(start, None, one.nodes)
    editor = Editor(start, data)
    for _ in range(8):
        before = editor.tree
        editor.tree = editor.step()
        after = editor.tree
        assert (after is before) == (after == before)
        ids = [one.id for one in nodes_in(after.nodes)]
        assert len({*ids}) == len(ids)
        assert {one.id for one in nodes_in(before.nodes)} <= {*ids}
        for siblings in (after.nodes, *(one.children for _, one in walk(after))):
            assert not siblings or not siblings[0].joined
        assert not any(one.stop and one.children for _, one in walk(after))
        assert words_of(before) <= words_of(after)
