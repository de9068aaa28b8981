"""A step of the assistant: its number or a tick, its title, what belongs beside it, its body."""

from typing import Literal

from PySide6.QtCore import QPointF, QRectF, QSize, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from app.ui.look import Look
from app.ui.painting import CENTRE, Canvas
from app.ui.theme import Tone
from app.ui.widgets.chips import IconLabel
from app.ui.widgets.layouts import Item, column, label, row, set_tone

StepState = Literal["done", "now", "next"]
SIDE = 28
_SAID = {"done": "done", "now": "to do now", "next": "to do later"}


class Badge(QWidget):
    """The number of a step, or a tick, with the line to the next step."""

    def __init__(self, look: Look, number: int, *, last: bool) -> None:
        super().__init__()
        self._look, self._number, self._last = look, number, last
        self.state: StepState = "next"
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        look.changed.connect(self.updateGeometry)

    def show_state(self, state: StepState) -> None:
        """Be a tick, or a number that counts now or later."""
        self.state = state
        self.update()

    def sizeHint(self) -> QSize:
        """The circle."""
        side = self._look.px(SIDE)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The circle and the line."""
        look, theme, side = self._look, self._look.theme, float(self._look.px(SIDE))
        painter = QPainter(self)
        canvas = Canvas(painter, look)
        fill = {"done": theme.green.soft, "now": theme.accent_fill, "next": theme.sunken}
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(fill[self.state]))
        painter.drawEllipse(QRectF(1, 1, side - 2, side - 2))
        if self.state == "done":
            canvas.icon((side - look.px(14)) / 2, side / 2, "check", "green", 14)
        else:
            tone: Tone = "on_accent" if self.state == "now" else "text2"
            canvas.text(
                QRectF(0, 0, side, side), str(self._number), "body_strong", tone, align=CENTRE
            )
        if not self._last:
            painter.setPen(QPen(QColor(theme.border2), 1.5))
            painter.drawLine(QPointF(side / 2, side + 6), QPointF(side / 2, self.height() - 4))
        painter.end()


class Step(QWidget):
    """One step. What is wrong with it is told below its body, in place."""

    def __init__(self, look: Look, number: int, title: str) -> None:
        super().__init__()
        last = number == STEPS
        self.title = title
        self._number = number
        self.badge = Badge(look, number, last=last)
        self._name = label(title, "problem")
        self.trouble = Trouble(look)
        self._below = 0 if last else 16
        self.show_state("next")

    def fill(self, beside: list[Item], body: list[Item]) -> None:
        """Lay out what stands beside the title and below it."""
        margins = (0, 2, 0, self._below)
        content = column(row(self._name, None, *beside), *body, self.trouble, margins=margins)
        self.setLayout(row(self.badge, (content, 1), spacing=14))

    def show_state(self, state: StepState) -> None:
        """Whether it is done, to be done now, or later."""
        self.badge.show_state(state)
        self._name.setAccessibleName(
            f"Step {self._number} of {STEPS}: {self.title}, {_SAID[state]}"
        )


STEPS = 4


class Trouble(QWidget):
    """A sentence about what is wrong, where it is wrong; hidden while nothing is.

    Signals
    -------
    said():
        There is something to read.
    """

    said = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._icon = IconLabel(look, "warning-circle", "red", 16)
        self.words: QLabel = label("", "secondary", "red", wrap=True)
        self.setLayout(row(column(self._icon, None), (self.words, 1), spacing=6))
        self.hide()

    def say(self, words: str, tone: Tone = "red") -> None:
        """Say it; nothing hides it."""
        self._icon.set_icon("warning-circle" if tone == "red" else "warning", tone)
        set_tone(self.words, tone)
        self.words.setText(words)
        self.words.setAccessibleName(words)
        self.setVisible(bool(words))
        if words:
            self.said.emit()
