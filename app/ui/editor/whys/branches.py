"""The lines between cards: grey trunks, accent ones where whys were needed together."""

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from app.ui.editor.whys.card_painter import dashed
from app.ui.editor.whys.cards import Card, Kind
from app.ui.editor.whys.layout import GAP, MIDDLE, TRUNK
from app.ui.editor.whys.model import WhyTreeModel
from app.ui.item_models.rows import Index
from app.ui.look import Look
from app.ui.painting import CENTRE, Canvas

_RADIUS = 8


class BranchPainter:
    """Draws what stands left of a row's card, and the fold mark at its lower edge."""

    def __init__(self, look: Look, model: WhyTreeModel) -> None:
        self._look = look
        self._model = model

    def draw(self, painter: QPainter, rect: QRect, index: Index, indent: int) -> None:
        """The trunks of every level above a row, then the branch that ends at its card.

        Segments begin exactly at the row's top: overlapping ones leave dark ticks.
        """
        chain: list[Index] = [index]
        while chain[-1].parent().isValid():
            chain.append(chain[-1].parent())
        chain.reverse()
        if len(chain) == 1:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        top, bottom = float(rect.top()), float(rect.bottom() + 1)
        for level, row in enumerate(chain[1:]):
            x = level * indent + self._look.px(TRUNK * 2) / 2
            follower = row.sibling(row.row() + 1, 0)
            if row is index:
                self._branch(painter, x, top, index)
                if follower.isValid():
                    middle = top + self._look.px(MIDDLE[self._model.card(index).kind] - _RADIUS)
                    self._set_pen(painter, joined=self._is_joined(follower))
                    painter.drawLine(QPointF(x, middle), QPointF(x, bottom))
            elif follower.isValid():
                self._set_pen(painter, joined=self._is_joined(follower))
                painter.drawLine(QPointF(x, top), QPointF(x, bottom))
        if self._is_joined(index):
            self._pill(painter, (len(chain) - 2) * indent + self._look.px(TRUNK * 2) / 2, top)
        painter.restore()

    def _branch(self, painter: QPainter, x: float, top: float, index: Index) -> None:
        px, card = self._look.px, self._model.card(index)
        middle = top + px(MIDDLE[card.kind])
        path = QPainterPath(QPointF(x, top - px(GAP) if index.row() == 0 else top))
        radius = px(_RADIUS)
        path.lineTo(x, middle - radius)
        path.quadTo(x, middle, x + radius, middle)
        path.lineTo(x + px(18), middle)
        if card.kind is Kind.GHOST:
            painter.setPen(dashed(self._look.theme.accent))
        else:
            self._set_pen(painter, joined=card.in_group)
        painter.drawPath(path)

    def _set_pen(self, painter: QPainter, *, joined: bool) -> None:
        theme = self._look.theme
        colour, width = (theme.accent, 2.0) if joined else (theme.control, 1.5)
        line, cap = Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap
        painter.setPen(QPen(QColor(colour), width, line, cap))

    def _is_joined(self, index: Index) -> bool:
        return bool(self._model.card(index).joined_with)

    def _pill(self, painter: QPainter, x: float, top: float) -> None:
        look, theme = self._look, self._look.theme
        wide = look.metrics("micro_strong").horizontalAdvance("AND") + look.px(12)
        tall = look.px(18)
        rect = QRectF(x - wide / 2, top - look.px(GAP) - look.px(5), wide, tall)
        painter.setPen(QPen(QColor(theme.surface), 2))
        painter.setBrush(QColor(theme.accent_fill))
        painter.drawRoundedRect(rect, tall / 2, tall / 2)
        Canvas(painter, look).text(rect, "AND", "micro_strong", "on_accent", align=CENTRE)
        painter.setBrush(Qt.BrushStyle.NoBrush)

    # -- folding -------------------------------------------------------------------------------

    def fold_place(self, left: float, bottom: float, card: Card, *, is_open: bool) -> QRectF:
        """Where the fold mark of a card is, that ends at ``bottom``."""
        px, tall = self._look.px, self._look.px(18)
        if is_open:
            return QRectF(left + px(TRUNK) - tall / 2, bottom - tall / 2, tall, tall)
        wide = self._look.metrics("micro_strong").horizontalAdvance(hidden_words(card.below))
        return QRectF(left + px(12), bottom - tall / 2, wide + px(30), tall)

    def fold_mark(self, painter: QPainter, rect: QRectF, below: int, *, is_open: bool) -> None:
        """A caret where whys can be folded; how many are hidden where they are."""
        look, theme = self._look, self._look.theme
        painter.save()
        canvas = Canvas(painter, look)
        painter.setBrush(QColor(theme.surface if is_open else theme.accent_soft))
        painter.setPen(QPen(QColor(theme.control if is_open else theme.accent_line), 1))
        painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
        if is_open:
            left = rect.center().x() - look.px(10) / 2
            canvas.icon(left, rect.center().y(), "caret-down", "text2", 10)
        else:
            canvas.icon(rect.left() + look.px(6), rect.center().y(), "caret-right", "accent", 10)
            words = rect.adjusted(look.px(20), 0, 0, 0)
            canvas.text(words, hidden_words(below), "micro_strong", "accent")
        painter.restore()


def hidden_words(count: int) -> str:
    """What a folded card says."""
    return f"{count} {'why' if count == 1 else 'whys'} hidden"
