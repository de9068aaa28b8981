"""Importing, exporting and editing in another program, with real files."""

import os
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.ui.document import external_editor
from app.ui.document.external_editor import editor_command
from app.ui.document.new_dialog import NewDialog
from app.ui.editor.conflicts import ConflictsDialog
from app.ui.exporting.dialog import ExportDialog
from app.ui.settings.author import AuthorDialog
from integrations.markdown.plan import Verdict
from models.commands import post_mortems as commands
from models.editing.parts import with_text
from models.queries import post_mortems as queries
from models.queries.catalogue import catalogue
from models.store.library import Actor
from tests.app.ui.conftest import Bench, Open
from tests.app.ui.examples import CASES


@pytest.fixture(autouse=True)
def no_editor(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An editor that ends at once and changes nothing; the tests write the files themselves."""
    editor = tmp_path / "editor.sh"
    editor.write_text("#!/bin/sh\nexit 0\n")
    editor.chmod(0o755)
    monkeypatch.setenv("VISUAL", str(editor))
    return editor


def refs(bench: Bench) -> list[str]:
    return [row.ref for row in catalogue(bench.screens.context.workspace.library)]


def wiki(tmp_path: Path) -> Path:
    folder = tmp_path / "wiki"
    folder.mkdir()
    (folder / "disk.md").write_text("# Disk full\n\n## Summary\n\nThe report disk was full.\n")
    (folder / "dns.html").write_text("<h1>Zone gone</h1><h2>Summary</h2><p>A zone was lost.</p>")
    (folder / "empty.md").write_text("")
    (folder / "picture.png").write_bytes(b"\x89PNG\r\n")
    return folder


def test_import_preview_choice_and_undo(bench: Bench, tmp_path: Path) -> None:
    before = refs(bench)
    bench.screens.exchange.import_paths([str(wiki(tmp_path))])
    bench.settle()
    page = bench.screens.exchange.importing
    assert bench.window.current == "import"
    found = {page.list.entries.entry(page.list.entries.index(i, 0)).verdict for i in range(4)}
    assert found == {Verdict.NEW, Verdict.FAILED, Verdict.SKIPPED}
    assert refs(bench) == before
    titles = [entry.title for entry in page.list.entries.taken()]
    assert sorted(titles) == ["Disk full", "Zone gone"]
    page.filter.click("import")
    page.list.setFocus()
    bench.press("Space")
    assert len(page.list.entries.taken()) == 1
    bench.press("Space")
    page.import_button.click()
    bench.settle()
    assert bench.window.current == "library"
    assert len(refs(bench)) == len(before) + 2
    bench.press("Ctrl+Z")
    assert sorted(refs(bench)) == sorted(before)


def test_a_conflict_is_decided_by_the_user(bench: Bench, tmp_path: Path) -> None:
    folder = wiki(tmp_path)
    bench.screens.exchange.import_paths([str(folder / "disk.md")])
    bench.settle()
    page = bench.screens.exchange.importing
    page.import_button.click()
    bench.settle()
    store = bench.screens.context.workspace.library
    row = next(row for row in catalogue(store) if row.title == "Disk full")
    bench.screens.library.choose(row.id)
    bench.settle()
    bench.screens.library.bulk.add_tags.setText("storage")
    bench.screens.library._apply(bench.screens.library.bulk.wanted())  # noqa: SLF001
    bench.settle()
    (folder / "disk.md").write_text("# Disk full\n\n## Summary\n\nThe log disk was full.\n")
    bench.screens.exchange.import_paths([str(folder / "disk.md")])
    bench.settle()
    assert page.list.entries.entry(page.list.entries.index(0, 0)).verdict is Verdict.CONFLICT
    assert not page.import_button.isEnabled()
    bench.press("Space")
    page.import_button.click()
    bench.settle()
    assert "log disk" in queries.by_id(store, row.id).post_mortem.summary


def test_nothing_to_import_says_so(bench: Bench, tmp_path: Path) -> None:
    empty = tmp_path / "nothing"
    empty.mkdir()
    bench.screens.exchange.import_paths([str(empty)])
    bench.settle()
    page = bench.screens.exchange.importing
    assert page.notice.isVisible()
    assert page.notice.accessibleName() == "Nothing to import here"
    bench.press("Esc")
    assert bench.window.current == "library"


@pytest.mark.parametrize("form", ["md", "html", "json"])
def test_export_of_a_selection(bench: Bench, tmp_path: Path, form: str) -> None:
    bench.press("Ctrl+A", "Ctrl+E")
    dialog = bench.window.findChild(ExportDialog)
    assert dialog is not None
    dialog.forms.click(form)
    dialog.folder.setText(str(tmp_path / "out"))
    dialog.carry_out()
    bench.settle()
    files = list((tmp_path / "out").iterdir())
    assert len(files) == len(CASES)
    assert {file.suffix for file in files} == {f".{form}"}


def test_an_export_that_cannot_be_written_says_so(bench: Bench, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    bench.press("Ctrl+E")
    dialog = bench.window.findChild(ExportDialog)
    assert dialog is not None
    dialog.folder.setText(str(tmp_path / "file" / "below"))
    dialog.carry_out()
    bench.settle()
    assert bench.window.banner.isVisible()


def test_each_save_in_the_editor_is_a_save_here(bench: Bench) -> None:
    screens = bench.screens
    store, id = screens.context.workspace.library, screens.library.list.current_id()
    screens.writing.editing.edit(id)
    bench.settle()
    session = screens.writing.editing.sessions[id]
    text = session.file.read_text(encoding="utf-8")
    for words in ("first", "second"):
        session.file.write_text(text.replace("38 %", f"{words} 38 %"), encoding="utf-8")
        screens.writing.editing.take_over()
        bench.settle()
        assert f"{words} 38 %" in queries.by_id(store, id).post_mortem.summary
    actions = len(queries.by_id(store, id).actions)
    screens.writing.editing.stop(id)
    bench.settle()
    assert not session.file.exists()
    assert screens.writing.editing.sessions == {}
    assert len(queries.by_id(store, id).actions) == actions


def test_actions_that_a_save_removed_are_named_and_come_back(bench: Bench) -> None:
    screens = bench.screens
    store, id = screens.context.workspace.library, screens.library.list.current_id()
    before = queries.by_id(store, id)
    screens.writing.editing.edit(id)
    bench.settle()
    file = screens.writing.editing.sessions[id].file
    text = file.read_text(encoding="utf-8")
    gone = before.actions[0].ref
    head, _, rest = text.partition(f"- **{gone}**")
    file.write_text(head + rest[rest.index("- **A-") :], encoding="utf-8")
    screens.writing.editing.take_over()
    bench.settle()
    assert gone not in [action.ref for action in queries.by_id(store, id).actions]
    assert gone in bench.window.toast.accessibleName()
    bench.window.toast.button.click()
    bench.settle()
    back = queries.by_id(store, id)
    assert {action.ref for action in back.actions} == {action.ref for action in before.actions}
    assert gone in bench.window.toast.accessibleName()


def test_a_text_that_cannot_be_read_waits_for_its_author(bench: Bench) -> None:
    screens = bench.screens
    store, id = screens.context.workspace.library, screens.library.list.current_id()
    screens.writing.editing.edit(id)
    bench.settle()
    session = screens.writing.editing.sessions[id]
    version = queries.by_id(store, id).version
    good = session.file.read_text(encoding="utf-8")
    session.file.write_text("no front matter any more", encoding="utf-8")
    screens.writing.editing.take_over()
    bench.settle()
    assert bench.window.banner.isVisible()
    assert "is not saved yet" in bench.window.banner.accessibleName()
    assert queries.by_id(store, id).version == version
    session.file.write_text(good.replace("38 %", "39 %"), encoding="utf-8")
    screens.writing.editing.take_over()
    bench.settle()
    assert "39 %" in queries.by_id(store, id).post_mortem.summary


def test_a_change_in_between_is_joined(bench: Bench) -> None:
    screens = bench.screens
    store, id = screens.context.workspace.library, screens.library.list.current_id()
    screens.writing.editing.edit(id)
    bench.settle()
    session = screens.writing.editing.sessions[id]
    screens.library.bulk.add_tags.setText("elsewhere")
    screens.library._apply(screens.library.bulk.wanted())  # noqa: SLF001
    bench.settle()
    text = session.file.read_text(encoding="utf-8")
    for figure in ("41 %", "43 %"):  # the text never has what was written elsewhere
        session.file.write_text(text.replace("38 %", figure), encoding="utf-8")
        screens.writing.editing.take_over()
        bench.settle()
        now = queries.by_id(store, id).post_mortem
        assert figure in now.summary
        assert "elsewhere" in now.tags
        assert "is open in your editor" in said(bench)


def test_an_action_that_is_new_in_the_text_comes_once(bench: Bench) -> None:
    screens = bench.screens
    store, id = screens.context.workspace.library, screens.library.list.current_id()
    before = len(queries.by_id(store, id).actions)
    screens.writing.editing.edit(id)
    bench.settle()
    file = screens.writing.editing.sessions[id].file
    text = file.read_text(encoding="utf-8")
    text = text.replace("- **A-", "- **new** Watch the rollout\n- **A-", 1)
    for figure in ("41 %", "43 %"):
        file.write_text(text.replace("38 %", figure), encoding="utf-8")
        screens.writing.editing.take_over()
        bench.settle()
        actions = queries.by_id(store, id).actions
        assert len(actions) == before + 1
        assert all(action.ref for action in actions)


@pytest.mark.parametrize(
    ("choice", "stands"), [("mine", "41 %"), ("theirs", "44 %"), ("later", "41 %")]
)
def test_words_that_both_changed_are_shown_side_by_side(
    bench: Bench, choice: str, stands: str
) -> None:
    screens = bench.screens
    store, id = screens.context.workspace.library, screens.library.list.current_id()
    screens.writing.editing.edit(id)
    bench.settle()
    session = screens.writing.editing.sessions[id]
    base = queries.by_id(store, id)
    theirs = base.post_mortem.summary.replace("38 %", "44 %")
    commands.merge_save(store, with_text(base, summary=theirs), base, Actor("", "Reviewer"))
    text = session.file.read_text(encoding="utf-8")
    session.file.write_text(text.replace("38 %", "41 %"), encoding="utf-8")
    screens.writing.editing.take_over()
    bench.settle()
    assert f"Somebody changed the same words of {base.ref}" in said(bench)
    now = queries.by_id(store, id).post_mortem
    assert "41 %" in now.summary
    assert any("44 %" in comment.text for comment in now.comments)
    click(bench, "Compare")
    (dialog,) = bench.window.findChildren(ConflictsDialog)
    (card,) = dialog.cards
    if choice == "later":
        bench.press("Esc")
        assert "Somebody changed the same words" in said(bench)
        click(bench, "Keep it so")
    else:
        card.choice.click(choice)
        dialog.apply_button.click()
        bench.settle()
    assert "is open in your editor" in said(bench)
    now = queries.by_id(store, id).post_mortem
    assert stands in now.summary
    (comment,) = [comment for comment in now.comments if "44 %" in comment.text]
    assert comment.resolved == (choice != "later")
    screens.writing.editing.stop(id)
    bench.settle()
    assert stands in queries.by_id(store, id).post_mortem.summary
    assert said(bench) == ""


def refused_before(open_bench: Open) -> tuple[str, Path, str]:
    """A run that ended with a text that was refused: the id, its file and the good text."""
    first = open_bench()
    id = first.screens.library.list.current_id()
    first.screens.writing.editing.edit(id)
    first.settle()
    file = first.screens.writing.editing.sessions[id].file
    good = file.read_text(encoding="utf-8")
    file.write_text("no front matter any more", encoding="utf-8")
    first.close()
    assert file.read_text(encoding="utf-8") == "no front matter any more"
    return id, file, good


def said(bench: Bench) -> str:
    return bench.window.banner.accessibleName() if bench.window.banner.isVisible() else ""


def click(bench: Bench, text: str) -> None:
    buttons = [b for b in bench.window.banner.buttons if b.isVisible() and b.text() == text]
    buttons[0].click()
    bench.settle()


def test_a_refused_text_is_offered_at_the_next_start(open_bench: Open) -> None:
    id, file, good = refused_before(open_bench)
    second = open_bench()
    assert "PM-2026-001: a text from your editor is not in the library yet" in said(second)
    assert str(file) in said(second)
    click(second, "Apply again")
    assert "is not saved yet" in said(second)
    file.write_text(good.replace("38 %", "39 %"), encoding="utf-8")
    second.screens.writing.editing.take_over()
    second.settle()
    store = second.screens.context.workspace.library
    assert "39 %" in queries.by_id(store, id).post_mortem.summary
    second.screens.writing.editing.stop(id)
    second.settle()
    assert list(file.parent.iterdir()) == []


def test_a_text_saved_while_nobody_watched_is_applied_or_discarded(open_bench: Open) -> None:
    id, file, good = refused_before(open_bench)
    file.write_text(good.replace("38 %", "40 %"), encoding="utf-8")
    second = open_bench()
    click(second, "Discard")
    assert not file.exists()
    second.press("Ctrl+Z")
    assert "40 %" in file.read_text(encoding="utf-8")
    click(second, "Apply again")
    store = second.screens.context.workspace.library
    assert "40 %" in queries.by_id(store, id).post_mortem.summary
    assert list(file.parent.iterdir()) == []
    assert said(second) == ""


def test_editing_goes_on_with_the_kept_text(open_bench: Open) -> None:
    id, file, _ = refused_before(open_bench)
    second = open_bench()
    second.screens.writing.editing.edit(id)
    second.settle()
    assert file.read_text(encoding="utf-8") == "no front matter any more"
    assert "It is open in your editor now" in said(second)
    second.screens.writing.editing.take_over()
    second.settle()
    assert "It is open in your editor now" in said(second)
    second.close()
    assert file.read_text(encoding="utf-8") == "no front matter any more"


def test_a_text_that_was_taken_over_is_not_offered_again(open_bench: Open) -> None:
    _, file, good = refused_before(open_bench)
    file.write_text(good, encoding="utf-8")
    assert said(open_bench()) == ""


def test_an_editor_that_fails_at_once_says_why(bench: Bench, no_editor: Path, qtbot: QtBot) -> None:
    no_editor.write_text("#!/bin/sh\necho 'no display here' >&2\nexit 3\n")
    bench.screens.writing.editing.edit(bench.screens.library.list.current_id())
    bench.settle()
    qtbot.waitUntil(lambda: "exit code 3" in said(bench))
    for words in (str(no_editor), "no display here", "VISUAL"):
        assert words in said(bench)


def test_an_editor_that_cannot_be_started_says_so(bench: Bench, no_editor: Path) -> None:
    no_editor.write_text("#!/no/such/shell\n")
    bench.screens.writing.editing.edit(bench.screens.library.list.current_id())
    bench.settle()
    assert "The editor could not be started" in said(bench)


def test_a_closed_editor_is_not_said_to_be_open(
    bench: Bench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(external_editor, "AT_ONCE_S", 0.0)
    bench.screens.writing.editing.edit(bench.screens.library.list.current_id())
    bench.settle()
    qtbot.waitUntil(lambda: "Your editor has closed" in said(bench))


def test_write_the_first_one(open_bench: Open) -> None:
    bench = open_bench(empty=True)
    bench.press("Ctrl+N")
    asked = bench.window.findChild(AuthorDialog)
    assert asked is not None
    asked.fields.role.setText("Incident commander")
    asked.save_button.click()
    bench.settle()
    dialog = bench.window.findChild(NewDialog)
    assert dialog is not None
    assert not dialog.create_button.isEnabled()
    dialog.title.setText("Queue stuck")
    dialog.create_button.click()
    bench.settle()
    assert bench.window.current == "editor"
    (row,) = catalogue(bench.screens.context.workspace.library)
    assert (row.title, row.ref) == ("Queue stuck", "PM-2026-001")
    assert bench.screens.writing.editor.current_id() == row.id
    revision = queries.history(bench.screens.context.workspace.library, row.id)[0]
    assert "Incident commander" in revision.actor


def test_the_editor_that_is_started(tmp_path: Path, no_editor: Path) -> None:
    file = tmp_path / "text.md"
    assert editor_command(file, {}) == []
    assert editor_command(file, {"VISUAL": "no-such-editor-anywhere"}) == []
    assert editor_command(file, {"EDITOR": '"unbalanced'}) == []
    command = editor_command(file, {"EDITOR": f"{no_editor} --wait"})
    assert command == [os.fspath(no_editor), "--wait", str(file)]
