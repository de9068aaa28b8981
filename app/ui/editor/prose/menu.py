"""The context menu of a prose field."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QTextCursor
from PySide6.QtWidgets import QMenu

from app.ui.editor.prose.keys import BOLD, ITALIC, LINK, PASTE_PLAIN

if TYPE_CHECKING:
    from app.ui.editor.prose.edit import ProseEdit
    from app.ui.editor.prose.highlighting import WrongWord
    from app.ui.editor.prose.spelling import Spelling


class ProseMenu(QMenu):
    """What can be done at a place of a text; deletes itself when it is closed."""

    def __init__(self, field: "ProseEdit", at: QTextCursor) -> None:
        super().__init__(field)
        self._field = field
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        spelling, wrong = field.spelling, field.highlighter.wrong_word(at)
        self.has_wrong_word = spelling is not None and wrong is not None
        if spelling is not None and wrong is not None and not field.isReadOnly():
            self._add_spelling(spelling, wrong)

    @classmethod
    def corrections(cls, field: "ProseEdit", at: QTextCursor) -> "ProseMenu":
        """What may have been meant by the word there."""
        menu = cls(field, at)
        menu.setAccessibleName("Spelling")
        if not menu.has_wrong_word:
            menu.addAction("No misspelled word here").setEnabled(False)
        return menu

    @classmethod
    def whole(cls, field: "ProseEdit", at: QTextCursor) -> "ProseMenu":
        """That, and what can be done with any text."""
        menu = cls(field, at)
        menu.setAccessibleName("Text")
        if menu.has_wrong_word:
            menu.addSeparator()
        menu._add_text()
        return menu

    def _add_spelling(self, spelling: "Spelling", wrong: "WrongWord") -> None:
        meant = spelling.suggestions(wrong.text)
        for word in meant:
            self._add(word, partial(self._field.highlighter.correct, wrong, word))
        if not meant:
            self.addAction("No suggestions").setEnabled(False)
        self.addSeparator()
        self._add(f"Add “{wrong.text}” to your dictionary", lambda: spelling.add(wrong.text))
        self._add("Ignore until Afterwhy is closed", lambda: spelling.ignore(wrong.text))

    def _add_text(self) -> None:
        field, standard = self._field, QKeySequence.StandardKey
        writes = not field.isReadOnly()
        chosen = field.textCursor().hasSelection()
        self._add("Cut", field.cut, standard.Cut, when=writes and chosen)
        self._add("Copy", field.copy, standard.Copy, when=chosen)
        self._add("Paste", field.paste, standard.Paste, when=writes and field.canPaste())
        for text, keys in (
            ("Paste as plain text", PASTE_PLAIN),
            ("Bold", BOLD),
            ("Italic", ITALIC),
            ("Link", LINK),
        ):
            self._add(text, partial(field.carry_out, keys), keys, when=writes)
        self._add("Select all", field.selectAll, standard.SelectAll)

    def _add(
        self,
        text: str,
        act: Callable[[], None],
        keys: QKeySequence | QKeySequence.StandardKey | None = None,
        *,
        when: bool = True,
    ) -> None:
        action = self.addAction(text.replace("&", "&&"))
        if keys is not None:
            action.setShortcut(keys)
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.setEnabled(when)

        def triggered() -> None:  # without Qt's "checked"
            act()

        action.triggered.connect(triggered)
