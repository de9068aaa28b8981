"""The table of the rows that were read from a paste, and its keys."""

from PySide6.QtCore import QAbstractItemModel, QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyleOptionViewItem,
    QTableView,
)

from app.ui.editor.timeline.paste_rows import (
    ADD,
    STAR,
    TEXT,
    WHEN,
    PasteModel,
    note,
)
from app.ui.item_models.rows import Index
from app.ui.look import Look
from app.ui.painting import Canvas
from app.ui.widgets.row_delegate import RowDelegate
from integrations.timeline.rows import ReadRow


class PasteDelegate(RowDelegate):
    """Boxes, stars and words in the colours of the theme; doubts in amber."""

    def __init__(self, look: Look, model: PasteModel, view: QTableView) -> None:
        super().__init__(look, view)
        self._model = model

    def draw(self, canvas: Canvas, rect: QRectF, state: QStyle.StateFlag, index: Index) -> None:
        """Draw one cell, on the ground of its row."""
        look, place, column = self._look, index.row(), index.column()
        if place == self._view.currentIndex().row():
            self._paint_ground(canvas.painter, rect, first=column == ADD)
        left, middle = rect.left() + look.px(10), rect.center().y()
        if column == ADD and self._model.is_ticked(place):
            canvas.icon(left, middle, "check-square-fill", "accent", 18)
        elif column == ADD:
            canvas.icon(left, middle, "square", "text3", 18)
        elif column == STAR:
            if self._model.is_starred(place):
                canvas.icon(left, middle, "star-fill", "amber", 16)
        elif (row := self._model.read_row(place)) is not None:
            self._paint_words(canvas, rect, index, row)

    def _paint_ground(self, painter: QPainter, rect: QRectF, *, first: bool) -> None:
        """The chosen row; a ring around it while the table has the keyboard."""
        theme = self._look.theme
        accent = QColor(theme.accent)
        painter.fillRect(rect, QColor(theme.accent_soft))
        if first:
            painter.fillRect(QRectF(rect.left(), rect.top(), 3, rect.height()), accent)
        if self._view.hasFocus():
            for top in (rect.top(), rect.bottom() - 2):
                painter.fillRect(QRectF(rect.left(), top, rect.width(), 2), accent)

    def _paint_words(self, canvas: Canvas, rect: QRectF, index: Index, row: ReadRow) -> None:
        """Time or words in a line, kind and note below; all words stand below the table, too."""
        look, is_time = self._look, index.column() == WHEN
        ticked = self._model.is_ticked(index.row())
        inner = rect.adjusted(look.px(8), look.px(4), -look.px(8), 0)
        inner.setHeight(look.px(20))
        canvas.text(
            inner,
            str(index.data() or ""),
            "body",
            "amber" if is_time and row.doubt else "text" if ticked else "text2",
            elide=Qt.TextElideMode.ElideRight,
            tabular=is_time,
        )
        if not is_time:
            below = inner.translated(0, look.px(20))
            said = canvas.text(below, self._model.kind_name(row), "secondary", "text2")
            below.setLeft(below.left() + said + look.px(12))
            canvas.text(below, note(row), "secondary", "amber" if row.doubt else "text2")

    def editorEvent(
        self,
        event: QEvent,
        model: QAbstractItemModel,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        """A click on the box ticks, one on the place of the star stars."""
        if event.type() != QEvent.Type.MouseButtonRelease or index.column() not in (ADD, STAR):
            return False
        (self._model.tick if index.column() == ADD else self._model.star)(index.row())
        return True


class PasteTable(QTableView):
    """The rows; Space ticks, * stars, K turns the kind, 1 and 2 choose between two times.

    Signals
    -------
    ticked(int), starred(int), kind_requested(int), chosen(int, int), accepted():
        What the author pressed, with the row.
    """

    ticked = Signal(int)
    starred = Signal(int)
    kind_requested = Signal(int)
    chosen = Signal(int, int)
    accepted = Signal()

    def __init__(self, look: Look, model: PasteModel) -> None:
        super().__init__()
        self._look = look
        self.setModel(model)
        self.setItemDelegate(PasteDelegate(look, model, self))
        self.setAccessibleName("Events that were read")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(TEXT, QHeaderView.ResizeMode.Stretch)
        self._fit()
        look.changed.connect(self._fit)

    def _fit(self) -> None:
        look = self._look
        self.verticalHeader().setDefaultSectionSize(look.px(48))
        metrics = QFontMetrics(look.font("body", tabular=True))
        for column, widest in ((ADD, "Add"), (STAR, "Star"), (WHEN, "~29 Sep 23:59:59")):
            self.setColumnWidth(column, metrics.horizontalAdvance(widest) + look.px(20))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of the table; what is pressed with Ctrl, Alt or Meta is none of them."""
        place, key = self.currentIndex().row(), event.key()
        modifiers = Qt.KeyboardModifier
        held = event.modifiers() & ~(modifiers.ShiftModifier | modifiers.KeypadModifier)
        if held:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.accepted.emit()
        elif place < 0:
            super().keyPressEvent(event)
        elif key == Qt.Key.Key_Space:
            self.ticked.emit(place)
        elif key == Qt.Key.Key_Asterisk:
            self.starred.emit(place)
        elif key == Qt.Key.Key_K:
            self.kind_requested.emit(place)
        elif key in (Qt.Key.Key_1, Qt.Key.Key_2):
            self.chosen.emit(place, 0 if key == Qt.Key.Key_1 else 1)
        else:
            super().keyPressEvent(event)
