"""A window and commands of other processes that write and search one library at once."""

import pytest
from PySide6.QtTest import QTest

from app.ui import changing
from models.commands.labels import BulkEdit
from models.queries import post_mortems
from tests import SOAK
from tests.app.cli.conftest import finish, start
from tests.app.ui.conftest import Bench


@pytest.mark.soak
@pytest.mark.timeout(1800 if SOAK else 120)
def test_a_window_and_commands_at_once_lose_nothing(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No update is lost, no lock stays, and everybody finds everything in the end."""
    monkeypatch.setenv("AFTERWHY_LIBRARY", str(bench.folder))
    context = bench.screens.context
    library, index = context.workspace.library, context.workspace.index
    post_mortem_id = bench.screens.library.list.current_id()
    before = post_mortems.by_id(library, post_mortem_id)
    written: set[str] = set()
    rounds = 20 if SOAK else 1
    for number in range(rounds):
        processes = [
            start("new", "--title", f"Lantern {number}", "--json"),
            start("set", before.ref, "--add-tag", f"command-{number}", "--json"),
            start("action", "add", before.ref, "--title", f"Left {number}", "--json"),
            start("action", "add", before.ref, "--title", f"Right {number}", "--json"),
            start("search", before.ref, "--json"),
        ]
        while any(process.poll() is None for process in processes):
            tag = f"window-{len(written)}"
            edit = BulkEdit(add_tags=(tag,))
            changing.edit(context, [post_mortem_id], edit, lambda: None, {})
            written.add(tag)
            bench.screens.following.look()
            bench.settle()
            assert index.search(f"ref:{before.ref} tag:{tag}").total == 1
            QTest.qWait(50)
        results = [finish(process) for process in processes]
        assert [result.code for result in results] == [0] * len(results), results
        assert results[-1].json["hits"][0]["ref"] == before.ref
        written.add(f"command-{number}")
    bench.screens.following.look()
    bench.settle()
    after = post_mortems.by_id(library, post_mortem_id)
    assert set(after.post_mortem.tags) == {*before.post_mortem.tags, *written}
    titles = [action.title for action in after.actions]
    assert len(titles) == len(before.actions) + 2 * rounds
    assert {f"{side} {n}" for side in ("Left", "Right") for n in range(rounds)} <= set(titles)
    assert index.search("lantern").complete == rounds
    assert index.status().behind == 0
    assert finish(start("search", "lantern", "--json")).json["total"] == rounds
