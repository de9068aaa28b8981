"""What the post-mortem went through, with dates, authors and the reasons for going on."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.widgets.layouts import clear, column, label
from models.document import Document
from models.guidance.gates import Passing, passings


class GateHistory(QWidget):
    """Every change of status, and of an incident's state, as a line."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[Passing, ...] = ()
        self._lines = QVBoxLayout()
        self._lines.setSpacing(6)
        self.setLayout(column(self._lines))

    def show_document(self, document: Document) -> None:
        """Show what it went through."""
        found = passings(document)
        if found == self._shown:
            return
        self._shown = found
        clear(self._lines)
        for passing in found:
            change = passing.change
            by = f" by {who}" if (who := change.by or change.role) else ""
            words = f"{change.at:%Y-%m-%d %H:%M} UTC  {passing.what}{by}"
            self._lines.addWidget(label(words, "secondary"))
            if change.reason:
                self._lines.addWidget(label(change.reason, "secondary", "text2", wrap=True))
