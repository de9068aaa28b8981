"""The form of one incident."""

import dataclasses
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.ui.context import Context
from app.ui.editor.details.roles import RoleRow
from app.ui.editor.details.times import TimesForm
from app.ui.editor.draft import Draft
from app.ui.editor.fields.choice import ChoiceField, term_choices
from app.ui.editor.fields.columns import Columns
from app.ui.editor.fields.line import LineField, NamesField
from app.ui.editor.fields.question import Question
from app.ui.editor.fields.records import Records
from app.ui.widgets.buttons import Button
from app.ui.widgets.layouts import column, holder, label, row
from integrations.export.wording import moment_words
from models.document import Document
from models.domain.incident import Incident, IncidentState, RoleHolding, Times
from models.domain.moments import Moment
from models.editing.parts import with_incident, with_times, without_incident

STATES = (
    (IncidentState.LIVE.value, "Live", "It goes on."),
    (IncidentState.MITIGATED.value, "Mitigated", "Users are well; the fault is still there."),
    (IncidentState.RESOLVED.value, "Resolved", "All clear after the observation window."),
)


class IncidentForm(QWidget):
    """Severity, services, layers, trigger, times and roles of one incident.

    Signals
    -------
    resolve_requested(str):
        The incident of that id is to be set to resolved.
    """

    resolve_requested = Signal(str)

    def __init__(self, context: Context, draft: Draft) -> None:
        super().__init__()
        self._draft, self._incident = draft, Incident("")
        self._look = context.look
        terms = context.workspace.vocabularies
        self._severities = terms.severities
        self.title = LineField(
            "Incident title", "What this incident is called, where there are several"
        )
        self.severity = ChoiceField("Severity", term_choices(terms.severities))
        self.state = ChoiceField("State of the incident", STATES, by_list=True)
        self.definition = label("", "secondary", "text2", wrap=True)
        self.past = label("", "secondary", "text2", wrap=True)
        self.services = NamesField("Services", "checkout, profile-api")
        self.layers = NamesField("Layers", ", ".join(t.id for t in terms.layers.terms[:2]))
        self.layers.know([term.id for term in terms.layers.terms])
        self.trigger = ChoiceField("Trigger", term_choices(terms.triggers))
        self.trigger_text = LineField(
            "Trigger in words", "The flag went from 5% to 100%; a trigger is never a cause"
        )
        self.detection = ChoiceField("Detected by", term_choices(terms.detections))
        self.times = TimesForm(context.look)
        self.roles: Records[RoleHolding] = Records(
            context.look,
            "role",
            lambda: RoleRow(context.look, terms.roles, self.times.near),
            lambda: RoleHolding(""),
            "Who led, who spoke, who wrote the log? Roles and teams, never names.",
        )
        self.remove_button = Button(
            context.look, "Remove this incident", "ghost", "trash", size="small"
        )
        self._heading = holder(row((self.title, 1), self.remove_button))
        self._connect()
        self._lay_out()

    def show_incident(self, incident: Incident, *, alone: bool) -> None:
        """Show an incident; the only one of its post-mortem has no title of its own."""
        self._incident = incident
        self._heading.setVisible(not alone)
        self.title.show_text(incident.title)
        self.severity.show_key(incident.severity)
        term = self._severities.find(incident.severity)
        self.definition.setText(
            term.description if term else "Choose how bad it was for the people who use it."
        )
        self.past.setText(_severities_text(incident))
        self.past.setVisible(bool(self.past.text()))
        self.state.show_key(incident.state.value)
        self.services.show_names(incident.services)
        self.layers.show_names(incident.layers)
        self.trigger.show_key(incident.trigger.kind)
        self.trigger_text.show_text(incident.trigger.text)
        self.detection.show_key(incident.detection.source)
        self.times.show_incident(incident)
        self.roles.show_records(incident.roles)

    def _lay_out(self) -> None:
        self.setLayout(
            column(
                self._heading,
                Columns(
                    self._look,
                    Question("Severity", self.severity),
                    Question("State", self.state),
                ),
                self.definition,
                self.past,
                Columns(
                    self._look,
                    Question("Services", self.services, "Separated by commas."),
                    Question("Layers", self.layers, "Where it broke."),
                ),
                Columns(
                    self._look,
                    Question("What set it off?", self.trigger),
                    Question("How was it noticed?", self.detection),
                ),
                Question("What set it off, in words", self.trigger_text, small=True),
                Question("When?", self.times, "In any zone; leave out what is not known."),
                Question("Who took part?", self.roles),
                spacing=16,
            )
        )
        self.setFocusProxy(self.severity)

    def _connect(self) -> None:
        self.title.edited.connect(lambda text: self._type("incident title", title=text))
        self.severity.chosen.connect(lambda key: self._edit("Set severity", severity=key))
        self.state.chosen.connect(self._set_state)
        self.services.names_edited.connect(lambda names: self._type("services", services=names))
        self.layers.names_edited.connect(lambda names: self._type("layers", layers=names))
        self.trigger.chosen.connect(lambda key: self._set_trigger("Set trigger", kind=key))
        self.trigger_text.edited.connect(lambda text: self._set_trigger("", text=text))
        self.detection.chosen.connect(self._set_detection)
        self.times.edited.connect(self._set_time)
        self.roles.edited.connect(lambda name, roles: self._edit(name, roles=roles))
        self.roles.typed.connect(lambda place, roles: self._type(place, roles=roles))
        self.remove_button.clicked.connect(self._remove)

    def _set_state(self, key: str) -> None:
        """The all clear goes through its gate."""
        if key == IncidentState.RESOLVED and self._incident.state is not IncidentState.RESOLVED:
            self.state.show_key(self._incident.state.value)
            self.resolve_requested.emit(self._incident.id)
        else:
            self._edit("Set the incident's state", state=IncidentState(key))

    def _set_time(self, name: str, times: Times) -> None:
        what, incident_id = f"time {name}", self._incident.id
        self._draft.edit(
            f"Edit {what}",
            lambda document: with_times(document, incident_id, times),
            place=f"details/{incident_id}/{what}",
            typing=True,
        )

    def _set_trigger(self, name: str, **fields: Any) -> None:
        trigger = dataclasses.replace(self._incident.trigger, **fields)
        if name:
            self._edit(name, trigger=trigger)
        else:
            self._type("trigger", trigger=trigger)

    def _set_detection(self, source: str) -> None:
        detection = dataclasses.replace(self._incident.detection, source=source)
        self._edit("Set how it was noticed", detection=detection)

    def _change(self, **fields: Any) -> Callable[[Document], Document]:
        incident_id = self._incident.id
        return lambda document: with_incident(document, incident_id, **fields)

    def _edit(self, name: str, **fields: Any) -> None:
        self._draft.edit(name, self._change(**fields), place="details")

    def _type(self, what: str, **fields: Any) -> None:
        place = f"details/{self._incident.id}/{what}"
        self._draft.edit(f"Edit {what}", self._change(**fields), place=place, typing=True)

    def _remove(self) -> None:
        incident_id = self._incident.id
        self._draft.edit("Remove incident", lambda d: without_incident(d, incident_id))


def _severities_text(incident: Incident) -> str:
    """How the severity changed, where it did: each with its time, by whom and why."""
    if len(incident.severity_history) < 2:
        return ""
    said = []
    for change in incident.severity_history:
        by = f" by {change.by_role}" if change.by_role else ""
        why = f" ({change.reason.rstrip('.')})" if change.reason else ""
        severity = change.severity or "not set"
        said.append(f"{severity} since {moment_words(Moment(change.at))}{by}{why}")
    return f"So far: {'; '.join(said)}."
