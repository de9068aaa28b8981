"""Saving searches, naming them anew, deleting them with undo; remembering the last ones."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from app.ui.context import Context
from app.ui.preferences import config_folder
from app.ui.search.kept import Saved, Searches, SearchFile
from app.ui.search.start import StartPane
from app.ui.search.state import SearchState
from app.ui.widgets.buttons import Button
from app.ui.widgets.layouts import column, label, row
from models.errors import KnownError


class NameDialog(QDialog):
    """Asks for the name of a search; Enter takes it."""

    def __init__(
        self, context: Context, title: str, name: str, take: Callable[[str], None], window: QWidget
    ) -> None:
        super().__init__(window)
        self._take_name = take
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.line = QLineEdit(name)
        self.line.setAccessibleName("Name of the search")
        self.line.selectAll()
        save = Button(context.look, "Save", "primary", "bookmark")
        save.clicked.connect(self._take)
        save.setDefault(True)
        cancel = Button(context.look, "Cancel")
        cancel.clicked.connect(self.reject)
        ask = label("What is this search called?", "question")
        self.setLayout(
            column(ask, self.line, row(None, cancel, save), margins=(24, 20, 24, 20), spacing=12)
        )
        self.resize(context.look.px(440), self.sizeHint().height())

    @Slot()
    def _take(self) -> None:
        if name := self.line.text().strip():
            self.accept()
            self._take_name(name)


class Keeping(QObject):
    """Keeps searches and shows them in the start pane."""

    def __init__(self, context: Context, start: StartPane, now: Callable[[], SearchState]) -> None:
        """``now`` says what is searched for."""
        super().__init__(start)
        self._context = context
        self._file = SearchFile(config_folder(), context.workspace.library.id)
        self._start = start
        self._now = now
        self.searches = self._file.read()
        start.show_searches(self.searches)
        start.rename_requested.connect(self.rename)
        start.removal_requested.connect(self.remove)
        start.recent_cleared.connect(self.clear_recent)

    def remember(self) -> None:
        """What is searched for now is one of the last searches."""
        state = self._now()
        if not state.is_empty and self.searches.recent[:1] != (state,):
            self._keep(self.searches.with_recent(state))

    @Slot()
    def clear_recent(self) -> None:
        """Forget the last searches; Undo brings them back."""
        before = self.searches.recent
        if self._keep(Searches(self.searches.saved)):
            self._say("Recent searches cleared.", lambda: Searches(self.searches.saved, before))

    @Slot()
    def save(self) -> None:
        """Ask for a name for what is searched for now."""
        state = self._now()
        if state.is_empty:
            self._context.messages.toast("Search for something first, then save it.")
            return

        def take(name: str) -> None:
            before = self.searches
            if self._keep(before.with_saved(Saved(name, state))):
                self._say(f"Saved as {name}.", lambda: before)

        self._ask("Save search", state.query(), take)

    @Slot(str)
    def rename(self, name: str) -> None:
        """Ask for another name."""

        def take(new: str) -> None:
            before = self.searches
            if self._keep(before.renamed(name, new)):
                self._say(f"{name} is called {new} now.", lambda: before)

        self._ask("Rename search", name, take)

    @Slot(str)
    def remove(self, name: str) -> None:
        """Delete a saved search; Undo brings it back."""
        before = self.searches
        if self._keep(before.without(name)):
            self._say(f"{name} is no longer saved.", lambda: before)

    def _ask(self, title: str, name: str, take: Callable[[str], None]) -> None:
        dialog = NameDialog(self._context, title, name, take, self._start.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _say(self, words: str, before: Callable[[], Searches]) -> None:
        self._context.messages.toast(words, lambda: self._restore(before()))

    def _restore(self, searches: Searches) -> None:
        self._keep(searches)

    def _keep(self, searches: Searches) -> bool:
        try:
            self._file.write(searches)
        except KnownError as error:
            self._context.messages.error(error)
            return False
        self.searches = searches
        self._start.show_searches(searches)
        return True
