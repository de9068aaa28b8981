"""Linking a similar failure with one key or click, and taking it back."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from app.ui.document.similar import Similar
from app.ui.document.similar_list import SimilarDelegate, SimilarList
from models.commands import post_mortems as commands
from models.document import Document, new_id
from models.domain.post_mortem import PostMortem
from models.domain.root import Relation, RelationKind
from models.domain.whys import Stop, StopReason, WhyNode, WhyTree
from models.queries import post_mortems as queries
from models.queries.relations import repeats_of
from models.queries.roots import every
from models.store.library import Actor
from search.results import SimilarHit
from tests.app.ui.conftest import Bench
from tests.app.ui.editor.conftest import Desk, desk

__all__ = ["desk"]

REPEAT, ROOT = RelationKind.REPEAT_OF, RelationKind.SAME_ROOT


def stored(bench: Bench, id: str) -> tuple[Relation, ...]:
    return queries.by_id(bench.screens.context.workspace.library, id).relations


def said(list_: SimilarList) -> str:
    model = list_.similar_model
    return str(model.data(list_.currentIndex(), Qt.ItemDataRole.AccessibleTextRole))


def said_last(bench: Bench) -> str:
    return " ".join(part.text() for part in bench.window.toast.findChildren(QLabel))


def outage(title: str, answer: str) -> Document:
    leaf = WhyNode(new_id(), "Why?", answer, stop=Stop(StopReason.FIXABLE))
    tree = WhyTree(new_id(), problem=title, nodes=(leaf,))
    summary = "The zebra gate of the crossing jammed, and the wombat counter stood still."
    return Document(PostMortem(new_id(), title, summary=summary, whys=(tree,)))


def chip_of(list_: SimilarList, kind: RelationKind) -> QPoint:
    """A point that a click on the link of the current card hits."""
    rect = list_.visualRect(list_.currentIndex())
    cards = list_.itemDelegate()
    assert isinstance(cards, SimilarDelegate)
    points = (
        QPoint(x, y)
        for y in range(rect.top(), rect.bottom(), 4)
        for x in range(rect.left(), rect.right(), 8)
    )
    index = list_.currentIndex()
    return next(p for p in points if cards.link_at(index, rect.toRectF(), p.toPointF()) is kind)


def test_linked_in_the_reading_pane_by_key_and_taken_back(bench: Bench) -> None:
    id = bench.screens.library.current_id()
    bench.press("Ctrl+.")
    list_ = bench.screens.library.reading.similar.list
    assert bench.focus() is list_
    other = list_.similar_model.entry(list_.currentIndex())
    bench.press("R")
    (relation,) = stored(bench, id)
    assert (relation.kind, relation.ref) == (REPEAT, other.ref)
    assert relation.since == bench.screens.context.workspace.library.now()
    library = bench.screens.context.workspace.library
    assert repeats_of(library, other.id) == 1
    assert repeats_of(library, id) == 0
    assert "Repeat, linked 20 Nov 2026" in said(list_)
    assert "1 repeat of" in said_last(bench)
    bench.press("S")
    assert {one.kind for one in stored(bench, id)} == {REPEAT, ROOT}
    bench.press("Ctrl+Z")
    assert {one.kind for one in stored(bench, id)} == {REPEAT}
    assert bench.focus() is list_
    bench.press("R")
    assert stored(bench, id) == ()
    assert repeats_of(library, other.id) == 0
    assert "linked" not in said(list_)


def test_one_click_on_the_card_links(bench: Bench) -> None:
    id = bench.screens.library.current_id()
    bench.press("Ctrl+.")
    list_ = bench.screens.library.reading.similar.list
    left = Qt.MouseButton.LeftButton
    QTest.mouseClick(list_.viewport(), left, pos=chip_of(list_, ROOT))
    bench.settle()
    assert [one.kind for one in stored(bench, id)] == [ROOT]
    assert "Same root, linked 20 Nov 2026" in said(list_)
    QTest.mouseDClick(list_.viewport(), left, pos=chip_of(list_, ROOT))
    bench.settle()
    assert bench.window.current == "library"


def test_the_same_root_is_counted(bench: Bench) -> None:
    library = bench.screens.context.workspace.library
    ids = [
        commands.add(library, outage(title, answer), Actor("Kim")).id
        for title, answer in (
            ("The zebra gate jammed", "Nobody drills the zebra gate"),
            ("The zebra gate jammed again", "The zebra gate has no drill"),
        )
    ]
    bench.screens.context.changes_committed.emit()
    bench.settle()
    bench.screens.open(ids[1])
    bench.settle()
    bench.press("Ctrl+.")
    list_ = bench.screens.document.similar.list
    assert list_.similar_model.entry(list_.currentIndex()).id == ids[0]
    bench.press("S")
    assert "2 post-mortems came to “Nobody drills the zebra gate”." in said_last(bench)
    (row,) = [row for row in every(library) if set(row.post_mortems) == set(ids)]
    assert row.root.title == "Nobody drills the zebra gate"
    bench.press("Ctrl+Z")
    assert {
        len(row.post_mortems) for row in every(library) if set(row.post_mortems) & set(ids)
    } == {1}


def test_another_post_mortem_shows_its_best_one_first(bench: Bench) -> None:
    panel = bench.screens.library.reading.similar
    hits = tuple(
        SimilarHit(f"id-{n}", f"PM-{n}", "Pool empty", 1.0, "SEV1", "Draft", (), None, ("Same.",))
        for n in range(3)
    )
    panel.show_found(Similar("a", hits))
    panel.list.setCurrentIndex(panel.list.similar_model.index(1, 0))
    panel.show_found(Similar("a", hits[1:]))  # read again
    assert panel.list.currentIndex().row() == 0
    panel.show_found(Similar("a", hits))
    assert panel.list.currentIndex().row() == 1
    panel.show_found(Similar("b", hits))
    assert panel.list.currentIndex().row() == 0


def test_without_single_letters_the_palette_links(bench: Bench) -> None:
    id = bench.screens.library.current_id()
    bench.screens.context.preferences.single_keys = False
    bench.press("Ctrl+.", "R")
    assert stored(bench, id) == ()
    bench.press("Ctrl+Shift+P")
    bench.type("link as a repeat")
    bench.press("Return")
    assert [one.kind for one in stored(bench, id)] == [REPEAT]


def test_a_link_in_the_editor_is_an_edit(desk: Desk) -> None:
    bench, dock = desk.bench, desk.page.dock
    dock.search()
    bench.settle()
    bench.press("Ctrl+J", "R")
    list_ = dock.similar.list
    assert "Repeat, linked" in said(list_)
    (relation,) = desk.saved().relations
    assert relation.kind is REPEAT
    assert desk.draft.undo_name.startswith("Link to PM-")
    bench.press("Ctrl+Z")
    assert "linked" not in said(list_)
    assert desk.saved().relations == ()
    bench.press("Ctrl+Shift+Z")
    assert desk.saved().relations == (relation,)
