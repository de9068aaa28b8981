"""How long the window stands still while an index is rebuilt and a thousand files are imported.

A timer in the real window's event loop notes how late it is. What the thread merely waited for a
processor, since something else had them all, is told apart where the system counts it.
"""

import time
from collections.abc import Callable
from pathlib import Path

from models.commands import post_mortems
from models.store.library import Actor, open_library
from tests.bench.corpus import documents
from tests.bench.desk import Desk
from tests.bench.figures import Figures, summed_up
from tests.bench.importing import foreign

_LIBRARY = 2_000
_FILES = 1_000
_BEAT_MS = 2
_GOAL_MS = 50
_LONGEST_S = 600.0


def measure(folder: Path) -> Figures:
    """The longest and the 99th percentile of the gaps between two turns of the event loop."""
    _fill(folder / "library")
    source = folder / "files"
    source.mkdir()
    for number, document in enumerate(documents(_FILES, seed=8)):
        (source / f"{number:04}.md").write_text(foreign(document), encoding="utf-8")
    desk = Desk(folder)
    figures = {"idle": _watched(desk, _after(2.0))}
    indexing, importing = desk.screens.indexing, desk.screens.exchange.importing
    ended: list[str] = []
    indexing.caught_up.connect(lambda: ended.append("indexed"))
    importing.finished.connect(lambda: ended.append("imported"))
    indexing.rebuild()
    figures["rebuild"] = _watched(desk, lambda: "indexed" in ended)
    ended.clear()
    desk.screens.exchange.import_paths([str(source)])
    figures["import_preview"] = _watched(desk, importing.import_button.isEnabled)
    importing.carry_out()
    figures["import"] = _watched(desk, lambda: len(ended) == 2)
    desk.close()
    return {"documents": _LIBRARY, "files": _FILES, **figures}


def _fill(folder: Path) -> None:
    library = open_library(folder)
    for document in documents(_LIBRARY):
        post_mortems.add(library, document, Actor("bench"), source="import")
    library.close()


def _after(seconds: float) -> Callable[[], bool]:
    end = time.perf_counter() + seconds
    return lambda: time.perf_counter() > end


def _watched(desk: Desk, is_over: Callable[[], bool]) -> Figures:
    """The gaps until something is over."""
    from PySide6.QtCore import QEventLoop, Qt, QTimer

    loop, timer = QEventLoop(), QTimer()
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    started = last = time.perf_counter()
    waited = _waited_ms()
    gaps: list[float] = []
    own: list[float] = []

    def beat() -> None:
        nonlocal last, waited
        now, waiting = time.perf_counter(), _waited_ms()
        gap = (now - last) * 1000 - _BEAT_MS
        gaps.append(gap)
        own.append(gap - (waiting - waited))
        last, waited = now, waiting
        if is_over():
            loop.quit()
        elif now - started > _LONGEST_S:
            raise AssertionError("it does not end")

    timer.timeout.connect(beat)
    timer.start(_BEAT_MS)
    loop.exec()
    timer.stop()
    return {
        "seconds": round(time.perf_counter() - started, 1),
        "gaps_ms": summed_up(gaps) | {"worst": round(max(gaps), 1)},
        "without_waiting_for_a_processor_ms": summed_up(own) | {"worst": round(max(own), 1)},
        f"above_{_GOAL_MS}_ms": sum(gap > _GOAL_MS for gap in own),
    }


def _waited_ms() -> float:
    """How long this thread was ready and had no processor; 0 where the system does not tell."""
    try:
        return int(Path("/proc/thread-self/schedstat").read_text("ascii").split()[1]) / 1e6
    except OSError:
        return 0.0
