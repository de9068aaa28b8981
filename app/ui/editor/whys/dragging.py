"""Dragging a why: before, below or after the card under the pointer."""

from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QTreeView

from app.ui.editor.whys.cards import PROBLEM, Kind
from app.ui.editor.whys.clipboard import DRAG_TYPE
from app.ui.editor.whys.model import WhyTreeModel
from app.ui.look import Look


@dataclass(frozen=True)
class Drop:
    """A place for ``node``: below the row ``above``, as its child ``place`` (without the node)."""

    node: str
    above: str
    place: int
    line: QLineF


def drop_at(view: QTreeView, model: WhyTreeModel, node: str, point: QPointF) -> Drop | None:
    """The place at a point of the view; None where the node cannot go.

    The upper third of a card means before it, the middle below it as its last why, the lower
    third after it (or first below it, where its whys are shown).
    """
    dragged = model.find(node)
    index = view.indexAt(QPoint(int(point.x()), int(point.y())))
    if not dragged.isValid() or not index.isValid():
        return None
    rect, card = view.visualRect(index), model.card(index)
    indent, third = view.indentation(), rect.height() / 3
    top, bottom = float(rect.top()), float(rect.bottom())
    if card.kind is Kind.GHOST:
        parent, place, y, left = index.parent(), 0, top, rect.left()
    elif card.kind is Kind.PROBLEM:
        parent, place, y, left = index, 0, bottom, rect.left() + indent
    elif point.y() < top + third:
        parent, place, y, left = index.parent(), index.row(), top, rect.left()
    elif point.y() < bottom - third:
        whys = 0 if card.below == 0 else model.rowCount(index)
        parent, place, y, left = index, whys, bottom, rect.left() + indent
    elif card.below and view.isExpanded(index):
        parent, place, y, left = index, 0, bottom, rect.left() + indent
    else:
        parent, place, y, left = index.parent(), index.row() + 1, bottom, rect.left()
    above = parent
    while above.isValid():
        if above == dragged:
            return None  # it cannot go below itself
        above = above.parent()
    if parent == dragged.parent() and place > dragged.row():
        place -= 1
    return Drop(node, model.key(parent) or PROBLEM, place, QLineF(left, y, rect.right(), y))


class DraggedTree(QTreeView):
    """A tree whose whys are moved by dragging them; a line shows where one would go.

    Signals
    -------
    dropped(str, str, int):
        A why was dragged: its id, the key above its new place, and its place there.
    """

    dropped = Signal(str, str, int)

    def __init__(self, look: Look, model: WhyTreeModel) -> None:
        super().__init__()
        self._look = look
        self.why_model = model
        self._drop: Drop | None = None
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDropIndicatorShown(False)
        self.setAutoScroll(True)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The rows, and the line."""
        super().paintEvent(event)
        if self._drop is None:
            return
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line, colour = self._drop.line, QColor(self._look.theme.accent)
        painter.setPen(QPen(colour, 2))
        painter.drawLine(line)
        painter.setBrush(colour)
        painter.drawEllipse(line.p1(), 4, 4)
        painter.end()

    def startDrag(self, actions: Qt.DropAction) -> None:
        """Drag the current why with everything below it."""
        index = self.currentIndex()
        if self.why_model.node_id(index):
            drag = QDrag(self)
            drag.setMimeData(self.why_model.mimeData([index]))
            drag.exec(Qt.DropAction.MoveAction)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A why of this tree."""
        if event.mimeData().hasFormat(DRAG_TYPE):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show where it would go."""
        self._drop = self.drop_place(event)
        event.setAccepted(self._drop is not None)
        self.viewport().update()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """It left."""
        self._drop = None
        self.viewport().update()

    def dropEvent(self, event: QDropEvent) -> None:
        """Move it there."""
        drop, self._drop = self.drop_place(event), None
        self.viewport().update()
        if drop is not None:
            event.acceptProposedAction()
            self.dropped.emit(drop.node, drop.above, drop.place)

    def drop_place(self, event: QDropEvent) -> Drop | None:
        """Where the dragged why would go; None where it cannot."""
        if not event.mimeData().hasFormat(DRAG_TYPE):
            return None
        data = bytes(event.mimeData().data(DRAG_TYPE).data()).decode()
        node = data.split("\n")[-1]
        return drop_at(self, self.why_model, node, event.position())
