"""How a row of the timeline is drawn."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyleOptionViewItem

from app.ui.editor.timeline.model import Gap, TimelineModel, local_clock, source_name
from app.ui.item_models.rows import Index
from app.ui.look import Look
from app.ui.painting import Canvas, ChipText, chip_width, fitted_chip, wrapped
from app.ui.theme import ChipKind, Tone
from app.ui.widgets.row_delegate import RowDelegate
from app.ui.wording import Wording
from integrations.export.wording import clock_words, day_words
from models.domain.incident import Event

TIME, LOCAL = 12, 92
"""Where the columns begin."""
ICON, ICON_AFTER_LOCAL = 100, 168
"""Where the icon stands: the sources' own times need a column only where there are such."""
TEXT = 38
"""Where the words begin behind the icon."""
LINE = 20
_TONES: dict[str, tuple[Tone, ChipKind]] = {
    "red": ("red", "red"),
    "amber": ("amber", "amber"),
    "green": ("green", "green"),
    "blue": ("blue", "blue"),
    "violet": ("violet", "violet"),
}


class TimelineDelegate(RowDelegate):
    """UTC, the source's own time, the kind's icon, what happened, and what shows it."""

    def __init__(self, look: Look, wording: Wording, model: TimelineModel, view: QListView):
        super().__init__(look, view)
        self._wording, self._model = wording, model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As tall as its words and sources need."""
        look, row = self._look, self._model.entry(index)
        width = self._view.viewport().width()
        if not isinstance(row, Event):
            return QSize(width, look.px(44))
        lines, below = self._lines(row, width), self._sources_below(row, width)
        tall = look.px(LINE) * (len(lines) + 1 + below)
        return QSize(width, max(look.px(46), tall + look.px(8)))

    def draw(self, canvas: Canvas, rect: QRectF, state: QStyle.StateFlag, index: Index) -> None:
        """Draw an event or a gap."""
        row = self._model.entry(index)
        if isinstance(row, Gap):
            self._paint_gap(canvas, rect, row)
        else:
            canvas.item_ground(rect.adjusted(2, 1, -2, -1), state)
            self._paint_event(canvas, rect, row, index)

    # -- measures ------------------------------------------------------------------------------

    def _chips(self, event: Event, width: float) -> list[ChipText]:
        """The sources by name; what is longer than a line is cut, and read by its field."""
        chips = (ChipText(source_name(one)) for one in event.evidence)
        return [fitted_chip(self._look, chip, self.room(width)) for chip in chips]

    def _icon_left(self) -> int:
        return self._look.px(ICON_AFTER_LOCAL if self._model.has_local_times else ICON)

    def _text_left(self) -> int:
        return self._icon_left() + self._look.px(TEXT)

    def room(self, width: float) -> float:
        """How wide the words may be."""
        return width - self._text_left() - self._look.px(16)

    def _beside(self, event: Event, width: float) -> bool:
        """Whether there is room for the sources at the right of the words."""
        taken = sum(chip_width(self._look, chip) + 6 for chip in self._chips(event, width))
        return 0 < taken < self.room(width) * 0.4

    def _lines(self, event: Event, width: float) -> list[str]:
        room = self.room(width)
        if self._beside(event, width):
            room -= sum(chip_width(self._look, chip) + 6 for chip in self._chips(event, width))
        text = event.text.strip() or "Nothing is said yet"
        return wrapped(text, self._look.font("body"), room)

    def _sources_below(self, event: Event, width: float) -> int:
        """How many lines of sources stand below the words."""
        return 0 if self._beside(event, width) else len(self._chip_lines(event, width))

    def _chip_lines(self, event: Event, width: float) -> list[list[ChipText]]:
        lines: list[list[ChipText]] = []
        left = 0.0
        for chip in self._chips(event, width):
            wide = chip_width(self._look, chip) + 6
            if not lines or left < wide:
                lines.append([])
                left = self.room(width)
            lines[-1].append(chip)
            left -= wide
        return lines

    # -- drawing -------------------------------------------------------------------------------

    def _paint_event(self, canvas: Canvas, rect: QRectF, event: Event, index: Index) -> None:
        look = self._look
        first = rect.top() + look.px(14)
        self._paint_times(canvas, rect, event, index)
        term = self._wording.vocabularies.event_kinds.find(event.kind)
        tone, kind = _TONES.get(term.tone if term else "", ("text2", "neutral"))
        self._paint_icon(canvas, rect, term.icon if term else "note", kind, tone)
        left = rect.left() + self._text_left()
        y = rect.top() + look.px(4)
        empty: Tone = "text" if event.text.strip() else "text3"
        for line in self._lines(event, rect.width()):
            canvas.text(QRectF(left, y, rect.width(), look.px(LINE)), line, "body", empty)
            y += look.px(LINE)
        name = self._wording.name("event_kinds", event.kind)
        below = QRectF(left, y, rect.width(), look.px(LINE))
        said = canvas.text(below, name, "secondary", tone)
        if event.starred:
            canvas.icon(left + said + look.px(8), below.center().y(), "star-fill", "amber")
        if self._beside(event, rect.width()):
            x = rect.right() - look.px(12)
            for chip in reversed(self._chips(event, rect.width())):
                x -= chip_width(look, chip)
                canvas.chip(x, first + look.px(6), chip)
                x -= 6
            return
        for chips in self._chip_lines(event, rect.width()):
            y += look.px(LINE)
            x = left
            for chip in chips:
                x += canvas.chip(x, y + look.px(10), chip) + 6

    def _paint_times(self, canvas: Canvas, rect: QRectF, event: Event, index: Index) -> None:
        """UTC, the time as its source wrote it, and the day where it is another one."""
        look, moment = self._look, event.moment
        line = QRectF(rect.left() + look.px(TIME), rect.top() + look.px(4), 200, look.px(LINE))
        words = clock_words(moment) or ("" if moment.at else "no time")
        canvas.text(line, words, "question" if moment.is_exact else "body", tabular=True)
        before = self._model.before(index)
        day = day_words(moment)
        if day and (before is None or day_words(before.moment) != day):
            below = line.translated(0, look.px(LINE))
            canvas.text(below, short_day(event), "secondary", "text2")
        at = line.translated(look.px(LOCAL - TIME), 0)
        canvas.text(at, local_clock(moment), "body", "text2", tabular=True)

    def _paint_icon(
        self, canvas: Canvas, rect: QRectF, icon: str, kind: ChipKind, tone: Tone
    ) -> None:
        look, painter = self._look, canvas.painter
        side = look.px(26)
        x, y = rect.left() + self._icon_left(), rect.top() + look.px(8)
        painter.setPen(QPen(QColor(look.theme.border2), 2))
        middle = x + side / 2
        if rect.bottom() > y + side + 4:
            painter.drawLine(QPointF(middle, y + side + 2), QPointF(middle, rect.bottom()))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(look.theme.chip(kind).fill))
        painter.drawEllipse(QRectF(x, y, side, side))
        canvas.icon(x + (side - look.px(14)) / 2, y + side / 2, icon, tone)

    def _paint_gap(self, canvas: Canvas, rect: QRectF, gap: Gap) -> None:
        look, painter = self._look, canvas.painter
        theme = look.theme
        box = rect.adjusted(self._icon_left(), 5.5, -look.px(8), -5.5)
        painter.setPen(QPen(QColor(theme.amber.line), 1))
        painter.setBrush(QColor(theme.amber.soft))
        painter.drawRoundedRect(box, 8, 8)
        middle = box.center().y()
        canvas.icon(box.left() + look.px(6), middle, "hourglass-medium", "amber")
        x = rect.left() + self._text_left()
        line = QRectF(x, middle - look.px(10), rect.right() - x, look.px(20))
        x += canvas.text(line, gap.words, "secondary_strong", "amber") + look.px(12)
        line.setLeft(x)
        canvas.text(line, gap.span, "secondary", "text")


def short_day(event: Event) -> str:
    """The day below a time: "19 Nov 2026"."""
    at = event.at
    return "" if at is None else f"{at.day} {at:%b %Y}"
