"""Where the columns of the board stand, and which give way where it is narrow."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.look import Look
from app.ui.painting import Canvas

EDGE = 24
REF = 46
"""Pixels at 100 % that the ref takes from the first column."""
LEAST = 250
"""The titles have at least so many."""
ROOMY = 420
"""Titles that have so many leave the owners more room."""
_TITLES = {
    "action": "Action",
    "owner": "Owner",
    "priority": "Priority",
    "due": "Due",
    "jira": "Jira",
    "status": "Status",
    "sprints": "Sprints",
}
_WIDTHS = {"owner": 112, "priority": 58, "due": 122, "jira": 88, "status": 112, "sprints": 140}
_GIVING_WAY = ("owner", "jira", "sprints")
"""What these say stands below the title where there is no column for it."""
_OF_TRACKER = ("jira", "sprints")


@dataclass(frozen=True, slots=True)
class Columns:
    """Left edge and width of each column that is shown, in their order."""

    places: dict[str, tuple[float, float]]

    def __contains__(self, key: str) -> bool:
        return key in self.places

    def rect(self, key: str, row: QRectF) -> QRectF:
        """The cell of a column in a row."""
        left, width = self.places[key]
        return QRectF(row.left() + left, row.top(), width, row.height())

    def at(self, x: float) -> str:
        """The column at a place, or ""."""
        found = (key for key, (left, width) in self.places.items() if left <= x < left + width)
        return next(found, "")


def columns(look: Look, width: float, *, connected: bool) -> Columns:
    """The columns that fit; those about a tracker only where there is one."""
    shown = [key for key in _WIDTHS if connected or key not in _OF_TRACKER]
    for key in _GIVING_WAY:
        if key in shown and _left(look, width, shown) < look.px(LEAST):
            shown.remove(key)
    left = _left(look, width, shown)
    spare = max(0.0, min(left - look.px(ROOMY), look.px(60))) if "owner" in shown else 0.0
    x: float = EDGE
    places = {"action": (x, left - spare)}
    x += left - spare
    for key in shown:
        places[key] = (x, look.px(_WIDTHS[key]) + (spare if key == "owner" else 0.0))
        x += places[key][1]
    return Columns(places)


def _left(look: Look, width: float, shown: list[str]) -> float:
    return max(0.0, width - 2 * EDGE - sum(look.px(_WIDTHS[key]) for key in shown))


class ColumnHeads(QWidget):
    """The names above the columns."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._columns = Columns({})
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self._refresh)

    def show_columns(self, columns: Columns) -> None:
        """Name these."""
        self._columns = columns
        self.setAccessibleName(", ".join(_TITLES[key] for key in columns.places))
        self.update()

    def sizeHint(self) -> QSize:
        """One low line."""
        return QSize(300, self._look.px(28))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw them."""
        canvas, theme = Canvas(QPainter(self), self._look), self._look.theme
        line = QRectF(0, 0, self.width(), self.height())
        canvas.painter.fillRect(QRectF(0, self.height() - 1, self.width(), 1), QColor(theme.border))
        for key in self._columns.places:
            cell = self._columns.rect(key, line)
            if key == "action":
                cell.setLeft(cell.left() + self._look.px(REF))
            canvas.text(cell, _TITLES[key], "micro_strong", "text3")
        canvas.painter.end()

    @Slot()
    def _refresh(self) -> None:
        self.updateGeometry()
        self.update()
