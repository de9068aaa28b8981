"""The figures above the board."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.look import Look
from app.ui.painting import Canvas
from app.ui.theme import Tone
from app.ui.wording import count
from models.tracking.figures import Figures, span_words

_GAP = 20


@dataclass(frozen=True, slots=True)
class Figure:
    """A number, what it counts, and one more fact."""

    value: str
    words: str
    note: str
    tone: Tone = "text"


def figures_of(figures: Figures, *, connected: bool) -> tuple[Figure, ...]:
    """The four figures; those about sprints only where there is a tracker."""
    still = figures.open
    found = [Figure(f"{still:,}", "open", f"from {count(figures.post_mortems, 'post-mortem')}")]
    if connected:
        share = f"{round(100 * figures.in_sprint / still)}%" if still else "0"
        slipped: Tone = "amber" if figures.slipped else "text"
        missed = f"{count(figures.missed, 'sprint end')} missed"
        found.append(Figure(share, "in a sprint", f"{figures.in_sprint} of {still} open"))
        found.append(Figure(f"{figures.slipped}", "slipped", missed, slipped))
    else:
        found.append(Figure(f"{figures.ready}", "ready", "agreed, not begun"))
        found.append(Figure(f"{figures.proposed}", "proposed", "nobody agreed yet"))
    late: Tone = "red" if figures.overdue else "text"
    oldest = f"oldest {span_words(figures.oldest)}" if figures.overdue else "none is late"
    found.append(Figure(f"{figures.overdue}", "past due", oldest, late))
    return tuple(found)


class FiguresBand(QWidget):
    """Up to four figures side by side; nothing of them is cut, they share the width."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._figures: tuple[Figure, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self._refresh)

    def show_figures(self, figures: tuple[Figure, ...]) -> None:
        """Show these."""
        self._figures = figures
        words = "; ".join(f"{f.value} {f.words}, {f.note}" for f in figures)
        self.setAccessibleName(words)
        self._refresh()

    def sizeHint(self) -> QSize:
        """Two lines."""
        return QSize(500, self._look.px(44))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw them."""
        look = self._look
        canvas = Canvas(QPainter(self), look)
        widest = max((self._width(figure) for figure in self._figures), default=0)
        pitch = max(widest + 2 * _GAP, min(look.px(206), self.width() / 4))
        for number, figure in enumerate(self._figures):
            x = number * pitch
            if number:
                edge = QRectF(x - _GAP, 2, 1, self.height() - 4)
                canvas.painter.fillRect(edge, QColor(look.theme.border))
            upper = QRectF(x, 0, pitch, look.px(26))
            value = canvas.text(upper, figure.value, "section_title", figure.tone, tabular=True)
            words = upper.adjusted(value + look.px(8), look.px(2), 0, 0)
            canvas.text(words, figure.words, "secondary_strong", "text2")
            lower = QRectF(x, look.px(26), pitch, look.px(18))
            canvas.text(lower, figure.note, "secondary", "text2")
        canvas.painter.end()

    def _width(self, figure: Figure) -> int:
        metrics = self._look.metrics
        value = metrics("section_title").horizontalAdvance(figure.value)
        words = metrics("secondary_strong").horizontalAdvance(figure.words)
        return max(
            value + self._look.px(8) + words,
            metrics("secondary").horizontalAdvance(figure.note),
        )

    @Slot()
    def _refresh(self) -> None:
        self.updateGeometry()
        self.update()
