"""The window by keyboard alone, on a real library."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog

from app.ui.editor.guidance.checklist import ChecklistDialog
from app.ui.settings.labels import LabelSettings
from models.commands import post_mortems as commands
from models.domain.post_mortem import Status
from models.errors import StaleWriteError
from models.queries import post_mortems as queries
from models.queries.catalogue import catalogue
from models.store.library import Actor
from tests.app.ui.conftest import Bench, Open
from tests.app.ui.examples import CASES


def titles(bench: Bench) -> set[str]:
    return {row.title for row in catalogue(bench.screens.context.workspace.library)}


def test_the_library_opens_with_the_newest_and_its_text(bench: Bench) -> None:
    library = bench.screens.library
    assert bench.window.current == "library"
    assert library.list.rows.rowCount() > len(CASES)
    assert library.reading.document is not None
    assert library.reading.document.post_mortem.title == CASES[0][0]
    text = library.reading.text.toPlainText()
    assert "Kill switch chosen over a patch." in text
    assert "fixable by us" in text
    assert bench.window.status.stored.accessibleName() == "8 post-mortems stored on this device"


def test_arrows_pass_over_heads_and_enter_opens(bench: Bench) -> None:
    library = bench.screens.library
    assert bench.focus() is library.list
    bench.press("Down")
    assert library.reading.document is not None
    assert library.reading.document.post_mortem.title == CASES[1][0]
    bench.press("Return")
    assert bench.window.current == "document"
    shown = bench.screens.document.reading.document
    assert shown is not None
    assert shown.post_mortem.title == CASES[1][0]
    bench.press("Esc")
    assert bench.window.current == "library"
    assert bench.focus() is library.list


def test_facets_of_the_library_narrow_and_dim(bench: Bench) -> None:
    bench.press("Ctrl+Shift+F")
    library = bench.screens.library
    tree = library.facets.tree
    tree.setCurrentIndex(tree.facet_model.find("status", "Draft"))
    bench.press("Space")
    assert len(library.list.rows.data(library.list.rows.first())) > 0  # type: ignore[arg-type]
    assert library.list.selected_ids() == [library.list.current_id()]
    sev2 = tree.facet_model.entry(tree.facet_model.find("severity", "SEV2"))
    assert sev2 is not None
    assert getattr(sev2, "count", None) == 0
    library.clear_filters()
    assert library.list.rows.rowCount() > len(CASES)


def test_delete_undo_trash_restore(bench: Bench) -> None:
    everything = titles(bench)
    bench.press("Del")
    assert titles(bench) == everything - {CASES[0][0]}
    bench.press("Ctrl+Z")
    assert titles(bench) == everything
    bench.press("Del", "Alt+3")
    assert bench.window.current == "trash"
    bench.press("Return")
    assert titles(bench) == everything


def test_bulk_edit_and_its_undo(bench: Bench) -> None:
    library = bench.screens.library
    store = bench.screens.context.workspace.library
    before = {row.id: (row.status, row.tags) for row in catalogue(store)}
    bench.press("Ctrl+A")
    assert library.bulk.isVisible()
    library.bulk.status.setCurrentIndex(library.bulk.status.findData(Status.CLOSED.value))
    library.bulk.add_tags.setText("seasonal, seasonal , old")
    library.bulk.apply_button.click()
    bench.settle()
    (dialog,) = bench.window.findChildren(ChecklistDialog)
    assert {row.status for row in catalogue(store)} != {Status.CLOSED}, "a gate asks first"
    dialog.reason.setText("They are years old")
    dialog.go_button.click()
    bench.settle()
    assert {row.status for row in catalogue(store)} == {Status.CLOSED}
    kept = [d.post_mortem.status_history[-1].reason for d in queries.every(store)]
    assert any(reason.startswith("They are years old. Still open: ") for reason in kept)
    assert all({"seasonal", "old"} <= set(row.tags) for row in catalogue(store))
    bench.window.activateWindow()
    bench.settle()
    bench.press("Ctrl+Z")
    assert {row.id: (row.status, row.tags) for row in catalogue(store)} == before


def test_a_large_selection_is_kept_in_one_go(bench: Bench) -> None:
    view = bench.screens.library.list
    bench.press("Ctrl+A")
    told: list[list[str]] = []
    view.chosen.connect(told.append)
    bench.screens.library.refresh()
    bench.settle()
    assert [len(ids) for ids in told] == [len(CASES)]
    assert len(view.selected_ids()) == len(CASES)


def test_merge_services_in_the_settings(bench: Bench) -> None:
    bench.press("Ctrl+,")
    settings = bench.screens.settings
    settings.show_section("Services and tags")
    bench.settle()
    labels = settings.section(LabelSettings)
    labels.list.selectAll()
    labels.name.setText("shop")
    assert labels.rename_button.text().strip() == "Merge"
    labels.rename_button.click()
    bench.settle()
    store = bench.screens.context.workspace.library
    assert {row.services for row in catalogue(store)} == {("shop",)}
    bench.press("Ctrl+Z")
    assert {name for row in catalogue(store) for name in row.services} == {c[2] for c in CASES}


def test_history_restores_an_earlier_revision(bench: Bench) -> None:
    library = bench.screens.library
    bench.press("Ctrl+A")
    library.bulk.add_tags.setText("later")
    library.bulk.apply_button.click()
    bench.settle()
    library.list.choose(library.list.current_id())
    bench.settle()
    bench.press("Ctrl+H")
    panel = library.reading.history
    assert bench.focus() is panel.list
    bench.press("Down")
    panel.restore_button.click()
    bench.settle()
    assert library.reading.document is not None
    assert "later" not in library.reading.document.post_mortem.tags


def test_a_refused_write_is_not_the_present_text_in_the_history(bench: Bench) -> None:
    reading = bench.screens.library.reading
    document = reading.document
    assert document is not None
    library = bench.screens.context.workspace.library
    mortem = document.post_mortem
    commands.save(library, replace(mortem, summary="Second."), document.version, Actor("a"))
    with pytest.raises(StaleWriteError):
        commands.save(library, replace(mortem, summary="Refused."), document.version, Actor("b"))
    bench.screens.context.changes_committed.emit()
    bench.settle()
    bench.press("Ctrl+H")
    panel = reading.history
    assert panel.restore_button.isEnabled()
    bench.press("Down")
    assert not panel.restore_button.isEnabled()
    bench.press("Down")
    panel.restore_button.click()
    bench.settle()
    bench.press("Ctrl+Z")
    bench.settle()
    assert queries.by_id(library, mortem.id).post_mortem.summary == "Second."


def test_similar_failures_of_what_is_read(bench: Bench) -> None:
    bench.press("Ctrl+.")
    reading = bench.screens.library.reading
    assert reading.similar_button.isChecked()
    model = reading.similar.list.similar_model
    assert model.rowCount() > 0
    assert "similar because" in str(model.data(model.index(0, 0), 0x0B))
    bench.press("Esc")
    assert reading.view == "text"
    assert not reading.similar_button.isChecked()
    assert bench.focus() is bench.screens.library.list


def test_page_keys_home_and_end_pass_over_heads(bench: Bench) -> None:
    view = bench.screens.library.list
    places = [view.currentIndex().row()]
    for _ in range(2):
        bench.press("PgDown")
        places.append(view.currentIndex().row())
    assert places == sorted(set(places))
    bench.press("End")
    assert view.currentIndex().row() == view.rows.rowCount() - 1
    for _ in range(12):
        bench.press("PgUp")
    assert view.currentIndex() == view.rows.first()
    bench.press("End", "Home")
    assert view.currentIndex() == view.rows.first()
    assert view.verticalScrollBar().value() == 0


def test_an_empty_library_welcomes_and_takes_the_samples(open_bench: Open) -> None:
    bench = open_bench(empty=True)
    assert bench.window.current == "welcome"
    remove = bench.window.actions_table["remove_sample"]
    assert not remove.isEnabled()
    assert not bench.window.top_bar.new_button.isVisible()
    welcome = bench.screens.first_run
    buttons = (welcome.new_button, welcome.import_button, welcome.sample_button)
    cards = [button.parentWidget() for button in buttons]
    assert len({card.width() for card in cards if card}) == 1
    bench.press("Ctrl+L")
    assert bench.window.current == "library"
    assert remove.isEnabled()
    assert bench.window.top_bar.new_button.isVisible()
    assert len(titles(bench)) >= 12
    bench.screens.remove_samples()
    bench.settle()
    assert bench.window.current == "welcome"
    assert titles(bench) == set()


def test_the_window_remembers_its_state(open_bench: Open) -> None:
    first = open_bench()
    first.press("Ctrl+Shift+D")
    first.close()
    second = open_bench()
    assert second.desktop.look.is_dark
    assert not second.window.findChildren(QDialog)


def test_the_library_opens_where_it_was_left(open_bench: Open) -> None:
    first = open_bench()
    first.press("End", "Up")
    chosen = first.screens.library.list.current_id()
    scrolled = first.screens.library.list.verticalScrollBar().value()
    first.close()
    second = open_bench().screens.library
    assert second.list.current_id() == chosen
    assert second.list.verticalScrollBar().value() == scrolled > 0
    assert second.reading.document is not None
    assert second.reading.document.post_mortem.id == chosen


def test_what_a_command_writes_appears_in_the_window(bench: Bench) -> None:
    library = bench.screens.context.workspace.library
    following = bench.screens.following
    row = catalogue(library)[0]
    document = queries.by_id(library, row.id)
    renamed = replace(document.post_mortem, title="Renamed by a command")
    commands.save(library, renamed, document.version, Actor("somebody else"))
    following.look()
    bench.settle()
    shown = bench.screens.library.reading.document
    assert shown is not None
    assert shown.post_mortem.title == "Renamed by a command"
    assert bench.screens.context.workspace.index.search("Renamed by a command").hits[0].complete


def test_an_index_that_is_gone_is_built_again(bench: Bench) -> None:
    index = bench.screens.context.workspace.index
    home = Path(index.status().path)
    shutil.rmtree(home)
    assert index.status().generation == 0
    for _ in range(4):
        bench.screens.following.look()
        bench.settle()
    assert index.status().behind == 0
    assert index.search("kill switch").hits
