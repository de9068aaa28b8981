"""The post-mortem being written: its edits, their undo, and saving as it is typed."""

import enum
import time
from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.ui.context import Context
from app.ui.tasks import Job
from models.commands import post_mortems as commands
from models.commands.post_mortems import Merged
from models.document import Document
from models.editing.history import History
from models.merging import merge
from models.queries import post_mortems as queries

SAVE_WITHIN_MS = 700
"""The longest a keystroke waits before its save begins; with the write itself, under a second."""
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
    conflicted(tuple):
        Somebody else changed the same words: the ``Conflict``s that were settled by keeping both.
    """

    changed = Signal(str)
    state_changed = Signal()
    conflicted = Signal(tuple)

    def __init__(self, context: Context, document: Document) -> None:
        super().__init__(context)
        self._context = context
        self._history = History(document)
        self._stored = document
        self._sent: Document | None = None
        self._failures = 0
        self.error: BaseException | None = None
        self.saved_at: datetime | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.save)

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
        is_stored = self._sent is None and not self._timer.isActive()
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
    def undo(self) -> None:
        """Take back the last edit and show where it was."""
        place = self._history.undo_place
        if self._history.undo() is not None:
            self._edited(place)

    @Slot()
    def redo(self) -> None:
        """Make the edit again that was taken back last."""
        place = self._history.redo_place
        if self._history.redo() is not None:
            self._edited(place)

    def _edited(self, place: str) -> None:
        if not self._timer.isActive() and self._sent is None:
            self._timer.start(SAVE_WITHIN_MS)
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

        def write(job: Job) -> Merged:
            return commands.merge_save(library, sent, base, actor, coalesce=True)

        self._context.runner.submit(
            "store", write, self._written, failed=self._failed, cancelled=self._let_go
        )
        self.state_changed.emit()

    def _written(self, merged: Merged) -> None:
        sent, self._sent = self._sent, None
        self._failures, self.error = 0, None
        self.saved_at = self._context.workspace.library.now()
        self._take(merged.document, sent or merged.document)
        if merged.conflicts:
            self.conflicted.emit(merged.conflicts)
        self._context.changes_committed.emit()
        self.state_changed.emit()

    def _failed(self, error: BaseException) -> None:
        self._sent, self.error = None, error
        self._timer.start(RETRY_MS[min(self._failures, len(RETRY_MS) - 1)])
        self._failures += 1
        self.state_changed.emit()

    def _let_go(self) -> None:
        self._sent = None

    def _take(self, stored: Document, known: Document) -> None:
        """Go on from what is stored, with the edits made since ``known`` kept."""
        untouched = self.document is known
        merged = stored if untouched else merge(known, self.document, stored).document
        self._stored = stored
        self._history.rebase(merged)
        if not untouched:
            self._timer.start(SAVE_WITHIN_MS)
        self.changed.emit("")

    @Slot()
    def read_again(self) -> None:
        """Somebody wrote to the library: take over what concerns this post-mortem."""

        def compare(stored: Document) -> None:
            if self._sent is None and stored != self._stored:
                self._take(stored, self._stored)
                self.state_changed.emit()

        self._context.read(lambda workspace: queries.by_id(workspace.library, self.id), compare)
