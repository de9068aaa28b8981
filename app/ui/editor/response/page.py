"""The section on how the incident was handled."""

import dataclasses
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout

from app.ui.context import Context
from app.ui.editor.draft import Draft
from app.ui.editor.fields.choice import ChoiceField
from app.ui.editor.fields.question import Question
from app.ui.editor.fields.records import Records
from app.ui.editor.form import FormPage
from app.ui.editor.incident_choice import IncidentChoice
from app.ui.editor.prose.edit import ProseEdit
from app.ui.editor.response.step import StepForm
from app.ui.editor.response.updates import UpdateRow, new_update
from app.ui.widgets.layouts import clear, label
from models.document import Document
from models.domain.incident import Incident, ResponseRecord, StatusUpdate, StepRecord
from models.editing.parts import with_incident


class ResponsePage(FormPage):
    """The steps of the response framework that was followed, and the updates that went out."""

    key = "response"

    def __init__(self, context: Context, draft: Draft) -> None:
        super().__init__(context, draft)
        self._frameworks = context.workspace.frameworks
        self._shown = ""
        self.forms: dict[str, StepForm] = {}
        self.choice = IncidentChoice(draft)
        self.choice.chosen.connect(self._show)
        self.framework = ChoiceField(
            "Response framework",
            [
                ("", "none", "The response is told in the timeline alone."),
                *((f.id, f.name, f.use_when) for f in self._frameworks.values()),
            ],
        )
        self.framework.chosen.connect(self._choose)
        self.use_when = label("", "secondary", "text2", wrap=True)
        self._steps = QVBoxLayout()
        self._steps.setSpacing(12)
        self.updates: Records[StatusUpdate] = Records(
            context.look,
            "update",
            lambda: UpdateRow(context.look, self._notes("Update in words"), self.choice.near),
            new_update,
            "No update noted. What did customers and staff hear from us, and when?",
        )
        self.updates.edited.connect(lambda name, some: self._edit(name, updates=some))
        self.updates.typed.connect(lambda what, some: self._type(what, updates=some))
        self.lay_out(
            self.choice,
            Question("Which framework was followed?", self.framework),
            self.use_when,
            self._steps,
            Question("What was said, and when?", self.updates, "Every message with its time."),
        )
        self.setFocusProxy(self.framework)

    def show_document(self, document: Document) -> None:
        """Show the response record of the chosen incident."""
        self.choice.show_document(document)
        incident = self.choice.incident
        if incident is None:
            return
        self.updates.show_records(incident.updates)
        record = _record(incident, self._shown)
        framework_id = record.framework if record else ""
        self.framework.show_key(framework_id)
        if framework_id != self._shown or (framework_id and not self.forms):
            self._build(framework_id)
        kept = {step.step: step for step in record.steps} if record else {}
        for step_id, form in self.forms.items():
            form.show_record(kept.get(step_id, StepRecord(step_id)))

    def reveal(self, anchor: str) -> None:
        """Go to the step of an id."""
        step = next((form for id, form in self.forms.items() if id in anchor), None)
        self.bring_into_view(self.framework if step is None else step)

    @Slot()
    def _show(self) -> None:
        self.updates.show_records(())  # the rows and steps of another incident
        self.forms = {}
        self.show_document(self.draft.document)

    def _build(self, framework_id: str) -> None:
        clear(self._steps)
        self.forms = {}
        self._shown = framework_id
        framework = self._frameworks.get(framework_id)
        self.use_when.setText(framework.description if framework else "")
        self.use_when.setVisible(framework is not None)
        for step in framework.steps if framework else ():
            form = StepForm(self.context.look, step, self._notes, self.choice.near)
            form.edited.connect(self._step_edited)
            self.forms[step.id] = form
            self._steps.addWidget(form)

    def _notes(self, name: str) -> ProseEdit:
        return ProseEdit(self.context.look, name, lines=2)

    @Slot(str)
    def _choose(self, framework_id: str) -> None:
        """Turn to another framework; what was kept of others stays beside it. None ends them."""
        incident = self.choice.incident
        if incident is None:
            return
        self._shown = framework_id
        self.forms = {}
        if not framework_id:
            self._edit("Follow no response framework", response=())
            return
        chosen = next((r for r in incident.response if r.framework == framework_id), None)
        others = (r for r in incident.response if r.framework != framework_id and r.steps)
        response = (chosen or ResponseRecord(framework_id), *others)
        self._edit("Choose the response framework", response=response)

    @Slot(str, object)
    def _step_edited(self, what: str, step: StepRecord) -> None:
        incident = self.choice.incident
        record = _record(incident, self._shown) if incident else None
        if incident is None or record is None:
            return
        framework = self._frameworks[record.framework]
        kept = {one.step: one for one in record.steps} | {step.step: step}
        order = [one.id for one in framework.steps]
        known = [kept.pop(step_id) for step_id in order if step_id in kept]
        changed = dataclasses.replace(record, steps=(*known, *kept.values()))
        response = tuple(changed if one is record else one for one in incident.response)
        self._type(f"{step.step} {what}", response=response)

    def _edit(self, name: str, **fields: Any) -> None:
        incident = self.choice.incident
        if incident is not None:
            self.draft.edit(name, lambda d: with_incident(d, incident.id, **fields), place=self.key)

    def _type(self, what: str, **fields: Any) -> None:
        incident = self.choice.incident
        if incident is not None:
            self.draft.edit(
                f"Edit {what}",
                lambda d: with_incident(d, incident.id, **fields),
                place=f"{self.key}/{what}",
                typing=True,
            )


def _record(incident: Incident, framework_id: str) -> ResponseRecord | None:
    """The record of a framework, else the first one."""
    same = (record for record in incident.response if record.framework == framework_id)
    return next(same, next(iter(incident.response), None))
