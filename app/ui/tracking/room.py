"""The Actions screen and the sync behind it; each part is made when it is needed."""

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.ui.context import Context
from app.ui.shell.window import MainWindow

if TYPE_CHECKING:
    from app.ui.tracking import answering as answering_module
    from app.ui.tracking import page as page_module
    from app.ui.tracking import syncing as syncing_module


class TrackingRoom(QObject):
    """What the window has to do with promises and their tickets.

    Signals
    -------
    opened(str, str), closing_asked(str), connecting_asked():
        The screen's.
    """

    opened = Signal(str, str)
    closing_asked = Signal(str)
    connecting_asked = Signal()

    def __init__(self, context: Context, window: MainWindow) -> None:
        super().__init__(context)
        self._context, self._window = context, window

    @cached_property
    def page(self) -> "page_module.BoardPage":
        """The board."""
        from app.ui.tracking.page import BoardPage

        page = BoardPage(self._context, self.syncing)
        self._window.add_page("actions", page)
        page.opened.connect(self.opened)
        page.closing_asked.connect(self.closing_asked)
        page.connecting_asked.connect(self.connecting_asked)
        return page

    @cached_property
    def answering(self) -> "answering_module.Answering":
        """Where a sync asks."""
        from app.ui.tracking.answering import Answering

        return Answering(self._context, self._window)

    @cached_property
    def syncing(self) -> "syncing_module.Syncing":
        """The sync with Jira."""
        from app.ui.tracking.syncing import Syncing

        return Syncing(self._context, self.answering)

    def begin(self) -> None:
        """Count what waits, and sync by itself where something is connected."""
        from app.ui.tracking.counting import Counting

        Counting(self._context, self._window.rail, self._window.status.outbox).count()
        self.syncing.begin()
