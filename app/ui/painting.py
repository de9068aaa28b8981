"""What delegates and painted widgets draw with: text, chips, keycaps, selected rows, marks."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle

from app.ui.look import Look
from app.ui.theme import ChipKind, Tone
from app.ui.typography import TextRole

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignCenter
ELIDE_RIGHT = Qt.TextElideMode.ElideRight


@dataclass(frozen=True)
class ChipText:
    """What a chip says: a word, its kind, and the icon that repeats the state.

    ``lined`` chips have an edge, so that they stand out on a selected row.
    """

    text: str
    kind: ChipKind = "neutral"
    icon: str = ""
    strong: bool = False
    lined: bool = False


def chip_width(look: Look, chip: ChipText) -> int:
    """How wide a chip will be, in logical pixels."""
    text = look.metrics(_chip_role(chip)).horizontalAdvance(chip.text)
    icon = look.px(13) + look.px(4) if chip.icon else 0
    return look.px(16) + text + icon + 1


def fitted_chip(look: Look, chip: ChipText, width: float) -> ChipText:
    """The chip with as much of its words as there is room for: for titles and paths alone."""
    over = chip_width(look, chip) - width
    if over <= 0:
        return chip
    metrics = look.metrics(_chip_role(chip))
    room = metrics.horizontalAdvance(chip.text) - over - 1
    return replace(chip, text=metrics.elidedText(chip.text, ELIDE_RIGHT, max(0, int(room))))


def keycap_width(look: Look, key: str) -> int:
    """How wide a keycap will be, in logical pixels."""
    return int(max(look.px(20), look.metrics("micro").horizontalAdvance(key) + look.px(10)))


def wrapped(text: str, font: QFont, width: float) -> list[str]:
    """The lines of a text broken to fit a width: at words, inside one only where it is longer."""
    anywhere = QTextOption()
    anywhere.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    lines = []
    for paragraph in text.split("\n"):
        # Qt counts in units of UTF-16: a picture letter is two.
        units = paragraph.encode("utf-16-le", "surrogatepass")
        layout = QTextLayout(paragraph, font)
        layout.setTextOption(anywhere)
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            part = units[2 * line.textStart() : 2 * (line.textStart() + line.textLength())]
            lines.append(part.decode("utf-16-le", "surrogatepass").strip())
        layout.endLayout()
    return lines


def _chip_role(chip: ChipText) -> TextRole:
    return "micro_strong" if chip.strong else "micro"


class Canvas:
    """A painter that knows the look. Vertical positions are the centre lines of what is drawn."""

    def __init__(self, painter: QPainter, look: Look) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.painter = painter
        self.look = look

    def text(
        self,
        rect: QRectF,
        text: str,
        role: TextRole = "body",
        tone: Tone = "text",
        *,
        align: Qt.AlignmentFlag = LEFT,
        elide: Qt.TextElideMode = Qt.TextElideMode.ElideNone,
        tabular: bool = False,
    ) -> float:
        """Draw one line and return its width.

        Elide only titles and paths, never answers, numbers, dates or states.
        """
        font = self.look.font(role, tabular=tabular)
        return self._line(rect, text, font, self.look.colour(tone), align, elide=elide)

    def chip(self, x: float, centre: float, chip: ChipText, height: int = 20) -> int:
        """Draw a chip from ``x`` and return its width."""
        look, painter = self.look, self.painter
        colours = look.theme.chip(chip.kind)
        width, tall = chip_width(look, chip), look.px(height)
        rect = QRectF(x, centre - tall / 2, width, tall)
        painter.setBrush(QColor(colours.fill))
        if chip.kind == "outline" or chip.lined:
            painter.setPen(QPen(QColor(colours.line), 1))
            painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawRoundedRect(rect, 5, 5)
        left = x + look.px(8)
        if chip.icon:
            side = look.px(13)
            ratio = painter.device().devicePixelRatio()
            pixmap = look.icons.pixmap(chip.icon, colours.text, side, ratio)
            painter.drawPixmap(QPointF(round(left), round(centre - side / 2)), pixmap)
            left += side + look.px(4)
        line = QRectF(left, rect.top(), width, tall)
        self._line(line, chip.text, look.font(_chip_role(chip)), QColor(colours.text))
        return width

    def icon(self, x: float, centre: float, name: str, tone: Tone, size: int = 14) -> None:
        """Draw an icon from ``x``."""
        pixmap = self.look.pixmap(name, tone, size)
        top = round(centre - self.look.px(size) / 2)
        self.painter.drawPixmap(QPointF(round(x), top), pixmap)

    def keycap(self, x: float, centre: float, key: str) -> int:
        """Draw one key as on a keyboard and return its width."""
        look, painter = self.look, self.painter
        width, tall = keycap_width(look, key), look.px(19)
        rect = QRectF(x + 0.5, centre - tall / 2, width - 1, tall)
        painter.setBrush(QColor(look.theme.surface))
        painter.setPen(QPen(QColor(look.theme.border2), 1))
        painter.drawRoundedRect(rect, 4, 4)
        self._line(rect, key, look.font("micro"), look.colour("text2"), CENTRE)
        return width

    def row_ground(
        self, rect: QRectF, *, selected: bool, focused: bool = False, hovered: bool = False
    ) -> None:
        """The ground of a list row: hover fill, selection with its bar, focus ring."""
        painter, theme = self.painter, self.look.theme
        painter.setPen(Qt.PenStyle.NoPen)
        if selected:
            painter.setBrush(QColor(theme.accent_soft))
            painter.drawRoundedRect(rect, 8, 8)
            painter.setBrush(QColor(theme.accent))
            inset = min(10.0, rect.height() / 4)
            bar = QRectF(rect.left(), rect.top() + inset, 3, rect.height() - 2 * inset)
            painter.drawRoundedRect(bar, 1.5, 1.5)
        elif hovered:
            painter.setBrush(QColor(theme.hover))
            painter.drawRoundedRect(rect, 8, 8)
        if focused:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme.accent), 2))
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 8, 8)

    def item_ground(self, rect: QRectF, state: QStyle.StateFlag) -> None:
        """The ground of an item as its view says it stands: chosen, with the keyboard, hovered."""
        flags = QStyle.StateFlag
        self.row_ground(
            rect,
            selected=bool(state & flags.State_Selected),
            focused=bool(state & flags.State_HasFocus),
            hovered=bool(state & flags.State_MouseOver),
        )

    def hairline(self, left: float, right: float, y: float) -> None:
        """A line of one pixel above ``y``."""
        self.painter.fillRect(QRectF(left, y - 1, right - left, 1), QColor(self.look.theme.border))

    def marked(
        self,
        rect: QRectF,
        runs: Iterable[tuple[str, bool]],
        role: TextRole = "body",
        tone: Tone = "text",
    ) -> None:
        """Draw one line whose marked runs (``True``) stand on the search-match ground.

        What does not fit is elided at the end: a snippet is an excerpt anyway.
        """
        x, limit = rect.left(), rect.right()
        strong: TextRole = "body_strong" if role == "body" else role
        for text, marked in runs:
            font = self.look.font(strong if marked else role)
            metrics = QFontMetricsF(font)
            if limit - x <= 0:
                return
            shown = metrics.elidedText(text, ELIDE_RIGHT, limit - x)
            width = metrics.horizontalAdvance(shown)
            colour = self.look.colour(tone)
            if marked:
                tall = metrics.height() + 2
                self.painter.setPen(Qt.PenStyle.NoPen)
                self.painter.setBrush(QColor(self.look.theme.mark))
                ground = QRectF(x - 1, rect.center().y() - tall / 2, width + 2, tall)
                self.painter.drawRoundedRect(ground, 3, 3)
                colour = QColor(self.look.theme.mark_text)
            self._line(QRectF(x, rect.top(), width + 2, rect.height()), shown, font, colour)
            if shown != text:
                return
            x += width

    def _line(
        self,
        rect: QRectF,
        text: str,
        font: QFont,
        colour: QColor,
        align: Qt.AlignmentFlag = LEFT,
        *,
        elide: Qt.TextElideMode = Qt.TextElideMode.ElideNone,
    ) -> float:
        metrics = QFontMetricsF(font)
        if elide is not Qt.TextElideMode.ElideNone:
            text = metrics.elidedText(text, elide, rect.width())
        self.painter.setFont(font)
        self.painter.setPen(colour)
        flags = align | Qt.TextFlag.TextDontClip | Qt.TextFlag.TextSingleLine
        self.painter.drawText(rect, flags, text)
        return metrics.horizontalAdvance(text)
