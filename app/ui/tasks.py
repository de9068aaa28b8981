"""The one way to do work off the user-interface thread.

Seven lanes, one worker thread each. A job's results travel through a plain queue and one
payload-free queued signal on one long-lived QObject: relay objects per job crashed Qt when they
died before their queued calls arrived.
"""

import logging
import queue
import threading
import time
from collections.abc import Callable
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from typing import Any, Literal, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from models.errors import KnownError

Lane = Literal["store", "reading", "index", "search", "network", "spelling", "tracker"]

_DROPPED_AT_THE_END: tuple[Lane, ...] = ("reading", "search", "network", "tracker")
"""What waits in these is not carried out once the window closes."""

PROGRESS_MS = 100
"""How often progress is shown. Each time the window lays out and paints what shows it."""
TURN_S = 0.01
"""How long results are delivered before keys and painting have their turn."""

T = TypeVar("T")

_log = logging.getLogger(__name__)


class JobCancelledError(Exception):
    """Raised by :meth:`Job.check` inside a job that was asked to stop."""


class Job:
    """A worker's view of its own job: whether to stop, and a place to report progress."""

    def __init__(self, report: Callable[["Job"], None]) -> None:
        self.stopped = threading.Event()
        """Set once somebody asked the job to stop, for what waits."""
        self._report = report
        self.progress: tuple[int, int, str] = (0, 0, "")

    def cancel(self) -> None:
        """Ask the job to stop at its next check. Callable from any thread."""
        self.stopped.set()

    @property
    def cancelled(self) -> bool:
        """Whether somebody asked the job to stop."""
        return self.stopped.is_set()

    def check(self) -> None:
        """Raise :class:`JobCancelledError` where the job was asked to stop."""
        if self.cancelled:
            raise JobCancelledError

    def report(self, done: int, total: int, text: str = "") -> None:
        """Say how far the job is; only the newest report reaches the window."""
        self.progress = (done, total, text)
        self._report(self)


Work = Callable[[Job], T]


class TaskRunner(QObject):
    """Runs jobs in lanes and delivers their results on the thread that created it.

    ``surface`` receives every error that a job's own ``failed`` does not take. Signals are
    internal; callers pass callbacks.
    """

    _posted = Signal()

    def __init__(
        self, surface: Callable[[BaseException], None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._surface = surface
        self._executors: dict[Lane, ThreadPoolExecutor] = {}
        self._deliveries: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._signalled = threading.Event()
        self._running: dict[Future[Any], Job] = {}
        self._progress_due: set[Job] = set()
        self._listeners: dict[Job, Callable[[int, int, str], None]] = {}
        self._lock = threading.Lock()
        self._closed = False
        self._posted.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._pace = QTimer(self)
        self._pace.setSingleShot(True)
        self._pace.setInterval(PROGRESS_MS)
        self._pace.timeout.connect(self._show_progress)

    def submit(
        self,
        lane: Lane,
        work: Work[T],
        done: Callable[[T], None] | None = None,
        *,
        failed: Callable[[BaseException], None] | None = None,
        cancelled: Callable[[], None] | None = None,
        progress: Callable[[int, int, str], None] | None = None,
    ) -> Job:
        """Run ``work`` in a lane; exactly one of ``done``, ``failed``, ``cancelled`` follows.

        Callbacks run on this object's thread. After :meth:`close` nothing is accepted: the job
        comes back cancelled.
        """
        job = Job(self._report_progress)
        if self._closed:
            job.cancel()
            if cancelled is not None:
                cancelled()
            return job
        if progress is not None:
            self._listeners[job] = progress
        future = self._executor(lane).submit(_unless_cancelled, job, work)
        with self._lock:
            self._running[future] = job

        def finish() -> None:
            self._show_progress_of(job)
            self._listeners.pop(job, None)
            self._settle(future, done, failed, cancelled)

        def finished(_: Future[T]) -> None:
            with self._lock:
                self._running.pop(future, None)
            self._post(finish)

        future.add_done_callback(finished)
        return job

    def post(self, call: Callable[[], None]) -> None:
        """Make a call on this object's thread, soon; from any thread."""
        self._post(call)

    @property
    def pending(self) -> int:
        """How many jobs wait or run."""
        with self._lock:
            return len(self._running)

    def drain(self, timeout: float = 30.0) -> bool:
        """Wait for every job, deliver every result, and the jobs these start; for tests and exit.

        Returns whether all was done within ``timeout`` seconds. Blocks the calling thread, which
        must be this object's own.
        """
        waited = threading.Event()
        step = 0.002
        for _ in range(int(timeout / step)):
            self._deliver()
            if not self.pending and self._deliveries.empty():
                return True
            waited.wait(step)
        return False

    def close(self) -> None:
        """Finish what writes, cancel what only reads, deliver the last results, stop the threads.

        Jobs of the store and index lanes that were accepted are carried out; those of the other
        lanes are cancelled. Long jobs in any lane are told to stop at their next check.
        """
        if self._closed:
            return
        self._closed = True
        with self._lock:
            jobs = [job for future, job in self._running.items() if future.running()]
        for job in jobs:
            job.cancel()
        for lane, executor in self._executors.items():
            executor.shutdown(wait=True, cancel_futures=lane in _DROPPED_AT_THE_END)
        while not self._deliveries.empty():
            self._deliver()

    def _executor(self, lane: Lane) -> ThreadPoolExecutor:
        if lane not in self._executors:
            self._executors[lane] = ThreadPoolExecutor(1, thread_name_prefix=f"lane-{lane}")
        return self._executors[lane]

    def _report_progress(self, job: Job) -> None:
        with self._lock:
            if job in self._progress_due:
                return
            self._progress_due.add(job)
        self._post(self._show_progress)

    @Slot()
    def _show_progress(self) -> None:
        if self._pace.isActive():
            return
        with self._lock:
            due = tuple(self._progress_due)
        for job in due:
            self._show_progress_of(job)
        if due:
            self._pace.start()

    def _show_progress_of(self, job: Job) -> None:
        with self._lock:
            if job not in self._progress_due:
                return
            self._progress_due.discard(job)
        listener = self._listeners.get(job)
        if listener is not None:
            listener(*job.progress)

    def _post(self, delivery: Callable[[], None]) -> None:
        self._deliveries.put(delivery)
        # One signal for however many deliveries wait.
        if not self._signalled.is_set():
            self._signalled.set()
            self._posted.emit()

    @Slot()
    def _deliver(self) -> None:
        self._signalled.clear()
        end = time.monotonic() + TURN_S
        try:
            while time.monotonic() < end:
                try:
                    delivery = self._deliveries.get_nowait()
                except queue.Empty:
                    return
                delivery()
        finally:
            # What there was no time for, or stands behind a callback that raised.
            if not self._deliveries.empty():
                self._signalled.set()
                self._posted.emit()

    def _settle(
        self,
        future: Future[T],
        done: Callable[[T], None] | None,
        failed: Callable[[BaseException], None] | None,
        cancelled: Callable[[], None] | None,
    ) -> None:
        try:
            error = future.exception()
        except CancelledError as stopped:
            error = stopped
        if isinstance(error, CancelledError | JobCancelledError):
            if cancelled is not None:
                cancelled()
        elif error is not None:
            _note(error)
            (failed or self._surface)(error)
        elif done is not None:
            done(future.result())


def _note(error: BaseException) -> None:
    """Known errors are told to the user and are one line here; others need their trace."""
    if isinstance(error, KnownError):
        _log.info("%s", " ".join(str(error).split()))
    else:
        _log.error("a job failed", exc_info=error)


def _unless_cancelled(job: Job, work: Work[T]) -> T:
    job.check()
    return work(job)
