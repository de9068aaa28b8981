"""Undo and redo: edits by name, typing as one edit, and what others wrote left alone."""

from dataclasses import replace

import pytest

from models.document import Document
from models.domain.whys import WhyNode, WhyTree
from models.editing import whys
from models.editing.history import PAUSE, WORDS, History
from models.merging import merge
from tests.models.examples import document, retitled


def summed(known: Document, text: str) -> Document:
    return replace(known, post_mortem=replace(known.post_mortem, summary=text))


def summary(known: Document | None) -> str:
    return "" if known is None else known.post_mortem.summary


def typed(history: History, *texts: str, at: float = 0.0, place: str = "summary") -> None:
    """Types the summary as a person does, a tenth of a second for each key."""
    for number, text in enumerate(texts):
        changed = summed(history.document, text)
        history.apply("Type summary", changed, place=place, typing=True, at=at + number / 10)


def test_edits_are_taken_back_and_done_again_by_name() -> None:
    start = document("Queue")
    history = History(start)
    assert history.undo() is None
    assert (history.undo_name, history.redo_name, history.undo_place) == ("", "", "")
    second = retitled(start, "Cache")
    history.apply("Change the title", second, place="details")
    third = summed(second, "S")
    history.apply("Write the summary", third, place="summary")
    assert (history.undo_name, history.undo_place) == ("Write the summary", "summary")
    assert history.undo() is second
    assert (history.undo_name, history.redo_name) == ("Change the title", "Write the summary")
    assert history.redo_place == "summary"
    assert history.undo() is start
    assert history.undo() is None
    assert history.redo() is second
    assert history.redo() is third
    assert history.redo() is None


def test_an_edit_after_undo_takes_the_place_of_what_was_undone() -> None:
    history = History(document())
    history.apply("One", retitled(history.document, "1"))
    history.undo()
    history.apply("Two", retitled(history.document, "2"))
    assert (history.undo_name, history.redo_name) == ("Two", "")


def test_nothing_is_added_where_nothing_changed() -> None:
    history = History(document("Queue"))
    history.apply("Change the title", retitled(history.document, "Queue"))
    assert history.undo_name == ""


def test_typing_at_one_place_is_one_edit_until_a_pause() -> None:
    history = History(document())
    typed(history, "T", "Th", "The")
    typed(history, "The q", at=0.2 + PAUSE)
    typed(history, "The qu", at=0.4 + 2 * PAUSE)
    assert [summary(history.undo()) for _ in range(2)] == ["The q", ""]
    assert summary(history.redo()) == "The q"
    typed(history, "The qx", at=0.4 + 2 * PAUSE)
    assert summary(history.undo()) == "The q"


def test_typing_elsewhere_or_another_edit_between_ends_it() -> None:
    history = History(document())
    typed(history, "A")
    typed(history, "AB", place="impact")
    history.apply("Change the title", retitled(history.document, "T"), at=0.0)
    typed(history, "ABC", place="impact")
    assert [summary(history.undo()) for _ in range(4)] == ["AB", "AB", "A", ""]


def test_typing_is_taken_back_by_some_words_at_a_time() -> None:
    history = History(document())
    text = " ".join(f"word{n}" for n in range(2 * WORDS + 1))
    typed(history, *(text[:end] for end in range(1, len(text) + 1)))
    counts = [len(summary(history.undo()).split()) for _ in range(3)]
    assert counts == [2 * WORDS, WORDS, 0]
    assert history.undo() is None


def test_what_others_wrote_stays_when_an_edit_is_taken_back() -> None:
    start = summed(document("Queue"), "One.\n\nTwo.")
    history = History(start)
    history.apply("Change the title", retitled(start, "Cache"))
    history.apply("Write", summed(history.document, "One.\n\nTwo.\n\nMine."))
    history.rebase(replace(summed(history.document, "Theirs.\n\nTwo.\n\nMine."), version=7))
    back = history.undo()
    assert (summary(back), history.document.version) == ("Theirs.\n\nTwo.", 7)
    assert history.undo() == replace(summed(start, "Theirs.\n\nTwo."), version=7)
    assert summary(history.redo()) == "Theirs.\n\nTwo."
    assert summary(history.redo()) == "Theirs.\n\nTwo.\n\nMine."
    assert history.document.post_mortem.title == "Cache"


def test_a_save_between_keys_neither_ends_typing_nor_stops_undo_at_it() -> None:
    start = document()
    history = History(start)
    typed(history, "T", "Th")
    history.rebase(replace(retitled(history.document, "Theirs"), version=2))
    typed(history, "The", "The q", at=0.2)
    back = history.undo()
    assert back is not None
    assert (summary(back), back.post_mortem.title, back.version) == ("", "Theirs", 2)
    assert history.undo() is None
    assert summary(history.redo()) == "The q"


def test_words_that_others_changed_too_are_not_taken_back() -> None:
    start = summed(document(), "One")
    history = History(start)
    history.apply("Write", summed(start, "Mine"))
    history.rebase(summed(history.document, "Mine, and theirs"))
    joint = history.document
    assert history.undo() is joint
    assert (history.undo_name, history.redo_name) == ("", "")


@pytest.mark.parametrize("is_first", [True, False])
@pytest.mark.parametrize(
    ("mine", "theirs", "left"),
    [
        ((" B-luck",), " A-luck", ("We got lucky that day. A-luck",)),
        (
            (" B-luck", " B-luck helped much"),
            " A-luck, too.",
            ("We got lucky that day. B-luck A-luck, too.", "We got lucky that day. A-luck, too."),
        ),
        (("\n\nMine.",), "\n\nTheirs.", ("We got lucky that day.\n\nTheirs.",)),
    ],
)
def test_what_was_joined_with_the_words_of_another_is_taken_back_alone(
    mine: tuple[str, ...], theirs: str, left: tuple[str, ...], is_first: bool
) -> None:
    start = summed(document(), "We got lucky that day.")
    history = History(start)
    for number, words in enumerate(mine):
        typed(history, summary(start) + words, at=number * 2 * PAUSE)
    other = summed(start, summary(start) + theirs)
    sides = (history.document, other) if is_first else (other, history.document)
    joint = merge(start, *sides)
    assert joint.conflicts == ()
    history.rebase(joint.document)
    for text in left:
        assert sorted(summary(history.undo()).split()) == sorted(text.split())
    assert history.document == other
    assert history.undo() is None
    for _ in left:
        history.redo()
    assert sorted(summary(history.document).split()) == sorted(summary(joint.document).split())


def test_what_was_typed_and_deleted_again_is_no_edit() -> None:
    history = History(document())
    history.apply("Change the title", retitled(history.document, "T"))
    typed(history, "A", "AB", "A", "")
    assert history.undo_name == "Change the title"


def test_a_branch_that_was_removed_comes_back_below_what_others_added() -> None:
    tree = document("Q", WhyNode("a", children=(WhyNode("b", answer="B"),))).post_mortem.whys[0]
    start = replace(document(), post_mortem=replace(document().post_mortem, whys=(tree,)))

    def with_tree(known: Document, changed: WhyTree) -> Document:
        return replace(known, post_mortem=replace(known.post_mortem, whys=(changed,)))

    history = History(start)
    history.apply("Remove", with_tree(start, whys.remove(tree, "b")))
    now = history.document.post_mortem.whys[0]
    history.rebase(with_tree(history.document, whys.add_below(now, "a", WhyNode("c"))))
    history.undo()
    nodes = history.document.post_mortem.whys[0].nodes[0].children
    assert {node.id for node in nodes} == {"b", "c"}
