"""Colours and weights for Markdown while it is written."""

from dataclasses import dataclass

from PySide6.QtCore import Slot
from PySide6.QtGui import (
    QColor,
    QFont,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)

from app.ui.editor.prose.marks import LONGEST, NO_FENCE, Kind, fence_after, marks
from app.ui.editor.prose.spelling import Spelling
from app.ui.editor.prose.words import words
from app.ui.look import Look

NOWHERE = -1
_MANY_LINES = 3_000
"""A text with more lines is a log: it is not coloured, which would take more than half a second."""


@dataclass(frozen=True, slots=True)
class WrongWord:
    """A word that is underlined, and where it stands in the document, in Qt's units."""

    text: str
    start: int
    end: int


class MarkdownHighlighter(QSyntaxHighlighter):
    """Marks what Markdown means, in the theme of now; the letters stay as they were typed.

    Words that a spelling finds wrong are underlined with red dots, except the one being typed.
    """

    def __init__(self, document: QTextDocument, look: Look) -> None:
        super().__init__(document)
        self._look = look
        self.spelling: Spelling | None = None
        self._typed_at = NOWHERE
        self._formats, self._wrong = _formats(look), _wrong(look)

    def set_spelling(self, spelling: Spelling) -> None:
        """Underline what this finds wrong."""
        self.spelling = spelling
        spelling.judged.connect(self._judged)
        spelling.changed.connect(self.rehighlight)
        self.rehighlight()

    def restyle(self) -> None:
        """Take up another theme or text size."""
        self._formats, self._wrong = _formats(self._look), _wrong(self._look)
        self.rehighlight()

    def typing_at(self, position: int) -> None:
        """The word that ends here is being typed and not judged yet; ``NOWHERE`` for none."""
        self._typed_at = position

    def leave(self, position: int) -> None:
        """The cursor is here; a word that it left is judged now."""
        if self._typed_at in (NOWHERE, position):
            return
        block = self.document().findBlock(self._typed_at)
        self._typed_at = NOWHERE
        if block.isValid():
            self.rehighlightBlock(block)

    def wrong_word(self, at: QTextCursor) -> WrongWord | None:
        """The wrong word at a place, the end of the word included."""
        block = at.block()
        if self.spelling is None:
            return None
        text, fence = block.text(), _signed(block.previous().userState())
        for word in words(text, marks(text, fence)):
            start = block.position() + units(text[: word.start])
            end = start + units(word.text)
            if start <= at.position() <= end and self.spelling.is_wrong(word.text):
                return WrongWord(word.text, start, end)
        return None

    def correct(self, wrong: WrongWord, word: str) -> None:
        """Write another word in its place, unless something else stands there by now."""
        cursor = QTextCursor(self.document())
        cursor.setPosition(wrong.start)
        cursor.setPosition(wrong.end, QTextCursor.MoveMode.KeepAnchor)
        if cursor.selectedText() == wrong.text:
            cursor.insertText(word)

    def highlightBlock(self, text: str) -> None:
        """Draw one line, and say for the next whether it is inside fenced code."""
        fence = max(self.previousBlockState(), 0)
        after = fence_after(text, _signed(fence))
        self.setCurrentBlockState(_unsigned(after))
        if len(text) > LONGEST or self.document().blockCount() > _MANY_LINES:
            return
        wide = _has_wide(text)
        found = list(marks(text, _signed(fence)))
        for mark in found:
            self._add(text, mark.start, mark.end, self._formats[mark.kind], wide=wide)
        if self.spelling is not None and self.spelling.language:
            typed = self._typed_at - self.currentBlock().position()
            for word in words(text, found):
                start, end = word.start, word.end
                if wide:
                    start, end = units(text[:start]), units(text[:end])
                if not start < typed <= end and self.spelling.is_wrong(word.text):
                    self._add(text, word.start, word.end, self._wrong, wide=wide)

    def _add(self, text: str, start: int, end: int, add: QTextCharFormat, *, wide: bool) -> None:
        if wide:
            start, end = units(text[:start]), units(text[:end])
        both = QTextCharFormat(self.format(start))
        both.merge(add)
        self.setFormat(start, end - start, both)

    @Slot(frozenset)
    def _judged(self, wrong: frozenset[str]) -> None:
        block = self.document().firstBlock()
        while block.isValid():
            text = block.text()
            if any(word in text for word in wrong):
                self.rehighlightBlock(block)
            block = block.next()


def units(text: str) -> int:
    """The length of a text as Qt counts it: letters beyond the basic plane are two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _has_wide(text: str) -> bool:
    return not text.isascii() and max(text) > "\uffff"


def _signed(state: int) -> int:
    """A fence from a block's state, which Qt wants to be no less than 0 (-1 is "none yet")."""
    return NO_FENCE if state <= 0 else (state // 2) * (-1 if state % 2 else 1)


def _unsigned(fence: int) -> int:
    return abs(fence) * 2 + (1 if fence < 0 else 0)


def _formats(look: Look) -> dict[Kind, QTextCharFormat]:
    def ink(colour: str, *, weight: int = 0) -> QTextCharFormat:
        made = QTextCharFormat()
        made.setForeground(QColor(colour))
        if weight:
            made.setFontWeight(weight)
        return made

    theme = look.theme
    strong = QTextCharFormat()
    strong.setFontWeight(QFont.Weight.Bold)
    emphasis = QTextCharFormat()
    emphasis.setFontItalic(True)
    struck = ink(theme.text2)
    struck.setFontStrikeOut(True)
    code = ink(theme.text2)
    code.setFontFamilies(look.font("code").families())
    code.setBackground(QColor(theme.sunken))
    return {
        "heading": ink(theme.text, weight=QFont.Weight.DemiBold),
        "quote": ink(theme.text2),
        "marker": ink(theme.text3),
        "strong": strong,
        "emphasis": emphasis,
        "struck": struck,
        "link": ink(theme.accent),
        "address": ink(theme.text3),
        "code": code,
    }


def _wrong(look: Look) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
    made.setUnderlineColor(QColor(look.theme.red.solid))
    return made
