"""The field that opens on a card: grows with its text, and every key goes to the draft at once."""

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QTextCursor, QTextOption
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app.ui.editor.whys.pieces import Field
from app.ui.look import Look

SIDE, ABOVE, BELOW = 7, 1, 3
"""How many pixels the field is larger than the words on the card: its edge and its padding."""

_NAMES: dict[Field, str] = {"problem": "Problem", "question": "Question", "answer": "Answer"}


class FieldEditor(QPlainTextEdit):
    """Enter ends it, Shift+Enter begins a line, Esc takes back, Tab leaves the tree.

    Signals
    -------
    written(str):
        The author changed the text.
    ended(str):
        How it is to be closed: "commit", "cancel", "leave", "back" or "other" (the other field).
    """

    written = Signal(str)
    ended = Signal(str)

    def __init__(self, look: Look, name: Field, node: str, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.field: Field = name
        self.node = node
        self.first_text = text
        self.setAccessibleName(_NAMES[name])
        self.setStyleSheet("QPlainTextEdit, QPlainTextEdit:focus { padding: 0 5px; }")
        self.setFont(look.font("secondary" if name == "question" else "answer"))
        self.document().setDocumentMargin(0)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(False)
        self.setPlainText(text)
        self.moveCursor(QTextCursor.MoveOperation.End)
        self._said = text
        self.textChanged.connect(self._changed)

    def take_text(self, text: str) -> None:
        """The draft holds other words (undo, or a colleague's): show them, the cursor nearby."""
        if text == self._said:
            return
        place = self.textCursor().position()
        self._said = text
        self.setPlainText(text)
        cursor = self.textCursor()
        cursor.setPosition(min(place, len(self.toPlainText())))
        self.setTextCursor(cursor)

    @Slot()
    def _changed(self) -> None:
        text = self.toPlainText()
        if text != self._said:
            self._said = text
            self.written.emit(text)

    def event(self, event: QEvent) -> bool:
        """Undo and redo belong to the document's one history, not to this field."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            keys = QKeySequence.StandardKey
            if event.matches(keys.Undo) or event.matches(keys.Redo):
                event.ignore()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys that end writing; everything else writes."""
        key, modifiers = event.key(), event.modifiers()
        shift = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and shift:
            self.insertPlainText("\n")
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.ended.emit("commit")
        elif key == Qt.Key.Key_Escape:
            self.ended.emit("cancel")
        elif key == Qt.Key.Key_Tab:
            self.ended.emit("leave")
        elif key == Qt.Key.Key_Backtab:
            self.ended.emit("back")
        elif key == Qt.Key.Key_F2 or (
            key == Qt.Key.Key_Q and modifiers == Qt.KeyboardModifier.AltModifier
        ):
            self.ended.emit("other")
        else:
            super().keyPressEvent(event)
