"""The index when nobody writes: tidied in its lane, and only then."""

import shutil
import threading

import pytest
from pytestqt.qtbot import QtBot

from app.ui import changing
from app.ui.index_state import BUILDING
from app.ui.indexing import IDLE_MS
from models.commands.labels import BulkEdit
from search import writer
from tests.app.ui.conftest import Bench


def _generation(bench: Bench) -> int:
    return bench.screens.context.workspace.index.status().generation


def test_idleness_begins_with_the_last_change(bench: Bench) -> None:
    idle = bench.screens.indexing.idle
    assert idle.isActive()
    idle.start(600_000)  # what is left of it does not matter after a change
    edit = BulkEdit(add_tags=("later",))
    chosen = [bench.screens.library.list.current_id()]
    changing.edit(bench.screens.context, chosen, edit, lambda: None, {})
    bench.settle()
    assert idle.isActive()
    assert idle.interval() == IDLE_MS


def test_an_index_in_good_order_is_left_alone(bench: Bench) -> None:
    before = _generation(bench)
    bench.screens.indexing.idle.timeout.emit()
    bench.settle()
    assert _generation(bench) == before


def test_a_wasteful_index_is_tidied_when_idle(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "WASTE_SEGMENTS", 0)
    index, before = bench.screens.context.workspace.index, _generation(bench)
    bench.screens.indexing.idle.timeout.emit()
    bench.settle()
    assert _generation(bench) > before
    assert index.search("kill switch").hits


def test_a_change_stops_tidying(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer, "WASTE_SEGMENTS", 0)
    before = _generation(bench)
    indexing = bench.screens.indexing
    indexing.tidy()
    indexing.catch_up()
    bench.settle()
    assert _generation(bench) <= before + 1
    assert bench.screens.context.workspace.index.status().behind == 0
    assert indexing.idle.isActive()


def test_closing_does_not_wait_for_tidying(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer, "WASTE_SEGMENTS", 0)
    bench.screens.indexing.tidy()
    bench.close()
    assert bench.desktop.runner.pending == 0


def test_nothing_found_is_not_said_while_the_index_is_built(bench: Bench, qtbot: QtBot) -> None:
    screens, runner = bench.screens, bench.desktop.runner
    shutil.rmtree(screens.context.workspace.index.status().path)
    go_on = threading.Event()
    runner.submit("index", lambda job: go_on.wait(20))
    screens.indexing.build()
    bench.window.actions_table["similar"].trigger()
    screens.searching.submit("kill switch")
    reading, results = screens.library.reading, screens.search.results
    told = (reading.similar.notice, results.notice)
    qtbot.waitUntil(lambda: [n.accessibleName() for n in told] == [BUILDING, BUILDING])
    screens.context.index_state.go_on(3, 8)
    assert all("3 of 8 indexed" in notice.accessibleDescription() for notice in told)
    go_on.set()
    bench.settle()
    assert reading.similar.list.similar_model.rowCount() > 0
    assert results.list.hits.rowCount() > 0
    screens.searching.submit("zzzz")
    bench.settle()
    assert results.notice.accessibleName() == "No post-mortem matches"
