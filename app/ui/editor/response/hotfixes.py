"""Temporary hotfixes of the timeline, each with the action that will replace it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.editor.fields.choice import ChoiceField
from app.ui.editor.fields.question import Question
from app.ui.widgets.layouts import clear, column, label
from integrations.export.wording import moment_words
from models.document import Document
from models.domain.incident import Event, Incident
from models.response import follow_ups, hotfixes

NEW = "new action"


class Hotfixes(QWidget):
    """A row for each; not shown where the timeline has none.

    Signals
    -------
    chosen(str, str):
        The id of an event, and of the action that replaces it; "" for none, ``NEW`` for one that
        is to be made.
    """

    chosen = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.boxes: dict[str, ChoiceField] = {}
        self._shown: tuple[tuple[str, str], ...] = ()
        self._rows = QVBoxLayout()
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(10)
        words = "Each needs a structural action before the incident is resolved."
        self.setLayout(
            column(
                label("Which temporary hotfixes are in place?", "question", wrap=True),
                label(words, "secondary", "text2", wrap=True),
                self._rows,
            )
        )

    def show_incident(self, incident: Incident, document: Document) -> None:
        """Show the hotfixes of an incident with their actions."""
        events = hotfixes(incident)
        if (shown := tuple((event.id, _words(event)) for event in events)) != self._shown:
            self._shown = shown
            self._build()
        actions = [(a.id, f"{a.ref} {a.title}".strip(), "") for a in document.actions]
        for event in events:
            box = self.boxes[event.id]
            box.offer([("", "No action yet", ""), *actions, (NEW, "New action", "")])
            named = follow_ups(event, document)
            box.show_key(named[0].id if named else "")
        self.setVisible(bool(events))

    def _build(self) -> None:
        clear(self._rows)
        self.boxes = {}
        for number, (id, words) in enumerate(self._shown, 1):
            box = ChoiceField(f"Hotfix {number}: replaced by", [], by_list=True)
            box.chosen.connect(lambda key, id=id: self.chosen.emit(id, key))
            self.boxes[id] = box
            self._rows.addWidget(Question(words, box, small=True))


def _words(event: Event) -> str:
    said = " ".join(event.text.split()) or "A hotfix without words"
    return f"{moment_words(event.moment)}: {said}" if event.at else said
