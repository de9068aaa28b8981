"""Two authors write one post-mortem: in two windows, in two processes, here and in a file."""

import subprocess
import sys
from pathlib import Path

import pytest

from app.ui.editor import draft
from app.ui.editor.conflicts import ConflictsDialog
from integrations.markdown.form import to_markdown
from models.domain.post_mortem import PostMortem
from tests.app.ui.conftest import Open
from tests.app.ui.editor.conftest import Desk


@pytest.fixture(autouse=True)
def both_write_before_either_is_saved(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a slow machine the first text was stored, and seen, before the second one was begun."""
    monkeypatch.setattr(draft, "SAVE_WITHIN_MS", 60_000)


@pytest.fixture
def other(desk: Desk, open_bench: Open) -> Desk:
    """A second window on the same library, on the same post-mortem."""
    return Desk(open_bench(), desk.title)


def write(desk: Desk, text: str, *keys: str) -> None:
    """Type into the summary in this window, after some keys."""
    desk.bench.window.activateWindow()
    desk.bench.settle()
    desk.bench.press("Ctrl+2", *keys)
    desk.write(text)


def said(found: PostMortem) -> list[str]:
    """What the comments keep."""
    return [comment.text for comment in found.comments]


def test_two_windows_join_what_was_typed(desk: Desk, other: Desk) -> None:
    write(desk, "From the first window.", "Ctrl+End", "Return", "Return")
    write(other, "From the second window.", "Ctrl+End", "Return", "Return")
    desk.saved()
    stored = other.saved().post_mortem
    assert "From the first window." in stored.summary
    assert "From the second window." in stored.summary
    assert said(stored) == []
    desk.draft.read_again()
    desk.bench.settle()
    assert desk.draft.document.post_mortem.summary == stored.summary


def test_two_windows_show_side_by_side_what_both_changed(desk: Desk, other: Desk) -> None:
    write(desk, "It was the flag.", "Ctrl+A")
    write(other, "It was the queue.", "Ctrl+A")
    desk.saved()
    stored = other.saved().post_mortem
    assert stored.summary == "It was the queue."
    assert "It was the flag." in said(stored)[0]
    other.page.work.troubles.conflict.buttons[0].click()
    other.bench.settle()
    (dialog,) = other.bench.window.findChildren(ConflictsDialog)
    dialog.cards[0].choice.click("both")
    dialog.apply_button.click()
    assert other.saved().post_mortem.summary == "It was the queue.\n\nIt was the flag."


def test_words_at_the_end_of_one_paragraph_are_both_there(desk: Desk, other: Desk) -> None:
    before = desk.stored.post_mortem.summary
    write(desk, " B-luck", "Ctrl+End")
    write(other, " A-luck", "Ctrl+End")
    desk.saved()
    assert other.saved().post_mortem.summary == f"{before} A-luck B-luck"
    assert not other.page.work.troubles.conflict.isVisible()


def test_undo_takes_back_ones_own_of_the_words_that_were_joined(desk: Desk, other: Desk) -> None:
    before = desk.stored.post_mortem.summary
    write(desk, " B-luck", "Ctrl+End")
    write(other, " A-luck", "Ctrl+End")
    desk.saved()
    other.saved()
    other.bench.press("Ctrl+Z")
    assert other.saved().post_mortem.summary == f"{before} B-luck"
    other.bench.press("Ctrl+Shift+Z")
    other.saved()
    desk.draft.read_again()
    desk.bench.window.activateWindow()
    desk.bench.settle()
    desk.bench.press("Ctrl+Z")
    assert desk.saved().post_mortem.summary == f"{before} A-luck"
    assert said(desk.stored.post_mortem) == []


def test_undo_says_that_the_words_of_another_stand_there(desk: Desk, other: Desk) -> None:
    write(desk, "It was the flag.", "Ctrl+A")
    write(other, "It was the queue.", "Ctrl+A")
    desk.saved()
    stored = other.saved().post_mortem
    desk.draft.read_again()
    desk.bench.window.activateWindow()
    desk.bench.settle()
    desk.bench.press("Ctrl+Z")
    assert "somebody else's words stand there now" in desk.bench.window.toast.accessibleName()
    assert desk.draft.redo_name == ""
    assert desk.saved().post_mortem == stored


def test_whose_words_were_replaced_is_told_and_can_have_them_back(desk: Desk, other: Desk) -> None:
    write(desk, "It was the flag.", "Ctrl+A")
    write(other, "It was the queue.", "Ctrl+A")
    desk.saved()
    other.saved()
    desk.draft.read_again()
    desk.bench.settle()
    banner = desk.page.work.troubles.conflict
    assert banner.isVisible()
    assert "yours in a comment" in banner.accessibleName()
    banner.buttons[0].click()
    desk.bench.settle()
    (dialog,) = desk.bench.window.findChildren(ConflictsDialog)
    dialog.cards[0].choice.click("theirs")
    dialog.apply_button.click()
    assert desk.saved().post_mortem.summary == "It was the flag."
    assert not banner.isVisible()


@pytest.mark.timeout(120)
def test_a_window_and_another_process(desk: Desk, tmp_path: Path) -> None:
    before = desk.stored
    write(desk, " Typed in the window.", "Ctrl+End")
    text = to_markdown(before)
    (incident,) = before.post_mortem.incidents
    first = incident.timeline[0].text
    assert text.count(first) == 1
    revised = tmp_path / "revised.md"
    revised.write_text(text.replace(first, f"{first} Seen by them."), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "app", "--library", desk.bench.folder, "apply", before.ref, revised],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    after = desk.saved().post_mortem
    assert after.summary.endswith(" Typed in the window.")
    assert after.incidents[0].timeline[0].text == f"{first} Seen by them."
    assert [e.id for e in after.incidents[0].timeline] == [e.id for e in incident.timeline]
    assert said(after) == said(before.post_mortem)
    assert desk.draft.document.post_mortem == after


def test_a_window_and_a_file_that_is_imported_again(desk: Desk, tmp_path: Path) -> None:
    bench, before = desk.bench, desk.stored
    sent = tmp_path / "sent.md"
    text = to_markdown(before)
    words = before.post_mortem.summary
    assert text.count(words) == 1
    sent.write_text(text.replace(words, f"Elsewhere: {words}"), encoding="utf-8")
    write(desk, "Written in the window.", "Ctrl+A")
    desk.saved()
    bench.screens.exchange.import_paths([str(sent)])
    bench.settle()
    bench.press("Space")
    bench.screens.exchange.importing.carry_out()
    bench.settle()
    assert "its file had changed the same words" in bench.window.banner.accessibleName()
    after = desk.stored.post_mortem
    kept = "\n".join((after.summary, *said(after)))
    assert f"Elsewhere: {words}" in kept
    assert "Written in the window." in kept
    desk.open()
    assert desk.draft.document.post_mortem == after
