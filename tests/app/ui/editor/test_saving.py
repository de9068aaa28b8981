"""Words are never lost: failed saves, closing, what an ended run leaves behind."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMessageBox

from app import bootstrap, settings
from app.ui.editor import draft as draft_module
from app.ui.editor.draft import SaveState
from app.ui.editor.recovery_copies import Copy, Left, Marker, RecoveryCopies
from models.commands import post_mortems as commands
from models.document import Document
from models.domain.post_mortem import PostMortem
from models.editing.parts import with_text
from models.queries import post_mortems as queries
from tests.app.ui.conftest import Bench, Open
from tests.app.ui.editor.conftest import Desk
from tests.app.ui.editor.test_page import state

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)


class Locked:
    """Another program that keeps the library's write lock."""

    def __init__(self, folder: Path) -> None:
        self._connection = sqlite3.connect(folder / "library.db", isolation_level=None)
        self._connection.execute("BEGIN IMMEDIATE")

    def release(self) -> None:
        self._connection.execute("ROLLBACK")
        self._connection.close()


def broken(folder: Path) -> Callable[[], None]:
    """Let every write of a revision fail as on a full disk; returns what mends it."""
    database = folder / "library.db"
    with closing(sqlite3.connect(database)) as connection:
        connection.execute(
            "CREATE TRIGGER full BEFORE INSERT ON change_log"
            " BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END"
        )
        connection.commit()

    def mend() -> None:
        with closing(sqlite3.connect(database)) as connection:
            connection.execute("DROP TRIGGER full")
            connection.commit()

    return mend


def left_behind(desk: Desk) -> list[Left]:
    """What another run would find if this one were killed now."""
    library = desk.bench.screens.context.workspace.library
    return RecoveryCopies(settings.state_folder(), library.id).left()


def copy_files() -> list[Path]:
    return sorted((settings.state_folder() / "recovery").rglob("*.copy.json"))


def test_a_failed_save_keeps_the_text_says_so_and_is_tried_again(desk: Desk) -> None:
    bench = desk.bench
    mend = broken(bench.folder)
    bench.press("Ctrl+2", "Ctrl+End")
    desk.write(" Kept.")
    desk.draft.save()
    bench.settle()
    assert state(desk) is SaveState.FAILED
    assert desk.page.chip.words == "Not saved"
    failure = desk.page.work.troubles.failure
    assert failure.isVisible()
    assert desk.draft.document.post_mortem.summary.endswith(" Kept.")
    (copy,) = copy_files()
    assert " Kept." in copy.read_text(encoding="utf-8")
    mend()
    failure.buttons[0].click()
    bench.settle()
    assert state(desk) is SaveState.SAVED
    assert not failure.isVisible()
    assert desk.stored.post_mortem.summary.endswith(" Kept.")
    assert not copy_files()


def test_it_is_tried_again_by_itself(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(draft_module, "RETRY_MS", (1,))
    mend = broken(desk.bench.folder)
    desk.bench.press("Ctrl+2", "Ctrl+End")
    desk.write(" Kept.")
    desk.draft.save()
    desk.bench.settle()
    mend()
    while state(desk) is not SaveState.SAVED:
        desk.bench.settle()
    assert desk.stored.post_mortem.summary.endswith(" Kept.")


def test_what_is_typed_while_saving_fails_is_in_the_copy(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(draft_module, "COPY_AFTER_MS", 1)
    mend = broken(desk.bench.folder)
    desk.bench.press("Ctrl+2", "Ctrl+End")
    desk.write(" First.")
    desk.draft.save()
    desk.bench.settle()
    desk.write(" Second.")
    while "Second." not in copy_files()[0].read_text(encoding="utf-8"):
        desk.bench.settle()
    assert state(desk) is SaveState.FAILED
    mend()


def test_closing_waits_for_the_last_write(desk: Desk, open_bench: Open) -> None:
    desk.bench.press("Ctrl+2", "Ctrl+End")
    desk.write(" Last words.")
    desk.draft.save()  # a write is under way, and more is typed
    desk.write(" And more.")
    desk.bench.close()
    again = Desk(open_bench(), desk.title)
    assert again.stored.post_mortem.summary.endswith(" Last words. And more.")
    assert not again.bench.window.banner.isVisible()
    assert not list((settings.state_folder() / "recovery").rglob("*.copy.json"))


@pytest.mark.parametrize("choice", ["Stay and try again", "Close"])
def test_a_window_that_cannot_save_asks_and_leaves_a_copy(
    desk: Desk, open_bench: Open, monkeypatch: pytest.MonkeyPatch, choice: str
) -> None:
    asked: list[str] = []

    def answer(box: QMessageBox) -> int:
        asked.append(f"{box.text()} {box.informativeText()}")
        next(button for button in box.buttons() if button.text() == choice).click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", answer)
    mend = broken(desk.bench.folder)
    desk.bench.press("Ctrl+2", "Ctrl+End")
    desk.write(" Almost lost.")
    desk.bench.window.close()
    assert len(asked) == 1
    assert desk.draft.document.ref in asked[0]
    assert "Almost lost." in copy_files()[0].read_text(encoding="utf-8")
    mend()
    if choice == "Stay and try again":
        assert desk.bench.window.isVisible()
        assert desk.saved().post_mortem.summary.endswith(" Almost lost.")
        return
    desk.bench.close()
    again = open_bench()
    banner = again.window.banner
    assert "words were recovered" in banner.accessibleName()
    found = next(
        d
        for d in queries.every(again.screens.context.workspace.library)
        if d.post_mortem.title == desk.title
    )
    assert found.post_mortem.summary.endswith(" Almost lost.")
    banner.buttons[1].click()  # Restore the earlier text
    again.settle()
    earlier = queries.by_id(again.screens.context.workspace.library, found.post_mortem.id)
    assert not earlier.post_mortem.summary.endswith(" Almost lost.")
    assert not copy_files()


def test_an_open_draft_leaves_a_marker_for_others_to_find_only_when_it_is_over(
    desk: Desk, open_bench: Open
) -> None:
    assert left_behind(desk) == []  # this run is not over
    library = desk.bench.screens.context.workspace.library
    over = RecoveryCopies(settings.state_folder(), library.id)
    over.opened(Marker(desk.id, desk.stored.ref, NOON, 1))
    over.abandon()
    (left,) = left_behind(desk)
    assert (left.marker.ref, left.copy) == (desk.stored.ref, None)
    desk.bench.close()
    bench = open_bench()
    assert "ended without closing" in bench.window.banner.accessibleName()
    assert "Everything is saved" in bench.window.banner.accessibleName()
    bench.window.banner.buttons[0].click()
    bench.settle()
    assert bench.window.current == "editor"
    assert not left.folder.exists()


def left_by(bench: Bench, opened: int) -> None:
    """As many runs that ended without closing, all with the same post-mortem open."""
    library = bench.screens.context.workspace.library
    document = next(iter(queries.every(library)))
    for _ in range(opened):
        over = RecoveryCopies(settings.state_folder(), library.id)
        over.opened(Marker(document.post_mortem.id, document.ref, NOON, 1))
        over.abandon()


@pytest.mark.parametrize("way", ["All right", "cross", "opened"])
def test_each_post_mortem_is_told_once_and_not_again_once_seen(
    bench: Bench, open_bench: Open, way: str
) -> None:
    left_by(bench, 3)
    id = next(iter(queries.every(bench.screens.context.workspace.library))).post_mortem.id
    bench.close()
    first = open_bench()
    banner = first.window.banner
    assert banner.accessibleName().count(" until ") == 1
    second = open_bench()  # the first lives and tells of it
    assert not second.window.banner.isVisible()
    second.close()
    if way == "All right":
        banner.buttons[1].click()
    elif way == "cross":
        banner.close_button.click()
    else:
        first.screens.context.preferences.set_text("author_asked", "yes")
        first.screens.writing.edit(id)
    first.settle()
    assert not banner.isVisible()
    first.close()
    assert not open_bench().window.banner.isVisible()
    assert not list((settings.state_folder() / "recovery").rglob("*.json"))


def test_what_was_not_seen_is_told_again(bench: Bench, open_bench: Open) -> None:
    left_by(bench, 1)
    bench.close()
    open_bench().close()
    assert "ended without closing" in open_bench().window.banner.accessibleName()


def test_the_time_that_is_told_is_that_of_the_last_write(
    bench: Bench, open_bench: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    for at in ("10:00:00", "10:04:00", "10:07:30"):
        monkeypatch.setenv("AFTERWHY_NOW", f"2026-11-20T{at}Z")
        workspace = bootstrap.open_workspace(bench.folder)
        now = next(iter(queries.every(workspace.library)))
        text = with_text(now, summary=f"{now.post_mortem.summary} More.")
        commands.merge_save(workspace.library, text, now, workspace.actor, coalesce=True)
        workspace.close()
    left_by(bench, 1)
    bench.close()
    assert "until 20 Nov 2026, 10:07:30 UTC" in open_bench().window.banner.accessibleName()


def test_a_copy_is_merged_with_what_was_written_since(bench: Bench) -> None:
    screens = bench.screens
    library = screens.context.workspace.library
    base = next(iter(queries.every(library)))
    typed = with_text(base, summary=f"{base.post_mortem.summary} Typed.")
    over = RecoveryCopies(settings.state_folder(), library.id)
    over.opened(Marker(base.post_mortem.id, base.ref, NOON, 1))
    over.keep(Copy(typed, base, NOON))
    over.abandon()
    from app.ui.editor.recovery import put_back

    (left,) = RecoveryCopies(settings.state_folder(), library.id).left()
    found = put_back(screens.context.workspace, screens.context.actor, left)
    assert found is not None
    assert found.recovered
    assert queries.by_id(library, base.post_mortem.id).post_mortem.summary.endswith(" Typed.")
    again = put_back(screens.context.workspace, screens.context.actor, left)
    assert again is not None
    assert not again.recovered  # put back twice, nothing is there twice
    gone = replace(left, marker=replace(left.marker, id="no-such-id"))
    assert put_back(screens.context.workspace, screens.context.actor, gone) is None


def test_copies_are_whole_and_damaged_ones_are_passed_over(tmp_path: Path) -> None:
    copies = RecoveryCopies(tmp_path, "library")
    document = Document(PostMortem("p", "Slow sign-in", summary="Words — ünïcode"))
    copies.opened(Marker("p", "PM-2026-001", NOON))
    file = copies.keep(Copy(document, replace(document, version=1), NOON))
    copies.opened(Marker("q", "PM-2026-002", NOON))
    other = copies.keep(Copy(replace(document, post_mortem=PostMortem("q", "x")), document, NOON))
    copies.abandon()
    other.write_text('{"document":', encoding="utf-8")
    later = RecoveryCopies(tmp_path, "library")
    (left,) = later.left()
    assert left.copy is not None
    assert left.copy.document == document
    assert file.exists()
    later.forget(left)
    assert not file.exists()
    assert other.exists()  # what cannot be read is not thrown away


@pytest.mark.timeout(120)
def test_a_library_that_another_program_holds_is_waited_for(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(draft_module, "COPY_AFTER_MS", 1)
    desk.bench.press("Ctrl+2", "Ctrl+End")
    lock = Locked(desk.bench.folder)
    try:
        desk.write(" Held up.")
        desk.draft.save()
        while not copy_files():
            desk.bench.app.processEvents()
        assert state(desk) is not SaveState.SAVED
    finally:
        lock.release()
    while state(desk) is not SaveState.SAVED:
        desk.draft.save()
        desk.bench.settle()
    assert desk.stored.post_mortem.summary.endswith(" Held up.")
    assert not copy_files()
