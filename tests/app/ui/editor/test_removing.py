"""What is removed can be taken back, and is chosen again then."""

import pytest

from models.commands import attachments
from models.editing.attachments import add_attachment
from tests.app.ui.editor.conftest import Desk


def current(desk: Desk) -> object:
    page = desk.page.work.forms.page
    assert page is not None
    return page.current  # type: ignore[attr-defined]


@pytest.mark.parametrize("key", ["timeline", "actions", "attachments"])
def test_what_is_removed_comes_back_and_is_chosen(desk: Desk, key: str) -> None:
    library = desk.bench.screens.context.workspace.library
    for name in ("p99.txt", "p50.txt", "notes.txt"):
        document = add_attachment(desk.draft.document, attachments.keep(library, name, b"410 ms"))
        desk.draft.edit("Attach", lambda _, document=document: document)  # type: ignore[misc]
    desk.page.reveal(key)
    desk.bench.press("Home", "Down")
    removed, before = current(desk), desk.draft.document
    desk.bench.press("Del")
    assert current(desk) != removed
    desk.bench.press("End")
    desk.bench.window.toast.button.click()
    assert desk.draft.document.post_mortem == before.post_mortem
    assert current(desk) == removed


def test_a_toast_takes_back_its_own_edit_only(desk: Desk) -> None:
    desk.page.reveal("timeline")
    desk.bench.press("Home", "Down", "Del")
    button = desk.bench.window.toast.button
    desk.bench.press("K")
    changed = desk.draft.document
    button.click()
    assert desk.draft.document == changed
    assert "Ctrl+Z" in desk.bench.window.toast.accessibleName()
    desk.bench.press("Ctrl+Z", "Ctrl+Z")
    assert len(desk.draft.document.post_mortem.incidents[0].timeline) == 4
