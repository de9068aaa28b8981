"""Similar failures of what is read, each with the reasons why."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QListView,
    QStackedWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.ui.index_state import BUILDING, IndexState
from app.ui.look import Look
from app.ui.painting import RIGHT, Canvas, wrapped
from app.ui.tips import tip
from app.ui.widgets.layouts import column
from app.ui.widgets.states import Notice
from app.ui.wording import Wording
from models.document import Document
from search.extract import extract
from search.results import SimilarHit

if TYPE_CHECKING:
    from app.bootstrap import Workspace

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
LIMIT = 10
_ELIDE = Qt.TextElideMode.ElideRight


def similar_to(workspace: "Workspace", document: Document) -> tuple[SimilarHit, ...]:
    """Failures like a document, itself left out; for the search lane."""
    return workspace.index.similar(extract(document, workspace.due_days), limit=LIMIT)


class SimilarModel(QAbstractListModel):
    """Similar failures, best first."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._hits: tuple[SimilarHit, ...] = ()

    def show(self, hits: tuple[SimilarHit, ...]) -> None:
        """Show these."""
        self.beginResetModel()
        self._hits = hits
        self.endResetModel()

    def hit(self, index: Index) -> SimilarHit:
        """The hit of a row."""
        return self._hits[index.row()]

    @property
    def best(self) -> float:
        """The highest score."""
        return max((hit.score for hit in self._hits), default=1.0) or 1.0

    def rowCount(self, parent: Index = _ROOT) -> int:
        """How many there are."""
        return 0 if parent.isValid() else len(self._hits)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The title, and the sentence for a screen reader."""
        hit = self._hits[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return hit.title
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(hit.title, *hit.reasons)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{hit.ref}, {hit.title}, similar because: {'; '.join(hit.reasons)}"
        return None


class SimilarDelegate(QStyledItemDelegate):
    """A card: ref and date, title, a bar of likeness, the reasons."""

    def __init__(self, look: Look, wording: Wording, model: SimilarModel, view: QListView) -> None:
        super().__init__(view)
        self._view = view
        self._look = look
        self._wording = wording
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As many lines as the reasons need; they are never cut."""
        lines = len(self._reasons(index, self._view.viewport().width() - 29))
        return QSize(240, self._look.px(78 + 18 * lines))

    def _reasons(self, index: Index, width: float) -> list[str]:
        font = self._look.font("secondary")
        reasons = self._model.hit(index).reasons[:3]
        return [line for reason in reasons for line in wrapped(reason, font, width)]

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw it."""
        hit, look = self._model.hit(index), self._look
        card = QRectF(option.rect).adjusted(0.5, 3.5, -0.5, -4.5)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        painter.save()
        canvas = Canvas(painter, look)
        painter.setBrush(QColor(look.theme.surface))
        painter.setPen(QColor(look.theme.border))
        painter.drawRoundedRect(card, 8, 8)
        if selected or focused:
            canvas.row_ground(card, selected=selected, focused=focused)
        inner = card.adjusted(14, look.px(8), -14, -look.px(8))

        def line(top: float, height: float = 18) -> QRectF:
            at = inner.top() + look.px(top)
            return QRectF(inner.left(), at, inner.width(), look.px(height))

        x = inner.left() + canvas.text(line(0), hit.ref, "secondary_strong", "text2") + 8
        if hit.severity:
            chip = self._wording.severity_chip(hit.severity)
            canvas.chip(x, line(0).center().y(), chip, 18)
        if hit.occurred_at:
            date = f"{hit.occurred_at.day} {hit.occurred_at:%b %Y}"
            canvas.text(line(0), date, "secondary", "text2", align=RIGHT)
        canvas.text(line(20, 20), hit.title, "body_strong", elide=_ELIDE)
        bar = line(44, 5)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(look.theme.sunken))
        painter.drawRoundedRect(bar, 2, 2)
        bar.setWidth(bar.width() * min(1.0, hit.score / self._model.best))
        painter.setBrush(QColor(look.theme.accent_fill))
        painter.drawRoundedRect(bar, 2, 2)
        for number, reason in enumerate(self._reasons(index, inner.width())):
            canvas.text(line(54 + 18 * number), reason, "secondary", "text2")
        painter.restore()


class SimilarList(QListView):
    """The list; Enter opens.

    Signals
    -------
    opened(str):
        A post-mortem is to be opened, by its id.
    """

    opened = Signal(str)

    def __init__(self, look: Look, wording: Wording) -> None:
        super().__init__()
        self.similar_model = SimilarModel(self)
        self.setModel(self.similar_model)
        self.setItemDelegate(SimilarDelegate(look, wording, self.similar_model, self))
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setAccessibleName("Similar failures")
        self.doubleClicked.connect(self._open)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
            return
        super().keyPressEvent(event)

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(self.similar_model.hit(index).id)


class SimilarPanel(QWidget):
    """The list, or a sentence where nothing is similar or the index failed.

    Signals
    -------
    opened(str):
        A post-mortem is to be opened, by its id.
    """

    opened = Signal(str)

    def __init__(self, look: Look, wording: Wording) -> None:
        super().__init__()
        self.list = SimilarList(look, wording)
        self.list.opened.connect(self.opened)
        self.notice = Notice(look)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.notice)
        self.setLayout(column(self._stack))
        self.setFocusProxy(self.list)
        self._index: IndexState | None = None
        self._ask_again: Callable[[], None] | None = None
        self._waits = False

    def watch(self, index: IndexState, ask_again: Callable[[], None]) -> None:
        """Say so while the index is being built, and ask again when it is there."""
        self._index, self._ask_again = index, ask_again
        index.changed.connect(self._index_changed)

    def show_hits(self, hits: tuple[SimilarHit, ...]) -> None:
        """Show these."""
        self.list.similar_model.show(hits)
        self._waits = not hits and self._index is not None and self._index.is_building
        if self._waits:
            self._show_building()
        elif hits:
            self.list.setCurrentIndex(self.list.similar_model.index(0, 0))
        else:
            self.notice.show_empty(
                "intersect",
                "Nothing similar yet",
                "Similar failures appear here as the library grows.",
            )
        self._stack.setCurrentWidget(self.list if hits else self.notice)

    def show_nothing(self) -> None:
        """Nothing is chosen that others could be like."""
        self._waits = False
        self.list.similar_model.show(())
        words = "What is like the chosen result appears here."
        self.notice.show_empty("intersect", "No result chosen", words)
        self._stack.setCurrentWidget(self.notice)

    def _show_building(self) -> None:
        if self._index is not None:
            self.notice.show_empty("intersect", BUILDING, self._index.words)

    @Slot()
    def _index_changed(self) -> None:
        if not self._waits or self._index is None or self._ask_again is None:
            return
        if self._index.is_building:
            self._show_building()
        else:
            self._waits = False
            self._ask_again()

    def show_failure(self, error: BaseException, rebuild: Callable[[], None]) -> None:
        """The index could not answer."""
        self._waits = False
        self.notice.show_error(
            "Similar failures could not be read",
            "Your post-mortems are safe. Rebuilding the index takes a few seconds.",
            f"{type(error).__name__}: {error}",
            ("Rebuild index", rebuild),
        )
        self._stack.setCurrentWidget(self.notice)
