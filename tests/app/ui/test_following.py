"""What the window notices of writes: those of others at once, its own import when it is done."""

from dataclasses import replace
from pathlib import Path

from models.commands import post_mortems as commands
from models.queries import post_mortems as queries
from models.store.library import Actor
from tests.app.ui.conftest import Bench


def test_an_import_is_shown_when_it_is_done(bench: Bench, tmp_path: Path) -> None:
    context = bench.screens.context
    (tmp_path / "zebra.md").write_text("# Zebra on the line\n\n## Summary\n\nIt stood there.\n")
    told: list[bool | str] = []
    context.writes_much.connect(told.append)
    context.changes_committed.connect(lambda: told.append("committed"))
    bench.screens.exchange.import_paths([str(tmp_path / "zebra.md")])
    bench.settle()
    assert told == [True, False]
    bench.screens.exchange.importing.carry_out()
    bench.settle()
    assert told == [True, False, True, False, "committed"]


def test_nothing_is_read_again_while_this_window_writes_much(bench: Bench) -> None:
    context, following = bench.screens.context, bench.screens.following
    library = context.workspace.library
    document = queries.by_id(library, queries.ids(library)[0])
    committed: list[bool] = []
    context.changes_committed.connect(lambda: committed.append(True))
    context.writes_much.emit(True)
    renamed = replace(document.post_mortem, title="Renamed")
    commands.save(library, renamed, document.version, Actor("the import"))
    following.look()
    bench.settle()
    assert not committed
    context.writes_much.emit(False)
    following.look()
    bench.settle()
    assert committed == [True], "what a failed import left is shown as well"


def test_what_is_chosen_while_the_library_is_read_holds_in_what_was_read(bench: Bench) -> None:
    page = bench.screens.library
    every = page.list.rows.rowCount()
    page.refresh()
    page.facets.toggled.emit("status", "Draft", True)
    page.head.order_changed.emit()
    bench.settle()
    assert 0 < page.list.rows.rowCount() < every
    page.refresh()
    page.clear_filters()
    bench.settle()
    assert page.list.rows.rowCount() == every
