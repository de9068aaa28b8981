"""Spelling: its language, and the words that somebody taught it."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QItemSelection, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit

from app.ui.context import Context
from app.ui.editor.fields.choice import ChoiceField
from app.ui.editor.prose.spelling import LANGUAGES, OFF
from app.ui.settings.names import NameList, NameModel
from app.ui.settings.section import Section
from app.ui.widgets.buttons import Button
from app.ui.widgets.layouts import column, frame, label, row
from app.ui.wording import count
from models.errors import KnownError


class WordList(NameList):
    """The words; Del removes those that are selected.

    Signals
    -------
    removal_requested():
        The user pressed Del.
    """

    removal_requested = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Del removes."""
        if event.matches(QKeySequence.StandardKey.Delete):
            self.removal_requested.emit()
        else:
            super().keyPressEvent(event)


class WordField(QLineEdit):
    """A word to add. While nothing is typed, undo is the window's."""

    def event(self, event: QEvent) -> bool:
        """Leave the window its key."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.matches(QKeySequence.StandardKey.Undo)
            and not self.text()
        ):
            event.ignore()
            return False
        return super().event(event)


class WritingSettings(Section):
    """The language in which words are judged, and the user's own words; all acts at once."""

    title = "Writing"
    hint = "Words that no dictionary has are underlined with red dots."
    icon = "text-aa"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        look = context.look
        self._spelling = context.spelling
        languages = [(OFF, "No spelling", ""), *((code, n, "") for code, n in LANGUAGES.items())]
        self.language = ChoiceField("Language of the spelling", languages)
        self.language.chosen.connect(self._spelling.set_language)
        self.word = WordField()
        self.word.setAccessibleName("Word to add")
        self.word.setPlaceholderText("A word, or several")
        self.word.textChanged.connect(self._enable)
        self.word.returnPressed.connect(self._add)
        self.add_button = Button(look, "Add", icon="plus", tip="Add (Enter)")
        self.add_button.clicked.connect(self._add)
        self.words = NameModel(self)
        self.list = WordList(look, self.words, "Your own words")
        self.list.removal_requested.connect(self._remove)
        self.list.selectionModel().selectionChanged.connect(self._selected)
        self.remove_button = Button(look, "Remove", icon="trash", tip="Remove (Del)")
        self.remove_button.clicked.connect(self._remove)
        self._number = label("", "secondary", "text2")
        place = frame(column(self.list, margins=(4, 4, 4, 4)), "card")
        self.setLayout(
            column(
                label("Language", "question"),
                row(self.language, None),
                label(
                    "It acts at once. Code, links, refs, identifiers and the names in your library"
                    " are never judged.",
                    "secondary",
                    "text2",
                    wrap=True,
                ),
                16,
                label("Your own words", "question"),
                label("They are right in every language.", "secondary", "text2"),
                row((self.word, 1), self.add_button),
                (place, 1),
                row(self._number, None, self.remove_button),
            )
        )
        self._spelling.changed.connect(self._show)
        self._show()

    def selected(self) -> list[str]:
        """The chosen words."""
        indexes = sorted(self.list.selectionModel().selectedIndexes(), key=lambda i: i.row())
        return [self.words.entry(index)[0] for index in indexes]

    # -- doing ---------------------------------------------------------------------------------

    @Slot()
    def _add(self) -> None:
        own = {word.casefold() for word in self._spelling.own_words}
        typed = {word.casefold(): word for word in self.word.text().split()}
        new = [word for folded, word in typed.items() if folded not in own]
        if new and self._teach(new):
            self.context.messages.toast(f"{_named(new)} added.", lambda: self._take_back(new))
        elif typed and not new:
            self.context.messages.toast(f"{_named(list(typed.values()))} was there before.")
        self.word.clear()
        if typed:
            self._go_to_word(list(typed)[-1])

    @Slot()
    def _remove(self) -> None:
        chosen, place = self.selected(), self.list.currentIndex().row()
        if chosen and self._forget(chosen):
            self._go_to(place)
            self.context.messages.toast(f"{_named(chosen)} removed.", lambda: self._restore(chosen))

    def _take_back(self, words: list[str]) -> None:
        self._forget(words)

    def _restore(self, words: list[str]) -> None:
        if self._teach(words):
            self._go_to_word(words[0])

    def _teach(self, words: Sequence[str]) -> bool:
        """Take words in; False where that could not be written."""
        try:
            for word in words:
                self._spelling.add(word)
        except KnownError as error:
            self.context.messages.error(error)
            return False
        return True

    def _forget(self, words: Sequence[str]) -> bool:
        try:
            for word in words:
                self._spelling.remove(word)
        except KnownError as error:
            self.context.messages.error(error)
            return False
        return True

    # -- showing -------------------------------------------------------------------------------

    @Slot()
    def _show(self) -> None:
        self.language.show_key(self._spelling.language)
        own = self._spelling.own_words
        if own != tuple(name for name, _ in self.words.entries()):
            self.words.show_rows((word, None) for word in own)
        self._number.setText(count(len(own), "word") if own else "None yet.")
        self._enable()

    @Slot(QItemSelection, QItemSelection)
    def _selected(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        self._enable()

    @Slot()
    def _enable(self) -> None:
        self.add_button.setEnabled(bool(self.word.text().split()))
        self.remove_button.setEnabled(bool(self.selected()))

    def _go_to_word(self, word: str) -> None:
        self.list.setCurrentIndex(self.words.place(word))

    def _go_to(self, row_: int) -> None:
        """After a removal: to the word that stands there now; from an empty list to the field."""
        left = self.words.rowCount()
        if left:
            self.list.setCurrentIndex(self.words.index(min(row_, left - 1), 0))
        elif self.list.hasFocus() or self.remove_button.hasFocus():
            self.word.setFocus(Qt.FocusReason.OtherFocusReason)


def _named(words: Sequence[str]) -> str:
    return f"“{words[0]}”" if len(words) == 1 else count(len(words), "word")
