"""A response framework that was followed: its steps in their order, one open at a time."""

import dataclasses
from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.ui.editor.response.elsewhere import IncidentForm
from app.ui.editor.response.step import Elsewhere, StepForm
from app.ui.editor.response.values import Tools
from app.ui.widgets.layouts import column, label
from models.document import Document
from models.domain.incident import Incident, ResponseRecord, StepRecord, StepState
from models.frameworks import Framework, RecordKind, Step
from models.response import record_of


class FrameworkForm(QWidget):
    """The steps of one framework.

    Signals
    -------
    edited(str, str, object):
        The place of what changed, what it is called, and the ``ResponseRecord`` as it is now.
    stepped():
        The keyboard is in the next step.
    logged(object, object):
        A ``LogLine`` of a step is to stand in the timeline, at the ``Moment`` of the step.
    """

    edited = Signal(str, str, object)
    stepped = Signal()
    logged = Signal(object, object)

    def __init__(self, tools: Tools, framework: Framework, elsewhere: Elsewhere) -> None:
        super().__init__()
        self.framework = framework
        self._record = ResponseRecord(framework.id)
        self._is_begun = False
        self.steps: dict[str, StepForm] = {}
        names = [f"{s.letter}: {s.title}" if s.letter else s.title for s in framework.steps]
        for place, step in enumerate(framework.steps):
            following = names[place + 1] if place + 1 < len(names) else ""
            form = StepForm(tools, step, elsewhere, following)
            form.edited.connect(self._step_edited)
            form.logged.connect(self.logged)
            form.passed.connect(lambda place=place: self._go(place + 1))
            self.steps[step.id] = form
        self.setAccessibleName(framework.name)
        self.setLayout(
            column(
                label(framework.name, "question"),
                label(framework.description, "secondary", "text2", wrap=True),
                *self.steps.values(),
                spacing=8,
            )
        )

    def show_record(self, record: ResponseRecord, incident: Incident, document: Document) -> None:
        """Show what was kept; at first the first step that is not settled is open."""
        self._record = record
        for id, form in self.steps.items():
            form.show_record(record_of(record, id), incident, document)
        if not self._is_begun:
            self._is_begun = True
            states = {id: record_of(record, id).state for id in self.steps}
            first = next((id for id, s in states.items() if s is StepState.NOT_DONE), None)
            if first is not None:
                self.steps[first].open()

    def locate(self, anchor: str) -> QWidget | None:
        """What a place of this framework names, in its step, which is opened."""
        id, _, rest = anchor.partition("/")
        step, _, name = rest.partition("/") if id == self.framework.id else (anchor, "", "")
        form = self.steps.get(step)
        return None if form is None else form.open().locate(name)

    def updates(self) -> IncidentForm | None:
        """The status updates, in the step that asks for them, which is opened."""
        for form in self.steps.values():
            if any(wanted.kind is RecordKind.UPDATES for wanted in form.step.record):
                found = form.open().elsewhere
                return next(one for one in found if isinstance(one, IncidentForm))
        return None

    def _go(self, place: int) -> None:
        """From the end of a step to the next one; the one that was left folds."""
        forms = list(self.steps.values())
        forms[place].open().setFocus(Qt.FocusReason.TabFocusReason)
        forms[place - 1].head.setChecked(False)
        self.stepped.emit()

    def _step_edited(self, what: str, step: StepRecord) -> None:
        kept = list(self._record.steps)
        place = next((n for n, one in enumerate(kept) if one.step == step.step), None)
        if place is None:
            order = list(self.steps)
            number = order.index(step.step)
            before = [n for n, one in enumerate(kept, 1) if one.step in order[:number]]
            kept.insert(max(before, default=0), step)
        else:
            kept[place] = step
        changed = dataclasses.replace(self._record, steps=tuple(kept))
        where = f"{self.framework.id}/{step.step}/{what}"
        self.edited.emit(where, f"{step.step} {what}", changed)


def framework_of(record: ResponseRecord, known: Mapping[str, Framework]) -> Framework:
    """The framework of a record; one made of its steps where the file of it is gone."""
    found = known.get(record.framework)
    if found is not None:
        missing = [step for step in record.steps if found.step(step.step) is None]
        return dataclasses.replace(found, steps=(*found.steps, *map(_bare, missing)))
    steps = tuple(map(_bare, record.steps)) or (Step("notes", "", "Notes", "", ""),)
    words = "There is no file of this framework here; what was recorded stays as it is."
    return Framework(record.framework, record.framework, steps, words)


def _bare(step: StepRecord) -> Step:
    return Step(step.step, "", step.step or "Step", "", "")
