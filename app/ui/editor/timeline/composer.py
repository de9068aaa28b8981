"""The line below the timeline in which an event is written."""

from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent, Qt
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QWidget

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
from app.ui.editor.timeline.paste_dialog import looks_like_events
from app.ui.widgets.buttons import Button
from app.ui.widgets.layouts import column, row
from models import secrets
from models.domain.incident import Event, Evidence
from models.domain.moments import Moment, Precision


class Composer(QFrame, UnreadHome):
    """Time, kind, words and sources of one event: the one chosen above.

    As high as they are, up to the limit that ``limit_height`` sets; then they scroll.

    Signals
    -------
    edited(str, str, dict):
        The id of the event, what changed, and its changed fields.
    new_requested(), left():
        Another event is to be begun; the author is done with this one.
    events_pasted(str):
        Several lines with times were pasted into the words of the event.
    """

    unread_kept = "The event keeps these words."
    edited = Signal(str, str, object)
    new_requested = Signal()
    left = Signal()
    events_pasted = Signal(str)

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
        self.text.secrets_masked.connect(self._mask_sources)
        self.sources.edited.connect(lambda name, some: self._tell("sources", evidence=some))
        self.sources.typed.connect(lambda what, some: self._tell(what, evidence=some))
        self._when = Columns(
            context.look,
            Question("Time", self.at, small=True),
            Question("Kind", self.kind, small=True),
            least=150,
            shares=(2, 1),
        )
        self._body = QFrame()
        self._body.setLayout(column(self.text, self.sources, spacing=6))
        first = row((self._when, 1), 24, self.add_button)
        first.setAlignment(self.add_button, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight)
        self._content = QWidget()
        self._content.setLayout(column(first, self._body, margins=(24, 8, 24, 10), spacing=6))
        self._most = 0
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(self._content)
        for ground in (self.area.viewport(), self._content):
            ground.setAutoFillBackground(False)
        self._content.installEventFilter(self)
        self.text.installEventFilter(self)
        self.setLayout(column(self.area, spacing=0))
        self.show_event(None)

    def limit_height(self, most: int) -> None:
        """Be at most so many pixels high."""
        self._most = most
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width needs another height."""
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The fields need more room or less; lines with times are events, not words of one."""
        if watched is self.text and _is_paste(event):
            text = QGuiApplication.clipboard().text()
            if looks_like_events(text):
                self.events_pasted.emit(text)
                return True
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        layout = self._content.layout()
        if not self._most or layout is None:
            return
        need = layout.totalHeightForWidth(self.area.viewport().width())
        need = max(need, layout.totalMinimumSize().height())
        self._content.setMinimumHeight(need)
        self.setFixedHeight(min(self._most, need + 1))
        here = QApplication.focusWidget()  # words follow their cursor by themselves
        if here is None or isinstance(here, ProseEdit):
            return
        if self._content.isAncestorOf(here):
            self.area.ensureWidgetVisible(here, 0, 8)

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

    @Slot()
    def _mask_sources(self) -> None:
        """What the words no longer say, no source says either: part of the same edit."""
        if self._event is not None:
            self._tell("text", evidence=tuple(map(_masked, self._event.evidence)))
            self.text.step_ended.emit()

    def _tell(self, what: str, **fields: object) -> None:
        if self._event is not None:
            self.edited.emit(self._event.id, what, fields)


def _masked(source: Evidence) -> Evidence:
    """The source without secrets; names of files and ids lead on."""
    text = secrets.hidden(source.text)
    if source.kind not in ("link", "quote", "query"):
        return replace(source, text=text)
    return replace(source, text=text, target=secrets.hidden(source.target))


def _is_paste(event: QEvent) -> bool:
    if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
        return False
    return event.matches(QKeySequence.StandardKey.Paste)
