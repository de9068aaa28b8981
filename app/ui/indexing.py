"""Keeps the search index up to date in its own lane, and says so in the status bar."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

from app.ui.context import Context
from app.ui.pacing import pause
from app.ui.shell.status_bar import StatusBar
from app.ui.tasks import Job
from app.ui.wording import count
from search.results import IndexStatus

IDLE_MS = 30_000
"""How long nothing was written when the index is tidied."""


class Indexing(QObject):
    """Catches up after every write; rebuilds on request; tidies when nobody writes.

    Signals
    -------
    caught_up():
        The index has what was written.
    progressed(int, int, object):
        A rebuild has done so many of so many; the object stops it when called.
    """

    caught_up = Signal()
    progressed = Signal(int, int, object)

    def __init__(self, context: Context, status: StatusBar) -> None:
        super().__init__(context)
        self._context = context
        self._status = status
        self._waiting = False
        self._tidying: Job | None = None
        self.idle = pause(self, self.tidy)

    @Slot()
    def catch_up(self) -> None:
        """Bring the index up to date; requests that wait already are one."""
        self._stop_tidying()
        if self._waiting:
            return
        self._waiting = True
        workspace = self._context.workspace

        def work(job: Job) -> IndexStatus:
            self._waiting = False
            workspace.index.catch_up(job.report, lambda: job.cancelled)
            return workspace.index.status()

        self._run(work, "Indexing")

    @Slot()
    def build(self) -> None:
        """Build an index that is gone; until then nothing can be found."""
        self._context.index_state.go_on()
        self.catch_up()

    @Slot()
    def tidy(self) -> None:
        """Rebuild an index that long use has made slow; whatever else is wanted comes first."""
        workspace = self._context.workspace

        def work(job: Job) -> bool:
            from search.writer import Cancelled

            try:
                return workspace.index.tidy(cancelled=lambda: job.cancelled)
            except Cancelled:
                return False

        # A failure is in the log, and nothing is lost by it: the old index answers on.
        self._tidying = self._context.runner.submit("index", work, failed=lambda _: None)

    def _stop_tidying(self) -> None:
        self.idle.stop()
        if self._tidying is not None:
            self._tidying.cancel()
            self._tidying = None

    @Slot()
    def rebuild(self) -> None:
        """Build the index anew from the library."""
        self._stop_tidying()
        workspace = self._context.workspace

        def work(job: Job) -> IndexStatus:
            workspace.index.rebuild(job.report, lambda: job.cancelled)
            return workspace.index.status()

        self._run(work, "Rebuilding the index")

    def _run(self, work: Callable[[Job], IndexStatus], verb: str) -> None:
        def progress(done: int, total: int, text: str) -> None:
            if total:
                self._status.index.show_fact(f"{verb}: {done:,} of {total:,}", "arrows-clockwise")
                self.progressed.emit(done, total, job.cancel)
                self._context.index_state.go_on(done, total)

        job = self._context.runner.submit(
            "index", work, self._done, failed=self._failed, progress=progress
        )

    def _done(self, status: IndexStatus) -> None:
        words = f"{count(status.documents, 'post-mortem')} indexed"
        if status.behind:
            words += f", {status.behind:,} behind"
        self._status.index.show_fact(words, "magnifying-glass")
        self.idle.start(IDLE_MS)
        self._context.index_state.end()
        self._warm()
        self.caught_up.emit()

    def _warm(self) -> None:
        """Have the first search find the index open, and small segments made one, now that what
        was written can be found; a failure shows there, with what to do.
        """
        index, runner = self._context.workspace.index, self._context.runner

        def warm(made: bool = True) -> None:
            if made:
                runner.submit("search", lambda job: index.warm(), failed=lambda _: None)

        warm()
        runner.submit("index", lambda job: index.settle(), warm, failed=lambda _: None)

    def _failed(self, error: BaseException) -> None:
        from search.writer import Cancelled

        self._context.index_state.end()
        if isinstance(error, Cancelled):
            self._status.index.show_fact("Indexing stopped", "warning", "amber")
            return
        self._status.index.show_fact("The index is not up to date", "warning", "amber")
        self._context.messages.banner(
            "amber",
            "The search index could not be brought up to date",
            f"{error} Your post-mortems are safe; search may miss the newest changes.",
            ("Rebuild index", self.rebuild),
        )
