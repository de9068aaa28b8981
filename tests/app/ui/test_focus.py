"""The keyboard stays on the screen when what had it goes away."""

from pathlib import Path

from app.ui.settings.library import LibrarySettings
from tests.app.ui.conftest import Bench, Open


def on_screen(bench: Bench) -> bool:
    page = bench.window.page(bench.window.current)
    focus = bench.focus()
    return page is focus or page.isAncestorOf(focus)


def test_an_import_that_starts(bench: Bench, tmp_path: Path) -> None:
    (tmp_path / "one.md").write_text("# One\n\n## Summary\n\nIt broke.\n", encoding="utf-8")
    bench.screens.exchange.import_paths([str(tmp_path / "one.md")])
    bench.settle()
    assert bench.window.current == "import"
    assert on_screen(bench)
    bench.screens.exchange.importing.import_button.setFocus()
    bench.press("Space")
    assert on_screen(bench)


def test_undo_in_an_empty_trash(bench: Bench) -> None:
    bench.press("Del", "Alt+3")
    assert bench.focus() is bench.screens.trash.list
    bench.press("Ctrl+Z")
    assert bench.screens.trash.list.trash_model.rowCount() == 0
    assert on_screen(bench)
    bench.press("Ctrl+Z")
    assert bench.focus() is bench.screens.trash.list


def test_the_samples_are_removed_in_the_settings(open_bench: Open) -> None:
    bench = open_bench()
    bench.screens.add_samples()
    bench.settle()
    bench.press("Ctrl+,")
    settings = bench.screens.settings.section(LibrarySettings)
    settings.remove_samples.setFocus()
    bench.press("Return")
    assert bench.focus() is settings.add_samples


def test_the_samples_are_removed_in_the_library(open_bench: Open) -> None:
    bench = open_bench(empty=True)
    bench.press("Ctrl+L")
    assert bench.focus() is bench.screens.library.list
    bench.window.actions_table["remove_sample"].trigger()
    bench.settle()
    assert bench.focus() is bench.screens.first_run.new_button
    bench.press("Ctrl+Z")
    assert bench.focus() is bench.screens.library.list
