"""What shows that something is so: a link, a quote, a file, an event, a query."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app.ui.editor.fields.choice import ChoiceField, spoken
from app.ui.editor.fields.line import LineField
from app.ui.editor.fields.records import RecordRow
from app.ui.widgets.layouts import row
from integrations.export.wording import clock_words
from models.document import Document
from models.domain.incident import Evidence, current_events

KINDS = (
    ("link", "Link", "A dashboard, a trace, a ticket; its address goes into the second field."),
    ("quote", "Quote", "What somebody said or wrote, word for word."),
    ("query", "Query", "What was asked of logs, metrics or data."),
    ("attachment", "File", "A file that is attached here."),
    ("event", "Event", "An entry of the timeline."),
)
_ASKED = {
    "link": ("Alert, log, graph", "https://"),
    "quote": ("The words", "Who, by role, and where"),
    "query": ("What it shows", "The query"),
    "attachment": ("What it shows", ""),
    "event": ("What it shows", ""),
}


def file_choices(document: Document) -> list[tuple[str, str, str]]:
    """The files of a document that a source can be, for a choice."""
    files = [(file.name, file.name, "") for file in document.attachments]
    return [("", "No file chosen" if files else "No file is attached yet", ""), *files]


def event_choices(document: Document) -> list[tuple[str, str, str]]:
    """The events of a document that a source can be, for a choice."""
    log = [e for i in document.post_mortem.incidents for e in current_events(i.timeline)]
    events = [
        (event.id, " ".join(f"{clock_words(event.moment)} {event.text}".split())[:80], event.text)
        for event in log
    ]
    return [("", "No event chosen" if events else "The timeline is empty", ""), *events]


_CHOSEN = {"attachment": file_choices, "event": event_choices}


class EvidenceRow(RecordRow):
    """The kind of a source, what people read, and where it leads.

    Files and events are chosen from those of the document.
    """

    has_labels = False

    def __init__(self, document: Callable[[], Document], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self.kind = ChoiceField("Kind of source", KINDS)
        self.text = LineField("What the source is called")
        self.target = LineField("Where the source is")
        self.choice = ChoiceField("Which file or event it is", ())
        self.kind.chosen.connect(self._kind_chosen)
        self.text.edited.connect(lambda _: self.edited.emit("source"))
        self.target.edited.connect(lambda _: self.edited.emit("source's place"))
        self.choice.chosen.connect(lambda _: self.edited.emit("source's place"))
        self.setLayout(
            row(
                spoken(self.kind),
                (self.kind, 2),
                (self.text, 4),
                spoken(self.choice),
                (self.target, 4),
                (self.choice, 4),
            )
        )
        self.setFocusProxy(self.text)
        self._ask("")

    def show_record(self, record: Evidence) -> None:
        """Show a source."""
        self.kind.show_key(record.kind)
        self.text.show_text(record.text)
        self._ask(record.target)

    def record(self) -> Evidence:
        """The source as it stands in the row."""
        is_chosen = self.kind.key in _CHOSEN
        target = self.choice.key if is_chosen else self.target.text()
        return Evidence(self.kind.key, self.text.text(), target)

    def _kind_chosen(self, kind: str) -> None:
        self._ask("" if kind in _CHOSEN else self.target.text())
        self.edited.emit("kind of source")

    def _ask(self, target: str) -> None:
        """Ask for what the kind needs, and show where it leads."""
        kind = self.kind.key
        text, hint = _ASKED.get(kind, ("", ""))
        self.text.setPlaceholderText(text)
        self.target.setPlaceholderText(hint)
        choices = _CHOSEN.get(kind)
        if choices is None:
            self.target.show_text(target)
        else:
            self.choice.offer(choices(self._document()))
            self.choice.show_key(target)
        self.target.setVisible(choices is None)
        self.choice.setVisible(choices is not None)
