"""The field in which Markdown is written."""

from PySide6.QtCore import QEvent, QMimeData, QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QFocusEvent,
    QImage,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QScrollArea, QSizePolicy

from app.ui.editor.prose.changing import changes
from app.ui.editor.prose.highlighting import NOWHERE, MarkdownHighlighter, units
from app.ui.editor.prose.spelling import Spelling
from app.ui.editor.prose.writing import Rewritten, linked, next_line, wrapped
from app.ui.look import Look

BOLD = QKeySequence("Ctrl+B")
ITALIC = QKeySequence("Ctrl+I")
LINK = QKeySequence("Ctrl+Shift+K")
"""Keys of the field itself; while it has the focus they go before the window's."""

_BREAKS = str.maketrans(dict.fromkeys("\u2028\u2029\ufdd0\ufdd1\r", "\n"))
_THE_PAGES = (
    QKeySequence.StandardKey.Undo,
    QKeySequence.StandardKey.Redo,
    QKeySequence.StandardKey.DeleteEndOfLine,
)
"""Keys that Qt's own field would take from the window: undo, redo and (on X11) Ctrl+K."""


class ProseEdit(QPlainTextEdit):
    """Markdown that grows with its text, from ``lines`` to ``most`` lines; beyond it scrolls.

    It has no undo of its own: the document's history does that. Tab leaves it.

    Signals
    -------
    edited(str):
        The user changed the text; carries all of it. ``set_markdown`` never emits it.
    files_dropped(list):
        Files (``Path``) were dropped or pasted here; the text is as it was.
    picture_pasted(QImage):
        A picture without a file was pasted or dropped here.
    """

    edited = Signal(str)
    files_dropped = Signal(list)
    picture_pasted = Signal(QImage)

    def __init__(
        self,
        look: Look,
        name: str,
        *,
        placeholder: str = "",
        lines: int = 3,
        most: int = 30,
        spelling: Spelling | None = None,
    ) -> None:
        super().__init__()
        self._look = look
        self._spelling = spelling
        self._lines = lines
        self._most = most
        self._markdown = ""
        self._setting = False
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        # The form around the field takes up a new height only when it lays itself out again.
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.timeout.connect(self._follow_cursor)
        # Before the highlighter's own, which then knows where letters are being typed.
        self.document().contentsChange.connect(self._contents_change)
        self._highlighter = MarkdownHighlighter(self.document(), look, spelling)
        self.textChanged.connect(self._text_changed)
        self.cursorPositionChanged.connect(self._cursor_moved)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        look.changed.connect(self._restyle)
        self._restyle()

    # -- the text ------------------------------------------------------------------------------

    def markdown(self) -> str:
        """All of the text."""
        return self._markdown

    def set_markdown(self, text: str) -> None:
        """Show another text by the smallest change; cursor, selection and scroll place stay."""
        text = text.replace("\r\n", "\n").translate(_BREAKS)
        if text == self._markdown:
            return
        place = self.verticalScrollBar().value()
        first_text = not self._markdown
        self._setting = True
        try:
            for change in reversed(changes(self._markdown, text)):
                self._replace(change.start, change.end, change.text)
            self._markdown = text
        finally:
            self._setting = False
        if first_text:
            self.moveCursor(QTextCursor.MoveOperation.Start)
        self.verticalScrollBar().setValue(place)

    def insert_markdown(self, text: str) -> None:
        """Write at the cursor, as if the user had."""
        self.textCursor().insertText(text)

    def _replace(self, start: int, end: int, text: str) -> QTextCursor:
        cursor = QTextCursor(self.document())
        cursor.setPosition(units(self._markdown[:start]))
        size = units(self._markdown[start:end])
        cursor.setPosition(cursor.position() + size, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(text)
        return cursor

    @Slot(int, int, int)
    def _contents_change(self, place: int, _removed: int, added: int) -> None:
        self._highlighter.typing_at(NOWHERE if self._setting else place + added)

    @Slot()
    def _text_changed(self) -> None:
        if self._setting:
            return
        text = self.document().toRawText().translate(_BREAKS)
        if text == self._markdown:  # colours, or letters that an input method still composes
            return
        self._markdown = text
        self.edited.emit(text)

    # -- keys ----------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Leave the window its keys, and take the field's own before the window does."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if any(event.matches(key) for key in _THE_PAGES):
                event.ignore()
                return False
            if self._own(event) is not None:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Wrap words, go on with lists and quotes; else write."""
        if any(event.matches(key) for key in _THE_PAGES):
            event.ignore()
            return
        own = self._own(event)
        if own is not None:
            if not self.isReadOnly():
                self._carry_out(own)
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self.isReadOnly():
            keys = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if keys == Qt.KeyboardModifier.ShiftModifier:
                self.insert_markdown("\n")
                return
            if keys == Qt.KeyboardModifier.NoModifier:
                self._break_line()
                return
        super().keyPressEvent(event)

    def _own(self, event: QKeyEvent) -> QKeySequence | None:
        keys = QKeySequence(event.keyCombination())
        return next((own for own in (BOLD, ITALIC, LINK) if own == keys), None)

    def _carry_out(self, keys: QKeySequence) -> None:
        if keys == LINK:
            self._rewrite(linked(self._markdown, *self._selection()))
        else:
            mark = "**" if keys == BOLD else "*"
            self._rewrite(wrapped(self._markdown, *self._selection(), mark))

    def _break_line(self) -> None:
        cursor = self.textCursor()
        block = cursor.block()
        following = None
        if not cursor.hasSelection() and block.userState() <= 0:
            following = next_line(block.text(), cursor.positionInBlock())
        if following is not None and following.ends:
            cursor.movePosition(
                QTextCursor.MoveOperation.StartOfBlock, QTextCursor.MoveMode.KeepAnchor
            )
            cursor.removeSelectedText()
        else:
            cursor.insertText("\n" + (following.prefix if following else ""))
        self.ensureCursorVisible()

    def _selection(self) -> tuple[int, int]:
        """The selected part, in letters of the text."""
        cursor = self.textCursor()
        raw = self._markdown.encode("utf-16-le")
        start, end = (
            len(raw[: 2 * at].decode("utf-16-le", "ignore"))
            for at in (cursor.selectionStart(), cursor.selectionEnd())
        )
        return start, end

    def _rewrite(self, made: Rewritten) -> None:
        self._replace(made.start, made.end, made.text)
        cursor = self.textCursor()
        first, last = (units(self._markdown[:place]) for place in made.select)
        cursor.setPosition(first)
        cursor.setPosition(last, QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    # -- the clipboard -------------------------------------------------------------------------

    def createMimeDataFromSelection(self) -> QMimeData:  # noqa: N802
        """The Markdown as plain text only: colours of the field are no part of it."""
        data = QMimeData()
        data.setText(self.textCursor().selectedText().translate(_BREAKS))
        return data

    # -- size ----------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width breaks lines elsewhere."""
        super().resizeEvent(event)
        self._fit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Bring the cursor into view in the form around the field."""
        super().focusInEvent(event)
        self._follow_cursor()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The last word is typed."""
        super().focusOutEvent(event)
        self._highlighter.leave(NOWHERE)

    @Slot()
    def _cursor_moved(self) -> None:
        self._highlighter.leave(self.textCursor().position())
        self._follow_cursor()

    @Slot()
    def _fit(self) -> None:
        """As high as the text, within the limits; only lines up to the limit are laid out."""
        line = self.fontMetrics().lineSpacing()
        least, most = line * self._lines, line * self._most
        height = 0.0
        block = self.document().firstBlock()
        layout = self.document().documentLayout()
        while block.isValid() and height <= most:
            height += layout.blockBoundingRect(block).height()
            block = block.next()
        policy = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(
            policy.ScrollBarAsNeeded if height > most else policy.ScrollBarAlwaysOff
        )
        margins = self.contentsMargins()
        around = margins.top() + margins.bottom() + 2 * self.document().documentMargin()
        tall = round(min(most, max(least, height)) + around) + self._look.px(8)
        if tall != self.height():
            self.setFixedHeight(tall)
            self._settled.start()

    @Slot()
    def _follow_cursor(self) -> None:
        if not self.hasFocus():
            return
        form = self.parentWidget()
        while form is not None and not isinstance(form, QScrollArea):
            form = form.parentWidget()
        page = form.widget() if form is not None else None
        if form is None or page is None:
            return
        place: QPoint = self.viewport().mapTo(page, self.cursorRect().center())
        form.ensureVisible(place.x(), place.y(), 0, self._look.px(48))

    @Slot()
    def _restyle(self) -> None:
        self.setFont(self._look.font("document"))
        self.document().setDefaultFont(self._look.font("document"))
        self._highlighter.restyle()
        self._fit()
