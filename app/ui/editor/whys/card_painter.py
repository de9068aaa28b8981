"""Paints one card from its pieces."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen

from app.ui.editor.whys.cards import Card, Kind
from app.ui.editor.whys.layout import badge_role
from app.ui.editor.whys.pieces import CardLayout, Glyph, Press, Strip, Tag, Words
from app.ui.look import Look
from app.ui.painting import CENTRE, LEFT, Canvas

if TYPE_CHECKING:
    from app.ui.theme import Tone

DASHES = [4, 3]


class CardPainter:
    """Draws cards at the painter's origin."""

    def __init__(self, look: Look) -> None:
        self._look = look

    def paint(
        self,
        painter: QPainter,
        card: Card,
        layout: CardLayout,
        width: float,
        *,
        strong: bool,
        hovered: bool,
    ) -> None:
        """Draw a card; ``strong`` where it is chosen or has the keyboard."""
        canvas = Canvas(painter, self._look)
        rect = QRectF(0, 0, width, round(layout.height))
        if card.kind is Kind.PROBLEM:
            self._problem_ground(canvas, rect, focused=strong)
        elif card.kind is Kind.GHOST:
            self._ghost_ground(canvas, rect, focused=strong)
        else:
            self._card_ground(canvas, rect, card, layout, strong=strong)
            self._badge(canvas, card, layout.badge)
        for piece in layout.pieces:
            if isinstance(piece, Press):
                if strong or hovered:
                    self._press(canvas, piece)
            elif not isinstance(piece, Strip):
                self._piece(canvas, piece)

    def _problem_ground(self, canvas: Canvas, rect: QRectF, *, focused: bool) -> None:
        painter, theme, px = canvas.painter, self._look.theme, self._look.px
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.accent_fill))
        painter.drawRoundedRect(rect, 10, 10)
        lit = QColor(theme.on_accent)
        lit.setAlpha(38)
        painter.setBrush(lit)
        painter.drawRoundedRect(QRectF(px(14), px(14), px(32), px(32)), 8, 8)
        canvas.icon(px(21), px(30), "lightning", "on_accent", 18)
        if focused:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme.on_accent), 2))
            painter.drawRoundedRect(rect.adjusted(4, 4, -4, -4), 7, 7)

    def _ghost_ground(self, canvas: Canvas, rect: QRectF, *, focused: bool) -> None:
        painter, theme = canvas.painter, self._look.theme
        painter.setBrush(QColor(theme.surface))
        painter.setPen(QPen(QColor(theme.accent), 2) if focused else dashed(theme.accent))
        painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 8, 8)
        cap = self._look.px(58)
        canvas.keycap(rect.width() - cap, rect.center().y(), "Enter")

    def _card_ground(
        self, canvas: Canvas, rect: QRectF, card: Card, layout: CardLayout, *, strong: bool
    ) -> None:
        painter, theme = canvas.painter, self._look.theme
        shade = QColor(theme.shadow)
        shade.setAlphaF(0.25 if self._look.is_dark else 0.05)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(shade)
        painter.drawRoundedRect(rect.adjusted(1, 2, -1, 1), 8, 8)
        line = theme.border2
        if card.is_root:
            line = theme.green.line
        elif card.wants_evidence or card.hints:
            line = theme.amber.line
        edge = rect.adjusted(1, 1, -1, -1) if strong else rect.adjusted(0.5, 0.5, -0.5, -0.5)
        pen = QPen(QColor(theme.accent), 2) if strong else QPen(QColor(line), 1)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.surface))
        painter.drawRoundedRect(edge, 8, 8)
        inside = QPainterPath()
        inside.addRoundedRect(edge, 8, 8)
        painter.save()
        painter.setClipPath(inside)
        for piece in layout.pieces:
            if isinstance(piece, Strip):
                painter.fillRect(piece.rect, QColor(theme.state(piece.kind).soft))
        painter.restore()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(pen)
        painter.drawRoundedRect(edge, 8, 8)

    def _badge(self, canvas: Canvas, card: Card, rect: QRectF) -> None:
        painter, theme = canvas.painter, self._look.theme
        fill, line = theme.accent_soft, ""
        tone: Tone = "accent"
        if card.is_root:
            fill, tone = theme.green.soft, "green"
        elif card.wants_evidence or card.hints:
            fill, tone, line = theme.amber.soft, "amber", theme.amber.line
        painter.setPen(QPen(QColor(line), 1) if line else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(fill))
        painter.drawRoundedRect(rect, 7, 7)
        canvas.text(rect, card.number, badge_role(card), tone, align=CENTRE)

    def _piece(self, canvas: Canvas, piece: Words | Glyph | Tag) -> None:
        if isinstance(piece, Glyph):
            canvas.icon(piece.x, piece.middle, piece.name, piece.tone, piece.size)
        elif isinstance(piece, Words):
            for number, line in enumerate(piece.lines):
                top = piece.rect.top() + number * piece.line
                place = QRectF(piece.rect.left(), top, piece.rect.width(), piece.line)
                canvas.text(place, line, piece.style.role, piece.style.tone)
        else:
            self._tag(canvas, piece)

    def _tag(self, canvas: Canvas, piece: Tag) -> None:
        look, painter, rect = self._look, canvas.painter, piece.rect
        colours = look.theme.chip(piece.chip.kind)
        painter.setBrush(QColor(colours.fill))
        painter.setPen(QPen(QColor(colours.line), 1) if piece.edged else Qt.PenStyle.NoPen)
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5) if piece.edged else rect, 5, 5)
        left = rect.left() + look.px(8)
        if piece.chip.icon:
            side = look.px(13)
            ratio = painter.device().devicePixelRatio()
            pixmap = look.icons.pixmap(piece.chip.icon, colours.text, side, ratio)
            top = rect.top() + (look.px(20) - side) / 2
            painter.drawPixmap(QPointF(round(left), round(top)), pixmap)
            left += side + look.px(4)
        painter.setFont(look.font("micro_strong" if piece.chip.strong else "micro"))
        painter.setPen(QColor(colours.text))
        line = (rect.height() - look.px(4)) / len(piece.lines)
        for number, words in enumerate(piece.lines):
            place = QRectF(left, rect.top() + look.px(2) + number * line, rect.width(), line)
            painter.drawText(place, LEFT | Qt.TextFlag.TextSingleLine, words)

    def _press(self, canvas: Canvas, piece: Press) -> None:
        look, painter, rect = self._look, canvas.painter, piece.rect
        painter.setBrush(QColor(look.theme.surface))
        painter.setPen(QPen(QColor(look.theme.border2), 1))
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        middle = rect.center().y()
        place = QRectF(rect.left() + look.px(9), rect.top(), rect.width(), rect.height())
        wide = canvas.text(place, piece.text, "secondary_strong", "text")
        canvas.keycap(place.left() + wide + look.px(8), middle, piece.key)


def dashed(colour: str) -> QPen:
    """The pen of what is not there yet."""
    pen = QPen(QBrush(QColor(colour)), 1.2, Qt.PenStyle.CustomDashLine)
    pen.setDashPattern(DASHES)
    return pen
