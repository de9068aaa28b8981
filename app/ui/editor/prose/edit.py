"""The field in which Markdown is written."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QEvent, QMimeData, QPoint, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
    QImage,
    QKeyEvent,
    QKeySequence,
    QShowEvent,
    QTextCursor,
)

from app.ui.editor.prose.keys import BOLD, CORRECT, HINT, LINK, MASK, OWN, PASTE_PLAIN, THE_PAGES
from app.ui.editor.prose.limits import LONGEST_TEXT, is_too_long
from app.ui.editor.prose.menu import ProseMenu
from app.ui.editor.prose.pasting import can_paste, pasted
from app.ui.editor.prose.spelling import Spelling
from app.ui.editor.prose.text import MarkdownText, plain_lines
from app.ui.editor.prose.writing import (
    Rewritten,
    begins_block,
    is_address,
    linked,
    next_line,
    wrapped,
)
from app.ui.look import Look
from models import secrets


class ProseEdit(MarkdownText):
    """Markdown that grows with its text, from ``lines`` to ``most`` lines; beyond it scrolls.

    Tab leaves it; undo is the page's. In a ``ProseHome`` it is served with spelling and
    attachments.

    Signals
    -------
    files_dropped(list):
        Files (``Path``) were dropped or pasted here; the text is as it was.
    picture_pasted(QImage):
        A picture without a file was pasted or dropped here.
    long_text_pasted(str):
        A text that is too long to be written here was pasted or dropped.
    text_pasted(str), secrets_masked():
        A text came in by pasting or dropping; what is secret was masked.
    step_ended():
        What is changed next is not to be undone together with what was typed before.
    hint_requested():
        What the language check says of the words at the cursor is to be shown.
    """

    files_dropped = Signal(list)
    picture_pasted = Signal(QImage)
    long_text_pasted = Signal(str)
    text_pasted = Signal(str)
    secrets_masked = Signal()
    step_ended = Signal()
    hint_requested = Signal()

    def __init__(
        self, look: Look, name: str, *, placeholder: str = "", lines: int = 3, most: int = 30
    ) -> None:
        super().__init__(look, lines=lines, most=most)
        self._home: ProseHome | None = None
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.restyle()

    @property
    def spelling(self) -> Spelling | None:
        """What judges the words here, where something does."""
        return self.highlighter.spelling

    def set_spelling(self, spelling: Spelling) -> None:
        """Have the words here judged."""
        self.highlighter.set_spelling(spelling)

    def showEvent(self, event: QShowEvent) -> None:
        """Be served by the page that the field has come to stand in."""
        super().showEvent(event)
        home = self.parentWidget()
        while home is not None and not isinstance(home, ProseHome):
            home = home.parentWidget()
        if isinstance(home, ProseHome) and home is not self._home:
            self._home = home
            home.adopt(self)

    # -- keys ----------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Leave the window its keys, and take the field's own before the window does."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if any(event.matches(key) for key in THE_PAGES):
                event.ignore()
                return False
            if self._own(event) is not None:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Wrap words, go on with lists and quotes; else write."""
        own = self._own(event)
        if any(event.matches(key) for key in THE_PAGES):
            event.ignore()
        elif own is not None:
            self.carry_out(own)
        elif event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or self.isReadOnly():
            super().keyPressEvent(event)
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.insert_markdown("\n")
        elif event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        else:
            self._break_line()

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """The actions of the table that the field carries out, by id."""
        if self.isReadOnly():
            return {}
        return {id: partial(self.carry_out, keys) for id, keys in OWN.items()}

    def carry_out(self, keys: QKeySequence) -> None:
        """Do what one of the field's own keys does; nothing where nothing may be written."""
        if self.isReadOnly():
            return
        text, selected = self._text, self.selection()
        if keys == PASTE_PLAIN:
            self._insert_pasted(QGuiApplication.clipboard().text())
        elif keys == CORRECT:
            self._show_menu(ProseMenu.corrections(self, self.textCursor()))
        elif keys == HINT:
            self.hint_requested.emit()
        elif keys == MASK:
            self.mask_secrets()
        elif keys == LINK:
            self._rewrite(linked(text, *selected))
        else:
            self._rewrite(wrapped(text, *selected, "**" if keys == BOLD else "*"))

    def mask_secrets(self) -> None:
        """Words in the place of every password and the like of this text, in one edit."""
        text = self._text
        found = secrets.find(text)
        self.step_ended.emit()
        if found:
            start, end = found[0].start, found[-1].end
            hidden = secrets.masked(text, found)
            self.put(start, end, hidden[start : len(hidden) - (len(text) - end)])
        self.secrets_masked.emit()

    def _own(self, event: QKeyEvent) -> QKeySequence | None:
        keys = QKeySequence(event.keyCombination())
        return next((own for own in OWN.values() if own == keys), None)

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

    def _rewrite(self, made: Rewritten) -> None:
        self.put(made.start, made.end, made.text)
        self.select(*made.select)

    # -- the clipboard -------------------------------------------------------------------------

    def insertFromMimeData(self, source: QMimeData) -> None:  # noqa: N802
        """Paste or drop: rich text as Markdown; files and pictures are handed on."""
        if self.isReadOnly():
            return
        if self.textCursor().block().userState() > 0 and not source.hasUrls():
            self._insert_pasted(source.text())  # fenced code stays as it is
            return
        what = pasted(source)
        if what.files:
            self.files_dropped.emit(list(what.files))
        elif what.picture is not None:
            self.picture_pasted.emit(what.picture)
        else:
            self._insert_pasted(what.markdown)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:  # noqa: N802
        """Also files and pictures."""
        return can_paste(source)

    def createMimeDataFromSelection(self) -> QMimeData:  # noqa: N802
        """The Markdown as plain text only: colours of the field are no part of it."""
        data = QMimeData()
        data.setText(plain_lines(self.textCursor().selectedText()))
        return data

    def _insert_pasted(self, text: str) -> None:
        text = plain_lines(text)
        start, end = self.selection()
        whole = self._text
        if is_too_long(text) or len(whole) - (end - start) + len(text) > LONGEST_TEXT:
            self.long_text_pasted.emit(text)
        elif whole[start:end].strip() and is_address(text):
            self._rewrite(linked(whole, start, end, text.strip()))
            self.text_pasted.emit(text)
        else:
            line = whole[:start].rpartition("\n")[2]
            apart = "\n\n" if line.strip() and begins_block(text) else ""
            self.insert_markdown(apart + text)
            self.ensureCursorVisible()
            self.text_pasted.emit(text)

    # -- the menu ------------------------------------------------------------------------------

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Spelling first, then what can be done with text; also by the Menu key."""
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            menu = ProseMenu.whole(self, self.cursorForPosition(event.pos()))
            self._show_menu(menu, event.globalPos())
        else:
            self._show_menu(ProseMenu.whole(self, self.textCursor()))

    def _show_menu(self, menu: ProseMenu, where: QPoint | None = None) -> None:
        """At the mouse, else below the cursor with the first entry chosen."""
        below = self.viewport().mapToGlobal(self.cursorRect().bottomLeft())
        menu.popup(where or below)
        first = next((action for action in menu.actions() if action.isEnabled()), None)
        if where is None and first is not None:
            menu.setActiveAction(first)


class ProseHome:
    """What a page is that serves every prose field in it, now and later."""

    def adopt(self, field: ProseEdit) -> None:
        """A field is shown in this page for the first time: give it spelling and attachments."""
        raise NotImplementedError
