"""How long it took to detect, to mitigate and to resolve, as one band."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.look import Look
from app.ui.painting import RIGHT, Canvas
from integrations.export.wording import clock, duration
from models.completeness import out_of_order
from models.domain.incident import Incident, durations
from models.domain.moments import Moment


class TimesBand(QWidget):
    """Onset to detected, to mitigated, to resolved; hidden while onset or end is not known, and
    while the times are out of order.
    """

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._parts: list[tuple[str, str, str, float, str]] = []
        self._ends: tuple[str, str] = ("", "")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.updateGeometry)

    def show_incident(self, incident: Incident) -> None:
        """Show the times of an incident."""
        spans, times = durations(incident), incident.times
        self._parts = [
            (words, meaning, colour, seconds, duration(seconds, inexact=name in spans.inexact))
            for words, meaning, colour, name, seconds in (
                ("to detect", "onset to first sign", "red", "ttd_s", spans.ttd_s),
                ("to mitigate", "onset to users well", "amber", "ttm_s", spans.ttm_s),
                ("to resolve", "onset to all clear", "green", "ttr_s", spans.ttr_s),
            )
            if seconds is not None and not out_of_order(incident)
        ]
        self._ends = (_clock(times.onset), _clock(times.resolved or times.mitigated))
        self.setVisible(bool(self._parts))
        said = ", ".join(f"{length} {words}" for words, _, _, _, length in self._parts)
        self.setAccessibleName(f"Times: {said}" if said else "Times")
        self.update()

    def sizeHint(self) -> QSize:
        """Words, band and its ends."""
        return QSize(400, self._look.px(86))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        look, painter = self._look, QPainter(self)
        canvas = Canvas(painter, look)
        painter.setPen(Qt.PenStyle.NoPen)
        width = self.width() / max(1, len(self._parts))
        for place, (words, meaning, colour, _, length) in enumerate(self._parts):
            left = place * width
            painter.setBrush(self._solid(colour))
            painter.drawRoundedRect(QRectF(left, 4, look.px(4), look.px(34)), 2, 2)
            x = left + look.px(14)
            line = QRectF(x, 2, width, look.px(20))
            x += canvas.text(line, length, "screen_title", tabular=True) + look.px(8)
            below = QRectF(left + look.px(14), look.px(21), width, look.px(18))
            if x + look.metrics("secondary").horizontalAdvance(words) < left + width:
                canvas.text(QRectF(x, 3, width, look.px(20)), words, "secondary", "text2")
                canvas.text(below, meaning, "secondary", "text2")
            else:
                canvas.text(below, words, "secondary", "text2")
            painter.setPen(Qt.PenStyle.NoPen)
        self._paint_band(painter, look.px(46))
        ends = QRectF(0, look.px(62), self.width(), look.px(20))
        canvas.text(ends, self._ends[0], "secondary_strong", tabular=True)
        canvas.text(ends, self._ends[1], "secondary_strong", align=RIGHT, tabular=True)
        painter.end()

    def _paint_band(self, painter: QPainter, top: int) -> None:
        """Each part ends where its time was reached; the last one fills the band."""
        total = max((seconds for _, _, _, seconds, _ in self._parts), default=0.0)
        start, tall = 0.0, self._look.px(10)
        painter.setPen(Qt.PenStyle.NoPen)
        for _, _, colour, seconds, _ in self._parts:
            end = self.width() * (seconds / total if total else 1.0)
            if end > start + 2:
                painter.setBrush(self._solid(colour))
                painter.drawRoundedRect(QRectF(start, top, end - start - 2, tall), 3, 3)
                start = end

    def _solid(self, colour: str) -> QColor:
        theme = self._look.theme
        state = {"red": theme.red, "amber": theme.amber, "green": theme.green}[colour]
        return QColor(state.solid)


def _clock(moment: Moment | None) -> str:
    return "" if moment is None or moment.at is None else f"{clock(moment.at)} UTC"
