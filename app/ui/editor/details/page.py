"""The first section: title, incidents, and the people who write it, by role."""

from collections import Counter
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout

from app.ui.context import Context
from app.ui.editor.details.incident import IncidentForm
from app.ui.editor.draft import Draft
from app.ui.editor.fields.columns import Columns
from app.ui.editor.fields.line import LineField, NamesField
from app.ui.editor.fields.question import Question
from app.ui.editor.form import FormPage
from app.ui.widgets.buttons import Button
from app.ui.widgets.layouts import row
from models.document import Document
from models.editing.parts import with_new_incident, with_text
from models.guidance.guide import Gate
from models.queries.catalogue import Row, catalogue


class DetailsPage(FormPage):
    """What it is called, what happened when and where, and who wrote it."""

    key = "details"

    def __init__(self, context: Context, draft: Draft) -> None:
        super().__init__(context, draft)
        self.title = LineField("Title", "What users met, in one line")
        self.title.edited.connect(lambda text: self._type("title", title=text))
        self.forms: list[IncidentForm] = []
        self._incidents = QVBoxLayout()
        self._incidents.setSpacing(28)
        self._services: tuple[str, ...] = ()
        self.add_button = Button(context.look, "Add incident", "secondary", "plus", size="small")
        self.add_button.clicked.connect(self._add_incident)
        self.authors = NamesField("Authors", "Engineering, Product")
        self.authors.names_edited.connect(lambda names: self._type("authors", authors=names))
        self.facilitator = LineField(
            "Facilitator", "Leads the review, took no part in the response"
        )
        self.facilitator.edited.connect(lambda text: self._type("facilitator", facilitator=text))
        self.tags = NamesField("Tags", "rollout, data-quality")
        self.tags.names_edited.connect(lambda names: self._type("tags", tags=names))
        self.lay_out(
            Question("Title", self.title),
            self._incidents,
            row(self.add_button, None),
            Columns(
                context.look,
                Question("Authors", self.authors, "Roles and teams."),
                Question("Facilitator", self.facilitator, "A role or a team."),
            ),
            Question("Tags", self.tags, "Words of your own, separated by commas."),
        )
        self.setFocusProxy(self.title)
        context.read(lambda workspace: catalogue(workspace.library), self._know)

    def show_document(self, document: Document) -> None:
        """Show title, incidents and people."""
        mortem = document.post_mortem
        self.title.show_text(mortem.title)
        self.authors.show_names(mortem.authors)
        self.facilitator.show_text(mortem.facilitator)
        self.tags.show_names(mortem.tags)
        while len(self.forms) > len(mortem.incidents):
            form = self.forms.pop()
            form.hide()
            self._incidents.removeWidget(form)
            form.deleteLater()
        while len(self.forms) < len(mortem.incidents):
            form = IncidentForm(self.context, self.draft)
            form.services.know(self._services)
            form.resolve_requested.connect(self._resolve)
            self._incidents.addWidget(form)
            self.forms.append(form)
        for form, incident in zip(self.forms, mortem.incidents, strict=True):
            form.show_incident(incident, alone=len(mortem.incidents) == 1)

    def reveal(self, anchor: str) -> None:
        """Go to the incident of an id, else to the title."""
        ids = [incident.id for incident in self.draft.document.post_mortem.incidents]
        found = next((form for form, id in zip(self.forms, ids, strict=True) if id in anchor), None)
        self.bring_into_view(self.title if found is None else found)

    def _type(self, what: str, **fields: Any) -> None:
        self.draft.edit(
            f"Edit {what}",
            lambda document: with_text(document, **fields),
            place=f"details/{what}",
            typing=True,
        )

    @Slot(str)
    def _resolve(self, incident_id: str) -> None:
        self.gate_requested.emit(Gate.RESOLVE.value, incident_id)

    @Slot()
    def _add_incident(self) -> None:
        self.draft.edit("Add incident", with_new_incident, place="details")
        self.bring_into_view(self.forms[-1])

    def _know(self, rows: tuple[Row, ...]) -> None:
        """Offer the services that other post-mortems name, the most frequent first."""
        counted = Counter(service for row in rows for service in row.services)
        self._services = tuple(service for service, _ in counted.most_common())
        for form in self.forms:
            form.services.know(self._services)
