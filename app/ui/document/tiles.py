"""The band of measures above the text: times to detect, mitigate, resolve, and what was hit."""

from PySide6.QtCore import QRectF, QSize, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.document.reading import Tile
from app.ui.look import Look
from app.ui.painting import ELIDE_RIGHT, Canvas
from app.ui.tips import tip
from app.ui.typography import TextRole

_SIZES: tuple[TextRole, ...] = ("section_title", "screen_title", "body_strong", "secondary")
"""A value is never cut: it becomes smaller until it fits."""
_GAP = 16


class TileBand(QWidget):
    """Up to four measures side by side."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._tiles: tuple[Tile, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        look.changed.connect(self._refresh)

    def show_tiles(self, tiles: tuple[Tile, ...]) -> None:
        """Show these; hidden where there are none."""
        self._tiles = tiles
        self.setVisible(bool(tiles))
        spoken = (f"{t.name} {t.value.replace('~', 'about ')} {t.note}".strip() for t in tiles)
        words = "; ".join(spoken)
        self.setAccessibleName(f"Measures: {words}")
        self.setToolTip(tip(words))
        self.setAccessibleDescription(words)  # else it would be the tooltip, as HTML
        self._refresh()

    def sizeHint(self) -> QSize:
        """One line of measures."""
        return QSize(300, self._line_height())

    def heightForWidth(self, width: int) -> int:
        """Two lines where names and notes would be cut in one."""
        lines = -(-len(self._tiles) // self._columns(width))
        return self._line_height() * max(1, lines)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw them."""
        if not self._tiles:
            return
        canvas = Canvas(QPainter(self), self._look)
        columns = self._columns(self.width())
        share = self.width() / columns
        for number, tile in enumerate(self._tiles):
            line, place = divmod(number, columns)
            top = line * self._line_height()
            self._paint_tile(canvas, tile, QRectF(place * share, top, share, 0), first=not place)
        canvas.painter.end()

    def _paint_tile(self, canvas: Canvas, tile: Tile, cell: QRectF, *, first: bool) -> None:
        look = self._look
        if not first:
            edge = QRectF(cell.left(), cell.top() + 4, 1, self._line_height() - 8)
            canvas.painter.fillRect(edge, QColor(look.theme.border))
        left = cell.left() + (0 if first else _GAP)
        room = cell.width() - _GAP - 8

        def at(top: float, height: float) -> QRectF:
            return QRectF(left, cell.top() + look.px(top), room, look.px(height))

        canvas.text(at(1, 18), tile.name, "micro", "text3", elide=ELIDE_RIGHT)
        role = next((r for r in _SIZES if self._fits(tile.value, r, room)), _SIZES[-1])
        canvas.text(at(19, 26), tile.value, role)
        canvas.text(at(44, 17), tile.note, "micro", "text2", elide=ELIDE_RIGHT)

    def _line_height(self) -> int:
        return self._look.px(62)

    def _columns(self, width: int) -> int:
        columns = max(3, len(self._tiles))
        room = width / columns - _GAP - 8
        words = (words for tile in self._tiles for words in (tile.name, tile.note))
        return columns if all(self._fits(w, "micro", room) for w in words) else 2

    def _fits(self, value: str, role: TextRole, room: float) -> bool:
        return self._look.metrics(role).horizontalAdvance(value) <= room

    @Slot()
    def _refresh(self) -> None:
        self.updateGeometry()
        self.update()
