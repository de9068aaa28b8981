"""The rows of the actions' section."""

from datetime import date

from PySide6.QtCore import QModelIndex, QObject, Qt

from app.ui.item_models.rows import Index, RowModel
from app.ui.wording import Wording
from models.document import Document
from models.domain import post_mortem
from models.domain.action import ActionItem, due_date
from models.domain.whys import addresses


class ActionsModel(RowModel[ActionItem]):
    """The actions of one document in its order."""

    def __init__(self, wording: Wording, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wording = wording
        self._document: Document | None = None
        self._roots: dict[str, str] = {}

    def show(self, document: Document) -> bool:
        """Show the actions of a document; whether some came, went or moved."""
        self._document = document
        self._roots = {
            root.id: place.replace(":", " ")
            for place, node in addresses(document.post_mortem.whys).items()
            if (root := document.root_of(node.id)) is not None
        }
        moved = self.show_rows(document.actions, key=lambda action: action.id)
        if not moved:  # the whys or the severity say something else of them
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, 0))
        return moved

    def place(self, action_id: str) -> QModelIndex:
        """Where an action stands, invalid where it is not shown."""
        return self.find(lambda action: action.id == action_id)

    def root_words(self, action: ActionItem) -> str:
        """The whys whose roots an action addresses: "root 2.1.1"."""
        if self._document is None:
            return ""
        places = [self._roots[r] for r in self._document.roots_of(action.id) if r in self._roots]
        if not places:
            return "no root"
        return f"{'root' if len(places) == 1 else 'roots'} {', '.join(sorted(places))}"

    def due(self, action: ActionItem) -> date | None:
        """When an action is due: its own date, else by the due policy of the severity."""
        severity = post_mortem.severity(self._document.post_mortem) if self._document else ""
        term = self._wording.vocabularies.severities.find(severity)
        return due_date(action, term.due_days if term else None)

    def due_words(self, action: ActionItem) -> str:
        """When an action is due, in words."""
        due = self.due(action)
        if due is None:
            return "due once it is ready" if action.is_open else ""
        return f"due {due.day} {due:%b %Y}"

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The title, and the sentence for a screen reader."""
        action = self.entry(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return action.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            state = self._wording.name("action_states", action.state.value)
            parts = (action.ref or "new", action.title or "without a title", state)
            said = (*parts, self.root_words(action), self.due_words(action))
            return ", ".join(filter(None, said))
        return None
