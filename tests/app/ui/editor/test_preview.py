"""The preview goes with the cursor, and stays where it is while what is written can be seen."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QMimeData, QPoint
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest

from app.ui.editor.preview import Preview, anchors_of
from app.ui.editor.prose.edit import ProseEdit
from models.commands import post_mortems as commands
from models.domain.whys import WhyNode, WhyTree
from models.editing.parts import with_text
from models.store.library import Actor
from tests.app.ui.editor.conftest import Desk, Open

PARTS = [f"Paragraph {n} tells what **happened** in the minute {n} of it.\n" for n in range(120)]


@pytest.fixture
def desk(open_bench: Open) -> Desk:
    """A long summary and a long tree, previewed."""
    desk = Desk(open_bench(), "Profile saves failing after a full rollout")
    library = desk.bench.screens.context.workspace.library
    nodes = tuple(WhyNode(f"w{n}", answer=f"Reason {n} of many") for n in range(40))
    tree = WhyTree("tree", problem="Saves failed", nodes=nodes)
    stored = desk.stored
    document = with_text(stored, summary="\n".join(PARTS), whys=(tree,))
    commands.replace(library, document, Actor("", "Lead"))
    desk.bench.screens.following.look()
    desk.bench.settle()
    while not desk.page.dock.preview.isVisible():
        desk.bench.press("Ctrl+Tab")
    return desk


def drawn(desk: Desk) -> Preview:
    """The preview once its pause is over."""
    preview = desk.page.dock.preview
    preview.draw()
    desk.bench.settle()
    return preview


def seen(preview: Preview) -> str:
    """The words in view."""
    view = preview.text.viewport().rect()
    first = preview.text.cursorForPosition(view.topLeft())
    last = preview.text.cursorForPosition(view.bottomRight() - QPoint(1, 1))
    return preview.text.toPlainText()[first.position() : last.position()]


def test_it_shows_the_paragraph_under_the_cursor(desk: Desk) -> None:
    desk.bench.press("Ctrl+2", "Ctrl+End")
    assert "minute 119" in seen(drawn(desk))
    desk.bench.press("Ctrl+Home")
    preview = drawn(desk)
    assert "minute 0 " in seen(preview)
    assert "minute 119" not in seen(preview)


def test_it_shows_the_picture_under_the_cursor(desk: Desk) -> None:
    image = QImage(4, 3, QImage.Format.Format_RGB32)
    image.fill(0)
    desk.bench.press("Ctrl+2", "Ctrl+End", *["Up"] * 60, "Return")
    field = desk.bench.focus()
    assert isinstance(field, ProseEdit)
    data = QMimeData()
    data.setImageData(image)
    field.insertFromMimeData(data)
    desk.bench.settle()
    assert field.textCursor().block().text() == "![picture.png](picture.png)"
    desk.bench.press("Return", "Up", "End")
    assert "minute 89 of it.\n\ufffc" in seen(drawn(desk)).replace("\u2029", "\n")


def test_it_stays_where_it_is_while_one_types_in_view(desk: Desk) -> None:
    desk.bench.press("Ctrl+2", "Ctrl+End", *["Up"] * 90)
    preview = drawn(desk)
    place = preview.text.verticalScrollBar().value()
    assert place > 0
    desk.bench.press("Down", "Down", "End")
    desk.write(" And more.")
    assert "And more." in seen(drawn(desk))
    assert preview.text.verticalScrollBar().value() == place


def test_moving_the_cursor_starts_the_pause_only_in_view(desk: Desk) -> None:
    desk.bench.press("Ctrl+2")
    preview = drawn(desk)
    place = preview.text.verticalScrollBar().value()
    desk.bench.press("Ctrl+End")
    assert preview.text.verticalScrollBar().value() == place
    QTest.qWait(600)
    assert "minute 119" in seen(preview)


def test_it_goes_to_the_why_that_is_current(desk: Desk) -> None:
    desk.page.reveal("whys/w1")
    assert "5 Whys" in seen(drawn(desk))  # the heading is in view where there is room
    desk.page.reveal("whys/w37")
    preview = drawn(desk)
    assert "Reason 37 of many" in seen(preview)
    desk.bench.press("Home")
    assert "Reason 37 of many" not in seen(drawn(desk))


def test_it_goes_to_event_and_action(desk: Desk) -> None:
    document = desk.draft.document
    incident = document.post_mortem.incidents[0]
    last = replace(incident.timeline[-1], text="The very last thing")
    many = tuple(replace(last, id=f"e{n}", text=f"Step {n} of the night") for n in range(60))
    timeline = (*incident.timeline, *many)
    changed = with_text(document, incidents=(replace(incident, timeline=timeline),))
    desk.draft.edit("Add many", lambda _: changed)
    desk.page.reveal("timeline/e55")
    assert "Step 55 of the night" in seen(drawn(desk))
    assert "Step 50 of the night" in seen(drawn(desk))  # with what stands before it
    action = document.actions[-1]
    desk.page.reveal(f"actions/{action.id}")
    assert action.title in seen(drawn(desk))


def test_somebody_who_reads_it_is_left_alone(desk: Desk) -> None:
    desk.bench.press("Ctrl+2")
    preview = drawn(desk)
    desk.bench.press("Ctrl+J", "Ctrl+End")
    place = preview.text.verticalScrollBar().value()
    drawn(desk)
    assert place > 0
    assert preview.text.verticalScrollBar().value() == place


def test_anchors_are_where_qt_scrolls_to(desk: Desk) -> None:
    desk.bench.press("Ctrl+2")
    text = drawn(desk).text
    anchors = anchors_of(text.document())
    assert {"summary", "impact", "timeline", "whys", "whys-30", "actions"} <= set(anchors)
    for name in ("impact", "whys-30"):
        text.scrollToAnchor(name)
        cursor = text.textCursor()
        cursor.setPosition(anchors[name])
        assert abs(text.cursorRect(cursor).top()) < 30
