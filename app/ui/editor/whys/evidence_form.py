"""One piece of evidence as a form: its kind, its words, and where to look."""

import re
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Signal, Slot
from PySide6.QtWidgets import QPlainTextEdit, QStackedWidget, QWidget

from app.ui.editor.fields.choice import ChoiceField
from app.ui.editor.fields.evidence import KINDS, event_choices, file_choices
from app.ui.editor.fields.line import LineField
from app.ui.look import Look
from app.ui.widgets.buttons import Segmented
from app.ui.widgets.layouts import column, label, row
from models.document import Document
from models.domain.incident import Evidence

_TEXT = {
    "link": "What it shows",
    "quote": "The words, as they were said or written",
    "query": "What it shows",
    "attachment": "What it shows",
    "event": "What it shows (may stay empty)",
}
_TARGET = {
    "link": "Its address",
    "quote": "Where: the role, the channel, the time",
    "query": "The query",
    "attachment": "The file",
    "event": "The event",
}
_MISSING = " (still missing)"
_WITH_ADDRESS = re.compile(r"(.*?)\s*(https?://\S+)\s*", re.DOTALL | re.IGNORECASE)
"""Words with an address of the web behind them, or such an address alone."""


class EvidenceForm(QWidget):
    """Shows a piece, or nothing for one that is only begun when something is typed.

    Signals
    -------
    edited(Evidence, str, bool):
        The piece as it is now, what was done to it, and whether that was typing.
    """

    edited = Signal(object, str, bool)

    def __init__(self, look: Look, document: Document) -> None:
        super().__init__()
        self._piece: Evidence | None = None
        self._filling = False
        self.kind = Segmented("Kind", [(key, name) for key, name, _ in KINDS])
        self.kind.chosen.connect(self._kind_chosen)
        self.text = _lines_field(look, 48)
        self.text_caption = label("", "secondary_strong", "text2")
        self.text_caption.setBuddy(self.text)
        self.target_caption = label("", "secondary_strong", "text2")
        self.address = LineField("Address", "https://")
        self.query = _lines_field(look, 72)
        self.file = ChoiceField("The file", file_choices(document))
        self.event_choice = ChoiceField("The event", event_choices(document))
        self._targets: dict[str, QWidget] = {
            "link": self.address,
            "quote": self.address,
            "query": self.query,
            "attachment": self.file,
            "event": self.event_choice,
        }
        self.target = QStackedWidget()
        for field in (self.address, self.query, self.file, self.event_choice):
            self.target.addWidget(field)
        self.text.installEventFilter(self)
        self.text.textChanged.connect(self._typed)
        self.query.textChanged.connect(self._typed)
        self.address.edited.connect(self._typed)
        self.file.chosen.connect(self._typed)
        self.event_choice.chosen.connect(self._typed)
        words = (self.text_caption, self.text, self.target_caption, self.target)
        self.setLayout(column(row(self.kind, None), *words, spacing=8))
        self._kind_shown()

    def show_piece(self, piece: Evidence | None) -> None:
        """Show a piece; fields whose value is the same are left alone."""
        self._piece = piece
        self._filling = True
        if piece is not None:
            self.kind.choose(piece.kind if piece.kind in _TEXT else "link")
        text = piece.text if piece else ""
        target = piece.target if piece else ""
        if self.text.toPlainText() != text:
            self.text.setPlainText(text)
        self._kind_shown()
        if self.kind.key == "query" and self.query.toPlainText() != target:
            self.query.setPlainText(target)
        elif self.kind.key in ("attachment", "event"):
            field = self.file if self.kind.key == "attachment" else self.event_choice
            field.show_key(target)
        else:
            self.address.show_text(target)
        self._filling = False

    def finish(self) -> None:
        """An address that was written among the words of a link is where it leads."""
        piece = self._piece
        if piece is None or piece.kind != "link" or piece.target.strip():
            return
        found = _WITH_ADDRESS.fullmatch(piece.text)
        if found is not None:
            self.edited.emit(replace(piece, text=found[1], target=found[2]), "Write evidence", True)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Words are finished when the keyboard leaves them."""
        if watched is self.text and event.type() == QEvent.Type.FocusOut:
            self.finish()
        return super().eventFilter(watched, event)

    def _kind_shown(self) -> None:
        kind, piece = self.kind.key, self._piece
        missing = _MISSING if piece is not None and not piece.says_where else ""
        self.text_caption.setText(_TEXT[kind] + missing * (kind == "quote"))
        self.text.setAccessibleName(_TEXT[kind])
        self.target_caption.setText(_TARGET[kind] + missing * (kind != "quote"))
        target = self._targets[kind]
        target.setAccessibleName(_TARGET[kind])
        self.target_caption.setBuddy(target)
        self.target.setCurrentWidget(target)
        self.target.setFixedHeight(target.sizeHint().height())
        self.address.setPlaceholderText("https://" if kind == "link" else "")

    @Slot(str)
    def _kind_chosen(self, kind: str) -> None:
        self._kind_shown()
        if self._piece is not None:
            self.edited.emit(replace(self._piece, kind=kind), "Change the kind of evidence", False)

    @Slot()
    def _typed(self) -> None:
        if self._filling:
            return
        kind = self.kind.key
        target = {
            "query": self.query.toPlainText(),
            "attachment": self.file.key,
            "event": self.event_choice.key,
        }.get(kind, self.address.text())
        piece = Evidence(kind, self.text.toPlainText(), target)
        if self._piece is not None or piece.text.strip() or piece.target.strip():
            self.edited.emit(piece, "Write evidence", True)


def _lines_field(look: Look, height: int) -> QPlainTextEdit:
    field = QPlainTextEdit()
    field.setTabChangesFocus(True)
    field.setFixedHeight(look.px(height))
    return field
