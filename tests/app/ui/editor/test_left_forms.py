"""A form that is gone hears nothing any more."""

from tests.app.ui.editor.conftest import Desk


def test_a_section_that_was_taken_back_is_not_styled_again(desk: Desk) -> None:
    bench = desk.bench
    bench.press("Ctrl+Shift+A", "Alt+PgUp", "Ctrl+Z", "Ctrl+Z")
    size = bench.screens.context.look.percent

    bench.press("Ctrl++")

    assert bench.screens.context.look.percent > size
    assert desk.draft.document.post_mortem.sections == ()


def test_undo_in_the_heading_of_a_section_is_the_documents(desk: Desk) -> None:
    bench = desk.bench
    bench.press("Ctrl+Shift+A")
    desk.write("Vendor")
    assert [s.heading for s in desk.draft.document.post_mortem.sections] == ["Vendor"]

    bench.press("Ctrl+Z")

    assert [s.heading for s in desk.draft.document.post_mortem.sections] == ["New section"]
    bench.press("Ctrl+Shift+Z")
    assert [s.heading for s in desk.draft.document.post_mortem.sections] == ["Vendor"]


def test_undo_in_a_line_is_the_documents(desk: Desk) -> None:
    bench, before = desk.bench, desk.draft.document.post_mortem.title
    bench.press("Ctrl+1", "Ctrl+A")
    desk.write("Saves failed")
    assert desk.draft.document.post_mortem.title == "Saves failed"

    bench.press("Ctrl+Z")

    assert desk.draft.document.post_mortem.title == before
