"""The drafts of this run of the window: one for each post-mortem that was opened to be written."""

import logging
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

from app import settings
from app.ui.context import Context
from app.ui.editor.announcing import Announcer
from app.ui.editor.draft import Draft, SaveState
from app.ui.editor.recovery_copies import Marker, RecoveryCopies
from app.ui.tasks import Job
from models.document import Document
from models.errors import InvalidInputError
from models.queries import post_mortems as queries

CLOSE_LIMIT_MS = 10_000
"""How long a window that closes waits for the last write."""

_log = logging.getLogger(__name__)


class Drafts(QObject):
    """Opens drafts and keeps them, so that undo is there when one comes back; closes them all.

    Signals
    -------
    slow():
        The window waits for the last write before it closes.
    opened(str):
        A post-mortem is being written, by its id.
    """

    slow = Signal()
    opened = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._context = context
        self._drafts: dict[str, Draft] = {}
        library = context.workspace.library
        self.copies = RecoveryCopies(settings.state_folder(), library.id)
        self.announcer = Announcer(context)
        context.changes_committed.connect(self.read_again)

    def open(self, id: str, done: Callable[[Draft], None]) -> None:
        """The draft of a post-mortem, read if it was not yet."""
        if id in self._drafts:
            draft = self._drafts[id]
            draft.read_again()
            self._opened(draft)
            done(draft)
            return
        library = self._context.workspace.library

        def begin(document: Document) -> None:
            draft = self._drafts.get(id)
            if draft is None:
                draft = self._drafts[id] = Draft(self._context, document, self.copies)
                draft.saved.connect(self.announcer.saved)
            self._opened(draft)
            done(draft)

        self._context.read(lambda workspace: queries.by_id(library, id), begin)

    def left(self, draft: Draft) -> None:
        """A draft is not on the screen any more: write what is left of it, tell the others."""
        draft.save()
        if draft.state is SaveState.SAVED:
            self.announcer.flush()
            self._closed(draft)

    @Slot()
    def read_again(self) -> None:
        """Somebody wrote to the library."""
        for draft in self._drafts.values():
            draft.read_again()

    def finish(self) -> list[Draft]:
        """Write everything before the window closes; those that could not be written."""
        return [draft for draft in self._drafts.values() if not self._finished(draft)]

    def close(self) -> None:
        """The run ends: what is saved leaves nothing behind."""
        for draft in self._drafts.values():
            if draft.state is SaveState.SAVED:
                self.copies.closed(draft.id)
        self.copies.close()

    def _finished(self, draft: Draft) -> bool:
        if draft.state is not SaveState.SAVED:
            self.slow.emit()
        try:
            return draft.finish(CLOSE_LIMIT_MS)
        except (OSError, InvalidInputError):
            _log.exception("no copy of %s could be kept", draft.document.ref)
            return False

    def _opened(self, draft: Draft) -> None:
        self.opened.emit(draft.id)
        library, copies = self._context.workspace.library, self.copies
        if not library.writable:
            return

        def mark(job: Job) -> None:
            revisions = queries.history(library, draft.id)
            newest = max((revision.number for revision in revisions), default=0)
            copies.opened(Marker(draft.id, draft.stored.ref, library.now(), newest))

        self._context.runner.submit("network", mark)

    def _closed(self, draft: Draft) -> None:
        copies, id = self.copies, draft.id
        self._context.runner.submit("network", lambda job: copies.closed(id))
