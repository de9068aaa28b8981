"""What the search screen shows before something is searched: saved and recent searches."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.ui.look import Look
from app.ui.search.kept import Searches
from app.ui.widgets.buttons import Button
from app.ui.widgets.layouts import column, holder, label, row
from app.ui.widgets.pick_list import Choice, ChoiceList
from app.ui.widgets.states import Notice


class KeptList(ChoiceList):
    """Searches: Enter searches, F2 renames, Del forgets.

    Signals
    -------
    rename_requested(str), removal_requested(str):
        By the key of the row.
    """

    rename_requested = Signal(str)
    removal_requested = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of a row."""
        acts = {Qt.Key.Key_F2: self.rename_requested, Qt.Key.Key_Delete: self.removal_requested}
        act = acts.get(Qt.Key(event.key()))
        if act is not None and self.key:
            act.emit(self.key)
        else:
            super().keyPressEvent(event)


class StartPane(QWidget):
    """Saved searches first, then the last ones.

    Signals
    -------
    taken(SearchState):
        Search for this.
    rename_requested(str), removal_requested(str):
        A saved search, by its name.
    recent_cleared():
        The last searches are to be forgotten.
    """

    taken = Signal(object)
    rename_requested = Signal(str)
    removal_requested = Signal(str)
    recent_cleared = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._searches = Searches()
        self.list = KeptList(look, "Saved and recent searches")
        self.list.taken.connect(self._take)
        self.list.rename_requested.connect(self._rename)
        self.list.removal_requested.connect(self._remove)
        self.clear_button = Button(look, "Clear recent searches", "ghost", "x", size="small")
        self.clear_button.clicked.connect(self.recent_cleared)
        hint = label("Enter searches. F2 renames, Del removes a saved one.", "secondary", "text2")
        self._notice = Notice(look)
        self._notice.show_empty(
            "magnifying-glass",
            "Search for anything that was written",
            "Words, whys, actions, timeline lines, names of attachments. Ctrl+/ shows the syntax.",
        )
        self._stack = QStackedWidget()
        foot = row(hint, None, self.clear_button)
        kept = column((self.list, 1), foot, margins=(12, 8, 24, 12))
        self._stack.addWidget(holder(kept))
        self._stack.addWidget(self._notice)
        self.setLayout(column(self._stack))
        self.setFocusProxy(self.list)

    def show_searches(self, searches: Searches) -> None:
        """Show what is kept."""
        self._searches = searches
        saved = [
            Choice(f"s{number}", one.name, (one.state.query(),), "bookmark")
            for number, one in enumerate(searches.saved)
        ]
        recent = [
            Choice(f"r{number}", state.query(), (), "clock-counter-clockwise")
            for number, state in enumerate(searches.recent)
        ]
        self.list.show_choices([*saved, *recent])
        self.clear_button.setVisible(bool(recent))
        self._stack.setCurrentIndex(0 if self.has_any else 1)

    @property
    def has_any(self) -> bool:
        """Whether there is one to choose."""
        return bool(self._searches.saved or self._searches.recent)

    def begin(self) -> None:
        """Give the first one the keyboard."""
        self.list.setCurrentIndex(self.list.choices.index(0, 0))
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _name(self, key: str) -> str:
        return self._searches.saved[int(key[1:])].name if key.startswith("s") else ""

    @Slot(str)
    def _take(self, key: str) -> None:
        number = int(key[1:])
        is_saved = key.startswith("s")
        kept = self._searches
        self.taken.emit(kept.saved[number].state if is_saved else kept.recent[number])

    @Slot(str)
    def _rename(self, key: str) -> None:
        if name := self._name(key):
            self.rename_requested.emit(name)

    @Slot(str)
    def _remove(self, key: str) -> None:
        if name := self._name(key):
            self.removal_requested.emit(name)
