"""Builds the screens once the library is open, and connects them to the window."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from app.ui.context import Context
from app.ui.document.page import DocumentPage
from app.ui.first_run.page import FirstRunPage
from app.ui.indexing import Indexing
from app.ui.library.page import LibraryPage
from app.ui.look import Look
from app.ui.preferences import Preferences
from app.ui.search.page import SearchPage
from app.ui.shell.window import MainWindow
from app.ui.tasks import TaskRunner
from app.ui.trash.page import TrashPage
from app.ui.wording import count
from models.queries import post_mortems as queries

if TYPE_CHECKING:
    from app.bootstrap import Workspace


def home_path(path: Path) -> str:
    """A path as people write it: with ~ for their home."""
    home = Path.home()
    return f"~/{path.relative_to(home)}" if path.is_relative_to(home) else str(path)


class Screens(QObject):
    """Every screen of the open library, and what leads from one to another."""

    def __init__(
        self,
        window: MainWindow,
        look: Look,
        runner: TaskRunner,
        preferences: Preferences,
        workspace: "Workspace",
    ) -> None:
        super().__init__()
        self.window = window
        self.context = Context(look, runner, preferences, window.messages, workspace)
        self.library = LibraryPage(self.context)
        self.search = SearchPage(self.context)
        self.document = DocumentPage(self.context)
        self.trash = TrashPage(self.context)
        self.first_run = FirstRunPage(look, home_path(workspace.library.folder))
        self.indexing = Indexing(self.context, window.status)
        for key, page in (
            ("library", self.library),
            ("search", self.search),
            ("document", self.document),
            ("trash", self.trash),
            ("welcome", self.first_run),
        ):
            window.add_page(key, page)
        self._connect()

    def begin(self) -> None:
        """Show the first screen; bring the index up to date."""
        self.window.show_page("library")
        self.indexing.catch_up()

    def _connect(self) -> None:
        window = self.window
        window.area_requested.connect(self.show_area)
        window.action_requested.connect(self.act)
        window.search_edited.connect(self._search_typed)
        window.search_submitted.connect(self._search_submitted)
        self.context.changes_committed.connect(self._changed)
        self.indexing.caught_up.connect(self.search.refresh)
        self.library.rows_read.connect(self._rows_read)
        self.search.text_changed.connect(window.top_bar.search.show_text)
        for page in (self.library, self.search, self.document):
            page.opened.connect(self.open)

    @Slot(str)
    def show_area(self, area: str) -> None:
        """Show an area of the rail."""
        self.window.top_bar.search.show_text("")
        self.window.show_page(area)

    @Slot(str)
    def open(self, name: str) -> None:
        """Show a post-mortem, by id or ref, on its own page."""
        if not name:
            return

        def show(id: str) -> None:
            self.document.show_document(id)
            self.window.show_page("document")

        self.context.read(lambda workspace: queries.resolve(workspace.library, name), show)

    @Slot(str)
    def act(self, id: str) -> None:
        """An action that belongs to no screen."""

    @Slot(str)
    def _search_typed(self, text: str) -> None:
        if text.strip() or self.window.current == "search":
            self._show_search()
            self.search.type_text(text)
        if not text and not self.search.state.selection:
            self.window.leave("search")

    @Slot(str)
    def _search_submitted(self, text: str) -> None:
        if text.strip():
            self._show_search()
            self.search.submit(text)
            self.search.list.setFocus()

    def _show_search(self) -> None:
        if self.window.current != "search":
            self.window.show_page("search")

    @Slot()
    def _changed(self) -> None:
        self.window.refresh_pages()
        self.indexing.catch_up()

    @Slot(int)
    def _rows_read(self, number: int) -> None:
        stored = f"{count(number, 'post-mortem')} stored on this device"
        self.window.status.stored.show_fact(stored)
        if number == 0 and self.window.current == "library":
            self.window.show_page("welcome")
        elif number and self.window.current == "welcome":
            self.window.show_page("library")
