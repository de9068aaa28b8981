"""What shows that a why is so: links, quotes, files, events of the timeline, queries.

What is typed goes to the draft at once, as everywhere; closing the dialog loses nothing.
"""

import re
from dataclasses import replace

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices, QKeyEvent
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QStackedWidget, QWidget

from app.ui.editor.fields.choice import ChoiceField
from app.ui.editor.fields.evidence import KINDS, event_choices, file_choices
from app.ui.editor.fields.line import LineField
from app.ui.editor.whys.cards import EVIDENCE_ICONS
from app.ui.look import Look
from app.ui.widgets.buttons import Button, Segmented
from app.ui.widgets.layouts import column, label, row
from app.ui.widgets.pick_list import Choice, ChoiceList
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
_OPENED = ("http", "https")
_WITH_ADDRESS = re.compile(r"(.*?)\s*(https?://\S+)\s*", re.DOTALL | re.IGNORECASE)
"""Words with an address of the web behind them, or such an address alone."""


class EvidenceDialog(QDialog):
    """The evidence of one why: the list above, the chosen piece in a form below.

    Signals
    -------
    edited(str, tuple, bool):
        What was done ("Add evidence"), all evidence as it is now, and whether it was typing.
    """

    edited = Signal(str, tuple, bool)

    def __init__(self, look: Look, document: Document, title: str, window: QWidget) -> None:
        super().__init__(window)
        self._evidence: tuple[Evidence, ...] = ()
        self._current: int | None = None
        self._filling = False
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.list = ChoiceList(look, "Evidence")
        self.list.setFixedHeight(look.px(132))
        self.list.taken.connect(self._go_to_words)
        self.list.selectionModel().currentChanged.connect(self._row_chosen)
        self.kind = Segmented("Kind", [(key, name) for key, name, _ in KINDS])
        self.kind.chosen.connect(self._kind_chosen)
        self.text = self._lines_field(look, 48)
        self._text_caption = label("", "secondary_strong", "text2")
        self._text_caption.setBuddy(self.text)
        self._target_caption = label("", "secondary_strong", "text2")
        self.address = LineField("Address", "https://")
        self.query = self._lines_field(look, 72)
        self.file = ChoiceField("The file", file_choices(document))
        self.event_choice = ChoiceField("The event", event_choices(document))
        self.target = QStackedWidget()
        self._targets: dict[str, QWidget] = {
            "link": self.address,
            "quote": self.address,
            "query": self.query,
            "attachment": self.file,
            "event": self.event_choice,
        }
        for field in (self.address, self.query, self.file, self.event_choice):
            self.target.addWidget(field)
        self.text.installEventFilter(self)
        self.text.textChanged.connect(self._typed)
        self.query.textChanged.connect(self._typed)
        self.address.edited.connect(self._typed)
        self.file.chosen.connect(self._typed)
        self.event_choice.chosen.connect(self._typed)
        self._lay_out(look, title)
        self._kind_shown()

    def _lay_out(self, look: Look, title: str) -> None:
        self.another_button = Button(look, "Add another", icon="plus")
        self.another_button.clicked.connect(self.add_another)
        self.open_button = Button(look, "Open the link", "ghost", "arrow-square-out")
        self.open_button.clicked.connect(self._open)
        self.remove_button = Button(look, "Remove", "ghost", "trash")
        self.remove_button.clicked.connect(self._remove)
        done = Button(look, "Done", "primary")
        done.clicked.connect(self.accept)
        done.setDefault(True)
        self.setLayout(
            column(
                label(title, "question", wrap=True),
                self.list,
                row(self.kind, None),
                self._text_caption,
                self.text,
                self._target_caption,
                self.target,
                row(self.another_button, self.open_button, self.remove_button, None, done),
                margins=(24, 20, 24, 20),
                spacing=8,
            )
        )
        self.setMinimumWidth(look.px(600))

    @staticmethod
    def _lines_field(look: Look, height: int) -> QPlainTextEdit:
        field = QPlainTextEdit()
        field.setTabChangesFocus(True)
        field.setFixedHeight(look.px(height))
        return field

    # -- showing -------------------------------------------------------------------------------

    def show_evidence(self, evidence: tuple[Evidence, ...]) -> None:
        """Show what the draft holds; fields whose value is the same are left alone."""
        first = not self._evidence and self._current is None
        self._evidence = evidence
        if self._current is not None and self._current >= len(evidence):
            self._current = len(evidence) - 1 if evidence else None
        elif first and evidence and not self.isVisible():
            self._current = 0
        self._filling = True
        self.list.setVisible(bool(evidence))
        self.list.show_choices(
            [
                Choice(
                    str(index),
                    piece.text or piece.target or "Without words yet",
                    (_name(piece.kind), piece.target) if piece.target else (_name(piece.kind),),
                    EVIDENCE_ICONS.get(piece.kind, "note"),
                )
                for index, piece in enumerate(evidence)
            ]
        )
        if self._current is None:
            self.list.selectionModel().clear()
        else:
            self.list.setCurrentIndex(self.list.choices.index(self._current, 0))
        self._filling = False
        self._fill()

    @Slot()
    def _go_to_words(self) -> None:
        self.text.setFocus()

    def _fill(self) -> None:
        piece = self._piece
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
        self.another_button.setEnabled(piece is not None)
        self.remove_button.setEnabled(piece is not None)
        self.open_button.setEnabled(piece is not None and _can_open(piece))

    @property
    def _piece(self) -> Evidence | None:
        return self._evidence[self._current] if self._current is not None else None

    def _kind_shown(self) -> None:
        kind = self.kind.key
        piece = self._piece
        missing = _MISSING if piece is not None and not piece.says_where else ""
        self._text_caption.setText(_TEXT[kind] + missing * (kind == "quote"))
        self.text.setAccessibleName(_TEXT[kind])
        self._target_caption.setText(_TARGET[kind] + missing * (kind != "quote"))
        target = self._targets[kind]
        target.setAccessibleName(_TARGET[kind])
        self._target_caption.setBuddy(target)
        self.target.setCurrentWidget(target)
        self.target.setFixedHeight(target.sizeHint().height())
        self.address.setPlaceholderText("https://" if kind == "link" else "")

    # -- changing ------------------------------------------------------------------------------

    @Slot(str)
    def _kind_chosen(self, kind: str) -> None:
        self._kind_shown()
        if self._piece is not None:
            self._put(replace(self._piece, kind=kind), "Change the kind of evidence", typing=False)

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
            self._put(piece, "Write evidence", typing=True)

    def _take_address(self) -> None:
        """An address that was written among the words of a link is where it leads."""
        piece = self._piece
        if piece is None or piece.kind != "link" or piece.target.strip():
            return
        found = _WITH_ADDRESS.fullmatch(piece.text)
        if found is not None:
            self._put(replace(piece, text=found[1], target=found[2]), "Write evidence", typing=True)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Words are finished when the keyboard leaves them."""
        if watched is self.text and event.type() == QEvent.Type.FocusOut:
            self._take_address()
        return super().eventFilter(watched, event)

    def done(self, result: int) -> None:
        """Closing finishes the words, too."""
        self._take_address()
        super().done(result)

    def _put(self, piece: Evidence, name: str, *, typing: bool) -> None:
        if self._current is None:
            self._current = len(self._evidence)
            self.edited.emit(name, (*self._evidence, piece), typing)
        else:
            before, after = self._evidence[: self._current], self._evidence[self._current + 1 :]
            self.edited.emit(name, (*before, piece, *after), typing)

    @Slot()
    def add_another(self) -> None:
        """Begin a new piece."""
        self._take_address()
        self._current = None
        self.show_evidence(self._evidence)
        self.text.setFocus()

    @Slot()
    def _remove(self) -> None:
        if self._current is not None:
            left = (*self._evidence[: self._current], *self._evidence[self._current + 1 :])
            self.edited.emit("Remove evidence", left, False)
            (self.list if left else self.text).setFocus()

    @Slot()
    def _open(self) -> None:
        if self._piece is not None and _can_open(self._piece):
            QDesktopServices.openUrl(QUrl(self._piece.target.strip()))

    @Slot(QModelIndex)
    def _row_chosen(self, index: QModelIndex) -> None:
        if not self._filling and index.isValid():
            self._current = index.row()
            self._fill()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Del in the list removes."""
        if event.key() == Qt.Key.Key_Delete and self.list.hasFocus():
            self._remove()
        else:
            super().keyPressEvent(event)


def _name(kind: str) -> str:
    return next((name for key, name, _ in KINDS if key == kind), kind)


def _can_open(piece: Evidence) -> bool:
    """Only addresses of the web: a document may come from anywhere."""
    url = QUrl(piece.target.strip())
    return piece.kind == "link" and url.isValid() and url.scheme() in _OPENED
