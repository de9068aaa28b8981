"""Notices what other programs did to the open library: writes, and an index that is gone."""

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.ui.context import Context
from models.queries import changes

INTERVAL_MS = 1500
"""How often the change log is asked for its last number; the answer takes well under 1 ms."""

_INDEX_EVERY = 4


class Following(QObject):
    """Watches the change log, and now and then that the index is still there.

    Signals
    -------
    written_elsewhere():
        Another program wrote to the library.
    index_lost():
        The index is not there any more, or never was.
    """

    written_elsewhere = Signal()
    index_lost = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._context = context
        self._seen: int | None = None
        self._asking = self._resting = False
        self._rounds = 0
        context.changes_committed.connect(self._take_as_seen)
        context.autosaved.connect(self._take_as_seen)
        context.writes_much.connect(self._rest)
        self._timer = QTimer(self)
        self._timer.setInterval(INTERVAL_MS)
        self._timer.timeout.connect(self.look)

    @Slot()
    def begin(self) -> None:
        """Start watching; what was written until now is known."""
        self._take_as_seen()
        self._timer.start()

    @Slot()
    def look(self) -> None:
        """Ask once; while an answer is awaited, do nothing."""
        if self._asking or self._resting:
            return
        self._asking = True
        self._context.read(lambda workspace: changes.head(workspace.library), self._compare)
        self._rounds += 1
        if self._rounds % _INDEX_EVERY == 0:
            workspace = self._context.workspace
            self._context.runner.submit(
                "index", lambda job: workspace.index.status().generation, self._look_at_index
            )

    @Slot(bool)
    def _rest(self, resting: bool) -> None:
        """What this window itself writes is shown when it is done, not at every look."""
        self._resting = resting

    @Slot()
    def _take_as_seen(self) -> None:
        # An answer that is under way knows nothing of what was just written.
        self._seen = None
        # In the store lane before the views read again, so that nothing written later is missed.
        self._context.read(lambda workspace: changes.head(workspace.library), self._adopt)

    def _adopt(self, head: int) -> None:
        self._seen = head

    def _compare(self, head: int) -> None:
        self._asking = False
        if self._seen is not None and head > self._seen and not self._resting:
            self.written_elsewhere.emit()

    def _look_at_index(self, generation: int) -> None:
        if generation == 0:
            self.index_lost.emit()
