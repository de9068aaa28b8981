"""The list of the settings' sections."""

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QObject,
    QRectF,
    QSize,
    Qt,
    Slot,
)
from PySide6.QtWidgets import QListView, QStyle, QStyleOptionViewItem

from app.ui.item_models.rows import Index, RowModel
from app.ui.look import Look
from app.ui.painting import Canvas
from app.ui.widgets.row_delegate import RowDelegate

if TYPE_CHECKING:
    from app.ui.theme import Tone
    from app.ui.typography import TextRole

WIDTH = 223
"""Pixels; names that need more get it."""


class SectionModel(RowModel[tuple[str, str]]):
    """Names and icons of sections."""

    def __init__(self, sections: tuple[tuple[str, str], ...], parent: QObject) -> None:
        super().__init__(parent)
        self.show_rows(sections)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The name."""
        return self.entry(index)[0] if role == Qt.ItemDataRole.DisplayRole else None


class SectionDelegate(RowDelegate):
    """Icon and name."""

    def __init__(self, look: Look, model: SectionModel, view: QListView) -> None:
        super().__init__(look, view)
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """One line, as wide as its words while it is the chosen one."""
        words = self._look.metrics("body_strong").horizontalAdvance(str(index.data()))
        return QSize(22 + self._look.px(26) + words + 16, self._look.px(36))

    def draw(self, canvas: Canvas, rect: QRectF, state: QStyle.StateFlag, index: Index) -> None:
        """Draw it."""
        name, icon = self._model.entry(index)
        selected = bool(state & QStyle.StateFlag.State_Selected)
        canvas.item_ground(rect.adjusted(8, 1, -8, -1), state)
        tone: Tone = "accent" if selected else "text"
        role: TextRole = "body_strong" if selected else "body"
        icon_tone: Tone = "accent" if selected else "text2"
        canvas.icon(rect.left() + 22, rect.center().y(), icon, icon_tone, 16)
        canvas.text(rect.adjusted(22 + self._look.px(26), 0, 0, 0), name, role, tone)


class SectionList(QListView):
    """The list itself."""

    def __init__(self, look: Look, sections: tuple[tuple[str, str], ...]) -> None:
        super().__init__()
        self.section_model = SectionModel(sections, self)
        self.setModel(self.section_model)
        self.setItemDelegate(SectionDelegate(look, self.section_model, self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setAccessibleName("Settings")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setCurrentIndex(self.section_model.index(0, 0))
        self._refresh()
        look.changed.connect(self._refresh)

    @Slot()
    def _refresh(self) -> None:
        bar = self.verticalScrollBar().sizeHint().width()  # in a low window
        self.setFixedWidth(max(WIDTH, self.sizeHintForColumn(0) + bar))
