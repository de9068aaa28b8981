"""The line below the timeline in which an event is written."""

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtGui import QKeyEvent, Qt
from PySide6.QtWidgets import QFrame

from app.ui.context import Context
from app.ui.editor.draft import Draft
from app.ui.editor.fields.choice import ChoiceField
from app.ui.editor.fields.columns import Columns
from app.ui.editor.fields.evidence import EvidenceRow
from app.ui.editor.fields.moment import MomentField
from app.ui.editor.fields.question import Question
from app.ui.editor.fields.records import Records
from app.ui.editor.fields.typed import UnreadHome
from app.ui.editor.fields.typed_time import Near
from app.ui.editor.prose.edit import ProseEdit
from app.ui.widgets.buttons import Button
from app.ui.widgets.layouts import column, row
from models.domain.incident import Event, Evidence
from models.domain.moments import Moment, Precision


class Composer(QFrame, UnreadHome):
    """Time, kind, words and sources of one event: the one chosen above.

    Signals
    -------
    edited(str, str, dict):
        The id of the event, what changed, and its changed fields.
    new_requested(), left():
        Another event is to be begun; the author is done with this one.
    """

    unread_kept = "The event keeps these words."
    edited = Signal(str, str, object)
    new_requested = Signal()
    left = Signal()

    def __init__(self, context: Context, draft: Draft) -> None:
        super().__init__()
        self.setProperty("ground", "foot")
        self._event: Event | None = None
        self._near: Near | None = None
        kinds = context.workspace.vocabularies.event_kinds
        self.at = MomentField("Time", lambda: self._near)
        self.kind = ChoiceField("Kind", [(t.id, t.name, t.description) for t in kinds.terms])
        self.text = ProseEdit(
            context.look,
            "What happened",
            placeholder="What happened? Say what people saw and did.",
            lines=1,
            most=6,
        )
        self.sources: Records[Evidence] = Records(
            context.look,
            "source",
            lambda: EvidenceRow(lambda: draft.document),
            lambda: Evidence("link"),
        )
        self.add_button = Button(context.look, "Add event", "primary", "plus", tip="Add event (N)")
        self.add_button.clicked.connect(self.new_requested)
        self.at.edited.connect(self._time_edited)
        self.kind.chosen.connect(lambda key: self._tell("kind", kind=key))
        self.text.edited.connect(lambda text: self._tell("text", text=text))
        self.sources.edited.connect(lambda name, some: self._tell("sources", evidence=some))
        self.sources.typed.connect(lambda what, some: self._tell(what, evidence=some))
        self._when = Columns(
            context.look,
            Question("Time", self.at, small=True),
            Question("Kind", self.kind, small=True),
            least=150,
        )
        self._body = QFrame()
        self._body.setLayout(column(self.text, self.sources, spacing=6))
        first = row((self._when, 1), 24, self.add_button)
        first.setAlignment(self.add_button, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight)
        self.setLayout(
            column(
                first,
                self._body,
                margins=(24, 8, 24, 10),
                spacing=6,
            )
        )
        self.show_event(None)

    @property
    def event_id(self) -> str:
        """The id of the event that is shown, or ""."""
        return self._event.id if self._event else ""

    def show_event(self, event: Event | None, near: Near | None = None) -> None:
        """Show an event; none hides the fields."""
        is_other = event is not None and event.id != self.event_id
        if is_other or event is None:
            self.at.settle()
        self._event, self._near = event, near
        self._body.setVisible(event is not None)
        self._when.setVisible(event is not None)
        if event is None:
            return
        moment = event.moment if event.at else None
        if is_other:
            self.at.show_other(moment)
        self.at.show_value(moment)
        if moment is None and event.written:
            self.at.show_unread(event.written)
        self.kind.show_key(event.kind)
        self.text.set_markdown(event.text)
        self.sources.show_records(event.evidence)

    def event(self, event: QEvent) -> bool:
        """Escape leaves the line, not the editor."""
        override = event.type() == QEvent.Type.ShortcutOverride
        if override and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back to the list; Ctrl+Enter begins another event."""
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.new_requested.emit()
        else:
            super().keyPressEvent(event)

    def keep_unread(self, note: str, field: str, text: str) -> None:
        """A time that was not understood is the event's in the author's words."""
        if text:
            self._tell("time", at=None, precision=Precision.UNKNOWN, written=text)

    @Slot(object)
    def _time_edited(self, moment: Moment | None) -> None:
        moment = moment or Moment(None)
        self._tell("time", at=moment.at, zone=moment.zone, precision=moment.precision, written="")

    def _tell(self, what: str, **fields: object) -> None:
        if self._event is not None:
            self.edited.emit(self._event.id, what, fields)
