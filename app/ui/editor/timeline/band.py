"""How long it took to detect, acknowledge, mitigate and resolve, with the events, as one band."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.look import Look
from app.ui.painting import RIGHT, Canvas
from integrations.export.wording import clock, duration
from models.completeness import out_of_order
from models.domain.incident import Incident, current_events, durations

_PARTS = (
    ("to detect", "onset to first sign", "red", "ttd_s"),
    ("to acknowledge", "first sign to response", "blue", "tta_s"),
    ("to mitigate", "onset to users well", "amber", "ttm_s"),
    ("to resolve", "onset to all clear", "green", "ttr_s"),
)
_STRETCHES = (
    ("detected", "red"),
    ("acknowledged", "blue"),
    ("mitigated", "amber"),
    ("resolved", "green"),
)
"""What ends each stretch of the band, and its colour."""


@dataclass(frozen=True)
class _Part:
    """A duration in words."""

    words: str
    meaning: str
    colour: str
    length: str


@dataclass(frozen=True)
class _Span:
    """A stretch of time on the band."""

    start: datetime
    end: datetime
    colour: str


@dataclass(frozen=True)
class _Mark:
    """An event on the band."""

    at: datetime
    starred: bool


class TimesBand(QWidget):
    """Onset to detected, acknowledged, mitigated, resolved; below it when users were affected.

    Hidden while onset or end is not known, and while the times are out of order.
    """

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._parts: list[_Part] = []
        self._spans: list[_Span] = []
        self._windows: list[_Span] = []
        self._marks: list[_Mark] = []
        self._range: tuple[datetime, datetime] | None = None
        self._clocks: list[tuple[datetime, str]] = []
        self._affected = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.updateGeometry)

    def show_incident(self, incident: Incident) -> None:
        """Show the times of an incident, its impact windows and its events."""
        lasted, shown = durations(incident), not out_of_order(incident)
        found = [(part, getattr(lasted, part[3])) for part in _PARTS]
        self._parts = [
            _Part(words, meaning, colour, duration(seconds, inexact=name in lasted.inexact))
            for (words, meaning, colour, name), seconds in found
            if seconds is not None and shown
        ]
        self._spans = list(_spans(incident, alerted=lasted.tta_s is not None))
        self._windows = list(_windows(incident))
        places = [at for span in (*self._spans, *self._windows) for at in (span.start, span.end)]
        self._range = (min(places), max(places)) if places else None
        self._marks = [
            _Mark(event.at, event.starred)
            for event in current_events(incident.timeline)
            if event.at is not None and event.moment.is_exact and self._holds(event.at)
        ]
        self._clocks = list(_clocks(incident)) if shown else []
        self._affected = ""
        if lasted.impact_s is not None:
            length = duration(lasted.impact_s, inexact="impact_s" in lasted.inexact)
            many = f" in {len(self._windows)} windows" if len(self._windows) > 1 else ""
            self._affected = f"Users affected {length}{many}"
        self.setVisible(bool(self._parts))
        said = ", ".join(f"{part.length} {part.words}" for part in self._parts)
        told = ". ".join(filter(None, (f"Times: {said}" if said else "Times", self._affected)))
        self.setAccessibleName(told)
        self.update()

    def _holds(self, at: datetime) -> bool:
        return self._range is not None and self._range[0] <= at <= self._range[1]

    def sizeHint(self) -> QSize:
        """Words, events, band, impact and clock times."""
        return QSize(400, self._look.px(104))

    def minimumSizeHint(self) -> QSize:
        """As high as it is."""
        return QSize(200, self._look.px(104))

    # -- drawing -------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        look, painter = self._look, QPainter(self)
        canvas = Canvas(painter, look)
        width = self.width() / max(1, len(self._parts))
        for place, part in enumerate(self._parts):
            self._paint_part(canvas, part, place * width, width)
        painter.setPen(Qt.PenStyle.NoPen)
        if self._range is not None:
            self._paint_marks(painter, look.px(50))
            self._paint_spans(painter, self._spans, look.px(56), look.px(10))
            self._paint_spans(painter, self._windows, look.px(69), look.px(4))
            self._paint_clocks(canvas, look.px(78))
        painter.end()

    def _paint_part(self, canvas: Canvas, part: _Part, left: float, width: float) -> None:
        look, painter = self._look, canvas.painter
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._solid(part.colour))
        painter.drawRoundedRect(QRectF(left, 4, look.px(4), look.px(34)), 2, 2)
        begin, room = left + look.px(14), width - look.px(14)
        line = QRectF(begin, 2, width, look.px(20))
        x = begin + canvas.text(line, part.length, "screen_title", tabular=True) + look.px(8)
        below = QRectF(begin, look.px(21), width, look.px(18))
        metrics = look.metrics("secondary")
        beside = x + metrics.horizontalAdvance(part.words) < left + width - look.px(8)
        if beside:
            canvas.text(QRectF(x, 3, width, look.px(20)), part.words, "secondary", "text2")
        words = part.meaning if beside else part.words
        if metrics.horizontalAdvance(words) < room - look.px(8):
            canvas.text(below, words, "secondary", "text2")

    def _paint_spans(self, painter: QPainter, spans: list[_Span], top: int, tall: int) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        for span in spans:
            left, right = self._x(span.start), self._x(span.end)
            painter.setBrush(self._solid(span.colour))
            painter.drawRoundedRect(QRectF(left, top, max(2.0, right - left - 2), tall), 3, 3)

    def _paint_marks(self, painter: QPainter, middle: int) -> None:
        """A point for each event, a larger one in amber for those with a star."""
        theme = self._look.theme
        for mark in sorted(self._marks, key=lambda one: one.starred):
            painter.setBrush(QColor(theme.amber.solid if mark.starred else theme.control))
            side = self._look.px(4 if mark.starred else 2)
            painter.drawEllipse(QPointF(self._x(mark.at), middle), side, side)

    def _paint_clocks(self, canvas: Canvas, top: int) -> None:
        """When it began and ended, and between them when users were well, where there is room."""
        look = self._look
        line = QRectF(0, top, self.width(), look.px(20))
        if not self._clocks:
            return
        first, last = self._clocks[0][1], self._clocks[-1][1]
        taken = canvas.text(line, first, "secondary_strong", tabular=True) + look.px(16)
        canvas.text(line, last, "secondary_strong", align=RIGHT, tabular=True)
        metrics = look.metrics("secondary_strong")
        end = self.width() - metrics.horizontalAdvance(last) - look.px(16)
        for at, words in self._clocks[1:-1]:
            x, wide = self._x(at), metrics.horizontalAdvance(words)
            if taken < x and x + wide < end:
                where = QRectF(x, top, wide + look.px(8), look.px(20))
                canvas.text(where, words, "secondary_strong", tabular=True)
                taken = x + wide + look.px(16)
        wide = look.metrics("secondary").horizontalAdvance(self._affected)
        if self._affected and end - taken > wide + look.px(8):
            where = QRectF(0, top, end, look.px(20))
            canvas.text(where, self._affected, "secondary", "text2", align=RIGHT)

    def _x(self, at: datetime) -> float:
        if self._range is None:
            return 0.0
        begin, end = self._range
        whole = (end - begin).total_seconds()
        return self.width() * ((at - begin).total_seconds() / whole) if whole else 0.0

    def _solid(self, colour: str) -> QColor:
        theme = self._look.theme
        states = {"red": theme.red, "amber": theme.amber, "green": theme.green, "blue": theme.blue}
        return QColor(states[colour].solid)


def _spans(incident: Incident, *, alerted: bool) -> Iterable[_Span]:
    """The stretches of the band: each ends where its time was reached."""
    onset = incident.times.onset
    begin = onset.at if onset else None
    if begin is None or out_of_order(incident):
        return
    for name, colour in _STRETCHES:
        moment = getattr(incident.times, name)
        if moment is None or moment.at is None or (name == "acknowledged" and not alerted):
            continue
        if moment.at > begin:
            yield _Span(begin, moment.at, colour)
            begin = moment.at


def _windows(incident: Incident) -> Iterable[_Span]:
    for window in incident.impact.windows:
        start = window.start.at if window.start else None
        end = window.end.at if window.end else None
        if start is not None and end is not None and start <= end:
            yield _Span(start, end, "red")


def _clocks(incident: Incident) -> Iterable[tuple[datetime, str]]:
    """Onset, mitigated and resolved with their clock times, inexact ones marked."""
    times = incident.times
    for moment in (times.onset, times.mitigated, times.resolved):
        if moment is not None and moment.at is not None:
            about = "" if moment.is_exact else "~"
            yield moment.at, f"{about}{clock(moment.at)} UTC"
