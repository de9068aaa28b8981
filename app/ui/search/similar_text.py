"""Asking for failures like a pasted text: an alert, a stack trace, a message."""

from PySide6.QtCore import QMimeData, Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QWidget

from app.ui.context import Context
from app.ui.document.similar import LIMIT, Similar, SimilarPanel
from app.ui.editor.timeline.source_text import fit_wrapping
from app.ui.pacing import Latest, Throttle
from app.ui.widgets.buttons import Button
from app.ui.widgets.dialogs import size_within
from app.ui.widgets.layouts import column, label, row

LONGEST = 20_000
"""Letters that are compared; what a text is about stands before that."""
PAUSE_MS = 150


class PastedText(QPlainTextEdit):
    """Plain text, as much of it as is compared."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Text")
        self.setPlaceholderText("An alert, a stack trace, a message")
        self.setTabChangesFocus(True)

    def insertFromMimeData(self, source: QMimeData) -> None:  # noqa: N802
        """Paste the beginning of what is long."""
        text = source.text()[:LONGEST]
        fit_wrapping(self, f"{self.toPlainText()}\n{text}")
        self.insertPlainText(text)


class SimilarTextDialog(QDialog):
    """A text above, what it is like below, as one types or pastes.

    Signals
    -------
    opened(str):
        A post-mortem is to be opened, by its id.
    """

    opened = Signal(str)

    def __init__(self, context: Context, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._found: Latest[Similar] = Latest(context.runner, "search")
        self._throttle = Throttle(self._ask, PAUSE_MS, self)
        self.setWindowTitle("Failures like a text")
        self.setAccessibleName("Failures like a text")
        self.text = PastedText()
        self.text.paste()
        self.text.selectAll()
        self.text.textChanged.connect(self._throttle.request)
        self.similar = SimilarPanel(context, links=False)
        self.similar.opened.connect(self._open)
        self.finished.connect(self._found.forget)
        close = Button(context.look, "Close")
        close.clicked.connect(self.reject)
        ask = label("Which failures were like this?", "question")
        hint = label("Enter on a failure opens it.", "secondary", "text2")
        self.setLayout(
            column(
                *(ask, (self.text, 2), (self.similar, 5), row(hint, None, close)),
                margins=(24, 20, 24, 20),
            )
        )
        size_within(self, context.look, 640, 720)
        self.text.setFocus(Qt.FocusReason.PopupFocusReason)
        self._ask()

    def flush(self) -> None:
        """Ask without waiting for a pause."""
        self._throttle.flush()

    @Slot()
    def _ask(self) -> None:
        text, workspace = self.text.toPlainText()[:LONGEST], self._context.workspace
        if not text.strip():
            self._found.forget()
            self.similar.show_nothing("Nothing pasted", "Failures like the text appear here.")
            return
        self._found.submit(
            lambda job: Similar("", workspace.index.similar(text, limit=LIMIT)),
            self._show,
            failed=lambda error: self.similar.show_failure(error, self._ask),
        )

    def _show(self, found: Similar) -> None:
        if found.hits:
            self.similar.show_found(found)
        else:
            self.similar.show_nothing(
                "Nothing similar", "No post-mortem speaks of what this text does."
            )

    @Slot(str)
    def _open(self, id: str) -> None:
        self.accept()
        self.opened.emit(id)
