"""What shows that a why is so: links, quotes, files, events of the timeline, queries.

What is typed goes to the draft at once, as everywhere; closing the dialog loses nothing.
"""

from PySide6.QtCore import QModelIndex, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices, QKeyEvent
from PySide6.QtWidgets import QDialog, QWidget

from app.ui.editor.fields.evidence import KINDS
from app.ui.editor.whys.cards import EVIDENCE_ICONS
from app.ui.editor.whys.evidence_form import EvidenceForm
from app.ui.look import Look
from app.ui.widgets.buttons import Button
from app.ui.widgets.dialogs import press_from_anywhere
from app.ui.widgets.layouts import column, label, row
from app.ui.widgets.pick_list import Choice, ChoiceList
from models.document import Document
from models.domain.incident import Evidence

_OPENED = ("http", "https")


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
        self._listing = False
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.list = ChoiceList(look, "Evidence")
        self.list.setFixedHeight(look.px(132))
        self.list.selectionModel().currentChanged.connect(self._row_chosen)
        self.form = EvidenceForm(look, document)
        self.form.edited.connect(self._put)
        self.list.taken.connect(self.form.text.setFocus)
        self.another_button = Button(look, "Add another", icon="plus")
        self.another_button.clicked.connect(self.add_another)
        self.open_button = Button(look, "Open the link", "ghost", "arrow-square-out")
        self.open_button.clicked.connect(self._open)
        self.remove_button = Button(look, "Remove", "ghost", "trash")
        self.remove_button.clicked.connect(self._remove)
        done = Button(look, "Done", "primary")
        done.clicked.connect(self.accept)
        done.setDefault(True)
        press_from_anywhere(self, done)
        self.setLayout(
            column(
                label(title, "question", wrap=True),
                self.list,
                self.form,
                row(self.another_button, self.open_button, self.remove_button, None, done),
                margins=(24, 20, 24, 20),
                spacing=8,
            )
        )
        self.setMinimumWidth(look.px(600))

    def show_evidence(self, evidence: tuple[Evidence, ...]) -> None:
        """Show what the draft holds."""
        first = not self._evidence and self._current is None
        self._evidence = evidence
        if self._current is not None and self._current >= len(evidence):
            self._current = len(evidence) - 1 if evidence else None
        elif first and evidence and not self.isVisible():
            self._current = 0
        self._listing = True
        self.list.setVisible(bool(evidence))
        self.list.show_choices([_choice(index, piece) for index, piece in enumerate(evidence)])
        if self._current is None:
            self.list.selectionModel().clear()
        else:
            self.list.setCurrentIndex(self.list.choices.index(self._current, 0))
        self._listing = False
        self._show_piece()

    @property
    def _piece(self) -> Evidence | None:
        return self._evidence[self._current] if self._current is not None else None

    def _show_piece(self) -> None:
        piece = self._piece
        self.form.show_piece(piece)
        self.another_button.setEnabled(piece is not None)
        self.remove_button.setEnabled(piece is not None)
        self.open_button.setEnabled(piece is not None and _can_open(piece))

    # -- changing ------------------------------------------------------------------------------

    @Slot(object, str, bool)
    def _put(self, piece: Evidence, name: str, typing: bool) -> None:
        if self._current is None:
            self._current = len(self._evidence)
        before, after = self._evidence[: self._current], self._evidence[self._current + 1 :]
        self.edited.emit(name, (*before, piece, *after), typing)

    @Slot()
    def add_another(self) -> None:
        """Begin a new piece."""
        self.form.finish()
        self._current = None
        self.show_evidence(self._evidence)
        self.form.text.setFocus()

    @Slot()
    def _remove(self) -> None:
        if self._current is not None:
            left = (*self._evidence[: self._current], *self._evidence[self._current + 1 :])
            self.edited.emit("Remove evidence", left, False)
            (self.list if left else self.form.text).setFocus()

    @Slot()
    def _open(self) -> None:
        if self._piece is not None and _can_open(self._piece):
            QDesktopServices.openUrl(QUrl(self._piece.target.strip()))

    @Slot(QModelIndex)
    def _row_chosen(self, index: QModelIndex) -> None:
        if not self._listing and index.isValid():
            self._current = index.row()
            self._show_piece()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Del in the list removes."""
        if event.key() == Qt.Key.Key_Delete and self.list.hasFocus():
            self._remove()
        else:
            super().keyPressEvent(event)

    def done(self, result: int) -> None:
        """Closing finishes the words, too."""
        self.form.finish()
        super().done(result)


def _choice(index: int, piece: Evidence) -> Choice:
    kind = next((name for key, name, _ in KINDS if key == piece.kind), piece.kind)
    details = (kind, piece.target) if piece.target else (kind,)
    words = piece.text or piece.target or "Without words yet"
    return Choice(str(index), words, details, EVIDENCE_ICONS.get(piece.kind, "note"))


def _can_open(piece: Evidence) -> bool:
    """Only addresses of the web: a document may come from anywhere."""
    url = QUrl(piece.target.strip())
    return piece.kind == "link" and url.isValid() and url.scheme() in _OPENED
