"""Long work of the window's own thread in slices, between which keys are taken."""

import time
from collections.abc import Callable, Generator
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, QTimer, Slot

T = TypeVar("T")
LONGEST_S = 0.003
"""A slice ends at the first step after so long: well below what a hand notices.

A thread would not do: pure Python there holds up the window for longer, by the interpreter's lock.
"""


class _Turns(QObject):
    """Calls ``act`` in each turn of the event loop while it is on."""

    def __init__(self, act: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._act = act
        self.timer = QTimer(self)
        self.timer.setInterval(1)
        self.timer.timeout.connect(self._fire)

    @Slot()
    def _fire(self) -> None:
        self._act()


class Slices(Generic[T]):
    """One piece of work at a time, given as a generator that returns its result."""

    def __init__(self, parent: QObject) -> None:
        self._turns = _Turns(self._go_on, parent)
        self._work: Generator[None, None, T] | None = None
        self._done: Callable[[T], None] = lambda result: None

    def begin(self, work: Generator[None, None, T], done: Callable[[T], None]) -> None:
        """Do this, and no more what was under way."""
        self._work, self._done = work, done
        self._turns.timer.start()

    def stop(self) -> None:
        """Leave what is under way."""
        self._work = None
        self._turns.timer.stop()

    def finish(self) -> None:
        """Do the rest now."""
        while self._work is not None:
            self._go_on()

    def _go_on(self) -> None:
        work, end = self._work, time.perf_counter() + LONGEST_S
        if work is None:
            self._turns.timer.stop()
            return
        try:
            while time.perf_counter() < end:
                next(work)
        except StopIteration as last:
            self.stop()
            self._done(last.value)
