"""Tells the rest of the window of saves, seldom enough that typing stays smooth."""

from PySide6.QtCore import QObject, Slot

from app.ui.context import Context
from app.ui.pacing import pause

QUIET_MS = 2_500
"""After so long without a save the others are told."""
LATEST_MS = 20_000
"""They are told after so long at the latest, however much is typed."""


class Announcer(QObject):
    """Between a save and ``changes_committed``: views read again and the index catches up then."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._context = context
        self._quiet = pause(self, self.tell, QUIET_MS)
        self._latest = pause(self, self.tell, LATEST_MS)

    @Slot()
    def saved(self) -> None:
        """A draft was written."""
        self._context.autosaved.emit()
        self._quiet.start()
        if not self._latest.isActive():
            self._latest.start()

    @Slot()
    def flush(self) -> None:
        """Tell now what waits to be told."""
        if self._latest.isActive():
            self.tell()

    @Slot()
    def tell(self) -> None:
        """Tell everybody."""
        self._quiet.stop()
        self._latest.stop()
        self._context.changes_committed.emit()
