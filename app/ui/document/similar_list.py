"""The list of similar failures: a card for each, with its reasons and how it is linked."""

from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtCore import (
    QModelIndex,
    QObject,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QAction, QColor, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QListView, QStyle, QStyleOptionViewItem

from app.ui.context import Context
from app.ui.item_models.rows import Index, RowModel
from app.ui.painting import RIGHT, Canvas, ChipText, chip_width, wrapped
from app.ui.tips import tip
from app.ui.widgets.row_delegate import RowDelegate
from models.domain.root import Relation, RelationKind
from search.results import SimilarHit

_ELIDE = Qt.TextElideMode.ElideRight
LINKS = {
    RelationKind.REPEAT_OF: ("Repeat of this", "repeat", Qt.Key.Key_R),
    RelationKind.SAME_ROOT: ("Same root as this", "anchor-simple", Qt.Key.Key_S),
}
"""What a card offers to link: its words, icon and key."""
DONE = {RelationKind.REPEAT_OF: "Repeat", RelationKind.SAME_ROOT: "Same root"}


class SimilarModel(RowModel[SimilarHit]):
    """Similar failures, best first, and how the text at hand stands to them."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._relations: dict[tuple[str, RelationKind], Relation] = {}

    def show_relations(self, relations: Iterable[Relation]) -> None:
        """Say which of them are linked, and since when."""
        now = {(one.id, one.kind): one for one in relations}
        if now != self._relations:
            self._relations = now
            self.layoutChanged.emit()  # a card may need another line

    def relation(self, index: Index, kind: RelationKind) -> Relation | None:
        """How the text at hand stands to the hit of a row, if it is linked so."""
        return self._relations.get((self.entry(index).id, kind))

    def place(self, id: str) -> QModelIndex:
        """The row of a post-mortem; the first one where it is not there."""
        found = self.find(lambda hit: hit.id == id)
        return found if found.isValid() else self.index(0, 0)

    @property
    def best(self) -> float:
        """The highest score."""
        return max((hit.score for hit in self._rows), default=1.0) or 1.0

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The title, and the sentence for a screen reader."""
        hit = self.entry(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return hit.title
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(hit.title, *hit.reasons)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            said = f"{hit.ref}, {hit.title}, similar because: {'; '.join(hit.reasons)}"
            linked = [done(r) for kind in LINKS if (r := self.relation(index, kind))]
            return "; ".join((said, *linked))
        return None


def done(relation: Relation) -> str:
    """A link as it is shown when it stands."""
    at = relation.since
    return f"{DONE[relation.kind]}, linked {at.day} {at:%b %Y}"


class SimilarDelegate(RowDelegate):
    """A card: ref and date, title, a bar of likeness, the reasons, the links."""

    def __init__(
        self, context: Context, model: SimilarModel, view: QListView, *, links: bool
    ) -> None:
        super().__init__(context.look, view)
        self._wording = context.wording
        self._model = model
        self._links = links

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As many lines as the reasons and links need; they are never cut."""
        width = self._view.viewport().width() - 29
        lines = len(self._reasons(index, width))
        rows = self._chips(index, width)
        low = max((place.y() for _, _, place in rows), default=-26) + 26
        return QSize(240, self._look.px(78 + 18 * lines) + round(low))

    def _reasons(self, index: Index, width: float) -> list[str]:
        font = self._look.font("secondary")
        reasons = self._model.entry(index).reasons[:3]
        return [line for reason in reasons for line in wrapped(reason, font, width)]

    def _chips(self, index: Index, width: float) -> list[tuple[RelationKind, ChipText, QPointF]]:
        """The links as chips, each with its corner from the first one's, in lines that fit."""
        if not self._links:
            return []
        found = []
        x = y = 0.0
        for kind, (words, icon, _) in LINKS.items():
            relation = self._model.relation(index, kind)
            chip = (
                ChipText(done(relation), "green", "check")
                if relation
                else ChipText(words, "outline", icon)
            )
            wide = chip_width(self._look, chip)
            if x and x + wide > width:
                x, y = 0.0, y + self._look.px(26)
            found.append((kind, chip, QPointF(x, y)))
            x += wide + self._look.px(6)
        return found

    def link_at(self, index: Index, card: QRectF, point: QPointF) -> RelationKind | None:
        """The link whose chip is at a point of the row that has this rectangle."""
        inner = self._inner(card)
        top = self._chips_top(index, inner)
        for kind, chip, place in self._chips(index, inner.width()):
            wide, tall = chip_width(self._look, chip), self._look.px(24)
            corner = QPointF(inner.left() + place.x(), top + place.y())
            if QRectF(corner.x(), corner.y(), wide, tall).contains(point):
                return kind
        return None

    def _inner(self, rect: QRectF) -> QRectF:
        pad = self._look.px(8)
        return rect.adjusted(14.5, 3.5 + pad, -14.5, -4.5 - pad)

    def _chips_top(self, index: Index, inner: QRectF) -> float:
        lines = len(self._reasons(index, inner.width()))
        return inner.top() + self._look.px(58 + 18 * lines)

    def draw(self, canvas: Canvas, rect: QRectF, state: QStyle.StateFlag, index: Index) -> None:
        """Draw it."""
        hit, look = self._model.entry(index), self._look
        card = rect.adjusted(0.5, 3.5, -0.5, -4.5)
        selected = bool(state & QStyle.StateFlag.State_Selected)
        focused = bool(state & QStyle.StateFlag.State_HasFocus)
        painter = canvas.painter
        painter.setBrush(QColor(look.theme.surface))
        painter.setPen(QColor(look.theme.border))
        painter.drawRoundedRect(card, 8, 8)
        if selected or focused:
            canvas.row_ground(card, selected=selected, focused=focused)
        inner = self._inner(rect)

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
        top = self._chips_top(index, inner) + look.px(12)
        for _, link, place in self._chips(index, inner.width()):
            canvas.chip(inner.left() + place.x(), top + place.y(), link, 22)


class SimilarList(QListView):
    """The list: Enter opens, R and S link or take the link back, as a click on the card does.

    Signals
    -------
    opened(str):
        A post-mortem is to be opened, by its id.
    linked(object, object):
        A ``SimilarHit`` is to be linked by a ``RelationKind``, or no more if it is.
    """

    opened = Signal(str)
    linked = Signal(object, object)

    def __init__(self, context: Context, *, links: bool = True) -> None:
        super().__init__()
        self._preferences = context.preferences
        self._links = links and context.workspace.library.writable
        self.similar_model = SimilarModel(self)
        self.setModel(self.similar_model)
        self._cards = SimilarDelegate(context, self.similar_model, self, links=self._links)
        self.setItemDelegate(self._cards)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setAccessibleName("Similar failures")
        self.doubleClicked.connect(self._open)
        if self._links:
            self.setAccessibleDescription("R links as a repeat, S as the same root.")
            self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        for kind, (words, _, _) in LINKS.items():
            action = QAction(words, self)
            action.triggered.connect(partial(self._link, kind))
            self.addAction(action)

    def commands(self) -> dict[str, Callable[[], None]]:
        """What can be done with the current card, if it is seen."""
        if not self._links or not self.isVisible() or not self.currentIndex().isValid():
            return {}
        return {
            "link_repeat": partial(self._link, RelationKind.REPEAT_OF),
            "link_root": partial(self._link, RelationKind.SAME_ROOT),
        }

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, the letters of the links link."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
            return
        plain = not event.modifiers() and self._preferences.single_keys
        for kind, (_, _, key) in LINKS.items():
            if plain and event.key() == key:
                self._link(kind)
                return
        super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A hand over what can be clicked."""
        super().mouseMoveEvent(event)
        if self._link_at(event) is None:
            self.viewport().unsetCursor()
        else:
            self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on a link links."""
        super().mouseReleaseEvent(event)
        kind = self._link_at(event)
        if kind is not None and event.button() == Qt.MouseButton.LeftButton:
            self.setCurrentIndex(self.indexAt(event.position().toPoint()))
            self._link(kind)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Opens, but not from a link: two clicks there are two clicks."""
        if self._link_at(event) is None:
            super().mouseDoubleClickEvent(event)

    def _link_at(self, event: QMouseEvent) -> RelationKind | None:
        index = self.indexAt(event.position().toPoint())
        if not index.isValid():
            return None
        return self._cards.link_at(index, QRectF(self.visualRect(index)), event.position())

    def _link(self, kind: RelationKind, checked: object = None) -> None:
        index = self.currentIndex()
        if self._links and index.isValid():
            self.linked.emit(self.similar_model.entry(index), kind)

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(self.similar_model.entry(index).id)
