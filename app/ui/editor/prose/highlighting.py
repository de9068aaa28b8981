"""Colours and weights for Markdown while it is written."""

from PySide6.QtGui import QColor, QFont, QSyntaxHighlighter, QTextCharFormat, QTextDocument

from app.ui.editor.prose.marks import LONGEST, NO_FENCE, Kind, fence_after, marks
from app.ui.look import Look


class MarkdownHighlighter(QSyntaxHighlighter):
    """Marks what Markdown means, in the theme of now; the letters stay as they were typed."""

    def __init__(self, document: QTextDocument, look: Look) -> None:
        super().__init__(document)
        self._look = look
        self._formats = _formats(look)

    def restyle(self) -> None:
        """Take up another theme or text size."""
        self._formats = _formats(self._look)
        self.rehighlight()

    def highlightBlock(self, text: str) -> None:
        """Draw one line, and say for the next whether it is inside fenced code."""
        fence = max(self.previousBlockState(), 0)
        after = fence_after(text, _signed(fence))
        self.setCurrentBlockState(_unsigned(after))
        if len(text) > LONGEST:
            return
        wide = _has_wide(text)
        for mark in marks(text, _signed(fence)):
            start, end = mark.start, mark.end
            if wide:
                start, end = units(text[:start]), units(text[:end])
            both = QTextCharFormat(self.format(start))
            both.merge(self._formats[mark.kind])
            self.setFormat(start, end - start, both)


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
