"""How this post-mortem stands to others: repeat of, same root, related."""

import dataclasses
from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QDialog, QWidget

from app.ui.context import Context
from app.ui.editor.fields.choice import ChoiceField
from app.ui.editor.fields.columns import Columns
from app.ui.editor.fields.line import LineField
from app.ui.editor.fields.question import Question
from app.ui.editor.fields.records import RecordRow
from app.ui.look import Look
from app.ui.widgets.buttons import Button
from app.ui.widgets.layouts import column, label, row
from app.ui.widgets.pick_list import Choice, PickList, fits, likeness
from models.document import Document
from models.domain.root import Relation, RelationKind
from models.queries.catalogue import Row, catalogue

KINDS = (
    (RelationKind.REPEAT_OF.value, "Repeat of", "The same failure happened again."),
    (RelationKind.SAME_ROOT.value, "Same root", "Another failure, the same missing safeguard."),
    (RelationKind.RELATED.value, "Related", "Worth reading together."),
)
_OFFERED = 40


class RelationRow(RecordRow):
    """The other post-mortem, how this one stands to it, and a note."""

    has_labels = False  # its first line says which post-mortem it is

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._relation: Relation | None = None
        self.title = label("", "body", wrap=True)
        self.kind = ChoiceField("Kind of relation", KINDS)
        self.note = LineField("Note on the relation", "What they have in common")
        self.kind.chosen.connect(lambda _: self.edited.emit("kind"))
        self.note.edited.connect(lambda _: self.edited.emit("note"))
        fields = Columns(
            look,
            Question("This one is", self.kind, small=True),
            Question("Note", self.note, small=True),
        )
        self.setLayout(column(self.title, fields, spacing=4))
        self.setFocusProxy(self.kind)

    def show_record(self, record: Relation) -> None:
        """Show a relation."""
        self._relation = record
        self.title.setText(f"{record.ref}  {record.title}".strip())
        self.kind.show_key(record.kind.value)
        self.note.show_text(record.note)

    def record(self) -> Relation | None:
        """The relation as it stands in the row."""
        if self._relation is None:
            return None
        kind = RelationKind(self.kind.key)
        return dataclasses.replace(self._relation, kind=kind, note=self.note.text())


class RelationDialog(QDialog):
    """Asks for the other post-mortem, by its ref or words of its title.

    Signals
    -------
    chosen(object):
        The catalogue's ``Row`` of the other post-mortem.
    """

    chosen = Signal(object)

    def __init__(self, context: Context, document: Document, window: QWidget) -> None:
        super().__init__(window)
        self._title = document.post_mortem.title
        self._taken = {document.post_mortem.id, *(one.id for one in document.relations)}
        self._rows: dict[str, Row] = {}
        self.setWindowTitle("Add relation")
        self.setAccessibleName("Add relation")
        self.pick = PickList(
            context.look, "Post-mortem", "PM-2026-014, or words of its title", self._choices
        )
        self.pick.taken.connect(self._take)
        take = Button(context.look, "Add relation", "primary", "link-simple")
        take.clicked.connect(self._take)
        take.setDefault(True)
        cancel = Button(context.look, "Cancel")
        cancel.clicked.connect(self.reject)
        ask = label("Which post-mortem does this one stand to?", "question", wrap=True)
        self.setLayout(
            column(
                ask,
                (self.pick, 1),
                row(None, cancel, take),
                margins=(24, 20, 24, 20),
                spacing=8,
            )
        )
        self.resize(context.look.px(600), context.look.px(480))
        context.read(lambda workspace: catalogue(workspace.library), self._know)

    def _know(self, rows: tuple[Row, ...]) -> None:
        self._rows = {one.id: one for one in rows if one.id not in self._taken}
        self.pick.refresh()

    def _choices(self, typed: str) -> Sequence[Choice]:
        found = [one for one in self._rows.values() if fits(typed, one.ref, one.title)]
        found.sort(key=lambda one: -likeness(one.title, self._title))
        return [_choice(one) for one in found[:_OFFERED]]

    @Slot()
    def _take(self) -> None:
        found = self._rows.get(self.pick.list.key)
        if found is not None:
            self.accept()
            self.chosen.emit(found)


def _choice(found: Row) -> Choice:
    at = found.occurred.at if found.occurred else None
    parts = (found.severity, ", ".join(found.services), f"{at.day} {at:%b %Y}" if at else "")
    return Choice(found.id, f"{found.ref}  {found.title}", (", ".join(filter(None, parts)),))
