"""Head, trees, backwards, warnings, clipboard, dragging, and what a screen reader hears."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtWidgets import QPushButton

from app.ui.editor.whys.cards import PROBLEM
from app.ui.editor.whys.layout import lay_out
from app.ui.editor.whys.pieces import Glyph, Press, Tag, Words
from app.ui.editor.whys.tree_view import WhyTreeView
from app.ui.fitting import clipped, unnamed
from models.domain.whys import About, Stop, StopReason, WhyNode, WhyTree
from models.editing import whys
from models.editing.parts import with_text
from tests.app.ui.editor.whys.conftest import Desk


def chips(desk: Desk) -> str:
    return desk.page.head.chips.accessibleName()


# -- head --------------------------------------------------------------------------------------


def test_the_chips_count(desk: Desk) -> None:
    assert chips(desk) == "0 of 3 branches end in a root, 3 whys need evidence"
    desk.go("2")
    desk.press("R", "Tab", "Tab", "Return")
    assert "1 of 3 branches end in a root" in chips(desk)
    assert "The root has no action yet" in chips(desk)


def test_asking_how_changes_prompts_only_and_is_remembered(blank_desk: Desk) -> None:
    desk, before = blank_desk, blank_desk.draft.document
    desk.press("Down")
    assert "Why did it happen?" in desk.current
    desk.page.head.ask.setFocus()
    desk.page.head.ask.click("how")
    assert "What made it possible?" in desk.current
    assert desk.draft.document is before
    assert desk.context.preferences.text("whys_ask") == "how"


def test_the_three_trees(desk: Desk) -> None:
    trees = desk.page.head.trees
    assert trees is not None
    trees.findChildren(QPushButton)[0].setFocus()
    desk.press("Right")
    assert desk.page.shown_tree().about is About.DETECTION
    desk.page.tree.setFocus()
    desk.press("Return")
    desk.type("No alert watches saves")
    desk.press("Return")
    stored = desk.draft.document.post_mortem.whys
    assert [(tree.about, len(tree.nodes)) for tree in stored] == [
        (About.OCCURRENCE, 2),
        (About.DETECTION, 1),
    ]
    desk.draft.undo()
    desk.draft.undo()
    assert len(desk.draft.document.post_mortem.whys) == 1


def test_revealing_a_why_of_another_tree(desk: Desk) -> None:
    other = WhyTree("other", About.RESPONSE, "Slow", (WhyNode("r1", "", "Nobody knew"),))
    desk.draft.edit("x", lambda d: with_text(d, whys=(*d.post_mortem.whys, other)))
    desk.page.reveal("whys/r1")
    assert desk.page.shown_tree().id == "other"
    assert "Nobody knew" in desk.current
    desk.page.reveal("tree")
    assert desk.current.startswith("Problem: Saves failed")


# -- backwards and warnings --------------------------------------------------------------------


def test_reading_it_backwards(desk: Desk) -> None:
    desk.go("1.2")
    desk.press("B")
    assert desk.page.backwards.isVisible()
    assert desk.page.backwards.words == (
        "There is no fallback., so The new path wrote an empty field., "
        "so Saves failed for 47 minutes"
    )
    desk.page.backwards.setFocus()
    desk.press("Tab", "Space")
    desk.type("It was not tried")
    desk.press("Return")
    assert desk.node("1.3").joined
    assert desk.node("1.3").answer == "It was not tried"
    desk.press("B")
    assert not desk.page.backwards.isVisible()


def test_the_next_warning_and_round_again(desk: Desk) -> None:
    found = []
    for _ in range(4):
        desk.press("F8")
        found.append(desk.page.writing.number(desk.page.writing.key))
    assert found == ["1.1", "1.2", "2", "1.1"]


def test_advice_stands_on_the_card_and_is_counted(desk: Desk) -> None:
    desk.go("2")
    desk.press("F2", "Ctrl+A")
    desk.type("The engineer forgot the limit")
    desk.press("Return")
    assert "This ends at a person" in desk.current
    assert "1 hint" in chips(desk)
    desk.press("F2", "Ctrl+A")
    desk.type("There is no fallback.")
    desk.press("Return")
    assert "the answer of 1.2 again" in desk.current


def test_a_leaf_with_evidence_asks_for_its_stop_reason(desk: Desk) -> None:
    evidence = desk.node("1").evidence
    desk.draft.edit(
        "x", lambda d: with_text(d, whys=(whys.change(desk.tree, "2", evidence=evidence),))
    )
    desk.go("2")
    layout = desk.page.tree.delegate.layout_of(desk.page.tree.currentIndex())
    offered = [piece.command for piece in layout.pieces if isinstance(piece, Press)]
    assert offered == ["why_root"]
    desk.press("F8", "F8", "F8")
    assert desk.page.writing.number(desk.page.writing.key) == "2"


# -- clipboard ---------------------------------------------------------------------------------


def test_copy_and_paste_of_a_branch(desk: Desk) -> None:
    desk.go("1")
    desk.press("Ctrl+C")
    desk.go("2")
    desk.press("Ctrl+V")
    assert desk.outline[3:] == [
        "2 The flag went to 100% in one step.",
        "2.1 The new path wrote an empty field.",
        "2.1.1 Old accounts have no preferences.",
        "2.1.2+ There is no fallback.",
    ]
    assert desk.node("2.1").evidence == desk.node("1").evidence
    assert desk.node("2.1").id != desk.node("1").id


def test_a_cut_branch_keeps_its_identity(desk: Desk) -> None:
    desk.go("1.2")
    desk.press("Ctrl+X")
    assert len(desk.outline) == 3
    desk.go("2")
    desk.press("Ctrl+V")
    assert desk.node("2.1").id == "1.2"
    desk.draft.undo()
    desk.draft.undo()
    assert desk.node("1.2").joined


def test_indented_text_from_outside_becomes_whys(desk: Desk) -> None:
    lines = "- The pool was empty\n  - Clients kept connections\n- Nobody looked"
    QGuiApplication.clipboard().setText(lines)
    desk.go("2")
    desk.press("Ctrl+V")
    assert desk.outline[4:] == [
        "2.1 The pool was empty",
        "2.1.1 Clients kept connections",
        "2.2 Nobody looked",
    ]
    assert desk.draft.undo_name == "Paste 3 whys"


def test_a_branch_is_copied_as_text_too(desk: Desk) -> None:
    desk.go("1")
    desk.press("Ctrl+C")
    text = QGuiApplication.clipboard().text()
    assert "The new path wrote an empty field." in text
    assert "  - " in text


def test_pasting_nothing_says_so(desk: Desk) -> None:
    QGuiApplication.clipboard().setText(" ")
    before = desk.tree
    desk.press("Ctrl+V")
    assert desk.tree == before
    assert desk.bench.window.toast.isVisible()


# -- dragging ----------------------------------------------------------------------------------


def drop(view: WhyTreeView, node: str, target: str, share: float) -> None:
    """Drop a why on a row, ``share`` of its height from the top."""
    model = view.why_model
    rect = view.visualRect(model.find(target))
    place = QPoint(rect.center().x(), rect.top() + int(rect.height() * share))
    data = model.mimeData([model.find(node)])
    none = Qt.KeyboardModifier.NoModifier
    event = QDropEvent(
        QPointF(place), Qt.DropAction.MoveAction, data, Qt.MouseButton.LeftButton, none
    )
    view.dropEvent(event)


@pytest.mark.parametrize(
    ("target", "share", "expected"),
    [
        ("1", 0.1, ["1 The flag", "2 The new", "2.1 Old acc", "2.2+ There is"]),
        ("1", 0.5, ["1 The new", "1.1 Old acc", "1.2+ There is", "1.3 The flag"]),
        ("1", 0.9, ["1 The new", "1.1 The flag", "1.2 Old acc", "1.3+ There is"]),
        ("1.1", 0.9, ["1 The new", "1.1 Old acc", "1.2+ The flag", "1.3+ There is"]),
        ("ghost:1.2", 0.5, ["1 The new", "1.1 Old acc", "1.2+ There is", "1.2.1 The flag"]),
    ],
)
def test_dragging(desk: Desk, target: str, share: float, expected: list[str]) -> None:
    drop(desk.page.tree, "2", target, share)
    found = [line[: len(words)] for line, words in zip(desk.outline, expected, strict=True)]
    assert found == expected
    assert desk.draft.undo_name == "Move why 2"


def test_a_why_cannot_go_below_itself(desk: Desk) -> None:
    before = desk.tree
    for target in ("1", "1.1", "ghost:1.1"):
        drop(desk.page.tree, "1", target, 0.5)
    assert desk.tree == before


# -- what is heard and seen --------------------------------------------------------------------


def test_each_row_is_a_sentence(desk: Desk) -> None:
    rows = [
        str(index.data(Qt.ItemDataRole.AccessibleTextRole)) for index in desk.page.model.every()
    ]
    assert rows[0] == "Problem: Saves failed for 47 minutes"
    assert "Why 1 of 2, The new path wrote an empty field., evidence: Log query" in rows
    assert "Why 1.2 of 2, There is no fallback., no evidence, AND with 1.1" in rows
    assert rows[-1] == "Add a why: Why was that so? Press Enter."


def test_the_menu_offers_what_the_keys_do(desk: Desk) -> None:
    desk.go("2")
    offered = {action.text() for action in desk.page.tree.actions() if action.isEnabled()}
    assert {"Evidence…", "Mark as root…", "Move the why up", "Paste below"} <= offered
    desk.page.tree.open_to(PROBLEM)
    offered = {action.text() for action in desk.page.tree.actions() if action.isEnabled()}
    assert "Mark as root…" not in offered
    assert {action.text() for action in desk.page.tree.actions()} == {
        desk.bench.window.actions_table[id].text() for id in desk.page.commands()
    }


LONG = "Nobody had tried what happens to an account that was made before preferences existed. " * 4


@pytest.mark.parametrize("percent", [90, 100, 150])
@pytest.mark.parametrize("width", [300, 420, 752])
def test_every_word_stands_on_its_card(desk: Desk, percent: int, width: int) -> None:
    look = desk.context.look
    look.set_percent(percent)
    node = whys.change(desk.tree, "2", answer=LONG + "x" * 300, question=LONG)
    many = [WhyNode(f"n{n}", "", LONG, desk.node("1").evidence * 5) for n in range(3)]
    for branch in many:
        node = whys.add_below(node, None, branch)
    stop = Stop(StopReason.OUTSIDE, LONG, "Head of Platform and of everything beside it")
    node = whys.change(node, "1.1", stop=stop)
    desk.draft.edit("x", lambda d: with_text(d, whys=(node,)))
    for index in desk.page.model.every():
        card = desk.page.model.card(index)
        layout = lay_out(look, card, look.px(width))
        shown = 0
        for piece in layout.pieces:
            if isinstance(piece, Glyph):
                continue
            assert piece.rect.bottom() <= layout.height + 0.5
            assert piece.rect.left() >= 0
            assert piece.rect.right() <= look.px(width) + 1
            if isinstance(piece, Words):
                metrics = look.metrics(piece.style.role)
                wide = max(map(metrics.horizontalAdvance, piece.lines))
                assert piece.rect.left() + wide <= look.px(width) + 1
                shown += sum(map(len, " ".join(piece.lines).split()))
        assert not overlapping(layout.pieces)
        assert shown >= len("".join(card.answer.split()))


def overlapping(pieces: Sequence[object]) -> list[tuple[object, object]]:
    placed = [piece for piece in pieces if isinstance(piece, Words | Tag | Press)]
    pairs = [(one, other) for n, one in enumerate(placed) for other in placed[n + 1 :]]
    shared = [(pair, pair[0].rect.intersected(pair[1].rect)) for pair in pairs]
    return [pair for pair, both in shared if both.width() > 2 and both.height() > 4]


@pytest.mark.parametrize(("scheme", "percent"), [("light", 100), ("dark", 100), ("light", 150)])
def test_nothing_is_cut_off_around_the_tree(desk: Desk, scheme: str, percent: int) -> None:
    desk.context.look.set_scheme("dark" if scheme == "dark" else "light")
    desk.context.look.set_percent(percent)
    desk.page.resize(720 if percent > 100 else 700, 700)  # a window of 1240 leaves this much
    desk.press("B")
    assert clipped(desk.page) + unnamed(desk.page) == []


def test_a_deep_tree_scrolls_sideways(desk: Desk) -> None:
    tree, parent = desk.tree, "2"
    for depth in range(60):
        tree = whys.add_below(tree, parent, WhyNode(f"d{depth}", "", LONG))
        parent = f"d{depth}"
    desk.draft.edit("x", lambda d: with_text(d, whys=(tree,)))
    desk.bench.settle()
    desk.page.tree.open_to(parent)
    index = desk.page.model.find(parent)
    assert desk.page.tree.card_width(index) >= desk.context.look.px(300)
    assert desk.page.tree.visualRect(index).width() >= desk.context.look.px(300)
    assert desk.page.tree.horizontalScrollBar().maximum() > 0


def test_revealing_what_is_gone_moves_nothing(desk: Desk) -> None:
    desk.go("1.2")
    desk.page.reveal("whys/never")
    assert desk.current.startswith("Why 1.2")
    desk.page.reveal("")
    assert desk.current.startswith("Why 1.2")


def test_undo_while_writing_leaves_the_field_open(desk: Desk) -> None:
    desk.draft.changed.connect(lambda place: desk.page.reveal(place) if place else None)
    desk.go("2")
    desk.press("F2")
    desk.type(" More")
    desk.draft.undo()
    desk.bench.settle()
    editor = desk.page.tree.open_editor
    assert editor is not None
    assert desk.focus() is editor
    assert editor.toPlainText() == "The flag went to 100% in one step."


# -- the picture -------------------------------------------------------------------------------


def test_the_picture_goes_to_the_clipboard(desk: Desk) -> None:
    desk.press("Ctrl+Shift+C")
    picture = QGuiApplication.clipboard().image()
    assert picture.width() >= 1500
    assert len({picture.pixel(x, 60) for x in range(0, picture.width(), 7)}) > 2


def test_the_picture_is_saved_as_it_is_called(desk: Desk, tmp_path: Path) -> None:
    for name, start in (("whys.svg", b"<svg "), ("whys.png", b"\x89PNG")):
        desk.page.picture.save_as(tmp_path / name)
        desk.bench.settle()
        assert (tmp_path / name).read_bytes().startswith(start)


def test_a_tree_without_words_is_not_drawn(blank_desk: Desk) -> None:
    QGuiApplication.clipboard().setText("as it was")
    blank_desk.press("Ctrl+Shift+C")
    assert QGuiApplication.clipboard().text() == "as it was"
