"""One step of a response framework: how far it was followed, and what it asks to be kept."""

import dataclasses
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.ui.editor.fields.choice import ChoiceField
from app.ui.editor.fields.columns import Columns
from app.ui.editor.fields.line import LineField
from app.ui.editor.fields.moment import MomentField
from app.ui.editor.fields.question import Question
from app.ui.editor.fields.typed_time import Near
from app.ui.editor.prose.edit import ProseEdit
from app.ui.look import Look
from app.ui.widgets.layouts import column, frame, label, row
from models.domain.incident import StepRecord, StepState
from models.frameworks import Step

STATES = (
    (StepState.NOT_DONE.value, "Not done", ""),
    (StepState.DONE.value, "Done", ""),
    (StepState.NOT_APPLICABLE.value, "Did not apply", "Say why below."),
)


class StepForm(QWidget):
    """The letter, aim and record of one step.

    Signals
    -------
    edited(str, object):
        The name of what changed, and the ``StepRecord`` as it is now.
    """

    edited = Signal(str, object)

    def __init__(
        self,
        look: Look,
        step: Step,
        prose: Callable[[str], ProseEdit],
        near: Callable[[], Near | None],
    ) -> None:
        super().__init__()
        self._record = StepRecord(step.id)
        name = f"{step.letter}: {step.title}" if step.letter else step.title
        self.state = ChoiceField(f"{step.title}: state", STATES)
        self.at = MomentField(f"{step.title}: when", near)
        self.role = LineField(f"{step.title}: by", "Role or team")
        self.reason = LineField(f"{step.title}: why it did not apply", "Why it did not apply")
        self.notes = prose(f"{step.title}: notes")
        self.fields: dict[str, LineField] = {}
        asked_for: list[QWidget] = []
        for wanted in step.record:
            line = LineField(f"{step.title}: {wanted.label}", wanted.example)
            line.setToolTip(wanted.hint)
            line.setAccessibleDescription(wanted.hint)
            line.edited.connect(lambda text, key=wanted.id: self._set_field(key, text))
            self.fields[wanted.id] = line
            asked_for.append(Question(wanted.label, line, small=True))
        self.state.chosen.connect(lambda key: self._set("state", state=StepState(key)))
        self.at.edited.connect(lambda moment: self._set("time", at=moment))
        self.role.edited.connect(lambda text: self._set("role", role=text))
        self.reason.edited.connect(lambda text: self._set("reason", reason=text))
        self.notes.edited.connect(lambda text: self._set("notes", notes=text))
        heading = label(name, "question")
        heading.setBuddy(self.state)
        asked = "\n".join(f"• {prompt}" for prompt in step.prompts)
        body = column(
            row((heading, 1), self.state),
            label(step.goal, "secondary", "text2", wrap=True),
            self.reason,
            Columns(
                look, Question("When", self.at, small=True), Question("By", self.role, small=True)
            ),
            Columns(look, *asked_for, least=220, most=2),
            Question("Notes", self.notes, asked, small=True),
            label(f"Done when: {step.done_when}", "secondary", "text3", wrap=True),
            margins=(16, 12, 16, 14),
            spacing=10,
        )
        self.setLayout(column(frame(body, "card")))
        self.setFocusProxy(self.state)

    def show_record(self, record: StepRecord) -> None:
        """Show what was kept of the step."""
        self._record = record
        self.state.show_key(record.state.value)
        self.at.show_value(record.at)
        self.role.show_text(record.role)
        self.reason.show_text(record.reason)
        self.reason.setVisible(record.state is StepState.NOT_APPLICABLE or bool(record.reason))
        self.notes.set_markdown(record.notes)
        for key, line in self.fields.items():
            line.show_text(record.record.get(key, ""))

    def _set(self, what: str, **fields: Any) -> None:
        self.edited.emit(what, dataclasses.replace(self._record, **fields))

    def _set_field(self, key: str, text: str) -> None:
        kept = {**self._record.record, key: text}
        self._set(key, record={name: value for name, value in kept.items() if value})
