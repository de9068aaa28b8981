"""Two versions of the same words: whoever's are chosen, the others are not lost."""

from dataclasses import replace

import pytest

from models.document import Document
from models.domain.incident import Incident
from models.domain.post_mortem import PostMortem, Section
from models.domain.whys import WhyNode, WhyTree
from models.editing.deciding import Choice, choices, decided
from models.editing.parts import with_incident, with_text
from models.merging import Conflict, merge

BASE = Document(
    PostMortem(
        "p",
        "Slow sign-in",
        summary="First.\n\nIt was slow.\n\nLast.",
        incidents=(Incident("i", severity="SEV2"),),
        whys=(WhyTree("t", nodes=(WhyNode("n", "Why?", "A queue."), WhyNode("m", "Why?", "x"))),),
        sections=(Section("s", "Vendor", "It was slow."),),
    )
)


def answered(document: Document, answer: str) -> Document:
    tree = document.post_mortem.whys[0]
    nodes = (replace(tree.nodes[0], answer=answer), *tree.nodes[1:])
    return with_text(document, whys=(replace(tree, nodes=nodes),))


def conflict_of(mine: Document, theirs: Document) -> tuple[Document, Conflict]:
    joint = merge(BASE, mine, theirs)
    (conflict,) = joint.conflicts
    return joint.document, conflict


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        (Choice.MINE, "It took 9 s."),
        (Choice.THEIRS, "It took 8 s."),
        (Choice.BOTH, "It took 9 s.\n\nIt took 8 s."),
    ],
)
def test_a_paragraph_is_chosen(choice: Choice, expected: str) -> None:
    document, conflict = conflict_of(
        with_text(BASE, summary="First.\n\nIt took 9 s.\n\nLast."),
        with_text(BASE, summary="First.\n\nIt took 8 s.\n\nLast."),
    )
    assert choices(document, conflict) == tuple(Choice)
    result = decided(document, conflict, choice)
    assert result.post_mortem.summary == f"First.\n\n{expected}\n\nLast."
    assert [comment.resolved for comment in result.post_mortem.comments] == [True]
    assert "It took 8 s." in result.post_mortem.comments[0].text
    assert result.post_mortem.sections == BASE.post_mortem.sections


def test_the_answer_of_a_why_and_a_fact_of_an_incident_are_chosen() -> None:
    document, conflict = conflict_of(answered(BASE, "x"), answered(BASE, "A lock."))
    result = decided(document, conflict, Choice.THEIRS)
    assert [node.answer for node in result.post_mortem.whys[0].nodes] == ["A lock.", "x"]
    document, conflict = conflict_of(
        with_incident(BASE, "i", severity="SEV1"), with_incident(BASE, "i", severity="SEV3")
    )
    result = decided(document, conflict, Choice.THEIRS)
    assert result.post_mortem.incidents[0].severity == "SEV3"


def test_words_that_are_gone_since_leave_theirs_in_the_comment() -> None:
    document, conflict = conflict_of(
        with_text(BASE, summary="Mine."), with_text(BASE, summary="Theirs.")
    )
    document = with_text(document, summary="Something else by now.")
    assert choices(document, conflict) == (Choice.MINE,)
    assert decided(document, conflict, Choice.THEIRS) is document
    kept = decided(document, conflict, Choice.MINE)
    assert kept.post_mortem.summary == "Something else by now."
    assert kept.post_mortem.comments[0].resolved
