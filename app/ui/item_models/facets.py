"""Facets and their values as a checkable tree of two levels."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QObject,
    Qt,
    Signal,
)

from app.ui.item_models.rows import ROOT, Index
from app.ui.tips import tip

SHOWN = 6
"""Values shown of a facet before "n more"."""


class Value(Protocol):
    """A value as this model shows it."""

    @property
    def value(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def count(self) -> int: ...
    @property
    def chosen(self) -> bool: ...


class FacetLike(Protocol):
    """A facet as this model shows it."""

    @property
    def key(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def values(self) -> Sequence[Value]: ...


@dataclass(frozen=True, slots=True)
class More:
    """The row that shows the rest of a facet's values."""

    hidden: int


class FacetModel(QAbstractItemModel):
    """Two levels: facet, value. Values are checkable; a long facet ends in a "more" row.

    Signals
    -------
    toggled(str, str, bool):
        The user chose (True) or gave up a value of a facet.
    """

    toggled = Signal(str, str, bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._facets: tuple[FacetLike, ...] = ()
        self._unfolded: set[str] = set()
        self._rows: list[list[Value | More]] = []

    def show(self, facets: Sequence[FacetLike]) -> None:
        """Show these; what has the same rows as before only changes its numbers."""
        facets = tuple(facets)
        rows = [self._rows_of(facet) for facet in facets]
        if self._shape(facets, rows) == self._shape(self._facets, self._rows):
            self._facets, self._rows = facets, rows
            for number, values in enumerate(rows):
                parent = self.index(number, 0)
                if values:
                    last = self.index(len(values) - 1, 0, parent)
                    self.dataChanged.emit(self.index(0, 0, parent), last)
            return
        self.beginResetModel()
        self._facets, self._rows = facets, rows
        self.endResetModel()

    def unfold(self, index: Index) -> None:
        """Show every value of the facet that ``index`` belongs to."""
        self._unfolded.add(self._facets[index.internalId()].key)
        self.beginResetModel()
        self._rows = [self._rows_of(facet) for facet in self._facets]
        self.endResetModel()

    def facet(self, index: Index) -> FacetLike | None:
        """The facet of a facet's row, None for the row of a value."""
        top = index.isValid() and index.internalId() == self._top
        return self._facets[index.row()] if top else None

    def entry(self, index: Index) -> Value | More | None:
        """What stands in the row of a value."""
        if not index.isValid() or index.internalId() == self._top:
            return None
        return self._rows[index.internalId()][index.row()]

    def find(self, key: str, value: str) -> QModelIndex:
        """The row of a value, invalid where it is not shown."""
        for number, facet in enumerate(self._facets):
            if facet.key == key:
                for place, entry in enumerate(self._rows[number]):
                    if not isinstance(entry, More) and entry.value == value:
                        return self.index(place, 0, self.index(number, 0))
        return QModelIndex()

    # -- QAbstractItemModel ----------------------------------------------------------------------

    _top = 0xFFFFFF
    """The internal id of the rows of facets; the rows of values carry their facet's number."""

    def index(self, row: int, column: int, parent: Index = ROOT) -> QModelIndex:
        """The index of a row."""
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() if parent.isValid() else self._top)

    def parent(self, index: Index = ROOT) -> QModelIndex:  # type: ignore[override]
        """A value's facet."""
        if not index.isValid() or index.internalId() == self._top:
            return QModelIndex()
        return self.createIndex(index.internalId(), 0, self._top)

    def rowCount(self, parent: Index = ROOT) -> int:
        """Facets, or the values of one."""
        if not parent.isValid():
            return len(self._facets)
        return len(self._rows[parent.row()]) if parent.internalId() == self._top else 0

    def columnCount(self, parent: Index = ROOT) -> int:
        """One."""
        return 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Values can be checked; everything can have the keyboard."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        entry = self.entry(index)
        if entry is not None and not isinstance(entry, More):
            flags |= Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemNeverHasChildren
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Words, check state, and the sentence for a screen reader."""
        facet, entry = self.facet(index), self.entry(index)
        if facet is not None:
            return facet.title if role == Qt.ItemDataRole.DisplayRole else None
        if isinstance(entry, More):
            shows = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
            return f"{entry.hidden} more" if role in shows else None
        if entry is None:
            return None
        return _value_data(entry, role)

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """A check is a wish; the numbers come with the answer."""
        entry = self.entry(index)
        if role != Qt.ItemDataRole.CheckStateRole or entry is None or isinstance(entry, More):
            return False
        checked = Qt.CheckState(value) is Qt.CheckState.Checked
        self.toggled.emit(self._facets[index.internalId()].key, entry.value, checked)
        return True

    def _rows_of(self, facet: FacetLike) -> list[Value | More]:
        values = list(facet.values)
        if facet.key in self._unfolded or len(values) <= SHOWN + 1:
            return list(values)
        front = values[:SHOWN]
        front += [value for value in values[SHOWN:] if value.chosen]
        return [*front, More(len(values) - len(front))]

    @staticmethod
    def _shape(
        facets: tuple[FacetLike, ...], rows: list[list[Value | More]]
    ) -> list[tuple[str, list[str]]]:
        return [
            (facet.key, ["" if isinstance(v, More) else v.value for v in values])
            for facet, values in zip(facets, rows, strict=True)
        ]


def _value_data(entry: Value, role: int) -> object:
    if role == Qt.ItemDataRole.DisplayRole:
        return entry.text
    if role == Qt.ItemDataRole.ToolTipRole:
        return tip(entry.text)
    if role == Qt.ItemDataRole.CheckStateRole:
        return Qt.CheckState.Checked if entry.chosen else Qt.CheckState.Unchecked
    if role == Qt.ItemDataRole.AccessibleTextRole:
        return f"{entry.text}, {entry.count}"
    return None
