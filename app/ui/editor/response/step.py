"""One step of a response framework: how far it was followed, and what it asks to be kept."""

import dataclasses
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.editor.fields.choice import ChoiceField
from app.ui.editor.fields.columns import Columns
from app.ui.editor.fields.line import LineField
from app.ui.editor.fields.moment import MomentField
from app.ui.editor.fields.question import Question
from app.ui.editor.response.elsewhere import IncidentForm, WhysState
from app.ui.editor.response.log_lines import LogLines
from app.ui.editor.response.values import RecordForm, Tools
from app.ui.widgets.buttons import Button
from app.ui.widgets.layouts import clear, column, frame, holder, label, row, set_tone
from models.document import Document
from models.domain.incident import Incident, StepRecord, StepState
from models.frameworks import ELSEWHERE, RecordField, Step
from models.response import missing

STATES = (
    (StepState.NOT_DONE.value, "Not done", ""),
    (StepState.DONE.value, "Done", ""),
    (StepState.NOT_APPLICABLE.value, "Did not apply", "Say why below."),
)
_WORDS = {key: words for key, words, _ in STATES}

Elsewhere = Callable[[RecordField], IncidentForm | WhysState]
"""Makes the form of what the incident or the why trees hold."""


class StepForm(QWidget):
    """A step that folds: its head says how far it is, its body takes the record.

    Signals
    -------
    edited(str, object):
        The name of what changed, and the ``StepRecord`` as it is now.
    passed():
        The author goes on to the next step.
    logged(object, object):
        A ``LogLine`` is to stand in the timeline, at the ``Moment`` of the step if it has one.
    """

    edited = Signal(str, object)
    passed = Signal()
    logged = Signal(object, object)

    def __init__(self, tools: Tools, step: Step, elsewhere: Elsewhere, following: str) -> None:
        """``following`` names the next step, "" for the last one."""
        super().__init__()
        self.step = step
        self._tools, self._elsewhere, self._following = tools, elsewhere, following
        self._shown: tuple[StepRecord, Incident, Document] | None = None
        self.body: StepBody | None = None
        name = f"{step.letter}: {step.title}" if step.letter else step.title
        self.head = Button(tools.look, name, "ghost", "caret-right")
        self.head.setCheckable(True)
        self.head.setProperty("fold", True)
        self.head.toggled.connect(self._fold)
        self.state_words = label("", "secondary", "text2", wrap=True)
        self._place = QVBoxLayout()
        self._place.setContentsMargins(0, 0, 0, 0)
        self.setLayout(
            column(
                frame(
                    column(
                        row(self.head, None),
                        row(14, (self.state_words, 1)),
                        self._place,
                        margins=(4, 4, 12, 8),
                        spacing=0,
                    ),
                    "card",
                )
            )
        )
        self.setFocusProxy(self.head)

    @property
    def is_open(self) -> bool:
        """Whether its body is shown."""
        return self.head.isChecked()

    def open(self) -> "StepBody":
        """Show its body."""
        self.head.setChecked(True)
        if self.body is None:
            raise RuntimeError("a step that is open has a body")
        return self.body

    def show_record(self, record: StepRecord, incident: Incident, document: Document) -> None:
        """Show what was kept of the step."""
        self._shown = record, incident, document
        self._say(record, missing(self.step, record, incident, document))
        if self.body is not None:
            self.body.show_record(record, incident, document)

    def _say(self, record: StepRecord, lacking: tuple[str, ...]) -> None:
        words = _WORDS[record.state.value]
        if record.state is StepState.NOT_APPLICABLE:
            lacking = () if record.reason.strip() else ("why",)
        asked = ", ".join(
            one[:1].lower() + one[1:] if one[1:2].islower() else one for one in lacking
        )
        begun = record.state is not StepState.NOT_DONE
        said = f"{words}. Not kept yet: {asked}" if asked and begun else words
        self.state_words.setText(said if begun else f"{words}. {self.step.goal}")
        set_tone(self.state_words, "amber" if asked and begun else "green" if begun else "text2")
        self.head.setAccessibleDescription(self.state_words.text())

    @Slot(bool)
    def _fold(self, opened: bool) -> None:
        self.head.set_icon("caret-down" if opened else "caret-right")
        if opened and self.body is None:
            self.body = StepBody(self._tools, self.step, self._elsewhere, self._following)
            self.body.edited.connect(self.edited)
            self.body.passed.connect(self.passed)
            self.body.logged.connect(self.logged)
            self._place.addWidget(self.body)
            if self._shown is not None:
                self.body.show_record(*self._shown)
        if self.body is not None:
            self.body.setVisible(opened)


class StepBody(QWidget):
    """State, time, role, what the record must hold, and notes."""

    edited = Signal(str, object)
    passed = Signal()
    logged = Signal(object, object)

    def __init__(self, tools: Tools, step: Step, elsewhere: Elsewhere, following: str) -> None:
        super().__init__()
        self._step, self._record = step, StepRecord(step.id)
        self.state = ChoiceField(f"{step.title}: state", STATES)
        self.at = MomentField(f"{step.title}: when", tools.near)
        self.role = LineField(f"{step.title}: by", "Role or team")
        self.reason = LineField(f"{step.title}: why it did not apply", "Why it did not apply")
        self.notes = tools.prose(f"{step.title}: notes")
        self.asked: list[RecordForm] = []
        self.elsewhere: list[IncidentForm | WhysState] = []
        forms: list[QWidget] = []
        for wanted in step.record:
            if wanted.kind in ELSEWHERE:
                self.elsewhere.append(elsewhere(wanted))
                forms.append(self.elsewhere[-1])
                continue
            form = RecordForm(tools, step.title, wanted)
            form.edited.connect(self._set_values)
            self.asked.append(form)
            forms.append(form)
        self._others: dict[str, LineField] = {}
        self._other_place = QVBoxLayout()
        self._other_place.setContentsMargins(0, 0, 0, 0)
        self.state.chosen.connect(lambda key: self._set("state", state=StepState(key)))
        self.at.edited.connect(lambda moment: self._set("time", at=moment))
        self.role.edited.connect(lambda text: self._set("role", role=text))
        self.reason.edited.connect(lambda text: self._set("reason", reason=text))
        self.notes.edited.connect(lambda text: self._set("notes", notes=text))
        self.log_lines = LogLines(tools.look, step.log_lines)
        self.log_lines.chosen.connect(lambda line: self.logged.emit(line, self._record.at))
        self._why = Question("Why did it not apply?", self.reason, small=True)
        self.next_button = Button(tools.look, f"Next: {following}", size="small")
        self.next_button.clicked.connect(self.passed)
        self.setLayout(
            column(
                label("\n".join(f"• {p}" for p in step.prompts), "secondary", "text2", wrap=True),
                Columns(
                    tools.look,
                    Question("State", self.state, small=True),
                    Question("When", self.at, small=True),
                    Question("By", self.role, small=True),
                ),
                self._why,
                *forms,
                *([row(self.log_lines, None)] if step.log_lines else []),
                holder(self._other_place),
                Question("Notes", self.notes, small=True),
                label(f"Done when: {step.done_when}", "secondary", "text3", wrap=True),
                *([row(None, self.next_button)] if following else []),
                margins=(12, 8, 4, 4),
                spacing=12,
            )
        )
        self.setFocusProxy(self.state)

    @property
    def controls(self) -> dict[str, QWidget]:
        """The controls of the record by the names of their values."""
        found: dict[str, QWidget] = dict(self._others)
        return found | {key: c.widget for form in self.asked for key, c in form.controls.items()}

    def locate(self, name: str) -> QWidget:
        """What takes a value of the record, by its name or that of its field; else the state."""
        named = next((form for form in self.asked if form.wanted.id == name), None)
        if named is not None:
            return named.first_empty
        return self.controls.get(name, self.state)

    def show_record(self, record: StepRecord, incident: Incident, document: Document) -> None:
        """Show what was kept of the step."""
        self._record = record
        self.state.show_key(record.state.value)
        self.at.show_value(record.at)
        self.role.show_text(record.role)
        self.reason.show_text(record.reason)
        self._why.setVisible(record.state is StepState.NOT_APPLICABLE or bool(record.reason))
        self.notes.set_markdown(record.notes)
        for form in self.asked:
            form.show_record(record.record)
            form.show_actions(document.actions)
        for other in self.elsewhere:
            if isinstance(other, IncidentForm):
                other.show_incident(incident)
            else:
                other.show_document(document)
        self._show_others(record.record)

    def _show_others(self, record: dict[str, str]) -> None:
        """What the framework does not ask for any more, or never did, stays to be read."""
        asked = {key for form in self.asked for key in form.controls}
        others = [key for key in record if key not in asked]
        if others != list(self._others):
            clear(self._other_place)
            self._others = {}
            for key in others:
                line = LineField(f"{self._step.title}: {key}")
                line.edited.connect(lambda text, key=key: self._set_values({key: text}))
                self._others[key] = line
                self._other_place.addWidget(Question(key or "Without a name", line, small=True))
        for key, line in self._others.items():
            line.show_text(record[key])

    def _set(self, what: str, **fields: Any) -> None:
        self.edited.emit(what, dataclasses.replace(self._record, **fields))

    @Slot(object)
    def _set_values(self, changed: dict[str, str]) -> None:
        kept = {**self._record.record, **changed}
        what = next(iter(changed))
        others = self._others.keys()  # a line that is being emptied stays while it is written in
        record = {key: text for key, text in kept.items() if text or key in others}
        self._set(what, record=record)
