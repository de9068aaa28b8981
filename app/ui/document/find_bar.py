"""Finding within a document: the matches marked, a count, the next and the previous one."""

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Slot
from PySide6.QtGui import QColor, QKeyEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QTextEdit

from app.ui.document.reading_text import ReadingText
from app.ui.look import Look
from app.ui.widgets.buttons import icon_button, is_enter
from app.ui.widgets.layouts import label, row

MOST = 1_000
"""Matches that are marked; drawing more would be felt."""


class FindBar(QFrame):
    """A line below a text. It marks what is asked for by its own field or by a search."""

    def __init__(self, look: Look, text: ReadingText) -> None:
        super().__init__()
        self._look = look
        self._text = text
        self._places: tuple[tuple[int, int], ...] = ()
        self._at = 0
        self.setAccessibleName("Find in the document")
        self.field = QLineEdit()
        self.field.setPlaceholderText("Find in the document")
        self.field.setAccessibleName("Find in the document")
        self.field.textEdited.connect(self._ask)
        self.field.installEventFilter(self)
        self.count = label("", "secondary", "text2")
        self.previous_button = icon_button(look, "caret-up", "Previous match (Shift+F3)")
        self.next_button = icon_button(look, "caret-down", "Next match (F3)")
        self.close_button = icon_button(look, "x", "Stop finding (Esc)")
        self.previous_button.clicked.connect(self.previous)
        self.next_button.clicked.connect(self.next)
        self.close_button.clicked.connect(self.end)
        buttons = (self.previous_button, self.next_button, self.close_button)
        self.setLayout(row((self.field, 1), self.count, *buttons, spacing=4, margins=(0, 4, 0, 0)))
        self.hide()
        text.drawn.connect(self._find_again)
        look.changed.connect(self._draw)

    def begin(self) -> None:
        """Ask what to find."""
        self.show()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def mark(self, query: str) -> None:
        """Mark what a search found; the reader stays where they are until they ask for the next."""
        self.field.setText(query)
        self._at = -1
        self._find()
        self.setVisible(bool(self._places))

    @Slot()
    def next(self) -> None:
        """Go to the next match, from the last one to the first."""
        self._step(1)

    @Slot()
    def previous(self) -> None:
        """Go to the match before."""
        self._step(-1)

    @Slot()
    def end(self) -> None:
        """Take the marks away."""
        focus = QApplication.focusWidget()
        had_focus = focus is not None and self.isAncestorOf(focus)
        self.field.clear()
        self._find()
        self.hide()
        if had_focus:
            self._text.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter goes on, Shift+Enter back, Esc ends the finding before it leaves the place."""
        override = event.type() is QEvent.Type.ShortcutOverride
        if override and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                self.end()
                return True
            shift = event.modifiers() == Qt.KeyboardModifier.ShiftModifier
            if is_enter(event) or (shift and event.key() == Qt.Key.Key_Return):
                self._step(-1 if shift else 1)
                return True
        return super().eventFilter(watched, event)

    @Slot()
    def _ask(self) -> None:
        self._at = -1
        self._find()
        self._step(1)

    @Slot()
    def _find_again(self) -> None:
        if self.field.text():
            self._find()

    def _find(self) -> None:
        query = self.field.text()
        if query:
            from search.finding import places  # numpy comes with it: not before the first paint

            self._places = _in_qt(self._text.toPlainText(), places(self._text.toPlainText(), query))
        else:
            self._places = ()
        self._at = min(self._at, len(self._places) - 1)
        self._draw()

    def _step(self, by: int) -> None:
        if not self._places:
            return
        if self._at < 0:  # from what can be seen on
            seen = self._text.cursorForPosition(QPoint(0, 0)).position()
            before = sum(start < seen for start, _ in self._places)
            self._at = before - (by > 0)
        self._at = (self._at + by) % len(self._places)
        cursor = QTextCursor(self._text.document())
        cursor.setPosition(self._places[self._at][0])
        self._text.setTextCursor(cursor)
        self._text.ensureCursorVisible()
        self._draw()

    @Slot()
    def _draw(self) -> None:
        theme = self._look.theme
        marks = []
        for number, (start, end) in enumerate(self._places[:MOST]):
            now = number == self._at
            form = QTextCharFormat()
            form.setBackground(QColor(theme.accent_fill if now else theme.mark))
            form.setForeground(QColor(theme.on_accent if now else theme.mark_text))
            mark = QTextEdit.ExtraSelection()
            cursor = QTextCursor(self._text.document())
            cursor.setPosition(start)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            mark.cursor, mark.format = cursor, form
            marks.append(mark)
        self._text.setExtraSelections(marks)
        total = len(self._places)
        said = f"{self._at + 1} of {total}" if self._at >= 0 else f"{total} found"
        self.count.setText((said if total else "Not found") if self.field.text() else "")
        for button in (self.previous_button, self.next_button):
            button.setEnabled(total > 0)


def _in_qt(text: str, found: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
    """Places as Qt counts them, which takes an emoji for two."""
    if text.isascii() or max(text) <= "\uffff":
        return found

    def units(place: int) -> int:
        return len(text[:place].encode("utf-16-le")) // 2

    return tuple((units(start), units(end)) for start, end in found)
