"""What shows that something is so: a link, a quote, a file, an event, a query."""

from PySide6.QtWidgets import QWidget

from app.ui.editor.fields.choice import ChoiceField
from app.ui.editor.fields.line import LineField
from app.ui.editor.fields.records import RecordRow
from app.ui.widgets.layouts import row
from models.domain.incident import Evidence

KINDS = (
    ("link", "Link", "A dashboard, a trace, a ticket; its address goes into the second field."),
    ("quote", "Quote", "What somebody said or wrote, word for word."),
    ("query", "Query", "What was asked of logs, metrics or data."),
    ("attachment", "File", "The name of a file that is attached here."),
    ("event", "Event", "An entry of the timeline."),
)
_ASKED = {
    "link": ("Alert, log, graph", "https://"),
    "quote": ("The words", "Who, by role, and where"),
    "query": ("What it shows", "The query"),
    "attachment": ("What it shows", "The file's name"),
    "event": ("What it shows", "The event"),
}


class EvidenceRow(RecordRow):
    """The kind of a source, what people read, and where it leads."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind = ChoiceField("Kind of source", KINDS)
        self.text = LineField("What the source is called")
        self.target = LineField("Where the source is")
        self.kind.chosen.connect(self._kind_chosen)
        self.text.edited.connect(lambda _: self.edited.emit("source"))
        self.target.edited.connect(lambda _: self.edited.emit("source's place"))
        self.setLayout(row((self.kind, 2), (self.text, 4), (self.target, 4)))
        self.setFocusProxy(self.text)
        self._ask()

    def show_record(self, record: Evidence) -> None:
        """Show a source."""
        self.kind.show_key(record.kind)
        self.text.show_text(record.text)
        self.target.show_text(record.target)
        self._ask()

    def record(self) -> Evidence:
        """The source as it stands in the row."""
        return Evidence(self.kind.key, self.text.text(), self.target.text())

    def _kind_chosen(self, kind: str) -> None:
        self._ask()
        self.edited.emit("kind of source")

    def _ask(self) -> None:
        text, target = _ASKED.get(self.kind.key, ("", ""))
        self.text.setPlaceholderText(text)
        self.target.setPlaceholderText(target)
