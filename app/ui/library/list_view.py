"""The list of post-mortems: arrows move, Enter opens, Space reads, Del deletes."""

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListView, QWidget

from app.ui.context import Context
from app.ui.item_models.library_rows import Head, LibraryModel
from app.ui.widgets.library_row import LibraryDelegate
from app.ui.widgets.moving import HeadedList
from models.queries.catalogue import Row


class LibraryList(HeadedList):
    """Rows with heads, several selectable at once.

    Signals
    -------
    chosen(list):
        The selection changed: the ids selected, the current one first.
    opened(str):
        A post-mortem is to be opened, by its id.
    previewed(), deletion_requested():
        Space or Del was pressed.
    """

    chosen = Signal(list)
    opened = Signal(str)
    previewed = Signal()
    deletion_requested = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        today = context.workspace.library.now().date()
        self.rows = LibraryModel(today, self)
        self.setModel(self.rows)
        self.setItemDelegate(LibraryDelegate(context.look, context.wording, self.rows, self))
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMouseTracking(True)
        self.setAccessibleName("Post-mortems")
        self.selectionModel().selectionChanged.connect(self._selected)
        self.doubleClicked.connect(self._open)

    def show_entries(self, entries: list[Row | Head], *, first: str = "") -> None:
        """Show rows and heads; what was selected stays selected as far as it is still there.

        ``first`` is selected where nothing was, else the first row.
        """
        kept, current = self.selected_ids(), self.current_id() or first
        self.selectionModel().blockSignals(True)
        self.rows.show(entries)
        self.selectionModel().blockSignals(False)
        index = self.rows.place(current) if current else QModelIndex()
        if not index.isValid():
            index = self.rows.first()
        if not index.isValid():
            self.chosen.emit([])
            return
        # In one go: each change of a selection costs as much as the selection is long.
        selection = QItemSelection(index, index)
        for id in kept:
            place = self.rows.place(id)
            if place.isValid() and place != index:
                selection.select(place, place)
        self.selectionModel().blockSignals(True)
        self.setCurrentIndex(index)
        self.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.selectionModel().blockSignals(False)
        self.viewport().update()
        self._selected(QItemSelection(), QItemSelection())

    def current_id(self) -> str:
        """The id of the row that has the keyboard; empty if none has."""
        row = self.rows.row(self.currentIndex())
        return row.id if row else ""

    def selected_ids(self) -> list[str]:
        """The selected ids in the order of the list."""
        indexes = sorted(self.selectionModel().selectedIndexes(), key=lambda index: index.row())
        return [row.id for index in indexes if (row := self.rows.row(index)) is not None]

    def choose(self, id: str) -> bool:
        """Select one post-mortem; False if it is not shown."""
        index = self.rows.place(id)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)
        return index.isValid()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Space reads, Del deletes."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._open(self.currentIndex())
        elif event.key() == Qt.Key.Key_Space and not event.modifiers():
            self.previewed.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.deletion_requested.emit()
        else:
            super().keyPressEvent(event)

    @Slot(QItemSelection, QItemSelection)
    def _selected(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        ids, current = self.selected_ids(), self.current_id()
        if current in ids:
            ids.remove(current)
            ids.insert(0, current)
        self.chosen.emit(ids)

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        row = self.rows.row(index)
        if row is not None:
            self.opened.emit(row.id)
