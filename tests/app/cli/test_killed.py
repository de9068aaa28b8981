"""Commands that are killed at any moment: the next one repairs what they left."""

import random
import signal
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from app import bootstrap
from models import codec
from models.queries import post_mortems
from tests import SOAK
from tests.app.cli.conftest import Afterwhy, start

COUNT = 220 if SOAK else 12
"""Documents to import; in the long run so many that they are indexed in a child process."""
KILLS = 15 if SOAK else 2
QUERIES = ("queue", "shop 7", "failure -3", "year:2026 OR queue")
MOMENTS = random.Random(7)  # noqa: S311


def _sources(folder: Path) -> Path:
    folder.mkdir()
    for number in range(COUNT):
        text = f"# Failure {number}\n\n## Summary\n\nThe queue of shop {number} was full.\n"
        (folder / f"{number}.md").write_text(text * 3, encoding="utf-8")
    return folder


def _seconds(*arguments: object) -> float:
    begun = time.monotonic()
    process = start(*arguments)
    process.communicate()
    assert process.returncode == 0
    return time.monotonic() - begun


def _kill(lasts: float, *arguments: object) -> None:
    """Kills a command at any moment of the time that it takes."""
    process = start(*arguments)
    time.sleep(MOMENTS.uniform(0.3, 1.0) * lasts)
    process.send_signal(signal.SIGKILL)
    process.communicate()


def _answers(afterwhy: Afterwhy) -> list[object]:
    found = [afterwhy("search", query, "--limit", 1000, "--json").json for query in QUERIES]
    return [(one["total"], [(hit["ref"], hit["score"]) for hit in one["hits"]]) for one in found]


@pytest.mark.soak
@pytest.mark.timeout(1800 if SOAK else 120)
@pytest.mark.skipif(sys.platform == "win32", reason="there is no kill -9 on Windows")
def test_an_import_that_was_killed_goes_on_where_it_stopped(
    afterwhy: Afterwhy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sources = _sources(tmp_path / "sources")
    monkeypatch.setenv("AFTERWHY_LIBRARY", str(tmp_path / "whole"))
    afterwhy("init")
    lasts = _seconds("import", sources)
    for number in range(KILLS):
        monkeypatch.setenv("AFTERWHY_LIBRARY", str(tmp_path / f"killed-{number}"))
        afterwhy("init")
        _kill(lasts, "import", sources)
        with closing(bootstrap.open_workspace()) as workspace:
            ids = post_mortems.ids(workspace.library)
            texts = [post_mortems.by_id(workspace.library, each).post_mortem for each in ids]
        assert all("queue of shop" in text.summary for text in texts), "whole documents only"
        found = afterwhy("search", "queue", "--json").json
        assert found["total"] == len(ids), "what was stored is found"
        again = afterwhy("import", sources, "--json").json
        assert len(again["duplicates"]) == len(ids)
        assert len(again["imported"]) == COUNT - len(ids)
        answers = _answers(afterwhy)
        afterwhy("index", "rebuild")
        assert answers == _answers(afterwhy)
        assert afterwhy("list", "--json").json["total"] == COUNT


@pytest.mark.soak
@pytest.mark.timeout(1800 if SOAK else 120)
@pytest.mark.skipif(sys.platform == "win32", reason="there is no kill -9 on Windows")
def test_a_rebuild_that_was_killed_changes_no_answer(afterwhy: Afterwhy, tmp_path: Path) -> None:
    afterwhy("init")
    afterwhy("import", _sources(tmp_path / "sources"))
    expected = _answers(afterwhy)
    with closing(bootstrap.open_workspace()) as workspace:
        before = [codec.encode(document) for document in post_mortems.every(workspace.library)]
        lasts = _seconds("index", "rebuild")
        for _ in range(KILLS):
            _kill(lasts, "index", "rebuild")
            assert _answers(afterwhy) == expected
            assert afterwhy("index", "status", "--json").json["behind"] == 0
        now = [codec.encode(document) for document in post_mortems.every(workspace.library)]
    assert now == before
