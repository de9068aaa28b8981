"""The editor's frame by keyboard: sections, undo, the dock, leaving and coming back."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from app.ui.editor import saving
from app.ui.editor.draft import SaveState
from app.ui.editor.prose.edit import ProseEdit
from app.ui.editor.timeline.source_text import SourcePanel
from app.ui.editor.whys.backwards import BackwardsPanel
from app.ui.fitting import clipped
from models.commands import post_mortems as commands
from models.domain.post_mortem import Status
from models.editing.parts import with_text
from models.queries import post_mortems as queries
from models.store.library import Actor
from tests.app.ui.conftest import Open
from tests.app.ui.editor.conftest import Desk

START = "Profile saves failing after a full rollout. For 47 minutes"


def keys_of(desk: Desk) -> list[str]:
    model = desk.page.side.stepper.steps
    return [model.entry(model.index(n, 0)).step.key for n in range(model.rowCount())]


def state(desk: Desk) -> SaveState:
    return desk.draft.state


def is_writing(desk: Desk) -> bool:
    return desk.page.work.is_writing


def current(desk: Desk) -> str:
    row = desk.page.side.stepper.current_row()
    assert row is not None
    return row.step.key


def test_written_undone_left_and_found_again_by_keyboard(desk: Desk) -> None:
    bench = desk.bench
    assert bench.window.current == "editor"
    assert current(desk) == "details"
    bench.press("Ctrl+2")
    assert current(desk) == "summary"
    assert isinstance(bench.focus(), ProseEdit)
    bench.press("Ctrl+End")
    desk.write(" It began with a flag.")
    assert state(desk) is SaveState.WAITING
    assert desk.page.chip.words == "Saving…"
    bench.press("Alt+PgDown")  # another section, and back
    assert current(desk) == "impact"
    assert desk.saved().post_mortem.summary.endswith("It began with a flag.")
    assert state(desk) is SaveState.SAVED
    assert desk.page.chip.words.startswith("Saved")
    undo = bench.window.actions_table["undo"]
    assert undo.text() == "Undo: Edit summary"
    bench.press("Ctrl+Z")
    assert current(desk) == "summary"
    assert isinstance(bench.focus(), ProseEdit)
    assert desk.saved().post_mortem.summary.startswith(START)
    assert "began with a flag" not in desk.stored.post_mortem.summary
    assert bench.window.actions_table["redo"].text() == "Redo: Edit summary"
    bench.press("Ctrl+Shift+Z")
    assert desk.saved().post_mortem.summary.endswith("It began with a flag.")
    desk.write(" And ended.")
    bench.press("Esc")  # leaving writes at once
    assert bench.window.current == "library"
    assert desk.stored.post_mortem.summary.endswith("And ended.")
    assert not bench.window.actions_table["redo"].isEnabled()
    bench.press("Ctrl+Return")
    assert bench.window.current == "editor"
    assert current(desk) == "summary"
    assert desk.draft.undo_name == "Edit summary"
    bench.press("Ctrl+Z")
    assert desk.draft.document.post_mortem.summary.endswith("It began with a flag.")


def test_esc_closes_what_is_unfolded_in_a_section_before_it_leaves(desk: Desk) -> None:
    bench = desk.bench
    panels: tuple[tuple[str, str, type[QWidget]], ...] = (
        ("whys", "why_backwards", BackwardsPanel),
        ("timeline", "event_source_text", SourcePanel),
    )
    for section, opens, panel in panels:
        desk.page.show_section(section)
        form = desk.page.work.forms.page
        assert form is not None
        form.setFocus()
        form.commands()[opens]()
        (unfolded,) = form.findChildren(panel)
        assert unfolded.isVisible()
        bench.press("Esc")
        assert (bench.window.current, unfolded.isVisible()) == ("editor", False)
        assert form.isAncestorOf(bench.focus())
    bench.press("Esc")
    assert bench.window.current == "library"


def test_undo_returns_to_the_exact_start(desk: Desk) -> None:
    before = desk.stored.post_mortem
    desk.bench.press("Ctrl+2")
    for word in ("One", "Two", "Three"):
        desk.write(f" {word}")
        desk.saved()
    while desk.draft.undo_name:
        desk.bench.press("Ctrl+Z")
    assert desk.saved().post_mortem == before
    desk.bench.press("Ctrl+Z")
    assert "Nothing to undo" in desk.bench.window.toast.accessibleName()


def test_sections_of_ones_own(desk: Desk) -> None:
    bench = desk.bench
    bench.press("Ctrl+Shift+A")
    assert isinstance(bench.focus(), QLineEdit)
    desk.write("Vendor")
    bench.press("Ctrl+Shift+A")
    desk.write("Costs")
    bench.press("Return")
    desk.write("About")
    assert desk.saved().post_mortem.sections[-1].markdown == "About"
    bench.press(*["Backspace"] * 5)
    assert [s.heading for s in desk.saved().post_mortem.sections] == ["Vendor", "Costs"]
    model = desk.page.side.stepper.steps
    headings = [model.entry(model.index(n, 0)).step.heading for n in range(model.rowCount())]
    assert headings.index("Costs") == headings.index("Vendor") + 1
    bench.window.actions_table["section_up"].trigger()
    assert [s.heading for s in desk.saved().post_mortem.sections] == ["Costs", "Vendor"]
    desk.page.work.take_focus()
    desk.write("About 400.")
    assert desk.saved().post_mortem.sections[0].markdown == "About 400."
    bench.window.actions_table["remove_section"].trigger()
    assert [s.heading for s in desk.saved().post_mortem.sections] == ["Vendor"]
    bench.press("Ctrl+Z")
    (costs, vendor) = desk.saved().post_mortem.sections
    assert (costs.heading, costs.markdown, vendor.heading) == ("Costs", "About 400.", "Vendor")
    assert current(desk) == f"section:{costs.id}"


def test_every_section_opens_by_keyboard(desk: Desk) -> None:
    seen = [current(desk)]
    for _ in keys_of(desk)[1:]:
        desk.bench.press("Alt+PgDown")
        seen.append(current(desk))
        assert desk.page.work.isAncestorOf(desk.bench.focus())
    assert seen == keys_of(desk)
    desk.bench.press("Alt+PgDown")
    assert current(desk) == seen[-1]
    for _ in seen[1:]:
        desk.bench.press("Alt+PgUp")
    assert current(desk) == "details"
    assert desk.draft.document is desk.draft.stored


def test_two_windows_merge_while_both_write(desk: Desk) -> None:
    bench = desk.bench
    bench.press("Ctrl+2", "Ctrl+End")
    desk.write(" Mine.")
    library = bench.screens.context.workspace.library
    theirs = desk.stored
    lessons = replace(theirs.post_mortem.lessons, lucky="It was a holiday.")
    changed = with_text(theirs, lessons=lessons)
    commands.merge_save(library, changed, theirs, Actor("", "Reviewer"))
    stored = desk.saved().post_mortem
    assert stored.summary.endswith(" Mine.")
    assert stored.lessons.lucky == "It was a holiday."
    assert desk.draft.document.post_mortem == stored
    commands.merge_save(
        library,
        with_text(desk.stored, contributing_factors="Seen by them."),
        desk.stored,
        Actor("", "Reviewer"),
    )
    bench.screens.following.look()
    bench.settle()
    assert desk.draft.document.post_mortem.contributing_factors == "Seen by them."
    bench.press("Ctrl+Z")
    stored = desk.saved().post_mortem
    assert not stored.summary.endswith(" Mine.")
    assert stored.contributing_factors == "Seen by them."


def test_the_dock_follows_in_pauses(desk: Desk) -> None:
    bench, dock = desk.bench, desk.page.dock
    dock.search()
    bench.settle()
    assert dock.similar.list.similar_model.rowCount() > 0
    bench.press("Ctrl+Tab", "Ctrl+Tab")
    assert "For 47 minutes" in dock.preview.text.toPlainText()
    bench.press("Ctrl+2", "Ctrl+End")
    desk.write(" The flag was new.")
    assert "The flag was new" not in dock.preview.text.toPlainText()
    dock.preview.draw()
    bench.settle()
    assert "The flag was new" in dock.preview.text.toPlainText()
    bench.press("Ctrl+J")
    assert dock.isAncestorOf(bench.focus())
    bench.press("Ctrl+J")
    assert desk.page.work.isAncestorOf(bench.focus())


def test_the_dock_folds_in_a_narrow_window(desk: Desk) -> None:
    bench = desk.bench
    bench.window.resize(1240, 800)
    bench.settle()
    assert desk.page.dock_place.is_folded
    assert not desk.page.dock.isVisible()
    bench.press("Ctrl+J")
    assert desk.page.dock.isVisible()
    bench.press("Esc")
    assert not desk.page.dock.isVisible()
    assert bench.window.current == "editor"


def test_the_history_restores_into_the_draft(desk: Desk) -> None:
    bench = desk.bench
    first = desk.stored.post_mortem.summary
    bench.press("Ctrl+2", "Ctrl+End")
    desk.write(" More.")
    bench.press("Ctrl+H")
    assert desk.page.work.is_history
    library = bench.screens.context.workspace.library
    assert desk.stored.post_mortem.summary.endswith("More.")
    commands.restore(library, desk.id, 1, Actor())
    bench.screens.context.changes_committed.emit()
    bench.settle()
    assert desk.draft.document.post_mortem.summary == first
    bench.press("Esc")
    assert is_writing(desk)


@pytest.mark.parametrize("historical", [False, True])
def test_a_closed_one_is_read_first_and_never_blocked(open_bench: Open, historical: bool) -> None:
    bench = open_bench()
    title = "Expired certificate on the partner webhook"
    library = bench.screens.context.workspace.library
    found = next(d for d in queries.every(library) if d.post_mortem.title == title)
    commands.merge_save(library, with_text(found, historical=historical), found, Actor())
    desk = Desk(bench, title)
    gate = desk.page.work.gate
    assert gate.isVisible()
    assert not is_writing(desk)
    words = [button.text() for button in gate.buttons if button.isVisible()]
    assert words == (["Edit anyway"] if historical else ["Reopen", "Edit anyway"])
    gate.buttons[0].click()
    bench.settle()
    assert is_writing(desk)
    assert not gate.isVisible()
    status = desk.saved().post_mortem.status
    assert status is (Status.CLOSED if historical else Status.DRAFT)


def test_a_low_window_asks_its_questions_only_on_demand(desk: Desk) -> None:
    bench, head = desk.bench, desk.page.work.head
    bench.press("Ctrl+2")
    questions = "What stopped it?"
    assert any(questions in words for words in texts(head))
    bench.window.resize(1240, 760)
    bench.screens.context.look.set_percent(150)
    bench.settle()
    try:
        assert not any(questions in words for words in texts(head))
        bench.press("Ctrl+Shift+E")
        assert any("refused" in words or "sign-ins" in words for words in texts(head))
        assert not any(questions in words for words in texts(head))
        head.questions.fold_button.click()
        assert any(questions in words for words in texts(head))
    finally:
        bench.screens.context.look.set_percent(100)


def texts(widget: QWidget) -> list[str]:
    """What can be read in a widget."""
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]


@pytest.mark.parametrize("percent", [100, 150])
def test_what_is_said_of_saving_moves_nothing_and_is_whole(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, percent: int
) -> None:
    bench = desk.bench
    bench.window.resize(1240, 800)
    bench.desktop.look.set_percent(percent)
    places = set()
    for ago in (0, 27, 3599):
        monkeypatch.setattr(saving, "_saved_words", lambda at, ago=ago: saving.words_of(ago))
        desk.page.chip.refresh()
        bench.settle()
        assert clipped(desk.page.chip) == []
        places.add(bench.window.top_bar.search.geometry().getRect())
    assert len(places) == 1


def test_the_library_selects_what_was_written(desk: Desk) -> None:
    library = desk.bench.screens.library
    for keys in ("Alt+1", "Esc"):
        rows = library.list.rows
        shown = {row_id(desk, n) for n in range(rows.rowCount())}
        other = min(shown - {"", desk.id})
        assert library.list.choose(other)
        desk.bench.screens.writing.edit(desk.id)
        desk.bench.settle()
        assert desk.bench.window.current == "editor"
        desk.bench.press(keys)
        assert desk.bench.window.current == "library"
        assert library.list.current_id() == desk.id
    library.list.choose(other)
    desk.bench.press("Alt+2", "Alt+1")
    assert library.list.current_id() == other, "only once"


def row_id(desk: Desk, number: int) -> str:
    rows = desk.bench.screens.library.list.rows
    row = rows.row(rows.index(number, 0))
    return row.id if row is not None else ""
