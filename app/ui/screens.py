"""Builds the screens once the library is open, and connects them to the window."""

import sys
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from app.ui import sampling
from app.ui.collecting import spare_what_is_there
from app.ui.context import Context
from app.ui.document.external_editor import start_detached
from app.ui.exchange import Exchange
from app.ui.following import Following
from app.ui.indexing import Indexing
from app.ui.library.page import LibraryPage
from app.ui.look import Look
from app.ui.preferences import Preferences
from app.ui.preloading import import_recovery, import_rest
from app.ui.read_only import announce
from app.ui.searching import Searching
from app.ui.shell.window import MainWindow
from app.ui.tasks import TaskRunner
from app.ui.tracking.room import TrackingRoom
from app.ui.wording import count
from app.ui.writing import Writing
from models.queries import post_mortems as queries

if TYPE_CHECKING:
    from app.bootstrap import Workspace
    from app.ui.document import page as document_page
    from app.ui.first_run import page as first_run_page
    from app.ui.search import page as search_page
    from app.ui.settings import page as settings_page
    from app.ui.trash import page as trash_page

    Reader = LibraryPage | search_page.SearchPage | document_page.DocumentPage


def home_path(path: Path) -> str:
    """A path as people write it: with ~ for their home."""
    home = Path.home()
    return f"~/{path.relative_to(home)}" if path.is_relative_to(home) else str(path)


class Screens(QObject):
    """Every screen of the open library, and what leads from one to another.

    The Library is made at once; the others when they are needed, at the latest when the first
    list is shown.
    """

    def __init__(
        self,
        window: MainWindow,
        look: Look,
        runner: TaskRunner,
        preferences: Preferences,
        workspace: "Workspace",
    ) -> None:
        super().__init__(window)
        self.window = window
        messages = window.messages
        self.context = Context(look, runner, preferences, messages, workspace, parent=self)
        self.library = LibraryPage(self.context)
        self.following = Following(self.context)
        self.indexing = Indexing(self.context, window.status)
        self.exchange = Exchange(self.context, window)
        self.writing = Writing(self.context, window)
        self.writing.opened.connect(self.open)
        self.writing.export_requested.connect(self.exchange.export)
        self.writing.begun.connect(self.library.expect)
        self.searching = Searching(self.context, window, lambda: self.search)
        self.searching.opened.connect(self.open)
        self.tracking = TrackingRoom(self.context, window)
        self.tracking.opened.connect(self.open)
        self.tracking.closing_asked.connect(self.writing.ask_gate)
        self.tracking.connecting_asked.connect(self.connect_jira)
        self._add_reader("library", self.library)
        self._connect()
        window.may_close = self.writing.may_close
        window.saved_searches = self.searching.saved

    def begin(self) -> None:
        """Show the first screen; bring the index up to date."""
        self.window.show_page("library")
        if not self.context.workspace.library.writable:
            announce(self)
        # Behind the first list in its lane, and once, before other lanes use the index.
        self.context.read(lambda workspace: workspace.index, lambda _: self._go_on())

    def _go_on(self) -> None:
        self.context.runner.submit("network", import_recovery, lambda _: self.writing.recover())
        self.indexing.catch_up()
        self.following.begin()
        # So that nothing waits for its parsers later.
        self.context.runner.submit("network", import_rest, lambda _: self._complete())

    def _complete(self) -> None:
        """Make the screens that every session needs, now that all modules are there."""
        spare_what_is_there()
        _ = self.search, self.document
        from app.ui.settings.own_files import tell_of_faults

        self.context.read(
            lambda workspace: workspace.data_faults, lambda faults: tell_of_faults(self, faults)
        )
        self.writing.editing.find_kept()
        self.tracking.begin()

    @cached_property
    def search(self) -> "search_page.SearchPage":
        """Search results."""
        from app.ui.search.page import SearchPage

        page = SearchPage(self.context)
        self._add_reader("search", page)
        self.indexing.caught_up.connect(page.refresh)
        page.text_changed.connect(self.window.top_bar.search.show_text)
        return page

    @cached_property
    def document(self) -> "document_page.DocumentPage":
        """One post-mortem."""
        from app.ui.document.page import DocumentPage

        page = DocumentPage(self.context)
        self._add_reader("document", page)
        return page

    @cached_property
    def trash(self) -> "trash_page.TrashPage":
        """What was deleted."""
        from app.ui.trash.page import TrashPage

        page = TrashPage(self.context)
        self.window.add_page("trash", page)
        return page

    @cached_property
    def first_run(self) -> "first_run_page.FirstRunPage":
        """The empty library."""
        from app.ui.first_run.page import FirstRunPage

        folder = home_path(self.context.workspace.library.folder)
        page = FirstRunPage(self.context.look, folder)
        self.window.add_page("welcome", page)
        page.new_requested.connect(self.writing.new)
        page.import_requested.connect(self.exchange.import_folder)
        page.sample_requested.connect(self.add_samples)
        return page

    @cached_property
    def settings(self) -> "settings_page.SettingsPage":
        """The settings."""
        from app.ui.settings.page import SettingsPage

        page = SettingsPage(self.context)
        self.window.add_page("settings", page)
        page.sample_requested.connect(self.add_samples)
        page.sample_removal_requested.connect(self.remove_samples)
        page.rebuild_requested.connect(self.indexing.rebuild)
        page.library_chosen.connect(self.reopen)
        self.indexing.caught_up.connect(page.read_index)
        self.indexing.progressed.connect(page.show_rebuild)
        return page

    def _add_reader(self, key: str, page: "Reader") -> None:
        self.window.add_page(key, page)
        page.opened.connect(self.open)
        page.edit_requested.connect(self.writing.edit)
        page.export_requested.connect(self.exchange.export)

    def let_go(self) -> None:
        """All work has ended: leave nothing behind that is not needed."""
        self.writing.let_go()
        self.context.workspace.close()

    def _connect(self) -> None:
        window = self.window
        window.area_requested.connect(self.show_area)
        window.action_requested.connect(self.act)
        window.search_edited.connect(self.searching.type_text)
        window.search_submitted.connect(self.searching.submit)
        self.context.changes_committed.connect(self._changed)
        self.library.rows_read.connect(self._rows_read)
        window.files_dropped.connect(self.exchange.import_paths)
        self.following.written_elsewhere.connect(self.context.changes_committed)
        self.following.index_lost.connect(self.indexing.build)

    @Slot(str)
    def show_area(self, area: str) -> None:
        """Show an area of the rail."""
        if area == "trash":
            _ = self.trash
        elif area == "actions":
            _ = self.tracking.page
        elif area == "settings":
            _ = self.settings
        self.window.show_page(area)

    @Slot()
    def connect_jira(self) -> None:
        """Go to where Jira is connected."""
        from app.ui.settings.jira.section import JiraSettings

        self.show_area("settings")
        self.settings.show_section(JiraSettings.title)
        self.settings.section(JiraSettings).begin()

    @Slot(str)
    @Slot(str, str)
    def open(self, name: str, section: str = "") -> None:
        """Show a post-mortem, by id or ref, on its own page, at a section as search names it."""
        if not name:
            return

        def show(id: str) -> None:
            self.document.show_document(id, section)
            self.window.show_page("document")

        self.context.read(lambda workspace: queries.resolve(workspace.library, name), show)

    @Slot(str)
    def act(self, id: str) -> None:
        """An action that belongs to no screen, by its id in the table."""
        acts = {
            "new": self.writing.new,
            "import_files": self.exchange.import_files,
            "import_folder": self.exchange.import_folder,
            "import_comments": self.exchange.import_comments,
            "copy_rich": self.exchange.copy_rich,
            "searches": self.searching.begin,
            "similar_text": self.searching.ask_similar,
            "open_sample": self.add_samples,
            "remove_sample": self.remove_samples,
            "edit_outside": self.writing.edit_current_outside,
        }
        if id in acts:
            acts[id]()

    @Slot()
    def add_samples(self) -> None:
        """Put the sample library in."""
        sampling.add(self.context)

    @Slot()
    def remove_samples(self) -> None:
        """Move every sample to the trash."""
        sampling.remove(self.context)

    @Slot(str)
    def reopen(self, folder: str) -> None:
        """Start the window anew on another library."""
        if start_detached([sys.executable, "-m", "app", "--library", folder]):
            self.window.close()
        else:
            self.context.messages.toast("Start Afterwhy again to open that library.")

    @Slot()
    def _changed(self) -> None:
        self.window.refresh_pages()
        self.indexing.catch_up()

    @Slot(int)
    def _rows_read(self, number: int) -> None:
        stored = f"{count(number, 'post-mortem')} stored on this device"
        self.window.status.stored.show_fact(stored)
        self.context.read(
            lambda workspace: queries.with_origin(workspace.library, "sample"), self._samples_read
        )
        if number == 0 and self.window.current == "library":
            _ = self.first_run
            self.window.show_page("welcome")
        elif number and self.window.current == "welcome":
            self.window.show_page("library")

    def _samples_read(self, ids: tuple[str, ...]) -> None:
        """What can be removed must be there."""
        self.window.set_available("remove_sample", available=bool(ids))
