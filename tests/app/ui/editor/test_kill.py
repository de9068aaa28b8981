"""kill -9 while somebody types: at most the last second is lost, and the next start says so."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from app import bootstrap, settings
from app.ui.editor.recovery import put_back
from app.ui.editor.recovery_copies import RecoveryCopies
from models.queries import post_mortems as queries
from tests import SOAK
from tests.app.ui import examples
from tests.app.ui.conftest import Bench
from tests.app.ui.editor.typing_process import waited_s

LOST_S = 1.0
"""As long before the kill, nothing typed may be missing."""


def typed_until_killed(
    folder: Path, id: str, seed: int, lives_s: float, how: int = signal.SIGKILL
) -> list[tuple[str, float]]:
    """Let a process type; its words with the seconds they were typed before the end.

    Seconds in which other processes kept this one from running do not count: what it promises, it
    promises for a machine that lets it.
    """
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.app.ui.editor.typing_process", str(folder), id, str(seed)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
    )
    assert process.stdout is not None
    first = process.stdout.readline()
    time.sleep(lives_s)
    killed, waited = time.monotonic(), waited_s(process.pid)
    os.kill(process.pid, how)
    lines = [first, *process.stdout.readlines()]
    process.wait()
    process.stdout.close()
    words = [line.split() for line in lines if line.endswith("\n")]
    return [
        (word, killed - float(at) - max(0.0, waited - float(before))) for word, at, before in words
    ]


@pytest.mark.soak
@pytest.mark.timeout(3600 if SOAK else 120)
@pytest.mark.skipif(sys.platform == "win32", reason="there is no kill -9 on Windows")
def test_kill_while_typing_loses_no_earlier_word(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, open_bench: Callable[..., Bench]
) -> None:
    folder = tmp_path / "library"
    moments = random.Random(11)  # noqa: S311 - repeatable, not secret
    for name in ("CONFIG", "CACHE", "STATE"):
        monkeypatch.setenv(f"AFTERWHY_{name}", str(tmp_path / name.lower()))
    workspace = bootstrap.open_workspace(folder)
    id, *_ = examples.fill(workspace.library)
    workspace.close()
    for seed in range(200 if SOAK else 2):
        workspace = bootstrap.open_workspace(folder)
        before = queries.by_id(workspace.library, id).post_mortem.summary
        workspace.close()
        typed = typed_until_killed(folder, id, seed, moments.uniform(0.2, 4.0))
        workspace = bootstrap.open_workspace(folder)
        copies = RecoveryCopies(settings.state_folder(), workspace.library.id)
        lefts = copies.left()
        assert [left.marker.id for left in lefts] == [id]
        for left in lefts:
            assert put_back(workspace, workspace.actor, left) is not None
            copies.forget(left)
        after = queries.by_id(workspace.library, id).post_mortem.summary
        workspace.close()
        whole = before + "".join(f" {word}" for word, _ in typed)
        kept = "".join(f" {word}" for word, ago in typed if ago > LOST_S)
        assert after.startswith(before + kept)
        # What follows was typed, too, at the most with the word that was not printed yet.
        assert whole.startswith(after) or after.startswith(whole)
    typed_until_killed(folder, id, 999, 0.5)
    bench = open_bench()
    assert "ended without closing" in bench.window.banner.accessibleName()


@pytest.mark.timeout(120)
@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGTERM on Windows")
def test_asked_to_end_it_saves_and_leaves_nothing_to_recover(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "library"
    for name in ("CONFIG", "CACHE", "STATE"):
        monkeypatch.setenv(f"AFTERWHY_{name}", str(tmp_path / name.lower()))
    workspace = bootstrap.open_workspace(folder)
    id, *_ = examples.fill(workspace.library)
    workspace.close()
    typed = typed_until_killed(folder, id, 5, 0.5, signal.SIGTERM)
    workspace = bootstrap.open_workspace(folder)
    assert RecoveryCopies(settings.state_folder(), workspace.library.id).left() == []
    summary = queries.by_id(workspace.library, id).post_mortem.summary
    workspace.close()
    assert summary.endswith(f" {typed[-1][0]}")
