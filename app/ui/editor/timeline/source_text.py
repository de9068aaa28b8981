"""The words of a source exactly as they were, to be read and never changed."""

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QTextEdit

from app.ui.editor.prose.highlighting import units
from app.ui.editor.timeline.model import source_name
from app.ui.look import Look
from app.ui.widgets.layouts import column, label
from models.domain.incident import Event

LONGEST_WRAPPED = 2_000
"""Letters of a line that is still broken to the width: Qt takes the square of a line's length."""


def fit_wrapping(view: QPlainTextEdit, text: str) -> None:
    """Break long lines where that is quick; very long ones, such as JSON, scroll sideways."""
    longest = max(map(len, text.split("\n")), default=0)
    mode = QPlainTextEdit.LineWrapMode
    view.setLineWrapMode(mode.WidgetWidth if longest <= LONGEST_WRAPPED else mode.NoWrap)


class SourceEdit(QPlainTextEdit):
    """A field for a text from elsewhere; Tab leaves it."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setTabChangesFocus(True)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)

    def show_text(self, text: str) -> None:
        """Show a text."""
        fit_wrapping(self, text)
        self.setPlainText(text)

    def mark(self, place: tuple[int, int] | None) -> None:
        """Show where something stands, and bring it into view unless somebody writes here."""
        if place is None:
            self.setExtraSelections([])
            return
        text, theme = self.toPlainText(), self._look.theme
        cursor = QTextCursor(self.document())
        cursor.setPosition(units(text[: place[0]]))
        if not self.hasFocus():
            self.setTextCursor(cursor)
            self.ensureCursorVisible()
        cursor.setPosition(units(text[: place[1]]), QTextCursor.MoveMode.KeepAnchor)
        shown = QTextEdit.ExtraSelection()
        style = QTextCharFormat()
        style.setBackground(QColor(theme.mark))
        style.setForeground(QColor(theme.mark_text))
        shown.cursor, shown.format = cursor, style
        self.setExtraSelections([shown])

    def insertFromMimeData(self, source: QMimeData, /) -> None:  # noqa: N802
        """Paste, with the lines broken as they allow it."""
        fit_wrapping(self, f"{self.toPlainText()}\n{source.text()}")
        super().insertFromMimeData(source)


class SourcePanel(QFrame):
    """The source texts of the chosen event; hidden until it is asked for."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setProperty("ground", "foot")
        self._look = look
        self._caption = label("", "secondary_strong", "text2", wrap=True)
        self.text = SourceEdit(look)
        self.text.setReadOnly(True)
        self.text.setAccessibleName("Source text")
        self._caption.setBuddy(self.text)
        self.setLayout(column(self._caption, self.text, margins=(24, 8, 24, 8), spacing=4))
        self.hide()
        look.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        self.text.setFixedHeight(self._look.px(96))

    def show_event(self, event: Event | None) -> None:
        """Show the quotations that are kept as sources of an event."""
        if self.isHidden():
            return
        quotes = [one for one in event.evidence if one.kind == "quote"] if event else []
        names = ", ".join(dict.fromkeys(map(source_name, quotes)))
        self._caption.setText(
            f"Source text: {names}" if quotes else "No source text is kept for this event."
        )
        text = "\n\n".join(one.text for one in quotes)
        if text != self.text.toPlainText():
            self.text.show_text(text)
        self.text.setVisible(bool(quotes))
