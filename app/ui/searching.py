"""Searching from anywhere in the window: typed, asked for, chosen from what was kept, or pasted."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot

from app.ui.context import Context
from app.ui.search.state import SearchState
from app.ui.shell.window import MainWindow

if TYPE_CHECKING:
    from app.ui.search import page as search_page


class Searching(QObject):
    """What leads to the search screen; ``page`` makes that when it is first needed.

    Signals
    -------
    opened(str):
        A post-mortem is to be read, by id or ref.
    """

    opened = Signal(str)

    def __init__(
        self, context: Context, window: MainWindow, page: Callable[[], "search_page.SearchPage"]
    ) -> None:
        super().__init__(context)
        self._context, self._window, self._page = context, window, page

    @Slot(str)
    def type_text(self, text: str) -> None:
        """The box holds this now."""
        if text.strip() or self._window.current == "search":
            self._show().type_text(text)
        if not text and not self._page().state.selection:
            self._window.leave("search")

    @Slot(str)
    def submit(self, text: str) -> None:
        """Enter in the box: to the results, or to what was searched for before."""
        if not text.strip():
            self.begin()
            return
        page = self._show()
        page.submit(text)
        page.list.setFocus()

    @Slot()
    def begin(self) -> None:
        """Saved and recent searches, to choose from."""
        page = self._show()
        page.take_state(SearchState())
        start = page.results.start
        page.results.stack.setCurrentWidget(start)
        if start.has_any:
            start.begin()
        else:
            self._window.top_bar.search.take_focus()

    @Slot()
    def ask_similar(self) -> None:
        """Failures like a pasted text."""
        from app.ui.search.similar_text import SimilarTextDialog

        dialog = SimilarTextDialog(self._context, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.opened.connect(self.opened)
        dialog.open()

    def saved(self) -> list[tuple[str, Callable[[], None]]]:
        """For the command palette: each saved search by its name."""
        kept = self._page().keeping.searches.saved
        return [(one.name, partial(self._run, one.state)) for one in kept]

    def _run(self, state: SearchState) -> None:
        page = self._show()
        page.take_state(state)
        page.list.setFocus()

    def _show(self) -> "search_page.SearchPage":
        page = self._page()
        if self._window.current != "search":
            self._window.show_page("search")
        return page
