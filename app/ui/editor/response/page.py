"""The section on how the incident was handled."""

from functools import partial
from typing import Any

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from app.ui.context import Context
from app.ui.editor.draft import Draft
from app.ui.editor.form import FormPage
from app.ui.editor.incident_choice import IncidentChoice
from app.ui.editor.overdue import late_words, span_words
from app.ui.editor.prose.edit import ProseEdit
from app.ui.editor.response.elsewhere import IncidentForm, WhysState, roles_form, updates_form
from app.ui.editor.response.framework import FrameworkForm, framework_of
from app.ui.editor.response.hotfixes import NEW, Hotfixes
from app.ui.editor.response.values import Tools
from app.ui.widgets.layouts import clear, column, label
from models.document import Document, new_id
from models.domain.action import ActionItem
from models.domain.incident import Incident, IncidentState, ResponseRecord
from models.domain.moments import UNKNOWN, Moment
from models.editing.actions import add_action
from models.editing.events import add_event, begun_event, change_event
from models.editing.parts import with_incident
from models.frameworks import LogLine, RecordField, RecordKind
from models.response import hotfixes, with_follow_up
from models.status_updates import overdue_updates, update_limit


class ResponsePage(FormPage):
    """The frameworks that were followed, hotfixes, and the updates that went out."""

    key = "response"

    def __init__(self, context: Context, draft: Draft) -> None:
        super().__init__(context, draft)
        self._frameworks = context.workspace.frameworks
        self._shape: tuple[Any, ...] | None = None
        self.choice = IncidentChoice(draft)
        self.choice.chosen.connect(self._show)
        self.tools = Tools(context.look, self._notes, self.choice.near)
        self.boxes: dict[str, QCheckBox] = {}
        self.followed: list[FrameworkForm] = []
        self._choices = _rows(6)
        self._forms = _rows(20)
        self.hotfixes = Hotfixes()
        self.hotfixes.chosen.connect(self._follow_up)
        self.overdue = label("", "secondary", "amber", wrap=True)
        self.updates = self._updates("What was said, and when?", "Every message with its time.")
        asked = "Which frameworks were followed?"
        words = "How the incident was handled; one, several or none."
        self.lay_out(
            self.choice,
            column(label(asked, "question"), label(words, "secondary", "text2"), self._choices),
            self._forms,
            self.hotfixes,
            self.overdue,
            self.updates,
        )

    # -- what is shown -------------------------------------------------------------------------

    def show_document(self, document: Document) -> None:
        """Show the response record of the chosen incident."""
        self.choice.show_document(document)
        incident = self.choice.incident
        if incident is None:
            return
        self._show_choices(incident)
        self._show_forms(incident, document)
        self.hotfixes.show_incident(incident, document)
        self._show_overdue(incident)
        self.updates.show_incident(incident)
        self.updates.setVisible(not self._has_updates(incident))

    def reveal(self, anchor: str) -> None:
        """Go to a step ("roll-back/monitor/p99 latency"), an update, a hotfix, else to the top."""
        incident = self.choice.incident
        ids = [update.id for update in incident.updates] if incident is not None else []
        number = next((n for n, id in enumerate(ids) if id in anchor), None)
        found: QWidget | None = None
        if number is not None:
            forms = (updates for form in self.followed if (updates := form.updates()))
            found = next(forms, self.updates).records.rows[number]
        for form in self.followed:
            found = found or form.locate(anchor)
        hotfix = next((box for id, box in self.hotfixes.boxes.items() if id in anchor), None)
        self.bring_into_view(found or hotfix or next(iter(self.boxes.values()), self))
        self._scroll_later()

    @Slot()
    def _scroll_later(self) -> None:
        """A step that was just opened has its height only then."""
        QTimer.singleShot(0, self, self._scroll)

    @Slot()
    def _scroll(self) -> None:
        focus = self.focusWidget()
        if focus is not None:
            self.area.ensureWidgetVisible(focus)

    def form_of(self, framework_id: str) -> FrameworkForm:
        """The form of a framework that was followed."""
        return next(form for form in self.followed if form.framework.id == framework_id)

    @Slot()
    def _show(self) -> None:
        self._shape = None  # the rows and steps of another incident
        self.updates.records.show_records(())
        self.show_document(self.draft.document)

    def _show_choices(self, incident: Incident) -> None:
        followed = [record.framework for record in incident.response]
        offered = [*self._frameworks, *(id for id in followed if id not in self._frameworks)]
        if offered != list(self.boxes):
            clear(self._choices)
            self.boxes = {}
            for id in offered:
                known = self._frameworks.get(id)
                box = QCheckBox(known.name if known else id)
                box.setAccessibleName(box.text())
                if known is not None:
                    box.setToolTip(known.use_when)
                    box.setAccessibleDescription(known.use_when)
                box.clicked.connect(lambda on, id=id: self._choose(id, on=on))
                self.boxes[id] = box
                self._choices.addWidget(box)
        for id, box in self.boxes.items():
            box.setChecked(id in followed)

    def _show_forms(self, incident: Incident, document: Document) -> None:
        frameworks = [framework_of(record, self._frameworks) for record in incident.response]
        shape = incident.id, tuple((f.id, len(f.steps)) for f in frameworks)
        if shape != self._shape:
            self._shape = shape
            clear(self._forms)
            self.followed = []
            for place, framework in enumerate(frameworks):
                form = FrameworkForm(self.tools, framework, self._elsewhere)
                form.edited.connect(partial(self._record_edited, place))
                form.stepped.connect(self._scroll_later)
                form.logged.connect(self._log)
                self.followed.append(form)
                self._forms.addWidget(form)
        for form, record in zip(self.followed, incident.response, strict=True):
            form.show_record(record, incident, document)

    def _show_overdue(self, incident: Incident) -> None:
        late = overdue_updates(incident, update_limit(incident, self._frameworks, self._severities))
        lines = [f"{late_words(one)}{_in_brackets(span_words(one))}" for one in late]
        self.overdue.setText("\n".join(lines))
        self.overdue.setVisible(bool(late))

    @property
    def _severities(self) -> Any:
        return self.context.workspace.vocabularies.severities

    def _has_updates(self, incident: Incident) -> bool:
        """Whether a step of a framework asks for the updates already."""
        return any(
            wanted.kind is RecordKind.UPDATES
            for record in incident.response
            for step in framework_of(record, self._frameworks).steps
            for wanted in step.record
        )

    # -- parts ---------------------------------------------------------------------------------

    def _notes(self, name: str) -> ProseEdit:
        return ProseEdit(self.context.look, name, lines=2)

    def _minutes(self) -> int:
        incident = self.choice.incident or Incident("")
        limit = update_limit(incident, self._frameworks, self._severities)
        return int(limit.total_seconds() // 60)

    def _updates(self, question: str, guidance: str) -> IncidentForm:
        form = updates_form(self.tools, self._minutes, question, guidance)
        self._follow(form)
        return form

    def _elsewhere(self, wanted: RecordField) -> IncidentForm | WhysState:
        if wanted.kind is RecordKind.WHYS:
            return WhysState(wanted)
        if wanted.kind is RecordKind.UPDATES:
            return self._updates(wanted.label, wanted.hint)
        roles = self.context.workspace.vocabularies.roles
        form = roles_form(self.tools, roles, wanted, lambda: self.choice.incident)
        self._follow(form)
        return form

    def _follow(self, form: IncidentForm) -> None:
        form.edited.connect(lambda name, fields: self._edit(name, **fields))
        form.typed.connect(lambda what, fields: self._type(what, what, **fields))

    # -- edits ---------------------------------------------------------------------------------

    def _choose(self, id: str, *, on: bool) -> None:
        """Follow a framework, or no longer; what was recorded comes back by undo."""
        incident = self.choice.incident
        if incident is None:
            return
        name = self.boxes[id].text()
        left = tuple(record for record in incident.response if record.framework != id)
        if on:
            self._edit(f"Follow {name}", response=(*left, ResponseRecord(id)))
        else:
            self._edit(f"Remove the record of {name}", response=left)

    @Slot(object, object)
    def _log(self, line: LogLine, moment: Moment | None) -> None:
        """Put an entry into the timeline and go there: its blanks, and its time if unknown."""
        incident = self.choice.incident
        if incident is None:
            return
        if moment is None and incident.state is not IncidentState.LIVE:
            moment = UNKNOWN
        now, role = self.context.workspace.library.now(), self.context.actor.role
        event = begun_event(now, role, moment, kind=line.kind, text=line.text)
        place = f"timeline/{event.id}"
        self.draft.edit("Add event", lambda d: add_event(d, incident.id, event), place=place)
        self.place_requested.emit(place)

    def _record_edited(self, place: int, where: str, what: str, record: ResponseRecord) -> None:
        incident = self.choice.incident
        if incident is not None:
            before, after = incident.response[:place], incident.response[place + 1 :]
            self._type(what, where, response=(*before, record, *after))

    @Slot(str, str)
    def _follow_up(self, event_id: str, action_id: str) -> None:
        """Name the action that replaces a hotfix."""
        incident = self.choice.incident
        found = hotfixes(incident) if incident else ()
        event = next((one for one in found if one.id == event_id), None)
        if incident is None or event is None:
            return
        made = ActionItem(new_id(), f"Replace the hotfix: {' '.join(event.text.split())}")
        known = next((a for a in self.draft.document.actions if a.id == action_id), None)
        action = made if action_id == NEW else known
        evidence = with_follow_up(event, action)

        def change(document: Document) -> Document:
            if action is made:
                document = add_action(document, made)
            return change_event(document, incident.id, event_id, evidence=evidence)

        self.draft.edit("Name the action of a hotfix", change, place=self.key)

    def _edit(self, name: str, **fields: Any) -> None:
        incident = self.choice.incident
        if incident is not None:
            self.draft.edit(name, lambda d: with_incident(d, incident.id, **fields), place=self.key)

    def _type(self, what: str, where: str, **fields: Any) -> None:
        incident = self.choice.incident
        if incident is not None:
            self.draft.edit(
                f"Edit {what}",
                lambda d: with_incident(d, incident.id, **fields),
                place=f"{self.key}/{where}",
                typing=True,
            )


def _rows(spacing: int) -> QVBoxLayout:
    layout = QVBoxLayout()
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(spacing)
    return layout


def _in_brackets(words: str) -> str:
    return f" ({words})" if words else ""
