"""The facet column: a tree of facets whose values narrow what is shown."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QFrame,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
)

from app.ui.item_models.facets import FacetLike, FacetModel, More, Value
from app.ui.item_models.rows import Index
from app.ui.look import Look
from app.ui.painting import RIGHT, Canvas
from app.ui.widgets.buttons import Button
from app.ui.widgets.layouts import column, label, row

if TYPE_CHECKING:
    from app.ui.theme import Tone
    from app.ui.typography import TextRole

WIDTH = 208


class FacetDelegate(QStyledItemDelegate):
    """Facet heads with a caret; values with box, words and count; zero dimmed."""

    def __init__(self, look: Look, tree: "FacetTree") -> None:
        super().__init__(tree)
        self._look = look
        self._tree = tree

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Heads stand a little apart from the facet above."""
        head = self._tree.facet_model.facet(index) is not None
        tall = 30 if head and index.row() else 22 if head else 26
        return QSize(100, max(self._look.px(tall), self._look.metrics("body").height() + 4))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw it."""
        painter.save()
        canvas = Canvas(painter, self._look)
        rect = QRectF(option.rect)
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        entry = self._tree.facet_model.entry(index)
        if entry is None:
            self._paint_head(canvas, rect, index, focused=focused)
        elif isinstance(entry, More):
            self._paint_more(canvas, rect, entry, focused=focused)
        else:
            hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
            self._paint_value(canvas, rect, entry, focused=focused, hovered=hovered)
        painter.restore()

    def _paint_head(self, canvas: Canvas, rect: QRectF, index: Index, *, focused: bool) -> None:
        look = self._look
        line = QRectF(rect.left(), rect.bottom() - look.px(22), rect.width(), look.px(22))
        _ring(canvas, line, focused=focused)
        open_ = self._tree.isExpanded(self._tree.facet_model.index(index.row(), 0))
        icon = "caret-down" if open_ else "caret-right"
        canvas.icon(line.left() + 2, line.center().y(), icon, "text3", 12)
        words = line.adjusted(look.px(18), 0, 0, 0)
        canvas.text(words, str(index.data()), "micro_strong", "text3")

    def _paint_more(self, canvas: Canvas, rect: QRectF, entry: More, *, focused: bool) -> None:
        _ring(canvas, rect, focused=focused)
        words = rect.adjusted(self._look.px(30), 0, 0, 0)
        canvas.text(words, f"{entry.hidden} more", "secondary_strong", "accent")

    def _paint_value(
        self, canvas: Canvas, rect: QRectF, entry: Value, *, focused: bool, hovered: bool
    ) -> None:
        look, painter, theme = self._look, canvas.painter, self._look.theme
        if entry.chosen or hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.accent_soft if entry.chosen else theme.hover))
            painter.drawRoundedRect(rect, 6, 6)
        _ring(canvas, rect, focused=focused)
        side = look.px(13)
        box = QRectF(rect.left() + 8.5, rect.center().y() - side / 2, side, side)
        painter.setPen(QPen(QColor(theme.accent_fill if entry.chosen else theme.control), 1))
        painter.setBrush(QColor(theme.accent_fill if entry.chosen else theme.surface))
        painter.drawRoundedRect(box, 3.5, 3.5)
        if entry.chosen:
            canvas.icon(
                box.center().x() - look.px(10) / 2, box.center().y(), "check", "on_accent", 10
            )
        tone: Tone = "accent" if entry.chosen else "text" if entry.count else "text3"
        number = f"{entry.count:,}"
        room = look.metrics("secondary").horizontalAdvance(number) + look.px(14)
        words = rect.adjusted(look.px(30), 0, -room - look.px(4), 0)
        role: TextRole = "body_strong" if entry.chosen else "body"
        canvas.text(words, entry.text, role, tone, elide=Qt.TextElideMode.ElideRight)
        counts: Tone = "accent" if entry.chosen else "text3"
        right = rect.adjusted(0, 0, -look.px(8), 0)
        canvas.text(right, number, "secondary", counts, align=RIGHT, tabular=True)


def _ring(canvas: Canvas, rect: QRectF, *, focused: bool) -> None:
    if focused:
        canvas.painter.setBrush(Qt.BrushStyle.NoBrush)
        canvas.painter.setPen(QPen(QColor(canvas.look.theme.accent), 2))
        canvas.painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 6, 6)


class FacetTree(QTreeView):
    """The tree itself: Space and Enter choose, Left and Right fold."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._folded: set[str] = set()
        self.facet_model = FacetModel(self)
        self.setModel(self.facet_model)
        self.setItemDelegate(FacetDelegate(look, self))
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QTreeView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName("Filters")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setExpandsOnDoubleClick(False)
        self.clicked.connect(self._clicked)
        self.facet_model.modelReset.connect(self._unfold_all)
        self.collapsed.connect(self._remember_fold)
        self.expanded.connect(self._remember_fold)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space and Enter do what a click does."""
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._clicked(self.currentIndex())
            return
        super().keyPressEvent(event)

    @Slot(QModelIndex)
    def _clicked(self, index: QModelIndex) -> None:
        model = self.facet_model
        facet, entry = model.facet(index), model.entry(index)
        if facet is not None:
            self.setExpanded(index, not self.isExpanded(index))
        elif isinstance(entry, More):
            key = index.parent()
            model.unfold(index)
            self.setCurrentIndex(model.index(index.row(), 0, model.index(key.row(), 0)))
        elif entry is not None:
            state = Qt.CheckState.Unchecked if entry.chosen else Qt.CheckState.Checked
            model.setData(index, state, Qt.ItemDataRole.CheckStateRole)

    @Slot()
    def _unfold_all(self) -> None:
        for number in range(self.facet_model.rowCount()):
            index = self.facet_model.index(number, 0)
            facet = self.facet_model.facet(index)
            self.setExpanded(index, facet is not None and facet.key not in self._folded)

    @Slot(QModelIndex)
    def _remember_fold(self, index: QModelIndex) -> None:
        facet = self.facet_model.facet(index)
        if facet is not None:
            if self.isExpanded(index):
                self._folded.discard(facet.key)
            else:
                self._folded.add(facet.key)


class FacetPanel(QFrame):
    """Title, "n shown", Clear, and the tree.

    Signals
    -------
    toggled(str, str, bool):
        A value of a facet was chosen (True) or given up.
    cleared():
        Every choice was given up.
    """

    toggled = Signal(str, str, bool)
    cleared = Signal()

    def __init__(self, look: Look, title: str) -> None:
        super().__init__()
        self.setProperty("ground", "side")
        self.tree = FacetTree(look)
        self.tree.facet_model.toggled.connect(self.toggled)
        self._shown = label("", "secondary", "text3")
        self.clear_button = Button(look, "Clear", "link", size="small", tip="Clear all filters")
        self.clear_button.setAccessibleName("Clear all filters")
        self.clear_button.clicked.connect(self.cleared)
        self.clear_button.hide()
        head = row(label(title, "body_strong"), None, self._shown, self.clear_button)
        head.setContentsMargins(8, 0, 4, 0)
        self.setLayout(column(head, (self.tree, 1), margins=(8, 12, 8, 8), spacing=6))
        self.setFocusProxy(self.tree)

    def show_facets(self, facets: Sequence[FacetLike], shown: str, *, any_chosen: bool) -> None:
        """Show facets and how much they let through."""
        self.tree.facet_model.show(facets)
        self._shown.setText(shown)
        self._shown.setVisible(not any_chosen)
        self.clear_button.setVisible(any_chosen)
