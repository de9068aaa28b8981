"""The preview of an import: what is told about each file, and which conflict can be decided."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel

from app.ui.editor.conflicts import ConflictsDialog
from app.ui.fitting import clipped
from app.ui.importing import plan_words
from app.ui.importing.page import ImportPage
from integrations.markdown.plan import Entry, Plan, Verdict
from models.commands import post_mortems as commands
from models.editing.parts import with_text
from models.queries import post_mortems as queries
from models.store.library import Actor
from tests.app.ui.conftest import Bench

DISK = "# Disk full\n\n## Summary\n\nThe report disk was full.\n"
TWIN = "---\nid: 7\n---\n# Twin\n\n## Summary\n\nIt stood still.\n"
BROKEN = "---\ntitle: [open\nowner: x\n---\n# Broken head\n\n## Summary\n\nIt broke.\n"


def entry(verdict: Verdict, *, known: bool = False) -> Entry:
    here = Path("a.md")
    return Entry(here, here, verdict, post_mortem_id="1" if known else "", ref="PM-2026-001")


@pytest.mark.parametrize(
    ("conflicts", "decided", "said"),
    [
        ([True], 0, "1 conflict is left as it is here. Space joins the file with it."),
        (
            [True, False],
            0,
            "2 conflicts are left as they are here. Space joins the file with it.",
        ),
        ([False], 0, "1 conflict is left as it is here."),
        (
            [True],
            1,
            "In 1 conflict the file is joined with what is here; no word of either is lost.",
        ),
        (
            [True, True],
            2,
            "In 2 conflicts the file is joined with what is here; no word of either is lost.",
        ),
    ],
)
def test_counts_read_well(conflicts: list[bool], decided: int, said: str) -> None:
    entries = tuple(entry(Verdict.CONFLICT, known=known) for known in conflicts)
    assert plan_words.choice(Plan(entries), entries[:decided]) == said


def test_what_is_found_and_foreseen_is_said() -> None:
    found = Plan((entry(Verdict.NEW), entry(Verdict.CONFLICT), entry(Verdict.CONFLICT)))
    assert plan_words.summary(found) == "1 new, 2 conflicts"
    assert plan_words.choice(Plan((entry(Verdict.NEW),)), ()) == ""
    said = {verdict: plan_words.outlook(entry(verdict)) for verdict in Verdict}
    assert said[Verdict.CONFLICT] == "It cannot be taken as it is."
    assert "it is joined with" in plan_words.outlook(entry(Verdict.CONFLICT, known=True))
    assert all(said.values())


@pytest.fixture
def page(bench: Bench, tmp_path: Path) -> ImportPage:
    """A conflict to decide, one that cannot be, a file with notices and one without."""
    folder = tmp_path / "wiki"
    folder.mkdir()
    (folder / "disk.md").write_text(DISK)
    (folder / "twin.md").write_text(TWIN)
    bench.screens.exchange.import_paths([str(folder)])
    bench.settle()
    bench.screens.exchange.importing.carry_out()
    bench.settle()
    library = bench.screens.context.workspace.library
    known = next(d for d in queries.every(library) if d.post_mortem.title == "Disk full")
    edited = replace(known.post_mortem, tags=("storage",))
    commands.save(library, edited, known.version, Actor("a"))
    (folder / "disk.md").write_text(DISK.replace("report disk", "log disk"))
    (folder / "twin2.md").write_text(TWIN.replace("stood", "stayed"))
    (folder / "broken.md").write_text(BROKEN)
    (folder / "plain.md").write_text("# Plain\n\n## Summary\n\nNothing special.\n")
    bench.screens.exchange.import_paths([str(folder)])
    bench.settle()
    return bench.screens.exchange.importing


def choose(bench: Bench, page: ImportPage, name: str) -> Entry:
    """Go to the row of a file."""
    entries = page.list.entries
    rows = range(entries.rowCount())
    index = next(i for row in rows if entries.entry(i := entries.index(row, 0)).path.name == name)
    page.list.setCurrentIndex(index)
    page.list.setFocus()
    bench.settle()
    return entries.entry(index)


def test_a_conflict_shows_what_the_file_would_change(bench: Bench, page: ImportPage) -> None:
    choose(bench, page, "disk.md")
    view = page.pane.difference
    assert view.isVisible()
    told = view.text.accessibleDescription()
    assert told == "Summary changed: removed “report”, added “log”."
    assert "disk.md" not in {taken.path.name for taken in page.list.entries.taken()}
    bench.press("Space")
    assert "disk.md" in {taken.path.name for taken in page.list.entries.taken()}


def test_words_that_both_changed_are_shown_side_by_side(
    bench: Bench, page: ImportPage, tmp_path: Path
) -> None:
    library = bench.screens.context.workspace.library
    known = next(d for d in queries.every(library) if d.post_mortem.title == "Disk full")
    here = known.post_mortem.summary.replace("report disk", "backup disk")
    commands.merge_save(library, with_text(known, summary=here), known, Actor("a"))
    bench.screens.exchange.import_paths([str(tmp_path / "wiki")])
    bench.settle()
    choose(bench, page, "disk.md")
    assert "Comment" in page.pane.difference.text.accessibleDescription()
    bench.press("Space")
    page.carry_out()
    bench.settle()
    banner = bench.window.banner
    assert f"{known.ref} and its file had changed the same words" in banner.accessibleName()
    banner.buttons[0].click()
    bench.settle()
    (dialog,) = bench.window.findChildren(ConflictsDialog)
    (card,) = dialog.cards
    names = [button.text() for button in card.choice.findChildren(QAbstractButton)]
    assert names == ["The file", "Here", "Both"]
    card.choice.click("both")
    dialog.apply_button.click()
    bench.settle()
    after = queries.by_id(library, known.post_mortem.id).post_mortem
    assert "log disk" in after.summary
    assert "backup disk" in after.summary
    assert not banner.isVisible()


def test_a_conflict_that_updates_nothing_cannot_be_taken(bench: Bench, page: ImportPage) -> None:
    twin = choose(bench, page, "twin2.md")
    assert twin.verdict is Verdict.CONFLICT
    assert not twin.can_update
    before = page.list.entries.taken()
    bench.press("Space")
    assert page.list.entries.taken() == before
    assert not page.pane.difference.isVisible()


def test_notices_are_shown_in_row_and_pane(bench: Bench, page: ImportPage) -> None:
    broken = choose(bench, page, "broken.md")
    assert broken.notices
    index = page.list.currentIndex()
    assert "1 notice" in str(page.list.entries.data(index, 0x0B))
    assert page.pane.notices.isVisible()
    shown = [label.text() for label in page.pane.notices.findChildren(QLabel) if label.text()]
    assert shown == list(broken.notices)
    choose(bench, page, "plain.md")
    assert not page.pane.notices.isVisible()


def test_a_filter_shows_its_first_file_or_none(bench: Bench, page: ImportPage) -> None:
    page.filter.click("conflict")
    bench.settle()
    assert page.pane.difference.isVisible()
    page.read([])
    bench.settle()
    page.filter.click("all")
    bench.settle()
    assert not page.pane.difference.isVisible()


@pytest.mark.parametrize(("width", "percent"), [(1440, 100), (1240, 100), (1240, 150)])
def test_nothing_is_cut_off(bench: Bench, page: ImportPage, width: int, percent: int) -> None:
    bench.window.resize(width, 900)
    bench.desktop.look.set_percent(percent)
    for name in ("disk.md", "twin2.md", "broken.md"):
        choose(bench, page, name)
        assert clipped(page) == []
