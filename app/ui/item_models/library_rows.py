"""The rows of the Library with heads between them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QModelIndex, QObject, Qt

from app.ui.item_models.rows import SPOKEN, Index, RowModel
from app.ui.tips import tip
from app.ui.wording import month_of, row_sentence, state_of
from models import listing
from models.domain.moments import Moment
from models.guidance.reminders import Reminder
from models.queries.catalogue import Row, listed_at


@dataclass(frozen=True, slots=True)
class Head:
    """What heads a group of rows."""

    text: str


ORDER_NAMES = {
    "newest": "Newest first",
    "oldest": "Oldest first",
    "edited": "Last changed",
    "severity": "By severity",
    "open actions": "Most open actions",
}
"""The orders of ``models.listing`` as people read them."""


def _month(row: Row) -> str:
    at = listed_at(row)
    return month_of(None if at is None else Moment(at))


_HEADS: dict[str, Callable[[Row], str]] = {
    "newest": _month,
    "oldest": _month,
    "severity": lambda row: row.severity or "No severity",
}


def entries(rows: Sequence[Row], order: str) -> list[Row | Head]:
    """Rows in an order of ``models.listing``, with a head before each month or severity."""
    head_of = _HEADS.get(order)
    result: list[Row | Head] = []
    last = None
    for row in sorted(rows, key=listing.ORDERS[order]):
        head = head_of(row) if head_of else None
        if head is not None and head != last:
            result.append(Head(head))
            last = head
        result.append(row)
    return result


class LibraryModel(RowModel[Row | Head]):
    """Rows and heads. Heads cannot be selected, so the arrow keys pass over them."""

    def __init__(self, today: date, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.today = today
        self._places: dict[str, int] = {}
        self._reminders: dict[str, Reminder] = {}

    def show(self, entries: list[Row | Head]) -> None:
        """Show these."""
        self._places = {
            entry.id: place for place, entry in enumerate(entries) if isinstance(entry, Row)
        }
        self.show_rows(entries)

    def remind(self, reminders: dict[str, Reminder]) -> None:
        """Mention these reviews, by the post-mortem's id, from now on."""
        if reminders != self._reminders:
            self._reminders = reminders
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, 0))

    def reminder(self, row: Row) -> Reminder | None:
        """What is mentioned of a post-mortem's review."""
        return self._reminders.get(row.id)

    def row(self, index: Index) -> Row | None:
        """The post-mortem in a row; None for a head."""
        entry = self.at(index)
        return entry if isinstance(entry, Row) else None

    def place(self, id: str) -> QModelIndex:
        """Where a post-mortem stands, invalid if it is not shown."""
        return self.index(self._places[id], 0) if id in self._places else QModelIndex()

    def first(self) -> QModelIndex:
        """The first post-mortem."""
        return self.index(next(iter(self._places.values())), 0) if self._places else QModelIndex()

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Heads are only looked at."""
        if self.row(index) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The title, and the sentence for a screen reader."""
        entry = self.entry(index)
        if isinstance(entry, Head):
            return entry.text if role in SPOKEN else None
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.title
        if role == Qt.ItemDataRole.ToolTipRole:  # a narrow list cuts title, services and chips
            return tip(entry.title, ", ".join(entry.services), state_of(entry), self._due(entry))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            due = self._due(entry)
            return f"{row_sentence(entry, self.today)}{due and f', {due}'}"
        return None

    def _due(self, row: Row) -> str:
        reminder = self.reminder(row)
        return reminder.words if reminder else ""
