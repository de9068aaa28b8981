"""What a search found, with a divider before what has only some of what was asked for."""

from dataclasses import dataclass

from PySide6.QtCore import (
    QModelIndex,
    QObject,
    Qt,
    Signal,
)

from app.ui.item_models.rows import ROOT, SPOKEN, Index, RowModel
from app.ui.tips import tip
from search.results import Hit, SearchResult


@dataclass(frozen=True, slots=True)
class Divider:
    """Where the hits with everything asked for end."""

    text: str


def entries(result: SearchResult) -> list[Hit | Divider]:
    """Hits and, where some have not all the words, the divider."""
    partial = result.total - result.complete
    found: list[Hit | Divider] = list(result.hits)
    place = next((i for i, hit in enumerate(result.hits) if not hit.complete), None)
    if place is not None:
        words = f"{partial:,} more with some of the words"
        if result.by_name:
            words = f"{partial:,} more mention{'s' if partial == 1 else ''} it"
        found.insert(place, Divider(words if place else "None has all the words; these have some"))
    return found


class HitModel(RowModel[Hit | Divider]):
    """The hits. Asks for more when the view nears the end.

    Signals
    -------
    more_requested():
        The view has come to the end of what was fetched.
    """

    more_requested = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._fetched = 0
        self._total = 0

    def show(self, result: SearchResult) -> None:
        """Show a result; a longer one with the same beginning only adds rows."""
        new, old = tuple(entries(result)), self._rows
        self._fetched, self._total = len(result.hits), result.total
        if old and len(new) > len(old) and new[: len(old)] == old:
            self.beginInsertRows(ROOT, len(old), len(new) - 1)
            self._rows = new
            self.endInsertRows()
        else:
            self.show_rows(new)

    def hit(self, index: Index) -> Hit | None:
        """The hit of a row, None for the divider."""
        entry = self.at(index)
        return entry if isinstance(entry, Hit) else None

    def place(self, id: str) -> QModelIndex:
        """Where a post-mortem stands, invalid if it was not found."""
        return self.find(lambda entry: isinstance(entry, Hit) and entry.id == id)

    def first(self) -> QModelIndex:
        """The best hit."""
        return self.find(lambda entry: isinstance(entry, Hit))

    def canFetchMore(self, parent: Index) -> bool:
        """Whether more was found than fetched."""
        return not parent.isValid() and self._fetched < self._total

    def fetchMore(self, parent: Index) -> None:
        """Ask for more."""
        self.more_requested.emit()

    def flags(self, index: Index) -> Qt.ItemFlag:
        """The divider is only looked at."""
        if self.hit(index) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The title, and the sentence for a screen reader."""
        entry = self.entry(index)
        if isinstance(entry, Divider):
            return entry.text if role in SPOKEN else None
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.title
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(entry.title, *(f"{s.section}: {s.text}" for s in entry.snippets))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            parts = [entry.ref, entry.title, entry.severity or "no severity", entry.status]
            if entry.snippets:
                parts.append(f"{entry.section}: {entry.snippet}")
            return ", ".join(parts)
        return None
