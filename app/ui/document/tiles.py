"""The band of measures above the text: times to detect, mitigate, resolve, and what was hit."""

from PySide6.QtCore import QRectF, QSize, Qt, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.document.reading import Tile
from app.ui.look import Look
from app.ui.painting import Canvas
from app.ui.typography import TextRole

_SIZES: tuple[TextRole, ...] = ("section_title", "screen_title", "body_strong", "secondary")
"""A value is never cut: it becomes smaller until it fits."""


class TileBand(QWidget):
    """Up to four measures side by side."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._tiles: tuple[Tile, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self._refresh)

    def show_tiles(self, tiles: tuple[Tile, ...]) -> None:
        """Show these; hidden where there are none."""
        self._tiles = tiles
        self.setVisible(bool(tiles))
        spoken = (f"{t.name} {t.value.replace('~', 'about ')} {t.note}".strip() for t in tiles)
        words = "; ".join(spoken)
        self.setAccessibleName(f"Measures: {words}")
        self.setToolTip(words)
        self.update()

    def sizeHint(self) -> QSize:
        """Three lines."""
        return QSize(300, self._look.px(62))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw them."""
        if not self._tiles:
            return
        look = self._look
        canvas = Canvas(QPainter(self), look)
        share = self.width() / max(3, len(self._tiles))
        for number, tile in enumerate(self._tiles):
            left = number * share + (0 if number == 0 else 16)
            if number:
                line = QRectF(number * share, 4, 1, self.height() - 8)
                canvas.painter.fillRect(line, QColor(look.theme.border))
            room = share - 24

            def at(top: float, height: float, left: float = left, room: float = room) -> QRectF:
                return QRectF(left, look.px(top), room, look.px(height))

            elide = Qt.TextElideMode.ElideRight
            canvas.text(at(1, 18), tile.name, "micro", "text3", elide=elide)
            role = next((r for r in _SIZES if self._fits(tile.value, r, room)), _SIZES[-1])
            canvas.text(at(19, 26), tile.value, role)
            canvas.text(at(44, 17), tile.note, "micro", "text2", elide=elide)
        canvas.painter.end()

    def _fits(self, value: str, role: TextRole, room: float) -> bool:
        return self._look.metrics(role).horizontalAdvance(value) <= room

    @Slot()
    def _refresh(self) -> None:
        self.updateGeometry()
        self.update()
