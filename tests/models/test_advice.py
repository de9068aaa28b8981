"""What a why tree still wants, and a chain read backwards."""

from dataclasses import replace

import pytest

from models.document import Document
from models.domain.action import ActionState
from models.domain.incident import Evidence
from models.domain.root import LeafRoot, Root, RootAction
from models.domain.whys import Stop, StopReason, WhyNode, WhyTree
from models.editing.advice import Want, advice_on, backwards, chain_end, names_person
from tests.models.examples import NOON, action, document

SEEN = (Evidence("link", "Graph", "https://graphs.example/7"),)
ACCEPTED = Stop(StopReason.OUTSIDE, "Too dear", "Platform lead")


def why(id: str, answer: str, *below: WhyNode, stop: Stop | None = ACCEPTED) -> WhyNode:
    """A why that wants nothing, unless the test asks."""
    return WhyNode(id, "", answer, SEEN, stop=None if below else stop, children=below)


def wants(*nodes: WhyNode, known: Document | None = None) -> list[tuple[str, Want]]:
    advice = advice_on(WhyTree("t", nodes=nodes), known or document())
    assert all(one.sentence for one in advice)
    return [(one.node_id, one.want) for one in advice]


def test_a_complete_tree_wants_nothing() -> None:
    assert wants(why("a", "Pool empty", why("b", "Leak"), why("c", "No alert"))) == []
    assert wants() == []


@pytest.mark.parametrize(
    ("evidence", "missing"),
    [
        (Evidence("link", "The graph"), "address"),
        (Evidence("link", "The graph", "  "), "address"),
        (Evidence("quote", "", "Support, in the channel"), "words"),
        (Evidence("query", "Errors by account"), "query"),
        (Evidence("attachment", "A screenshot"), "file"),
        (Evidence("event", "The alert"), "event"),
    ],
)
def test_evidence_that_is_only_begun_is_wanted_still(evidence: Evidence, missing: str) -> None:
    node = replace(why("a", "The flag had no stages"), evidence=(evidence,))
    (one,) = advice_on(WhyTree("t", nodes=(node,)), document())
    assert one.want is Want.EVIDENCE
    assert missing in one.sentence
    whole = replace(evidence, text="Seen", target="there")
    assert wants(replace(node, evidence=(evidence, whole))) == []


def test_an_answer_wants_evidence_and_an_end_a_reason() -> None:
    bare = replace(why("b", "Leak", stop=None), evidence=())
    assert wants(why("a", "Pool empty", bare, why("c", "No alert"))) == [
        ("b", Want.EVIDENCE),
        ("b", Want.STOP),
    ]
    assert wants(WhyNode("a", "Why?")) == []


def test_the_same_answer_again_is_found_whatever_its_marks() -> None:
    tree = why("a", "The pool was empty.", why("b", "the pool was EMPTY"), why("c", "Leak"))
    assert wants(tree) == [("b", Want.OTHER_ANSWER)]


def test_one_line_of_whys_is_asked_for_what_else_had_to_be_true() -> None:
    assert wants(why("a", "Pool empty", why("b", "Leak"))) == [("b", Want.BRANCH)]
    assert wants(why("a", "Pool empty")) == []


def test_a_fixable_root_wants_an_action() -> None:
    leaf = why("b", "Leak", stop=Stop(StopReason.FIXABLE))
    nodes = (leaf, why("c", "No alert"))
    assert wants(*nodes) == [("b", Want.ACTION)]
    item = action(id="x")
    known = replace(
        document(),
        roots=(Root("r", "Leak"),),
        leaf_roots=(LeafRoot("b", "r", NOON),),
        actions=(item,),
        root_actions=(RootAction("r", "x", NOON),),
    )
    assert wants(*nodes, known=known) == []
    given_up = replace(known, actions=(replace(item, state=ActionState.WONT_DO),))
    assert wants(*nodes, known=given_up) == [("b", Want.ACTION)]


def test_a_root_that_is_called_by_a_person_wants_a_system() -> None:
    known = replace(
        document(), roots=(Root("r", "Operator error"),), leaf_roots=(LeafRoot("b", "r", NOON),)
    )
    assert wants(why("b", "Leak"), why("c", "No alert"), known=known) == [("b", Want.SYSTEM)]


@pytest.mark.parametrize(
    "text",
    [
        "Human error",
        "The on-call engineer forgot to raise the limit",
        "Engineers on the night shift did not check the graph",
        "Somebody accidentally deleted the table",
        "It was carelessness.",
        "We should have tested it",
        "Alice forgot to set the limit",
        "Nobody told Alice Doe, and Alice Doe did not look",
        "On the day @alice failed to page the others",
        "Zebulon forgot the limit",
        "He missed the page",
        "I did not read the plan",
        "The limit was low.\n\nAlice should have raised it.",
        "A DBA on the late shift misread the plan",
    ],
)
def test_persons_are_noticed(text: str) -> None:
    assert names_person(text)


@pytest.mark.parametrize(
    "text",
    [
        "The server failed to start",
        "Tests should have a timeout",
        "The Kubernetes operator failed to reconcile",
        'The client logs "user error" for a full disk',
        "Error handling swallowed the answer",
        "The engineer on call was paged after 40 minutes",
        "No check stood between the button and production",
        "The web server missed a heartbeat",
        "Kafka failed to start and never came back",
        "Grafana did not show the graph",
        "It forgot the session at each restart",
        "The engineer restarted the server, which failed to start",
        "The team dashboard failed to load",
        "The engineer's laptop did not have access",
        "Alice restarted the server because the pool missed heartbeats",
        "The `alice forgot` fixture is empty",
    ],
)
def test_software_is_not_taken_for_a_person(text: str) -> None:
    assert not names_person(text)


def test_a_chain_is_read_backwards_word_for_word() -> None:
    node = why("a", "Pool\nempty ", why("b", ""), why("c", "No alert"))
    tree = WhyTree("t", problem="Saves failed", nodes=(node,))
    assert backwards(tree, "c") == ("No alert", "Pool\nempty ", "Saves failed")
    assert backwards(tree, "b") == ("Pool\nempty ", "Saves failed")
    assert [chain_end(tree, one) for one in (None, node, node.children[1])] == ["b", "b", "c"]
    assert chain_end(WhyTree("t"), None) == ""
