"""The post-mortem being written: its edits, their undo, and saving as it is typed."""

import enum
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QObject, Signal, Slot

from app.ui.context import Context
from app.ui.editor.recovery_copies import Copy, RecoveryCopies
from app.ui.pacing import pause
from app.ui.tasks import Job
from models.commands import post_mortems as commands
from models.commands.post_mortems import Merged
from models.document import Document
from models.editing.deciding import replaced
from models.editing.history import History
from models.merging import Conflict, merge
from models.queries import post_mortems as queries
from models.sharing import shared

if TYPE_CHECKING:
    from datetime import datetime

SAVE_WITHIN_MS = 350
"""The longest a keystroke waits before its save begins; with the write itself, under a second."""
COPY_AFTER_MS = 200
"""A write that takes longer may be stuck behind others: the words are kept in a copy meanwhile."""
RETRY_MS = (2_000, 5_000, 15_000, 30_000)
"""Waits before a failed save is tried again; the last one repeats."""


class SaveState(enum.Enum):
    """What the window says about the newest edit."""

    SAVED = "saved"
    WAITING = "waiting"
    FAILED = "failed"


class Draft(QObject):
    """One document, changed by named edits and written by itself.

    Signals
    -------
    changed(str):
        The document is another one; the place (section, field or node) that should be shown, or
        "" where nothing has to move.
    state_changed():
        Saved, waiting or failed; what can be undone or redone.
    saved():
        A write was committed.
    conflicted(tuple):
        Somebody else changed the same words: the ``Conflict``s that were settled by keeping both.
    overwritten(tuple):
        Somebody else's words took the place of what was saved here, which a comment keeps: the
        ``Conflict``s as ``models.editing.deciding.replaced`` says them.
    """

    changed = Signal(str)
    state_changed = Signal()
    saved = Signal()
    conflicted = Signal(tuple)
    overwritten = Signal(tuple)

    def __init__(
        self, context: Context, document: Document, copies: RecoveryCopies | None = None
    ) -> None:
        super().__init__(context)
        self._context = context
        self._copies = copies
        self._has_copy = False
        self._history = History(document)
        self._stored = document
        self._sent: Document | None = None
        self._failures = 0
        self.error: BaseException | None = None
        self.saved_at: datetime | None = None
        self._timer = pause(self, self.save)
        self._slow = pause(self, self._keep_copy)

    @property
    def id(self) -> str:
        """The post-mortem's id."""
        return self._stored.post_mortem.id

    @property
    def document(self) -> Document:
        """What the author sees."""
        return self._history.document

    @property
    def stored(self) -> Document:
        """What the library held when it was last asked."""
        return self._stored

    @property
    def state(self) -> SaveState:
        """Whether the newest edit is in the library."""
        if self.error is not None:
            return SaveState.FAILED
        is_stored = self._sent is None and self.document is self._stored
        return SaveState.SAVED if is_stored else SaveState.WAITING

    @property
    def undo_name(self) -> str:
        """What undo would take back, or ""."""
        return self._history.undo_name

    @property
    def redo_name(self) -> str:
        """What redo would do again, or ""."""
        return self._history.redo_name

    # -- editing -------------------------------------------------------------------------------

    def edit(
        self,
        name: str,
        change: Callable[[Document], Document],
        *,
        place: str = "",
        typing: bool = False,
    ) -> None:
        """Make one named edit; nothing happens where ``change`` returns what it got.

        ``typing`` edits of one place join into one step of undo.
        """
        document = change(self.document)
        if document is self.document or document == self.document:
            return
        self._history.apply(name, document, place=place, typing=typing, at=time.monotonic())
        self._edited("")

    @Slot()
    def end_step(self) -> None:
        """Let the next edit be a step of undo of its own."""
        self._history.end_step()

    def undo(self) -> bool:
        """Take back the last edit and show where it was; whether that changed anything.

        It does not where somebody else's words have taken the place of the edit.
        """
        return self._went(self._history.undo_place, self._history.undo)

    def redo(self) -> bool:
        """Make the edit again that was taken back last; whether that changed anything."""
        return self._went(self._history.redo_place, self._history.redo)

    def _went(self, place: str, step: Callable[[], Document | None]) -> bool:
        before = self.document
        step()
        if self.document is before:
            self.state_changed.emit()
            return False
        self._edited(place)
        return True

    def _edited(self, place: str) -> None:
        if not self._timer.isActive() and self._sent is None:
            self._timer.start(SAVE_WITHIN_MS)
        if self._has_copy and not self._slow.isActive():
            self._slow.start(COPY_AFTER_MS)
        self.changed.emit(place)
        self.state_changed.emit()

    # -- saving --------------------------------------------------------------------------------

    @Slot()
    def save(self) -> None:
        """Write what is not written yet; while a write is under way, its end begins the next."""
        self._timer.stop()
        if self._sent is not None or self.document is self._stored:
            return
        sent, base, actor = self.document, self._stored, self._context.actor
        library = self._context.workspace.library
        self._sent = sent

        def write(job: Job) -> tuple[Merged, Document]:
            merged = commands.merge_save(library, sent, base, actor, coalesce=True)
            return merged, shared(merged.document, sent)

        self._slow.start(COPY_AFTER_MS)
        self._context.runner.submit(
            "store", write, self._written, failed=self._failed, cancelled=self._let_go
        )
        self.state_changed.emit()

    def finish(self, limit_ms: int) -> bool:
        """Write everything now and wait for it; whether it is in the library.

        A write that fails or takes longer than the limit leaves a copy for the next start; what
        that raises (``OSError``, ``InvalidInputError``) is raised.
        """
        waiting = QEventLoop()
        limit = pause(self, waiting.quit)
        limit.start(limit_ms)
        self.state_changed.connect(waiting.quit)
        self.error = None
        self.save()
        while self.state is SaveState.WAITING and limit.isActive():
            waiting.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
            if self.state is SaveState.WAITING:
                self.save()
        if self.state is SaveState.SAVED:
            return True
        self._write_copy()
        return False

    def _written(self, result: tuple[Merged, Document]) -> None:
        merged, stored = result
        sent, self._sent = self._sent or stored, None
        self._slow.stop()
        self._failures, self.error = 0, None
        self.saved_at = self._context.workspace.library.now()
        before = self._stored
        self._take(stored, sent)
        self._forget_copy()
        self._tell_overwritten(before, merged.conflicts)
        if merged.conflicts:
            self.conflicted.emit(merged.conflicts)
        self.saved.emit()
        self.state_changed.emit()

    def _failed(self, error: BaseException) -> None:
        self._sent, self.error = None, error
        self._slow.stop()
        self._timer.start(RETRY_MS[min(self._failures, len(RETRY_MS) - 1)])
        self._failures += 1
        self._keep_copy()
        self.state_changed.emit()

    def _let_go(self) -> None:
        self._sent = None
        self._slow.stop()

    def _take(self, stored: Document, known: Document) -> None:
        """Go on from what is stored, with the edits made since ``known`` kept."""
        untouched = self.document is known
        if untouched:
            document = stored
        else:
            now = self._context.workspace.library.now()
            joint = merge(known, self.document, stored, at=now)
            document = joint.document
            if joint.conflicts:
                self.conflicted.emit(joint.conflicts)
        self._stored = stored
        self._history.rebase(document)
        if not untouched:
            self._timer.start(SAVE_WITHIN_MS)
        self.changed.emit("")

    def _tell_overwritten(self, before: Document, own: tuple[Conflict, ...] = ()) -> None:
        told = {(conflict.place, conflict.theirs) for conflict in own}
        lost = replaced(before, self.document)
        lost = tuple(one for one in lost if (one.place, one.theirs) not in told)
        if lost:
            self.overwritten.emit(lost)

    @Slot()
    def read_again(self) -> None:
        """Somebody wrote to the library: take over what concerns this post-mortem."""
        known = self._stored

        def read(job: Job) -> Document:
            return shared(queries.by_id(self._context.workspace.library, self.id), known)

        def compare(stored: Document) -> None:
            if self._sent is None and known is self._stored and stored is not known:
                self._take(stored, known)
                self._tell_overwritten(known)
                self.state_changed.emit()

        self._context.runner.submit("store", read, compare)

    # -- copies --------------------------------------------------------------------------------

    def _keep_copy(self) -> None:
        """Keep the words beside the library, in a lane that no write holds up."""
        if self._copies is not None:
            copies, copy = self._copies, self._copy()
            self._has_copy = True
            self._context.runner.submit("network", lambda job: copies.keep(copy))

    def _write_copy(self) -> None:
        if self._copies is not None:
            self._copies.keep(self._copy())

    def _copy(self) -> Copy:
        return Copy(self.document, self._stored, self._context.workspace.library.now())

    def _forget_copy(self) -> None:
        if self._copies is not None and self._has_copy:
            copies, id = self._copies, self.id
            self._has_copy = False
            # Behind the writing of the copy in its lane.
            self._context.runner.submit("network", lambda job: copies.saved(id))
