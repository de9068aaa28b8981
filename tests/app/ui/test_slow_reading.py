"""A post-mortem that takes long to read: the pane says so, and holds up nothing else."""

import threading
from collections.abc import Callable
from uuid import uuid4

import pytest

from app.ui.context import Context
from app.ui.document import reading as reading_module
from app.ui.tasks import Job
from models.commands import post_mortems as commands
from models.document import Document
from models.domain.post_mortem import PostMortem
from models.queries.catalogue import catalogue
from models.store.library import Actor
from tests.app.ui.conftest import Bench
from tests.app.ui.examples import CASES


class Holding:
    """Keeps the lane that reads busy until it is let go."""

    def __init__(self, context: Context) -> None:
        self._free = threading.Event()
        context.runner.submit("reading", self._wait)

    def _wait(self, job: Job) -> None:
        self._free.wait(30)

    def end(self) -> None:
        self._free.set()


def ids(bench: Bench) -> dict[str, str]:
    rows = catalogue(bench.screens.context.workspace.library)
    return {row.title: row.id for row in rows}


def wait_for(bench: Bench, is_so: Callable[[], bool]) -> None:
    for _ in range(1000):
        bench.app.processEvents()
        if is_so():
            return
        threading.Event().wait(0.005)
    raise AssertionError("it did not come")


def test_the_pane_lets_go_of_the_old_text_and_says_that_it_reads(bench: Bench) -> None:
    pane = bench.screens.library.reading
    known = ids(bench)
    old, slow, newer = (known[CASES[number][0]] for number in range(3))
    pane.show_document(old)
    bench.settle()
    assert pane.head.isVisible()
    holding = Holding(bench.screens.context)
    try:
        pane.show_document(slow)
        assert not pane.document
        wait_for(bench, pane.notice.isVisible)
        assert pane.notice.accessibleName() == "Reading this post-mortem…"
        assert not pane.head.isVisible()
        assert pane.text.toPlainText() == ""
        stored: list[int] = []
        bench.screens.context.read(lambda workspace: 1, stored.append)
        wait_for(bench, lambda: bool(stored))
        pane.show_document(newer)
    finally:
        holding.end()
    bench.settle()
    assert pane.head.isVisible()
    assert (shown := pane.document) is not None
    assert shown.post_mortem.id == newer


def test_a_text_that_is_too_long_is_shown_cut(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading_module, "ROOM", 10_000)
    library = bench.screens.context.workspace.library
    text = "a b*c_d `e [f " * 15_000
    document = Document(PostMortem(str(uuid4()), "Long", summary=text))
    commands.add(library, document, Actor())
    pane = bench.screens.library.reading
    pane.show_document(document.post_mortem.id)
    bench.settle()
    shown = pane.text.toPlainText()
    assert len(shown) < 10_000
    assert "more letters of this text are not shown here. Export it as Markdown" in shown
