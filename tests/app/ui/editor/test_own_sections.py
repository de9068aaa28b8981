"""Custom sections by keyboard, and undo in a line of a form."""

from tests.app.ui.editor.conftest import Desk
from tests.app.ui.editor.keyboard import Keyboard


def test_own_sections_are_added_renamed_moved_and_removed_by_keyboard(desk: Desk) -> None:
    keys = Keyboard(desk.bench)
    for heading in ("Vendor", "Costs"):
        keys.press("Ctrl+Shift+A")
        keys.type(heading)
        keys.go_to(heading)
        keys.type(f"About the {heading.lower()}.")
    keys.command("Rename the section")
    keys.type("What it cost")
    keys.command("Move the section up")
    own = desk.saved().post_mortem.sections
    assert [(one.heading, one.markdown) for one in own] == [
        ("What it cost", "About the costs."),
        ("Vendor", "About the vendor."),
    ]
    keys.command("Remove the section")
    assert [one.heading for one in desk.saved().post_mortem.sections] == ["Vendor"]
    keys.press("Ctrl+Z")
    assert desk.saved().post_mortem.sections == own


def test_undo_in_a_line_is_the_documents(desk: Desk) -> None:
    keys = Keyboard(desk.bench)
    before = desk.draft.document
    keys.fill("Title", "Saves failed")
    keys.fill("Services", "edge")
    keys.press("Ctrl+Z")
    assert desk.draft.document.post_mortem.title == "Saves failed"
    assert desk.draft.document.post_mortem.incidents == before.post_mortem.incidents
    keys.press("Ctrl+Z")
    assert desk.draft.document.post_mortem == before.post_mortem
    keys.press("Ctrl+Shift+Z")
    assert desk.draft.document.post_mortem.title == "Saves failed"
