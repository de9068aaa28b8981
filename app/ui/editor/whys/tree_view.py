"""The tree itself: trunks, joins, folding, dragging, and the field that opens on a card."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QModelIndex,
    QPointF,
    QRect,
    QRectF,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import (
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QFrame,
    QStyle,
    QStyleOptionViewItem,
    QWidget,
)

from app.ui.editor.whys.branches import BranchPainter
from app.ui.editor.whys.cards import Kind
from app.ui.editor.whys.delegate import WhyDelegate
from app.ui.editor.whys.dragging import DraggedTree
from app.ui.editor.whys.field_editor import FieldEditor
from app.ui.editor.whys.layout import GAP, INDENT, NARROWEST
from app.ui.editor.whys.model import WhyTreeModel
from app.ui.editor.whys.pieces import Field
from app.ui.item_models.rows import Index
from app.ui.look import Look

_End = QAbstractItemDelegate.EndEditHint


class WhyTreeView(DraggedTree):
    """Cards in a tree.

    Signals
    -------
    current_changed(str), typed(str):
        Another row is current, by its key; a letter was typed on the problem or a ghost row.
    write_requested(str, str):
        A card was double-clicked: its key and the field.
    """

    current_changed = Signal(str)
    typed = Signal(str)
    write_requested = Signal(str, str)

    def __init__(self, look: Look, model: WhyTreeModel) -> None:
        super().__init__(look, model)
        self._folded: set[str] = set()
        self._hovered = ""
        self.open_editor: FieldEditor | None = None
        self._branches = BranchPainter(look, model)
        self.setModel(model)
        self.delegate = WhyDelegate(look, model, self.card_width, self)
        self.setItemDelegate(self.delegate)
        self._arrange_view()
        self.collapsed.connect(self._note_folded)
        self.expanded.connect(self._note_unfolded)
        self.header().sectionResized.connect(self.scheduleDelayedItemsLayout)
        model.rowsMoved.connect(self._fit_depth)
        model.rowsRemoved.connect(self._fit_depth)
        look.changed.connect(self._look_changed)
        self._look_changed()

    def _arrange_view(self) -> None:
        self.setAccessibleName("5 Whys")
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setExpandsOnDoubleClick(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)

    # -- measures ------------------------------------------------------------------------------

    def card_width(self, index: Index) -> int:
        """How wide a row's card is."""
        depth = self.why_model.depth(index)
        return max(self.columnWidth(0) - depth * self.indentation(), self._look.px(NARROWEST))

    @Slot()
    def _look_changed(self) -> None:
        self.setIndentation(self._look.px(INDENT))
        self.verticalScrollBar().setSingleStep(self._look.px(24))
        self._fit_depth()
        self.scheduleDelayedItemsLayout()
        self.scrollTo(self.currentIndex())

    @Slot()
    def _fit_depth(self) -> None:
        needed = self.why_model.deepest * self.indentation() + self._look.px(NARROWEST)
        self.header().setMinimumSectionSize(needed)

    def dataChanged(self, first: Index, last: Index, roles: Sequence[int] = ()) -> None:
        """What joins a row with the one before it stands above the row."""
        super().dataChanged(first, last, roles)
        before = first.sibling(first.row() - 1, 0)
        place = self.visualRect(first)
        top = self.visualRect(before).top() if before.isValid() else place.top()
        wide = self.viewport().width()
        self.viewport().update(QRect(0, top, wide, place.bottom() + 1 - top))

    def updateGeometries(self) -> None:
        """The open field follows its card."""
        super().updateGeometries()
        self.updateEditorGeometries()

    # -- folding -------------------------------------------------------------------------------

    def reset(self) -> None:
        """Another tree: everything is open but what was folded before."""
        super().reset()
        self.expandAll()
        for index in list(self.why_model.every()):
            if self.why_model.key(index) in self._folded:
                self.collapse(index)
        self._fit_depth()

    def rowsInserted(self, parent: Index, start: int, end: int) -> None:
        """New whys are open, and so is what they stand below."""
        super().rowsInserted(parent, start, end)
        pending = [self.why_model.index(row, 0, parent) for row in range(start, end + 1)]
        self.expand(parent)
        while pending:
            index = pending.pop()
            rows = self.why_model.rowCount(index)
            if rows:
                self.expand(index)
            pending += [self.why_model.index(row, 0, index) for row in range(rows)]
        self._fit_depth()

    @Slot(QModelIndex)
    def _note_folded(self, index: QModelIndex) -> None:
        self._folded.add(self.why_model.key(index))

    @Slot(QModelIndex)
    def _note_unfolded(self, index: QModelIndex) -> None:
        self._folded.discard(self.why_model.key(index))

    def toggle_fold(self) -> None:
        """Fold or unfold the current row."""
        index = self.currentIndex()
        if self.why_model.card(index).below:
            self.setExpanded(index, not self.isExpanded(index))

    def open_to(self, key: str) -> bool:
        """Make a row current, unfolding what hides it; whether there is one."""
        index = self.why_model.find(key)
        if not index.isValid():
            return False
        above = index.parent()
        while above.isValid():
            self.expand(above)
            above = above.parent()
        self.setCurrentIndex(index)
        self.scrollTo(index)
        return True

    # -- writing -------------------------------------------------------------------------------

    def write(self, key: str, name: Field, text: str) -> None:
        """Open a field of a card; ``text`` is what the document holds there."""
        self.close_field()
        if not self.open_to(key):
            return
        self.delegate.field, self.delegate.text = name, text
        index = self.currentIndex()
        self.edit(index)
        found = self.indexWidget(index)
        self.open_editor = found if isinstance(found, FieldEditor) else None

    def close_field(self) -> None:
        """Close the open field; its words are in the draft."""
        if self.open_editor is not None:
            self.closeEditor(self.open_editor, _End.NoHint)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """The tree takes the keyboard again."""
        if editor is self.open_editor:
            self.open_editor = None
        super().closeEditor(editor, hint)

    # -- painting ------------------------------------------------------------------------------

    def drawRow(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Trunks, the card, and the mark of what is folded."""
        rect = self.visualRect(index)
        beside = QRect(0, rect.top(), rect.left(), rect.height())
        self.drawBranches(painter, beside, index)
        flags = QStyle.StateFlag
        own = QStyleOptionViewItem(option)
        own.rect = rect
        state = flags.State_Enabled
        is_current = index == self.currentIndex()
        if is_current:
            state |= flags.State_Selected
        key = self.why_model.key(index)
        if key == self._hovered:
            state |= flags.State_MouseOver
        own.state = state
        self.delegate.paint(painter, own, index)
        if not self.isExpanded(index):
            self._fold_mark(painter, index)

    def _fold_mark(self, painter: QPainter, index: Index) -> None:
        below, is_open = self.why_model.card(index).below, self.isExpanded(index)
        if below:
            self._branches.fold_mark(painter, self._fold_rect(index), below, is_open=is_open)

    def drawBranches(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """The trunks that lead to a row and past it."""
        self._branches.draw(painter, rect, index, self.indentation())

    def _fold_rect(self, index: Index) -> QRectF:
        """Where the mark is that folds a row: at its lower edge, on the trunk."""
        rect = self.visualRect(index)
        bottom = rect.bottom() + 1 - self._look.px(GAP)
        return self._branches.fold_place(
            rect.left(), bottom, self.why_model.card(index), is_open=self.isExpanded(index)
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        """The rows, and the mark that folds the current one."""
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # After the rows: the trunk to the first row below begins where this mark is.
        for key in {self._hovered, self.why_model.key(self.currentIndex())}:
            index = self.why_model.find(key)
            if index.isValid() and self.isExpanded(index):
                self._fold_mark(painter, index)
        painter.end()

    # -- the pointer ---------------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Buttons and fold marks show below the pointer."""
        self._hover(self.why_model.key(self.indexAt(event.position().toPoint())))
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: object) -> None:
        """Nothing is below the pointer."""
        self._hover("")
        super().leaveEvent(event)  # type: ignore[arg-type]

    def _hover(self, key: str) -> None:
        if key != self._hovered:
            self._hovered = key
            self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on a fold mark folds."""
        index = self.indexAt(event.position().toPoint())
        folds = index.isValid() and self.why_model.card(index).below
        if folds and self._fold_rect(index).contains(event.position()):
            self.setCurrentIndex(index)
            self.toggle_fold()
        else:
            super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Write in the field below the pointer."""
        index = self.indexAt(event.position().toPoint())
        if not index.isValid():
            return
        place = event.position() - QPointF(self.visualRect(index).topLeft())
        if self.why_model.card(index).kind is Kind.GHOST:
            self.write_requested.emit(self.why_model.key(index), "answer")
        elif place.x() >= 0 and not self.delegate.layout_of(index).press_at(place.x(), place.y()):
            name = self.delegate.field_at(index, place)
            self.write_requested.emit(self.why_model.key(index), name)

    # -- keys ----------------------------------------------------------------------------------

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Say which row it is."""
        super().currentChanged(current, previous)
        self.viewport().update()
        self.current_changed.emit(self.why_model.key(current))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters write on the problem and a ghost row; on a why they are commands or nothing."""
        index, text = self.currentIndex(), event.text()
        writes = index.isValid() and self.why_model.card(index).kind is not Kind.WHY
        modifiers = event.modifiers() & ~(
            Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
        )
        if writes and not modifiers and text.strip() and text.isprintable():
            self.typed.emit(text)
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Rows are not found by letters: those are commands."""
