"""The text of a Markdown field: what is shown, what was typed, and what is set from outside."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QFocusEvent, QTextCursor

from app.ui.editor.prose.changing import changes
from app.ui.editor.prose.growing import GrowingEdit
from app.ui.editor.prose.highlighting import NOWHERE, MarkdownHighlighter, units
from app.ui.editor.prose.limits import is_too_long, shortened
from app.ui.look import Look

_BREAKS = ("\u2028", "\ufdd0", "\ufdd1", "\r")


class MarkdownText(GrowingEdit):
    """Coloured Markdown without an undo of its own: the document's history does that.

    Signals
    -------
    edited(str):
        The user changed the text; carries all of it. ``set_markdown`` never emits it.
    """

    edited = Signal(str)

    def __init__(self, look: Look, *, lines: int, most: int) -> None:
        super().__init__(look, lines=lines, most=most)
        self._text = ""
        self._held = ""
        self._setting = False
        self._touched = False
        self._locked = False
        self.setUndoRedoEnabled(False)
        # Before the highlighter's own, which then knows where letters are being typed.
        self.document().contentsChange.connect(self._contents_change)
        self.highlighter = MarkdownHighlighter(self.document(), look)
        self.textChanged.connect(self._text_changed)
        self.cursorPositionChanged.connect(self._cursor_moved)

    def markdown(self) -> str:
        """All of the text."""
        return self._held or self._text

    def set_markdown(self, text: str) -> None:
        """Show another text by the smallest change; cursor, selection and scroll place stay.

        One that is too long for the window is shown in part and read-only; all of it is kept.
        """
        text = plain_lines(text)
        held, text = (text, shortened(text)) if is_too_long(text) else ("", text)
        if held != self._held:
            self._held = held
            super().setReadOnly(self._locked or bool(held))
        if text == self._text:
            return
        place = self.verticalScrollBar().value()
        was_empty = not self._text
        self._setting = True
        try:
            for change in reversed(changes(self._text, text)):
                self.put(change.start, change.end, change.text)
            self._text = text
        finally:
            self._setting = False
        if was_empty:
            self.moveCursor(QTextCursor.MoveOperation.Start)
        self.verticalScrollBar().setValue(place)

    def setReadOnly(self, locked: bool) -> None:  # noqa: N802
        """Whether nothing may be written; a text that is shown in part stays read-only."""
        self._locked = locked
        super().setReadOnly(locked or bool(self._held))

    def insert_markdown(self, text: str) -> None:
        """Write at the cursor, as if the user had."""
        self.textCursor().insertText(text)

    def insert_paragraph(self, text: str) -> None:
        """Write at the cursor, with an empty line before and behind where words stand there."""
        start, end = self.selection()
        before, after = self._text[:start], self._text[end:]
        gap = "\n" * (2 - len(before[len(before.rstrip("\n")) :])) if before.strip() else ""
        rest = "\n" * (2 - len(after) + len(after.lstrip("\n"))) if after.strip() else ""
        self.insert_markdown(f"{gap}{text}{rest}")

    def put(self, start: int, end: int, text: str) -> None:
        """Write in place of the letters from ``start`` to ``end``."""
        cursor = QTextCursor(self.document())
        cursor.setPosition(units(self._text[:start]))
        size = units(self._text[start:end])
        cursor.setPosition(cursor.position() + size, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(text)

    def select(self, start: int, end: int) -> None:
        """Select the letters from ``start`` to ``end``."""
        cursor = self.textCursor()
        cursor.setPosition(units(self._text[:start]))
        cursor.setPosition(units(self._text[:end]), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    def selection(self) -> tuple[int, int]:
        """The first letter that is selected and the one behind the last."""
        cursor = self.textCursor()
        raw = self._text.encode("utf-16-le")
        start, end = (
            len(raw[: 2 * at].decode("utf-16-le", "ignore"))
            for at in (cursor.selectionStart(), cursor.selectionEnd())
        )
        return start, end

    def restyle(self) -> None:
        """Take up another theme or text size."""
        super().restyle()
        self.highlighter.restyle()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The last word is typed."""
        super().focusOutEvent(event)
        self.highlighter.leave(NOWHERE)

    @Slot(int, int, int)
    def _contents_change(self, place: int, removed: int, added: int) -> None:
        self._touched = self._touched or bool(removed or added)
        self.highlighter.typing_at(NOWHERE if self._setting else place + added)

    @Slot()
    def _text_changed(self) -> None:
        if self._setting or not self._touched:  # colours change no letters
            return
        self._touched = False
        text = plain_lines(self.document().toRawText())
        if text == self._text:  # letters that an input method still composes
            return
        self._text = text
        self.edited.emit(text)

    @Slot()
    def _cursor_moved(self) -> None:
        self.highlighter.leave(self.textCursor().position())


def plain_lines(text: str) -> str:
    """A text whose lines all end as Markdown's do."""
    # At every key, so it counts that translate() takes 200 times as long, and that Qt's own break
    # comes first: without it most texts are ASCII, and the other breaks cannot be in them.
    text = text.replace("\u2029", "\n").replace("\r\n", "\n")
    for one in _BREAKS:
        text = text.replace(one, "\n")
    return text
