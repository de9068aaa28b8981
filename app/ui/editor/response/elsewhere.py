"""What a step asks for and the incident itself holds: roles, status updates, why trees."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.ui.editor.details.roles import RoleRow
from app.ui.editor.fields.question import Question
from app.ui.editor.fields.records import Records
from app.ui.editor.response.updates import UpdateRow, new_update
from app.ui.editor.response.values import Tools
from app.ui.widgets.layouts import column, label
from app.ui.wording import count
from models.document import Document
from models.domain.incident import Incident, RoleHolding, StatusUpdate
from models.domain.whys import roots, walk
from models.frameworks import RecordField
from models.vocabulary import Vocabulary


class IncidentForm(QWidget):
    """A list of the incident within a step.

    Signals
    -------
    edited(str, object):
        What the author did, and the fields of the incident that changed.
    typed(str, object):
        The place that was typed in, and the fields of the incident that changed.
    """

    edited = Signal(str, object)
    typed = Signal(str, object)

    def __init__(self, records: Records[Any], field: str, question: str, guidance: str) -> None:
        super().__init__()
        self.records = records
        self._field = field
        records.edited.connect(lambda name, some: self.edited.emit(name, {field: some}))
        records.typed.connect(lambda what, some: self.typed.emit(what, {field: some}))
        self.setLayout(column(Question(question, records, guidance)))
        self.setFocusProxy(records)

    def show_incident(self, incident: Incident) -> None:
        """Show what the incident holds."""
        self.records.show_records(getattr(incident, self._field))


def updates_form(
    tools: Tools, minutes: Callable[[], int], question: str, guidance: str
) -> IncidentForm:
    """The messages that went out; ``minutes`` is when the next is due unless one promises it."""
    records: Records[StatusUpdate] = Records(
        tools.look,
        "update",
        lambda: UpdateRow(tools.look, tools.prose("Update in words"), tools.near, minutes),
        new_update,
        "No update noted. What did customers and staff hear from us, and when?",
    )
    return IncidentForm(records, "updates", question, guidance)


def roles_form(
    tools: Tools, vocabulary: Vocabulary, wanted: RecordField, shown: Callable[[], Incident | None]
) -> IncidentForm:
    """Who held which role; a new row is for the next role that nobody holds yet."""

    def next_role() -> RoleHolding:
        incident = shown()
        held = {one.role for one in incident.roles} if incident else set()
        return RoleHolding(next((role for role in wanted.options if role not in held), ""))

    records: Records[RoleHolding] = Records(
        tools.look,
        "role",
        lambda: RoleRow(tools.look, vocabulary, tools.near),
        next_role,
        "No role noted. Which teams led, talked and searched?",
    )
    return IncidentForm(records, "roles", wanted.label, wanted.hint)


class WhysState(QWidget):
    """How far the why trees are; they are drawn in a section of their own."""

    def __init__(self, wanted: RecordField) -> None:
        super().__init__()
        self.words = label("", "body", wrap=True)
        self.setLayout(column(Question(wanted.label, self.words, wanted.hint)))

    def show_document(self, document: Document) -> None:
        """Count whys and roots."""
        trees: Sequence[Any] = document.post_mortem.whys
        whys = sum(1 for tree in trees for _ in walk(tree))
        ends = sum(1 for node in roots(tuple(trees)) if node.stop is not None)
        counted = (
            f"{count(whys, 'why')}, {count(ends, 'root')}" if whys else "No why is written yet"
        )
        self.words.setText(f"{counted}. They are drawn in the section 5 Whys.")
