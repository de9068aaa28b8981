"""What every painted row has in common."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.ui.item_models.rows import Index
from app.ui.look import Look
from app.ui.painting import Canvas


class RowDelegate(QStyledItemDelegate):
    """Draws rows by ``draw``; the painter is as before afterwards."""

    def __init__(self, look: Look, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._look, self._view = look, view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one."""
        painter.save()
        self.draw(Canvas(painter, self._look), QRectF(option.rect), option.state, index)
        painter.restore()

    def draw(self, canvas: Canvas, rect: QRectF, state: QStyle.StateFlag, index: Index) -> None:
        """Draw a row into its rectangle."""
        raise NotImplementedError
