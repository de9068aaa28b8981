"""Chips, keycaps and icons as widgets."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QSize, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from app.ui.actions import key_parts
from app.ui.look import Look
from app.ui.painting import Canvas, ChipText, chip_width, keycap_width
from app.ui.theme import Tone
from app.ui.tips import tip

CHIP_GAP = 6


class Chip(QWidget):
    """A small word with its colour and icon."""

    def __init__(self, look: Look, chip: ChipText, height: int = 20) -> None:
        super().__init__()
        self._look = look
        self._chip = chip
        self._height = height
        self.setAccessibleName(chip.text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.changed.connect(self._refresh)

    def show_chip(self, chip: ChipText) -> None:
        """Say something else."""
        self._chip = chip
        self.setAccessibleName(chip.text)
        self._refresh()

    def sizeHint(self) -> QSize:
        """As wide as the word."""
        return QSize(chip_width(self._look, self._chip) + 1, self._look.px(self._height))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        canvas = Canvas(QPainter(self), self._look)
        canvas.chip(0, self.height() / 2, self._chip, self._height)
        canvas.painter.end()

    @Slot()
    def _refresh(self) -> None:
        self.updateGeometry()
        self.update()


class ChipRow(QWidget):
    """Chips side by side, in as many lines as they need."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._chips: tuple[ChipText, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        look.changed.connect(self._refresh)

    def show_chips(self, chips: Sequence[ChipText]) -> None:
        """Show these."""
        self._chips = tuple(chips)
        words = ", ".join(chip.text for chip in chips)
        self.setAccessibleName(words)
        self.setToolTip(tip(words))
        self.setAccessibleDescription(words)  # else it would be the tooltip, as HTML
        self._refresh()

    def sizeHint(self) -> QSize:
        """All of them in one line."""
        widths = [chip_width(self._look, chip) for chip in self._chips]
        return QSize(sum(widths) + CHIP_GAP * max(0, len(widths) - 1), self._line_height())

    def minimumSizeHint(self) -> QSize:
        """The widest of them."""
        widest = max((chip_width(self._look, chip) for chip in self._chips), default=0)
        return QSize(widest, self._line_height())

    def heightForWidth(self, width: int) -> int:
        """As many lines as they need."""
        lines = 1 + max((line for _, _, line in self._places(width)), default=0)
        return lines * self._line_height()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw them."""
        canvas, tall = Canvas(QPainter(self), self._look), self._line_height()
        top = (self.height() - self.heightForWidth(self.width())) / 2
        for chip, x, line in self._places(self.width()):
            canvas.chip(x, top + (line + 0.5) * tall, chip)
        canvas.painter.end()

    def _line_height(self) -> int:
        return self._look.px(24)

    def _places(self, width: int) -> Iterator[tuple[ChipText, int, int]]:
        """Each chip with its left edge and its line."""
        x = line = 0
        for chip in self._chips:
            own = chip_width(self._look, chip)
            if x and x + own > width:
                x, line = 0, line + 1
            yield chip, x, line
            x += own + CHIP_GAP

    @Slot()
    def _refresh(self) -> None:
        self.updateGeometry()
        self.update()


class Keycap(QWidget):
    """Keys as on a keyboard, for example "Ctrl+K" as two caps."""

    def __init__(self, look: Look, keys: str) -> None:
        super().__init__()
        self._look = look
        self._keys = key_parts(keys)
        self.setAccessibleName(f"Shortcut {keys}")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.changed.connect(self._refresh)

    def sizeHint(self) -> QSize:
        """As wide as all caps."""
        widths = [keycap_width(self._look, key) for key in self._keys]
        return QSize(sum(widths) + 4 * (len(widths) - 1), self._look.px(20))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw them."""
        canvas = Canvas(QPainter(self), self._look)
        x = 0
        for key in self._keys:
            x += canvas.keycap(x, self.height() / 2, key) + 4
        canvas.painter.end()

    @Slot()
    def _refresh(self) -> None:
        self.updateGeometry()
        self.update()


class IconLabel(QLabel):
    """An icon beside words; says nothing to a screen reader by itself."""

    def __init__(self, look: Look, icon: str, tone: Tone = "text2", size: int = 16) -> None:
        super().__init__()
        self._look = look
        self._icon = icon
        self._tone: Tone = tone
        self._size = size
        self._refresh()
        look.changed.connect(self._refresh)

    def set_icon(self, icon: str, tone: Tone | None = None) -> None:
        """Show another icon, in another colour if one is given."""
        self._icon = icon
        self._tone = tone or self._tone
        self._refresh()

    @Slot()
    def _refresh(self) -> None:
        side = self._look.px(self._size)
        self.setFixedSize(side, side)
        self.setPixmap(self._look.pixmap(self._icon, self._tone, self._size))
