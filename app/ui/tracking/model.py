"""The rows of the board under the heads of their groups, which can be folded."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.ui.tips import tip
from app.ui.tracking.reading import SprintFacts
from app.ui.tracking.words import head_sentence, row_sentence, status_chip
from app.ui.wording import Wording
from models.tracking.board import BoardRow, Group, Place

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


@dataclass(frozen=True, slots=True)
class Head:
    """What heads a group."""

    group: Group
    folded: bool


class BoardModel(QAbstractListModel):
    """Heads and rows. A head can have the keyboard, so that a folded group can be reached."""

    def __init__(self, wording: Wording, today: date, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.today = today
        self._wording = wording
        self._groups: tuple[Group, ...] = ()
        self._folded: set[str] = {Place.IMPORTED.value}
        self.known = SprintFacts()
        """What is known of sprints beside the rows."""
        self._entries: list[Head | BoardRow] = []
        self._places: dict[str, int] = {}

    def show(self, groups: Sequence[Group], known: SprintFacts) -> None:
        """Show these groups."""
        self._groups, self.known = tuple(groups), known
        self._lay_out()

    def fold(self, key: str, *, folded: bool) -> None:
        """Show the rows of a group, or its head alone."""
        (self._folded.add if folded else self._folded.discard)(key)
        self._lay_out()

    def _lay_out(self) -> None:
        self.beginResetModel()
        self._entries = []
        for group in self._groups:
            head = Head(group, group.key in self._folded)
            self._entries += [head] if head.folded else [head, *group.rows]
        self._places = {
            (e.action.id if isinstance(e, BoardRow) else e.group.key): n
            for n, e in enumerate(self._entries)
        }
        self.endResetModel()

    def entry(self, index: Index) -> Head | BoardRow:
        """What stands in a row."""
        return self._entries[index.row()]

    def row(self, index: Index) -> BoardRow | None:
        """The action item in a row; None for a head."""
        entry = self._entries[index.row()] if index.isValid() else None
        return entry if isinstance(entry, BoardRow) else None

    def head_of(self, index: Index) -> Head | None:
        """The head that a row stands under; a head's own."""
        above = self._entries[: index.row() + 1] if index.isValid() else []
        return next((entry for entry in reversed(above) if isinstance(entry, Head)), None)

    def place(self, key: str) -> QModelIndex:
        """Where an action item stands by its id, or a head by its group's key."""
        return self.index(self._places[key], 0) if key in self._places else QModelIndex()

    def first(self) -> QModelIndex:
        """The first action item, else the first head."""
        rows = (n for n, entry in enumerate(self._entries) if isinstance(entry, BoardRow))
        return self.index(next(rows, 0), 0)

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Heads and rows."""
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The title, and the sentence for a screen reader."""
        entry = self._entries[index.row()]
        if isinstance(entry, Head):
            if role == Qt.ItemDataRole.DisplayRole:
                return entry.group.title
            spoken = role == Qt.ItemDataRole.AccessibleTextRole
            return head_sentence(entry.group, folded=entry.folded) if spoken else None
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{entry.action.ref} {entry.action.title}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(entry)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row_sentence(entry, self._wording, self.today, self.known)
        return None

    def _tip(self, row: BoardRow) -> str:
        """What a narrow column cuts, and every step through the sprints with its date."""
        homes = [f"{home.ref}  {home.title}" for home in row.row.homes]
        steps = [f"{s.at.day} {s.at:%b %Y}: {s.what.value}, {s.sprint.name}" for s in row.steps]
        problem = row.entry.reason if row.entry is not None else ""
        problem = problem or (row.ticket.refused if row.ticket is not None else "")
        status = status_chip(row, self._wording).text
        return tip(row.action.title, *homes, status, problem, *steps)
