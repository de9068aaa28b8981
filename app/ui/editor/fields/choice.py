"""One value of a vocabulary."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox

from models.vocabulary import Vocabulary


class ChoiceField(QComboBox):
    """A choice of a few values by key. A value that is not among them is shown as it is.

    Signals
    -------
    chosen(str):
        The key of what the author chose.
    """

    chosen = Signal(str)

    def __init__(self, name: str, choices: Sequence[tuple[str, str, str]]) -> None:
        """``choices`` are key, words and a description for the tooltip."""
        super().__init__()
        self.setAccessibleName(name)
        for key, words, description in choices:
            self.addItem(words, key)
            self.setItemData(self.count() - 1, description, Qt.ItemDataRole.ToolTipRole)
        self._own = self.count()
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.activated.connect(self._activated)

    @property
    def key(self) -> str:
        """The key of what is shown."""
        return str(self.currentData() or "")

    def show_key(self, key: str) -> None:
        """Show a value without telling anybody."""
        index = self.findData(key)
        if index < 0:
            while self.count() > self._own:
                self.removeItem(self.count() - 1)
            self.addItem(key, key)
            index = self.count() - 1
        if index != self.currentIndex():
            self.setCurrentIndex(index)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolling a form must not change what it says."""
        event.ignore()

    @Slot(int)
    def _activated(self, index: int) -> None:
        self.chosen.emit(self.key)


def term_choices(vocabulary: Vocabulary, none: str = "not set") -> list[tuple[str, str, str]]:
    """The terms of a vocabulary, after the choice of none of them."""
    terms = [(term.id, term.name, term.description) for term in vocabulary.terms]
    return [("", none, ""), *terms]
