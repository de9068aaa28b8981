"""Controls side by side as far as there is room, the rest below."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from app.ui.editor.fields.question import Question
from app.ui.look import Look


class Columns(QWidget):
    """As many columns of equal width as fit; the tab order is that of the parts.

    The answers to questions that stand side by side begin at one height.

    ``least`` is the narrowest column in pixels of the design, ``most`` the number of columns;
    ``shares`` are the widths of columns that are not equal, while all parts stand side by side.
    """

    def __init__(
        self,
        look: Look,
        *parts: QWidget,
        least: int = 170,
        most: int = 0,
        shares: tuple[int, ...] = (),
    ) -> None:
        super().__init__()
        self._look, self._least = look, least
        self._parts = parts
        self._most = most or len(parts)
        self._shares = shares
        self._columns = 0
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(12)
        self.setLayout(self._grid)
        if parts:
            self.setFocusProxy(parts[0])
        self._arrange(self._most)
        look.changed.connect(self._fit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width has room for another number of columns."""
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """One column."""
        widest = max((part.minimumSizeHint().width() for part in self._parts), default=0)
        return QSize(widest, super().minimumSizeHint().height())

    def _fit(self) -> None:
        room = (self.width() + 16) // (self._look.px(self._least) + 16)
        room = max(1, min(self._most, room))
        rows = -(-len(self._parts) // room)
        self._arrange(
            -(-len(self._parts) // max(1, rows))
        )  # no row is much shorter than the others
        self._align()

    def _align(self) -> None:
        """Questions side by side are as high as the highest of them."""
        width = (self.width() - 16 * (self._columns - 1)) // self._columns
        for start in range(0, len(self._parts), self._columns):
            beside = self._parts[start : start + self._columns]
            asked = [part.asked for part in beside if isinstance(part, Question)]
            for one in asked:
                one.setMinimumHeight(0)
            heights = [one.heightForWidth(width) for one in asked] if len(beside) > 1 else []
            for one in asked:
                one.setMinimumHeight(max(heights, default=0))

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        for column in range(max(columns, self._columns)):
            share = self._shares[column] if columns == len(self._shares) else 1
            self._grid.setColumnStretch(column, share if column < columns else 0)
        self._columns = columns
        for place, part in enumerate(self._parts):
            self._grid.removeWidget(part)
            self._grid.addWidget(part, place // columns, place % columns, Qt.AlignmentFlag.AlignTop)
