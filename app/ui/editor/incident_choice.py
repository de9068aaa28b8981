"""Which incident a section is about, where a post-mortem has several."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QWidget

from app.ui.editor.draft import Draft
from app.ui.editor.fields.typed_time import Near, near_to
from app.ui.widgets.layouts import label, row
from models.document import Document
from models.domain.incident import Incident, occurred


class IncidentChoice(QWidget):
    """Not shown for a single incident.

    Signals
    -------
    chosen():
        The author turned to another incident.
    """

    chosen = Signal()

    def __init__(self, draft: Draft) -> None:
        super().__init__()
        self._draft = draft
        self._id = ""
        self.box = QComboBox()
        self.box.setAccessibleName("Incident")
        self.box.activated.connect(self._activated)
        words = label("Incident", "secondary", "text2")
        words.setBuddy(self.box)
        self.setLayout(row(words, (self.box, 1)))
        self.hide()

    @property
    def incident(self) -> Incident | None:
        """The incident that is shown."""
        return self.incident_of(self._draft.document)

    def incident_of(self, document: Document) -> Incident | None:
        """The same incident in another state of the document; the first where it is gone."""
        incidents = document.post_mortem.incidents
        return next((one for one in incidents if one.id == self._id), next(iter(incidents), None))

    def near(self) -> Near | None:
        """Day and zone of a time of the incident that is typed without them."""
        incident = self.incident
        return None if incident is None else near_to([occurred(incident)])

    def show_document(self, document: Document) -> None:
        """Offer the incidents of a document."""
        incidents = document.post_mortem.incidents
        names = [one.title or f"Incident {n}" for n, one in enumerate(incidents, 1)]
        if names != [self.box.itemText(n) for n in range(self.box.count())]:
            self.box.clear()
            self.box.addItems(names)
        current = self.incident_of(document)
        if current is not None:
            self._id = current.id
            self.box.setCurrentIndex([one.id for one in incidents].index(current.id))
        self.setVisible(len(incidents) > 1)

    def turn_to(self, anchor: str) -> None:
        """Turn to the incident that an anchor names, by its id, an event's or an update's."""
        for incident in self._draft.document.post_mortem.incidents:
            events, updates = incident.timeline, incident.updates
            ids = (incident.id, *(e.id for e in events), *(u.id for u in updates))
            if incident.id != self._id and any(id in anchor for id in ids):
                self._id = incident.id
                self.chosen.emit()
                return

    @Slot(int)
    def _activated(self, index: int) -> None:
        self._id = self._draft.document.post_mortem.incidents[index].id
        self.chosen.emit()
