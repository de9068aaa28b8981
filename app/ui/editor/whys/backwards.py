"""A chain of whys read backwards, from its end to the problem, joined with "so"."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

from app.ui.look import Look
from app.ui.painting import Canvas, ChipText, wrapped
from app.ui.widgets.buttons import Button
from app.ui.widgets.chips import Chip, IconLabel
from app.ui.widgets.layouts import column, label, row

_TALLEST = 240


class _Chain(QWidget):
    """The lines, each after the first with "so" before it."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._lines: tuple[str, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_lines(self, lines: tuple[str, ...]) -> None:
        self._lines = lines
        self.setAccessibleName(", so ".join(lines))
        self.updateGeometry()
        self.update()

    def _broken(self, width: int) -> list[list[str]]:
        room = width - self._look.px(24)
        font = self._look.font("secondary")
        return [wrapped(line, font, room) for line in self._lines]

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        px = self._look.px
        return sum(len(lines) * px(18) + px(4) for lines in self._broken(width))

    def sizeHint(self) -> QSize:
        return QSize(300, self.heightForWidth(max(300, self.width())))

    def paintEvent(self, event: QPaintEvent) -> None:
        px, y = self._look.px, 0.0
        canvas = Canvas(QPainter(self), self._look)
        for number, lines in enumerate(self._broken(self.width())):
            if number:
                canvas.text(QRectF(0, y, px(24), px(18)), "so", "secondary_bold", "accent")
            for line in lines:
                canvas.text(QRectF(px(24), y, self.width(), px(18)), line, "secondary")
                y += px(18)
            y += px(4)
        canvas.painter.end()


class BackwardsPanel(QFrame):
    """One chain read backwards, and the two answers to whether it follows.

    Signals
    -------
    followed():
        Each line follows; the panel has done its work.
    missing_requested():
        Something else was needed; it is to be written beside the chain's end.
    """

    followed = Signal()
    missing_requested = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setProperty("ground", "card")
        self.setAccessibleName("Read it backwards")
        self._number = Chip(look, ChipText("", "neutral"))
        self._chain = _Chain(look)
        self._area = QScrollArea()
        self._area.setWidget(self._chain)
        self._area.setWidgetResizable(True)
        self._chain.setAutoFillBackground(False)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.follows_button = Button(look, "It follows", icon="check", size="small")
        self.missing_button = Button(look, "Something is missing", "ghost", size="small")
        self.follows_button.clicked.connect(self.followed)
        self.missing_button.clicked.connect(self.missing_requested)
        ask = "Does each line follow? Is anything else needed for it to happen?"
        self.setLayout(
            column(
                row(
                    IconLabel(look, "arrow-u-up-left"),
                    label("Read it backwards", "body_strong"),
                    None,
                    self._number,
                ),
                self._area,
                label(ask, "secondary", "text2", wrap=True),
                row(self.follows_button, self.missing_button, None),
                margins=(14, 12, 14, 12),
                spacing=8,
            )
        )
        self.setFocusProxy(self.follows_button)
        look.changed.connect(self._fit)

    @property
    def words(self) -> str:
        """The chain as one sentence, as a screen reader says it."""
        return self._chain.accessibleName()

    def show_chain(self, number: str, lines: tuple[str, ...]) -> None:
        """Show the chain of a why."""
        self._number.show_chip(ChipText(number or "Problem", "neutral"))
        self._chain.show_lines(lines)
        self._fit()

    def resizeEvent(self, event: object) -> None:
        """Words break anew."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._fit()

    @Slot()
    def _fit(self) -> None:
        room = max(200, self.width() - 28)
        self._area.setFixedHeight(
            min(self._chain.heightForWidth(room) + 2, self._look.px(_TALLEST))
        )
