"""What every flat list has in common: its rows, and how one is found and shown anew."""

from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
SPOKEN = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
"""Roles of the sentence that says a row where nothing else is drawn from the model."""

R = TypeVar("R")


class RowModel(QAbstractListModel, Generic[R]):
    """Rows of one kind; a subclass says in ``data`` what a screen reader hears of each."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[R, ...] = ()

    def show_rows(self, rows: Iterable[R], key: Callable[[R], object] | None = None) -> bool:
        """Show these; whether rows came, went or moved (then the selection is gone).

        With a ``key`` that tells the rows apart, those that only changed are drawn anew.
        """
        before, new = self._rows, tuple(rows)
        if key is not None and [*map(key, new)] == [*map(key, before)]:
            self._rows = new
            for place, (old, now) in enumerate(zip(before, new, strict=True)):
                if old != now:
                    self.dataChanged.emit(self.index(place, 0), self.index(place, 0))
            return False
        self.beginResetModel()
        self._rows = new
        self.endResetModel()
        return True

    def entry(self, index: Index) -> R:
        """What stands in a row."""
        return self._rows[index.row()]

    def at(self, index: Index) -> R | None:
        """What stands in a row; None where there is none."""
        return self._rows[index.row()] if index.isValid() else None

    def find(self, fits: Callable[[R], bool]) -> QModelIndex:
        """The first row that fits, invalid where none does."""
        return self.index(next((n for n, row in enumerate(self._rows) if fits(row)), -1), 0)

    def rowCount(self, parent: Index = ROOT) -> int:
        """How many rows there are."""
        return 0 if parent.isValid() else len(self._rows)
