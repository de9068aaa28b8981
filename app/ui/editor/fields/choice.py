"""One value of a vocabulary."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QLabel

from models.vocabulary import Vocabulary

_STEPPING = frozenset(
    (
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
        Qt.Key.Key_PageUp,
        Qt.Key.Key_PageDown,
        Qt.Key.Key_Home,
        Qt.Key.Key_End,
    )
)


class ChoiceField(QComboBox):
    """A choice of a few values by key. A value that is not among them is shown as it is.

    Signals
    -------
    chosen(str):
        The key of what the author chose.
    """

    chosen = Signal(str)

    def __init__(
        self, name: str, choices: Sequence[tuple[str, str, str]], *, by_list: bool = False
    ) -> None:
        """``choices`` are key, words and a description for the tooltip.

        ``by_list`` is for values that set something off: keys that elsewhere step through the
        values open the list of them, and Enter chooses there.
        """
        super().__init__()
        self._by_list = by_list
        self.setAccessibleName(name)
        self._choices: tuple[tuple[str, str, str], ...] = ()
        self.offer(choices)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.activated.connect(self._activated)

    @property
    def key(self) -> str:
        """The key of what is shown."""
        return str(self.currentData() or "")

    def offer(self, choices: Sequence[tuple[str, str, str]]) -> None:
        """Offer these from now on."""
        if tuple(choices) == self._choices:
            return
        self._choices = tuple(choices)
        self.clear()
        for key, words, description in choices:
            self.addItem(words, key)
            self.setItemData(self.count() - 1, description, Qt.ItemDataRole.ToolTipRole)

    def show_key(self, key: str) -> None:
        """Show a value without telling anybody."""
        index = self.findData(key)
        if index < 0:
            while self.count() > len(self._choices):
                self.removeItem(self.count() - 1)
            self.addItem(key, key)
            index = self.count() - 1
        if index != self.currentIndex():
            self.setCurrentIndex(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of a choice, as ``by_list`` has it."""
        if self._by_list and (event.key() in _STEPPING or event.text().isalnum()):
            self.showPopup()
            event.accept()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolling a form must not change what it says."""
        event.ignore()

    @Slot(int)
    def _activated(self, index: int) -> None:
        self.chosen.emit(self.key)


def spoken(choice: ChoiceField) -> QLabel:
    """What a choice is called, for screen readers alone: on Linux they hear only a label of it.

    It has to stand in the same layout.
    """
    words = QLabel(choice.accessibleName())
    words.setBuddy(choice)
    words.hide()
    return words


def term_choices(vocabulary: Vocabulary, none: str = "not set") -> list[tuple[str, str, str]]:
    """The terms of a vocabulary, after the choice of none of them."""
    terms = [(term.id, term.name, term.description) for term in vocabulary.terms]
    return [("", none, ""), *terms]
