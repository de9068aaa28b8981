"""The list of the board: arrows move, Space chooses several, Enter opens, letters act."""

from collections.abc import Callable

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QListView

from app.ui.context import Context
from app.ui.tracking.columns import ColumnHeads, Columns, columns
from app.ui.tracking.delegate import BoardDelegate
from app.ui.tracking.model import BoardModel
from app.ui.tracking.reading import SprintFacts
from app.ui.widgets.buttons import is_enter
from models.tracking.board import BoardRow, Group

Index = QModelIndex | QPersistentModelIndex
LETTERS = {
    Qt.Key.Key_S: "board_sprint",
    Qt.Key.Key_D: "board_due",
    Qt.Key.Key_R: "board_ready",
    Qt.Key.Key_O: "board_owner",
    Qt.Key.Key_A: "board_team",
    Qt.Key.Key_P: "board_priority",
    Qt.Key.Key_T: "board_state",
    Qt.Key.Key_V: "board_verify",
    Qt.Key.Key_J: "board_jira",
    Qt.Key.Key_L: "board_link",
    Qt.Key.Key_I: "board_import",
    Qt.Key.Key_H: "board_sprints",
}
"""What single letters do, by the ids of the action table."""


class BoardList(QListView):
    """Heads and rows, several rows selectable at once.

    Signals
    -------
    chosen():
        The selection changed.
    opened(str):
        The post-mortem of an action item is to be opened at it, by the action item's id.
    linked(str):
        The ticket of an action item is to be opened, by the action item's id.
    asked(str):
        A letter was pressed, by the id of what it does.
    menu_asked(QPoint):
        What can be done is to be offered there.
    """

    chosen = Signal()
    opened = Signal(str)
    linked = Signal(str)
    asked = Signal(str)
    menu_asked = Signal(QPoint)

    def __init__(self, context: Context, heads: ColumnHeads) -> None:
        super().__init__()
        self._look, self._preferences = context.look, context.preferences
        self._heads = heads
        self._connected = False
        self._columns = Columns({})
        self._marking = False
        today = context.workspace.library.now().date()
        self.rows = BoardModel(context.wording, today, self)
        self.setModel(self.rows)
        self.setItemDelegate(
            BoardDelegate(context.look, context.wording, self.rows, self, lambda: self._columns)
        )
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setAccessibleName("Action items")
        self.selectionModel().selectionChanged.connect(self.chosen)
        self.doubleClicked.connect(self._open)
        context.look.changed.connect(self._fit)

    # -- showing -------------------------------------------------------------------------------

    def show_groups(
        self,
        groups: tuple[Group, ...],
        known: SprintFacts,
        *,
        connected: bool,
    ) -> None:
        """Show these; what was chosen stays chosen as far as it is still there."""
        self._connected = connected
        self._keep(lambda: self.rows.show(groups, known))
        self._fit()

    def fold(self, key: str, *, folded: bool) -> None:
        """Fold a group or unfold it; the keyboard goes to its head."""
        self._keep(lambda: self.rows.fold(key, folded=folded))
        self.setCurrentIndex(self.rows.place(key))

    def _keep(self, change: Callable[[], None]) -> None:
        """Select again, after a change of the rows, what was selected."""
        kept, key = [row.action.id for row in self.selected()], self.current_key()
        model, selecting = self.rows, self.selectionModel()
        before = self.currentIndex().row()
        selecting.blockSignals(True)
        change()
        places = [place for id in kept if (place := model.place(id)).isValid()]
        current = model.place(key) if key else QModelIndex()
        if not current.isValid() and before >= 0:
            current = model.index(min(before, model.rowCount() - 1), 0)
        if not current.isValid():
            current = model.first()
        selection = QItemSelection()
        for place in places or [current]:
            selection.select(place, place)
        self.setCurrentIndex(current)
        selecting.select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        selecting.blockSignals(False)
        self.viewport().update()
        self.chosen.emit()

    @Slot()
    def _fit(self) -> None:
        self._columns = columns(self._look, self.viewport().width(), connected=self._connected)
        self._heads.show_columns(self._columns)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns come and go."""
        super().resizeEvent(event)
        self._fit()

    # -- asking --------------------------------------------------------------------------------

    def current(self) -> BoardRow | None:
        """The action item that has the keyboard."""
        return self.rows.row(self.currentIndex())

    def fold_current(self) -> None:
        """Fold or unfold the group that has the keyboard."""
        head = self.rows.head_of(self.currentIndex())
        if head is not None:
            self.fold(head.group.key, folded=not head.folded)

    def current_key(self) -> str:
        """The id of what has the keyboard, or its group's key."""
        index = self.currentIndex()
        if not index.isValid():
            return ""
        row, head = self.rows.row(index), self.rows.head_of(index)
        return row.action.id if row is not None else head.group.key if head is not None else ""

    def selected(self) -> list[BoardRow]:
        """The chosen action items in the order of the list."""
        indexes = sorted(self.selectionModel().selectedIndexes(), key=lambda index: index.row())
        return [row for index in indexes if (row := self.rows.row(index)) is not None]

    def rows_shown(self) -> list[BoardRow]:
        """Every action item that is shown, in order."""
        places = (self.rows.index(n, 0) for n in range(self.rows.rowCount()))
        return [row for place in places if (row := self.rows.row(place)) is not None]

    def choose(self, id: str) -> bool:
        """Select one action item; False if it is not shown."""
        self._marking = False
        index = self.rows.place(id)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)
        return index.isValid()

    # -- keyboard and mouse ----------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of the list; letters act at once, they do not search."""
        key, index = Qt.Key(event.key()), self.currentIndex()
        head = self.rows.head_of(index)
        on_head = self.rows.row(index) is None
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if not plain or head is None:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.fold(head.group.key, folded=key == Qt.Key.Key_Left)
        elif on_head and (is_enter(event) or key == Qt.Key.Key_Space):
            self.fold(head.group.key, folded=not head.folded)
        elif is_enter(event):
            self._open(index)
        elif key == Qt.Key.Key_Space:
            self._mark(index)
        elif self._marking and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._step(-1 if key == Qt.Key.Key_Up else 1)
        elif key in LETTERS and self._preferences.single_keys:
            self.asked.emit(LETTERS[key])
        elif not event.text().isalpha():
            super().keyPressEvent(event)

    def _mark(self, index: QModelIndex) -> None:
        """Choose a row beside others, or not, and go on; the arrows keep the choice from now on."""
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().select(index, flags.Toggle if self._marking else flags.Select)
        self._marking = True
        self._step(1)

    def _step(self, step: int) -> None:
        """Move the keyboard alone."""
        index = self.rows.index(self.currentIndex().row() + step, 0)
        if index.isValid():
            keep = QItemSelectionModel.SelectionFlag.NoUpdate
            self.selectionModel().setCurrentIndex(index, keep)
            self.scrollTo(index)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done, by mouse or with the menu key."""
        place = event.globalPos()
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            rect = self.visualRect(self.currentIndex())
            place = self.viewport().mapToGlobal(rect.bottomLeft() + QPoint(60, 0))
        if self.selected():
            self.menu_asked.emit(place)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on a head folds, a click on a key opens the ticket."""
        index = self.indexAt(event.position().toPoint())
        head = self.rows.head_of(index)
        row = self.rows.row(index)
        if event.button() == Qt.MouseButton.LeftButton and not event.modifiers():
            if row is None and head is not None:
                self.fold(head.group.key, folded=not head.folded)
                return
            if row is not None and self._on_key(event, row):
                self.choose(row.action.id)
                self.linked.emit(row.action.id)
                return
        self._marking = False
        super().mousePressEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """A key of a ticket is shown to be a link."""
        if event.type() == QEvent.Type.MouseMove and isinstance(event, QMouseEvent):
            row = self.rows.row(self.indexAt(event.position().toPoint()))
            link = row is not None and self._on_key(event, row)
            shape = Qt.CursorShape.PointingHandCursor if link else Qt.CursorShape.ArrowCursor
            self.viewport().setCursor(shape)
        return super().viewportEvent(event)

    def _on_key(self, event: QMouseEvent, row: BoardRow) -> bool:
        ticket = row.ticket
        linked = ticket is not None and bool(ticket.url)
        return linked and self._columns.at(event.position().x()) == "jira"

    def open_current(self) -> None:
        """Open the post-mortem of the current action item at it."""
        self._open(self.currentIndex())

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        row = self.rows.row(index)
        if row is not None:
            self.opened.emit(row.action.id)
