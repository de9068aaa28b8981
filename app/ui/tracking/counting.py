"""What waits for Jira and what needs somebody, said on every screen."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from app.ui.context import Context
from app.ui.shell.rail import Rail
from app.ui.shell.status_bar import StatusItem
from app.ui.wording import count
from models.queries.attention import Waiting, waiting

if TYPE_CHECKING:
    from app.bootstrap import Workspace


def waiting_words(found: Waiting) -> str:
    """ "3 queued, 2 need attention"; "" for nothing."""
    queued = f"{found.queued} queued" if found.queued else ""
    needs = count(found.attention, "needs attention", "need attention") if found.attention else ""
    return ", ".join(filter(None, (queued, needs)))


class Counting(QObject):
    """Keeps the badge of the rail and the line of the status bar true."""

    def __init__(self, context: Context, rail: Rail, item: StatusItem) -> None:
        super().__init__(context)
        self._context, self._rail, self._item = context, rail, item
        context.changes_committed.connect(self.count)

    @Slot()
    def count(self) -> None:
        """Count again."""

        def read(workspace: "Workspace") -> Waiting:
            return waiting(workspace.library)

        self._context.read(read, self._show)

    def _show(self, found: Waiting) -> None:
        words = waiting_words(found)
        self._rail.show_count("actions", found.attention, words)
        self._item.show_fact(words, "warning-circle" if found.attention else "cloud-arrow-up")
