"""Two people change the same words: both versions are seen, chosen by keyboard, none is lost."""

import pytest

from app.ui.editor.conflicts import ConflictsDialog
from models.commands import post_mortems as commands
from models.editing.parts import with_text
from models.store.library import Actor
from tests.app.ui.editor.conftest import Desk


def both_write(desk: Desk) -> ConflictsDialog:
    """The author writes where somebody else wrote meanwhile; then asks to compare."""
    bench = desk.bench
    bench.press("Ctrl+2", "Ctrl+A")
    desk.write("It was the flag.")
    theirs = desk.stored
    commands.merge_save(
        bench.screens.context.workspace.library,
        with_text(theirs, summary="It was the queue."),
        theirs,
        Actor("", "Reviewer"),
    )
    desk.saved()
    banner = desk.page.work.troubles.conflict
    assert banner.isVisible()
    assert "Somebody changed the same words" in banner.accessibleName()
    banner.buttons[0].click()
    bench.settle()
    dialogs = [d for d in bench.window.findChildren(ConflictsDialog) if d.isVisible()]
    assert len(dialogs) == 1
    return dialogs[0]


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ((), "It was the flag."),
        (("Right",), "It was the queue."),
        (("Right", "Right"), "It was the flag.\n\nIt was the queue."),
    ],
)
def test_chosen_by_keyboard(desk: Desk, keys: tuple[str, ...], expected: str) -> None:
    dialog = both_write(desk)
    before = desk.stored.post_mortem
    assert before.summary == "It was the flag."
    assert any("It was the queue." in c.text and not c.resolved for c in before.comments)
    (card,) = dialog.cards
    card.choice.setFocus()
    desk.bench.press(*keys)
    dialog.apply_button.setFocus()
    desk.bench.press("Return")
    after = desk.saved().post_mortem
    assert after.summary == expected
    assert any("It was the queue." in c.text and c.resolved for c in after.comments)
    assert not desk.page.work.troubles.conflict.isVisible()
    undo = desk.bench.window.actions_table["undo"]
    assert undo.text() == "Undo: Decide on two versions"
    undo.trigger()
    assert desk.saved().post_mortem.summary == "It was the flag."


def test_deciding_later_loses_nothing(desk: Desk) -> None:
    both_write(desk)
    desk.bench.press("Esc")
    assert not desk.bench.window.findChildren(ConflictsDialog)
    assert desk.page.work.troubles.conflict.isVisible()
    stored = desk.saved().post_mortem
    assert stored.summary == "It was the flag."
    assert any("It was the queue." in comment.text for comment in stored.comments)
