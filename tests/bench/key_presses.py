"""From a key to the painted letter in a long text, beside a bare field in the same process."""

import os
import random
import time
from collections.abc import Callable
from itertools import cycle, islice
from pathlib import Path

from tests.bench.figures import Figures, ratio, summed_up

_KEYS = 400
_LETTERS = "the queue grew while nobody saw it, "
_PARAGRAPHS = (
    "## What happened at the edge\n",
    (
        "The **consumer** of the queue fell behind because the `batch_size` was set to one, which "
        "the load test had not covered; see [the graph](graph.png) and https://example.com/runs/7.\n"
    ),
    (
        "- The alert on the lag had a threshold of a million, which had been right a year before.\n"
        "- Nobody had looked at the dashboard since the move to the new region.\n"
    ),
    "> At 14:02 the first customers wrote that their orders were missing.\n",
    "```\nlag=1200034 group=orders partition=7\n```\n",
)


def measure(folder: Path) -> Figures:
    """Types into both in turn, in the middle of about 90,000 letters."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QPlainTextEdit

    from app.ui.application import create_application
    from app.ui.editor.prose.edit import ProseEdit
    from app.ui.editor.prose.spelling import Spelling
    from app.ui.look import Look
    from app.ui.preferences import Preferences
    from app.ui.tasks import TaskRunner

    app = create_application(["bench"])
    preferences = Preferences(folder / "config")
    look = Look(app, preferences, folder / "style")

    def surface(error: BaseException) -> None:
        raise error

    runner = TaskRunner(surface)
    spelling = Spelling(runner, preferences, folder, runner)
    spelling.set_language("en")
    prose = ProseEdit(look, "Summary", most=40)
    prose.set_spelling(spelling)
    prose.set_markdown(text())
    bare = QPlainTextEdit()
    bare.setPlainText(text())
    for field in (prose, bare):
        field.resize(800, 700)
        field.show()
        middle = field.textCursor()
        middle.setPosition(len(text()) // 2)
        field.setTextCursor(middle)
    for _ in range(60):  # until every word is judged
        app.processEvents()
        time.sleep(0.01)
        runner.drain()
    ours: list[float] = []
    others: list[float] = []
    for letters in _chunks():
        ours += [key_ms(prose, letter, app.processEvents) for letter in letters]
        others += [key_ms(bare, letter, app.processEvents) for letter in letters]
    runner.close()
    return typed(ours, others) | {"letters": len(text())}


def typed(ours: list[float], others: list[float]) -> Figures:
    """The figures of two fields that were typed into in the same run."""
    mine, bare = summed_up(ours), summed_up(others)
    return {
        "field_ms": mine,
        "bare_field_ms": bare,
        "p50_ratio": ratio(mine["p50"], bare["p50"]),
        "p99_ratio": ratio(mine["p99"], bare["p99"]),
    }


def key_ms(field: object, letter: str, settle: Callable[[], None]) -> float:
    """How long a key takes until its letter is painted and everything it began is done."""
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QPlainTextEdit

    assert isinstance(field, QPlainTextEdit)
    start = time.perf_counter()
    QTest.keyClicks(field, letter)
    field.viewport().repaint()
    settle()
    return (time.perf_counter() - start) * 1000


def text() -> str:
    """Thirty pages: about 90,000 letters of prose, lists, quotes and code."""
    chosen = random.Random(30).choices(_PARAGRAPHS, weights=(1, 6, 3, 1, 1), k=640)  # noqa: S311
    return "\n".join(chosen)


def _chunks() -> list[str]:
    letters = islice(cycle(_LETTERS), _KEYS)
    return ["".join(part) for part in zip(*[letters] * 20, strict=False)]
