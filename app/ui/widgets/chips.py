"""Chips, keycaps and icons as widgets."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from app.ui.actions import key_parts
from app.ui.look import Look
from app.ui.painting import Canvas, ChipText, chip_width, keycap_width
from app.ui.theme import Tone


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
    """Chips side by side, as many as fit; the rest is counted in the last one."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._chips: tuple[ChipText, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self._refresh)

    def show_chips(self, chips: Sequence[ChipText]) -> None:
        """Show these."""
        self._chips = tuple(chips)
        words = ", ".join(chip.text for chip in chips)
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.update()

    def sizeHint(self) -> QSize:
        """All of them."""
        widths = (chip_width(self._look, chip) + 6 for chip in self._chips)
        return QSize(sum(widths), self._look.px(24))

    def minimumSizeHint(self) -> QSize:
        """The first of them."""
        first = chip_width(self._look, self._chips[0]) if self._chips else 0
        return QSize(first, self._look.px(24))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what fits."""
        canvas = Canvas(QPainter(self), self._look)
        x, middle = 0, self.height() / 2
        for number, chip in enumerate(self._chips):
            left = len(self._chips) - number
            rest = ChipText(f"+{left - 1}")
            room = self.width() - (chip_width(self._look, rest) + 6 if left > 1 else 0)
            if x + chip_width(self._look, chip) > room:
                canvas.chip(x, middle, ChipText(f"+{left}"))
                break
            x += canvas.chip(x, middle, chip) + 6
        canvas.painter.end()

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
