"""How often somebody who types is answered: the newest request only, and not at every key."""

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, QTimer, Slot

from app.ui.tasks import Job, Lane, TaskRunner, Work

T = TypeVar("T")


class Latest(Generic[T]):
    """As-you-type work: only the newest request's result is delivered, older ones are dropped.

    A request that still waits in the lane when a newer one comes is not started.
    """

    def __init__(self, runner: TaskRunner, lane: Lane) -> None:
        self._runner = runner
        self._lane: Lane = lane
        self._generation = 0
        self._job: Job | None = None

    def submit(
        self,
        work: Work[T],
        done: Callable[[T], None],
        *,
        failed: Callable[[BaseException], None] | None = None,
    ) -> None:
        """Ask anew; whatever was asked before is forgotten."""
        self.forget()
        generation = self._generation

        def deliver(result: T) -> None:
            if generation == self._generation:
                done(result)

        def refuse(error: BaseException) -> None:
            if generation == self._generation and failed is not None:
                failed(error)

        self._job = self._runner.submit(
            self._lane, work, deliver, failed=refuse if failed is not None else None
        )

    def forget(self) -> None:
        """Drop what is under way."""
        self._generation += 1
        if self._job is not None:
            self._job.cancel()
            self._job = None


def pause(parent: QObject, act: Callable[[], None], ms: int = 0) -> QTimer:
    """A timer that calls ``act`` once, so long after it was started last."""
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(ms)
    timer.timeout.connect(act)
    return timer


class Throttle(QObject):
    """Calls ``act`` at most once per ``interval_ms``, and always once after the last request."""

    def __init__(self, act: Callable[[], None], interval_ms: int, parent: QObject) -> None:
        super().__init__(parent)
        self._act = act
        self._timer = pause(self, self._fire, interval_ms)

    def request(self) -> None:
        """Act soon; a request while one waits changes nothing."""
        if not self._timer.isActive():
            self._timer.start()

    def flush(self) -> None:
        """Act now if a request waits."""
        if self._timer.isActive():
            self._timer.stop()
            self._act()

    def cancel(self) -> None:
        """Forget a waiting request."""
        self._timer.stop()

    @Slot()
    def _fire(self) -> None:
        self._act()
