"""Branches of whys as indented text and back, and whys from the texts of others."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from models.domain.incident import Evidence
from models.domain.whys import Stop, StopReason, WhyNode, WhyTree, walk
from models.editing.branches import Nodes, nodes_in, settled, tidied
from models.editing.outline import as_text, from_text
from models.editing.whys import DEEPEST
from tests.strategies import any_text


def normal(text: str) -> str:
    """A text without white space at its ends and at the ends of its lines."""
    return "\n".join(line.rstrip() for line in text.replace("\r", "\n").strip().split("\n"))


texts = any_text.map(normal)
kinds = st.sampled_from(("link", "quote", "attachment", "event", "query"))
evidences = st.builds(Evidence, kinds, texts, texts)
stops = st.builds(Stop, st.sampled_from(StopReason), texts, texts)
leaves = st.builds(
    WhyNode,
    st.just(""),
    texts,
    texts,
    st.lists(evidences, max_size=2).map(tuple),
    st.booleans(),
    st.none() | stops,
)


def branching(below: SearchStrategy[WhyNode]) -> SearchStrategy[WhyNode]:
    some = st.lists(below, min_size=1, max_size=3).map(tuple)
    return st.builds(lambda node, children: replace(node, children=children), leaves, some)


branches = st.lists(st.recursive(leaves, branching, max_leaves=8), max_size=3).map(
    lambda nodes: settled(tidied(nodes))
)


def nameless(nodes: Nodes) -> list[tuple[str, WhyNode]]:
    tree = WhyTree("", nodes=nodes)
    return [(number, replace(node, id="", children=())) for number, node in walk(tree)]


@given(branches)
def test_what_is_written_is_read_again(nodes: Nodes) -> None:
    nodes = tuple(nodes)
    tidy = [(n, replace(node, answer=normal(node.answer))) for n, node in nameless(nodes)]
    read = from_text(as_text(nodes))
    assert nameless(read) == tidy
    ids = [node.id for node in nodes_in(read)]
    assert all(ids)
    assert len({*ids}) == len(ids)


@given(any_text)
def test_no_word_of_a_foreign_text_is_lost(text: str) -> None:
    read = as_text(from_text(text))
    for word in text.split():
        letters = "".join(c for c in word if c.isalpha())
        if len(letters) > 4 and letters == word:
            assert word in read or word.casefold() in ("because", "answer", "question")


def test_the_text_can_be_read_by_people() -> None:
    stop = Stop(StopReason.FIXABLE, "No limit on a client", "Platform lead")
    leaf = WhyNode("b", "Why was it empty?", "A client kept its connections.", stop=stop)
    graph = Evidence("link", "Pool graph", "https://graphs.example/pool")
    answer = "The pool was empty.\nIt stayed so for an hour."
    other = WhyNode("c", answer="Nobody looked", joined=True)
    node = WhyNode("a", "Why did the saves fail?", answer, (graph,), children=(leaf, other))
    assert as_text((node,)) == (
        "- Why did the saves fail?\n"
        "  → The pool was empty.\n"
        "    It stayed so for an hour.\n"
        "  Evidence (link): Pool graph\n"
        "  Where: https://graphs.example/pool\n"
        "  - Why was it empty?\n"
        "    → A client kept its connections.\n"
        "    Stop (fixable by us): No limit on a client\n"
        "    Accepted by: Platform lead\n"
        "  - AND: Nobody looked\n"
    )


def shape(text: str) -> list[tuple[str, str, str]]:
    """Number, question and answer of each why in a text."""
    nodes = WhyTree("", nodes=from_text(text))
    return [(number, node.question, node.answer) for number, node in walk(nodes)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Saves failed\n\tThe pool was empty\n\t\tA client leaked\n\tNo alert\n",
            [
                ("1", "", "Saves failed"),
                ("1.1", "", "The pool was empty"),
                ("1.1.1", "", "A client leaked"),
                ("1.2", "", "No alert"),
            ],
        ),
        (
            "* Why did it fail?\r\n  The pool was empty\r\n  for an hour.\r\n    * Why? Yes.\r\n",
            [
                ("1", "Why did it fail?", "The pool was empty\nfor an hour."),
                ("1.1", "Why?", "Yes."),
            ],
        ),
        (
            "1. Why A?\n   → B\n2. Why B?\n   → C\n3. Why C?\n   → D\n",
            [("1", "Why A?", "B"), ("1.1", "Why B?", "C"), ("1.1.1", "Why C?", "D")],
        ),
        (
            "1. One\n1.1 Two\n1.2. Three\n1.2.1 Four\n2. Five",
            [
                ("1", "", "One"),
                ("1.1", "", "Two"),
                ("1.2", "", "Three"),
                ("1.2.1", "", "Four"),
                ("2", "", "Five"),
            ],
        ),
        (
            "Q1: Why A?\nA1: B\nQ2: Why B?\nA2: C",
            [("1", "Why A?", "B"), ("1.1", "Why B?", "C")],
        ),
        (
            "Why 1: Why A?\n→ B\n→ C\n→ D",
            [("1", "Why A?", "B"), ("1.1", "", "C"), ("1.1.1", "", "D")],
        ),
        ("- Why A? -> B\n- Why C? → D", [("1", "Why A?", "B"), ("2", "Why C?", "D")]),
        ("• one\n◦ two", [("1", "", "one"), ("2", "", "two")]),
        (
            "The flag was on\n  Nobody removed it\n\t- tab child\n\t  of two\nSecond\n  below",
            [
                ("1", "", "The flag was on"),
                ("1.1", "", "Nobody removed it"),
                ("1.1.1", "", "tab child\nof two"),
                ("2", "", "Second"),
                ("2.1", "", "below"),
            ],
        ),
        (
            "Our five whys:\n1. Why did it fail?\nThe pool was empty\n2. Why was it?\nA leak",
            [
                ("1", "", "Our five whys:"),
                ("2", "Why did it fail?", "The pool was empty"),
                ("2.1", "Why was it?", "A leak"),
            ],
        ),
        ("\n \n", []),
    ],
)  # fmt: skip
def test_texts_of_others_become_whys(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert shape(text) == expected


def test_a_very_deep_text_becomes_whys_that_can_be_stored() -> None:
    read = WhyTree("", nodes=from_text("\n".join(" " * n + f"why {n}" for n in range(3000))))
    numbers = [number for number, _ in walk(read)]
    assert len(numbers) == 3000
    assert max(number.count(".") for number in numbers) == DEEPEST - 1
