"""The navigation rail at the left edge."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QButtonGroup, QFrame, QSizePolicy, QToolButton, QWidget

from app.ui.look import Look
from app.ui.painting import CENTRE, Canvas
from app.ui.widgets.buttons import is_enter
from app.ui.widgets.layouts import column, row

if TYPE_CHECKING:
    from app.ui.theme import Tone
    from app.ui.typography import TextRole

AREAS = (
    ("library", "Library", "books"),
    ("actions", "Actions", "check-square-offset"),
    ("trash", "Trash", "trash"),
)
FOOT = (("settings", "Settings", "gear-six"),)


def paint_mark(painter: QPainter, look: Look, rect: QRectF) -> None:
    """The sign of Afterwhy: a question mark on the accent."""
    unit = rect.width() / 32
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(rect.topLeft())
    painter.scale(unit, unit)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(look.theme.accent_fill))
    painter.drawRoundedRect(QRectF(0, 0, 32, 32), 9, 9)
    hook = QPainterPath(QPointF(9.5, 12))
    hook.cubicTo(10, 5, 22.5, 4.8, 23, 11.3)
    hook.cubicTo(23.2, 15, 18, 15.6, 16.2, 19.2)
    pen = QPen(QColor(look.theme.on_accent), 2.6)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(hook)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(look.theme.on_accent))
    painter.drawEllipse(QPointF(16.1, 24.7), 1.9, 1.9)
    painter.restore()


class Mark(QWidget):
    """The sign of Afterwhy as a widget."""

    def __init__(self, look: Look, side: int = 32) -> None:
        super().__init__()
        self._look = look
        self.setFixedSize(side, side)
        self.setAccessibleName("Afterwhy")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        paint_mark(painter, self._look, QRectF(self.rect()))
        painter.end()


class RailButton(QToolButton):
    """One area of the window: pill, icon, name, and a bar at the edge while it is shown."""

    def __init__(self, look: Look, text: str, icon: str) -> None:
        super().__init__()
        self._look = look
        self._icon = icon
        self._count = 0
        self.setText(text)
        self.setCheckable(True)
        self.setAccessibleName(text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self._refresh)

    def show_count(self, number: int, words: str) -> None:
        """Show a badge with a number, which a screen reader says as ``words``; none for 0."""
        self._count = number
        self.setAccessibleName(f"{self.text()}, {words}" if number else self.text())
        self.setToolTip(words if number else "")
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses."""
        if is_enter(event):
            self.click()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """As wide as the rail, one pitch high."""
        return QSize(88, self._look.px(68))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        look, theme = self._look, self._look.theme
        canvas = Canvas(QPainter(self), look)
        painter = canvas.painter
        on = self.isChecked()
        pill = QRectF((self.width() - 52) / 2, 4, 52, look.px(32))
        painter.setPen(Qt.PenStyle.NoPen)
        if on or self.underMouse():
            painter.setBrush(QColor(theme.accent_soft if on else theme.hover))
            painter.drawRoundedRect(pill, 10, 10)
        if on:
            painter.setBrush(QColor(theme.accent))
            painter.drawRoundedRect(QRectF(0, pill.top() + 4, 3, pill.height() - 8), 1.5, 1.5)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme.accent), 2))
            painter.drawRoundedRect(pill.adjusted(1, 1, -1, -1), 10, 10)
        tone: Tone = "accent" if on else "text2"
        side = look.px(20)
        canvas.icon((self.width() - side) / 2, pill.center().y(), self._icon, tone, 20)
        words = QRectF(0, pill.bottom() + 2, self.width(), look.px(18))
        role: TextRole = "micro_strong" if on else "micro"
        canvas.text(words, self.text(), role, tone, align=CENTRE)
        if self._count:
            self._badge(canvas, pill)
        painter.end()

    def _badge(self, canvas: Canvas, pill: QRectF) -> None:
        """At the upper right of the pill."""
        look, text = self._look, f"{self._count}" if self._count < 100 else "99+"
        high = look.px(16)
        wide = max(high, look.metrics("micro_strong").horizontalAdvance(text) + look.px(8))
        rect = QRectF(min(pill.right() - wide / 2, self.width() - wide - 2.0), 2, wide, high)
        canvas.painter.setPen(Qt.PenStyle.NoPen)
        canvas.painter.setBrush(QColor(look.theme.red.solid))
        canvas.painter.drawRoundedRect(rect, high / 2, high / 2)
        canvas.text(rect, text, "micro_strong", "on_red", align=CENTRE)

    @Slot()
    def _refresh(self) -> None:
        self.updateGeometry()
        self.update()


class Rail(QFrame):
    """Areas of the window, one of which is shown.

    Signals
    -------
    area_requested(str):
        The user chose an area.
    """

    area_requested = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setProperty("ground", "rail")
        self.setFixedWidth(88)
        self.setAccessibleName("Areas")
        self._group = QButtonGroup(self)
        self._keys: list[str] = []
        top = [self._button(look, *area) for area in AREAS]
        foot = [self._button(look, *area) for area in FOOT]
        self.setLayout(
            column(
                row(None, Mark(look), None),
                22,
                *top,
                None,
                *foot,
                margins=(0, 14, 0, 16),
                spacing=0,
            )
        )
        self._group.idClicked.connect(self._clicked)

    def show_area(self, key: str) -> None:
        """Mark an area as the one shown."""
        if key in self._keys:
            self._group.button(self._keys.index(key)).setChecked(True)

    def show_count(self, key: str, number: int, words: str) -> None:
        """Show how much in an area needs somebody."""
        button = self._group.button(self._keys.index(key))
        if isinstance(button, RailButton):
            button.show_count(number, words)

    def focus_current(self) -> None:
        """Give the keyboard to the area that is shown."""
        button = self._group.checkedButton() or self._group.button(0)
        button.setFocus(Qt.FocusReason.TabFocusReason)

    def _button(self, look: Look, key: str, text: str, icon: str) -> RailButton:
        button = RailButton(look, text, icon)
        self._group.addButton(button, len(self._keys))
        self._keys.append(key)
        return button

    @Slot(int)
    def _clicked(self, index: int) -> None:
        self.area_requested.emit(self._keys[index])
