"""One line of plain text."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QStringListModel, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QCompleter, QLineEdit


class LineField(QLineEdit):
    """A line that tells of every change its author makes. Undo is the document's.

    Signals
    -------
    edited(str):
        The author changed the text; this is all of it.
    """

    edited = Signal(str)

    def __init__(self, name: str = "", placeholder: str = "") -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.textEdited.connect(self.edited)

    def show_text(self, text: str) -> None:
        """Show a value; the cursor stays where it is as far as the text allows."""
        if text != self.text():
            place = self.cursorPosition()
            self.setText(text)
            self.setCursorPosition(min(place, len(text)))

    def focusNextPrevChild(self, forward: bool, /) -> bool:  # noqa: N802
        """Tab leaves the field, its list of completions, too."""
        popup = QApplication.activePopupWidget()
        if popup is not None:
            popup.hide()
        return super().focusNextPrevChild(forward)

    def event(self, event: QEvent) -> bool:
        """Leave undo and redo to the document."""
        override = event.type() == QEvent.Type.ShortcutOverride
        if override and isinstance(event, QKeyEvent) and _is_the_documents(event):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave undo and redo to the document."""
        if _is_the_documents(event):
            event.ignore()
        else:
            super().keyPressEvent(event)


def _is_the_documents(event: QKeyEvent) -> bool:
    keys = QKeySequence.StandardKey
    return event.matches(keys.Undo) or event.matches(keys.Redo)


class NamesField(LineField):
    """Several names in one line, separated by commas; known names complete while typing.

    Signals
    -------
    names_edited(tuple):
        The author changed the names; each is there once, in the order typed.
    """

    names_edited = Signal(object)

    def __init__(self, name: str = "", placeholder: str = "") -> None:
        super().__init__(name, placeholder)
        self._known = QStringListModel(self)
        self._completer = QCompleter(self._known, self)
        self._completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._completer.setWidget(self)
        self._completer.activated.connect(self._complete)
        self.edited.connect(self._tell)

    @property
    def names(self) -> tuple[str, ...]:
        """The names as they stand in the line."""
        parts = (part.strip() for part in self.text().split(","))
        return tuple(dict.fromkeys(part for part in parts if part))

    def show_names(self, names: Sequence[str]) -> None:
        """Show a value; what is typed and means the same stays as it is typed."""
        if tuple(names) != self.names:
            self.show_text(", ".join(names))

    def know(self, names: Sequence[str]) -> None:
        """Offer these while typing."""
        self._known.setStringList(list(names))

    def _part(self) -> tuple[int, int]:
        """Where the name begins and ends that the cursor stands in."""
        text, place = self.text(), self.cursorPosition()
        end = text.find(",", place)
        return text.rfind(",", 0, place) + 1, len(text) if end < 0 else end

    @Slot(str)
    def _tell(self, text: str) -> None:
        start, _ = self._part()
        prefix = text[start : self.cursorPosition()].strip()
        self._completer.setCompletionPrefix(prefix)
        if prefix and self._completer.completionCount() and prefix not in self._known.stringList():
            self._completer.complete()
        elif (popup := self._completer.popup()) is not None:
            popup.hide()
        self.names_edited.emit(self.names)

    @Slot(str)
    def _complete(self, name: str) -> None:
        start, end = self._part()
        gap = " " if start else ""
        text = self.text()
        self.setText(f"{text[:start]}{gap}{name}{text[end:]}")
        self.setCursorPosition(start + len(gap) + len(name))
        self.edited.emit(self.text())
