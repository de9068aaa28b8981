"""The sync with Jira from the window: asked for, or by itself at intervals."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from app import answering
from app.ui.context import Context
from app.ui.pacing import pause
from app.ui.tasks import Job
from models.commands import tracking as commands
from models.errors import KnownError
from models.queries import tracking as queries
from models.tracking.connections import Connection
from models.tracking.sprints import Sprint

if TYPE_CHECKING:
    from app.tracking import Tracking
    from app.ui.tracking.answering import Answering
    from integrations.jira.remote import Account, Board
    from integrations.jira.syncing.report import Question, Report

EVERY_MS = 10 * 60 * 1000
"""Between two syncs that nobody asked for."""
AGAIN_MS = 60 * 1000
"""Between two tries to reach a Jira that could not be reached."""
MOST_BOARDS = 3
"""Boards whose sprints are offered where a connection names none."""
PATIENCE_S = 30
"""A sync that nobody asked for leaves a longer wait to the next one: meanwhile no other can run."""
PAUSED = "jira_sync_paused"


class Syncing(QObject):
    """One sync at a time, in its own lane; what it has to ask goes through ``answering``.

    A sync that nobody asked for asks nothing: what it would need a word for stays in
    ``unanswered`` until somebody syncs.

    Signals
    -------
    changed():
        A sync has begun or ended, or its pause.
    progressed(str, int, int):
        What is being done, how many are done, how many there are (0: nobody knows).
    finished(object):
        The ``Report`` of a sync.
    """

    changed = Signal()
    progressed = Signal(str, int, int)
    finished = Signal(object)

    def __init__(self, context: Context, answering: "Answering") -> None:
        super().__init__(context)
        self._context, self._answering = context, answering
        self._job: Job | None = None
        self.is_asked_for = False
        """Whether somebody asked for the sync that runs, or that ran last."""
        self._again = False
        """Whether somebody asked for another one while this runs."""
        self.unanswered: list[Question] = []
        self.trouble = ""
        """Why the last sync did not reach a project; "" where it reached all."""
        self._asker: Job | None = None
        """What somebody asked for and waits for; it may ask back."""
        self._timer = pause(self, self._by_itself)
        context.changes_committed.connect(self.begin)

    @cached_property
    def tracking(self) -> "Tracking":
        """Tokens and sites."""
        from app.tracking import Tracking

        return Tracking(self._context.workspace, self._ask_token)

    @property
    def is_running(self) -> bool:
        """Whether a sync is under way."""
        return self._job is not None

    @property
    def is_paused(self) -> bool:
        """Whether nothing is synced unless somebody asks."""
        return self._context.preferences.text(PAUSED) == "yes"

    def pause(self, *, paused: bool) -> None:
        """Sync only when asked, or by itself again."""
        self._context.preferences.set_text(PAUSED, "yes" if paused else "")
        self._plan(EVERY_MS if self.trouble == "" else AGAIN_MS)
        self.changed.emit()

    @Slot()
    def begin(self) -> None:
        """Sync by itself from now on, as soon as something is connected."""
        if self.is_running or self.is_paused or self._timer.isActive():
            return
        self._context.read(
            lambda workspace: queries.connections(workspace.library),
            lambda known: self._plan(AGAIN_MS) if known and not self.is_running else None,
        )

    def start(self) -> None:
        """Sync now; while one runs, once more after it: what it has passed may have been mended."""
        if self._job is None:
            self._run(asked_for=True)
        else:
            self._again = True

    @Slot()
    def stop(self) -> None:
        """Stop the sync; what was sent stays sent and is known."""
        if self._job is not None:
            self._again = False
            self._job.cancel()
            self._answering.withdraw()

    # -- running -------------------------------------------------------------------------------

    @Slot()
    def _by_itself(self) -> None:
        if self._job is None and not self.is_paused and self._context.workspace.library.writable:
            self._run(asked_for=False)

    def _run(self, *, asked_for: bool) -> None:
        if not self._context.workspace.library.writable:
            self._context.write(lambda workspace, actor: None)
            return
        self.is_asked_for = asked_for
        self.unanswered = []
        self._timer.stop()
        self._job = self._context.runner.submit(
            "tracker",
            self._sync,
            self._done,
            failed=self._failed,
            cancelled=self._ended,
            progress=lambda done, total, what: self.progressed.emit(what, done, total),
        )
        self.changed.emit()

    def _sync(self, job: Job) -> "Report":
        self._asker = job if self.is_asked_for else None

        def wait(until: datetime, *, for_site: bool) -> bool:
            left = self._seconds_to(until)
            if left > PATIENCE_S and not (self.is_asked_for and for_site):
                return False
            job.report(0, 0, f"Waiting until {until:%H:%M} UTC")
            return not job.stopped.wait(max(0.0, left))

        return self.tracking.sync(
            agree=lambda question: self._agree(question, job),
            wait=wait,
            progress=lambda what, done, total: job.report(done, total, what),
            cancelled=job.stopped,
        )

    def _agree(self, question: "Question", job: Job) -> bool:
        if not self.is_asked_for:
            self.unanswered.append(question)
            return False
        return self._answering.ask(question, job)

    def _ask_token(self, connection: Connection) -> str:
        return self._answering.ask_token(connection, self._asker) if self._asker else ""

    def _done(self, report: "Report") -> None:
        self.trouble = " ".join(trouble.reason for trouble in report.troubles)
        self._ended(report.next_try)
        self.finished.emit(report)
        self._context.changes_committed.emit()

    def _failed(self, error: BaseException) -> None:
        quiet = isinstance(error, KnownError) and not self.is_asked_for
        if quiet:
            self.trouble = str(error)
        self._ended()
        if not quiet:
            self._context.messages.error(error)

    def _ended(self, next_try: datetime | None = None) -> None:
        self._job = None
        wait = AGAIN_MS if self.trouble else EVERY_MS
        if next_try is not None:
            wait = min(wait, max(int(self._seconds_to(next_try) * 1000), 1000))
        self._plan(wait)
        self.changed.emit()
        if self._again:
            self._again = False
            self._run(asked_for=True)

    def _seconds_to(self, at: datetime) -> float:
        return (at - self._context.workspace.library.now()).total_seconds()

    def _plan(self, wait_ms: int) -> None:
        if self.is_paused:
            self._timer.stop()
        else:
            self._timer.start(wait_ms)

    # -- mending -------------------------------------------------------------------------------

    def read_people(
        self, connection_id: str, words: str, done: Callable[[Sequence["Account"]], None]
    ) -> None:
        """Read who is called so in a project."""

        def read(job: Job) -> "tuple[Account, ...]":
            self._asker = job
            connection = self.tracking.one(connection_id)
            with self.tracking.site(connection, job.stopped) as remote:
                return remote.accounts(connection.project, words)

        self._context.runner.submit("tracker", read, done, failed=self._context.messages.error)

    def read_sprints(
        self,
        connection_id: str,
        done: Callable[[Sequence[Sprint]], None],
        failed: Callable[[BaseException], None],
    ) -> None:
        """Read which sprints the boards of a project have that are not over, and keep them."""
        library = self._context.workspace.library

        def read(job: Job) -> tuple[Sprint, ...]:
            self._asker = None
            connection = self.tracking.one(connection_id)
            with self.tracking.site(connection, job.stopped) as remote:
                own = connection.board
                boards = _scrum(remote.boards(connection.project)) if own is None else [own]
                found = tuple(one for board in boards for one in remote.sprints(board))
            commands.note_listed(library, connection_id, found)
            return found

        self._context.runner.submit("tracker", read, done, failed=failed)

    def mend(
        self,
        action_id: str,
        words: Mapping[str, str],
        *,
        for_all: bool,
        wrong: Callable[[str], None],
    ) -> None:
        """Answer what was refused with words by the field's id or name, then sync.

        ``wrong`` is told what of it cannot be.
        """

        def answer(job: Job) -> None:
            self._asker = job
            answering.answer(
                self.tracking, action_id, words, for_all=for_all, cancelled=job.stopped
            )

        def failed(error: BaseException) -> None:
            if isinstance(error, KnownError):
                wrong(error.sentence())
            else:
                self._context.messages.error(error)

        def mended(_: None) -> None:
            self._context.changes_committed.emit()
            self.start()

        self._context.runner.submit("tracker", answer, mended, failed=failed)


def _scrum(boards: "Sequence[Board]") -> list[int]:
    """The boards that have sprints, a few of them."""
    return [board.id for board in boards if board.kind == "scrum"][:MOST_BOARDS]
