"""Why trees are numbered; due dates follow the policy; attached files get safe names."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.domain.action import ActionItem, ActionState, due_date
from models.domain.attachment import file_name
from models.domain.post_mortem import PostMortem, occurred_at, severity
from models.domain.whys import About, Stop, StopReason, WhyNode, WhyTree, addresses, roots, walk
from tests.strategies import any_text, post_mortems, why_trees

STOP = Stop(StopReason.FIXABLE)


def test_nodes_are_numbered_in_reading_order() -> None:
    tree = WhyTree(
        "w",
        nodes=(
            WhyNode("a", children=(WhyNode("b", children=(WhyNode("c"),)), WhyNode("d"))),
            WhyNode("e"),
        ),
    )
    assert [(number, node.id) for number, node in walk(tree)] == [
        ("1", "a"),
        ("1.1", "b"),
        ("1.1.1", "c"),
        ("1.2", "d"),
        ("2", "e"),
    ]


def test_addresses_name_the_tree_unless_it_is_the_first_question() -> None:
    trees = (
        WhyTree("o", nodes=(WhyNode("a"),)),
        WhyTree("d", About.DETECTION, nodes=(WhyNode("b"),)),
        WhyTree("r", About.RESPONSE, nodes=(WhyNode("c"),)),
    )
    assert {k: n.id for k, n in addresses(trees).items()} == {
        "1": "a",
        "detection:1": "b",
        "response:1": "c",
    }


def test_a_root_is_a_leaf_with_a_stop_reason() -> None:
    inner = WhyNode("a", stop=STOP, children=(WhyNode("b", stop=STOP), WhyNode("c")))
    assert [node.id for node in roots((WhyTree("w", nodes=(inner,)),))] == ["b"]


@given(why_trees())
def test_every_node_has_one_address(trees: tuple[WhyTree, ...]) -> None:
    assert len(addresses(trees)) == sum(1 for tree in trees for _ in walk(tree))


READY = datetime(2026, 1, 10, 23, 0, tzinfo=UTC)


def test_an_explicit_due_date_wins_over_the_policy() -> None:
    action = ActionItem("a", "t", due=date(2026, 2, 1), ready_at=READY)
    assert due_date(action, 15) == date(2026, 2, 1)


def test_the_policy_counts_from_becoming_ready() -> None:
    assert due_date(ActionItem("a", "t", ready_at=READY), 15) == date(2026, 1, 25)
    assert due_date(ActionItem("a", "t"), 15) is None
    assert due_date(ActionItem("a", "t", ready_at=READY), None) is None


def test_a_due_date_ends_with_the_calendar() -> None:
    last = datetime(9999, 12, 20, tzinfo=UTC)
    assert due_date(ActionItem("a", "t", ready_at=last), 60) == date.max


def test_wont_do_and_superseded_are_neither_open_nor_done() -> None:
    opened = {s for s in ActionState if ActionItem("a", "t", state=s).is_open}
    assert opened == {ActionState.PROPOSED, ActionState.READY, ActionState.IN_PROGRESS}


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("graph.png", "graph.png"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Temp\\graph.png", "graph.png"),
        ("..", "attachment"),
        ("a/..", "attachment"),
        ("", "attachment"),
        (" .. ", "attachment"),
        ("a/", "a"),
        ("what?:now.txt", "what__now.txt"),
        ("line\nbreak.txt", "line_break.txt"),
        (".bashrc", ".bashrc"),
        ("x" * 400 + ".png", "x" * 196 + ".png"),
    ],
)
def test_file_names_are_safe(name: str, file: str) -> None:
    assert file_name(name) == file


@given(st.one_of(any_text, st.text()))
def test_no_file_name_leads_elsewhere(name: str) -> None:
    safe = file_name(name)
    assert safe not in ("", ".", "..")
    assert not set(safe) & set("/\\\x00:")
    assert len(safe.encode()) <= 200
    assert file_name(safe) == safe


@given(post_mortems())
def test_what_lists_show_of_several_incidents(mortem: PostMortem) -> None:
    when = occurred_at(mortem)
    assert when is None or when.at is not None
    graded = {i.severity for i in mortem.incidents if i.severity}
    assert severity(mortem) == (min(graded) if graded else "")
