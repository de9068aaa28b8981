"""Above the board: what became of each sprint. A number leads to the action items behind it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QKeyEvent, QPen
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QStyle, QTableView

from app.ui.item_models.rows import Index
from app.ui.look import Look
from app.ui.painting import ELIDE_RIGHT, Canvas
from app.ui.preferences import Preferences
from app.ui.tracking.reading import Board
from app.ui.tracking.sprint_rows import (
    CARRIED_OVER,
    DATES,
    SPRINT,
    TITLES,
    SprintModel,
    unknown_words,
)
from app.ui.widgets.buttons import Button, is_enter
from app.ui.widgets.layouts import column, horizontal_line, label
from app.ui.widgets.row_delegate import RowDelegate

if TYPE_CHECKING:
    from app.ui.theme import Tone

SHOWN = "board_sprints"
"""The preference: whether the table is in view."""
ROW, MOST = 30, 5
"""Height of a row at 100 %, and how many are in view at once."""
_PAD = 9
"""Before the words of a cell, in pixels, as the style has it in heads."""
_WIDEST = 220
"""Most of the projects' column at 100 %."""


class SprintDelegate(RowDelegate):
    """Numbers that lead somewhere look like links; carried over stands out."""

    def __init__(self, look: Look, model: SprintModel, view: QTableView) -> None:
        super().__init__(look, view)
        self._model = model

    def draw(self, canvas: Canvas, rect: QRectF, state: QStyle.StateFlag, index: Index) -> None:
        """Draw one cell."""
        look, theme, where = self._look, self._look.theme, index.column()
        flags, words = QStyle.StateFlag, str(index.data())
        canvas.hairline(rect.left(), rect.right() + 1, rect.bottom() + 1)
        if state & flags.State_HasFocus:
            canvas.painter.setPen(QPen(QColor(theme.accent), 2))
            canvas.painter.drawRoundedRect(rect.adjusted(1, 1, -2, -3), 5, 5)
        inner = rect.adjusted(_PAD, 0, -_PAD, 0)
        if where > DATES:
            if self._model.refs(index):
                tone: Tone = "amber" if where == CARRIED_OVER else "accent"
                canvas.text(inner, words, "body_medium", tone, tabular=True)
            else:
                canvas.text(inner, words, "secondary", "text3", tabular=True)
        elif where == SPRINT:
            note = self._model.state(index.row())
            room = look.metrics("secondary").horizontalAdvance(note) + look.px(8) if note else 0
            inner.setRight(inner.right() - room)
            inner.setLeft(
                inner.left() + canvas.text(inner, words, "body_medium", elide=ELIDE_RIGHT)
            )
            canvas.text(inner.adjusted(look.px(8), 0, room, 0), note, "secondary", "text2")
        else:
            canvas.text(inner, words, "secondary", "text2", elide=ELIDE_RIGHT)


class SprintTable(QTableView):
    """The sprints with their numbers; arrows go from cell to cell, Enter or a click leads on.

    Signals
    -------
    chosen(object):
        The ``Outcome`` behind a number.
    """

    chosen = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.sprints = SprintModel(self)
        self.setModel(self.sprints)
        self.setItemDelegate(SprintDelegate(look, self.sprints, self))
        self.setAccessibleName("What became of each sprint")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(SPRINT, QHeaderView.ResizeMode.Stretch)
        self.clicked.connect(self._choose)
        self.sprints.modelReset.connect(self._begin)
        look.changed.connect(self._fit)
        self._fit()

    @Slot()
    def _begin(self) -> None:
        """The keyboard begins at the first number of the newest sprint."""
        self.setCurrentIndex(self.sprints.index(0, DATES + 1))
        self._fit()

    @Slot()
    def _fit(self) -> None:
        look, header = self._look, self.horizontalHeader()
        self.verticalHeader().setDefaultSectionSize(look.px(ROW))
        rows = self.sprints.rowCount()
        for place, title in enumerate(TITLES):
            head = look.metrics("body").horizontalAdvance(title)
            cells = (str(self.sprints.index(row, place).data()) for row in range(rows))
            widths = map(look.metrics("body_medium").horizontalAdvance, cells)
            width = min(max(head, *widths, look.px(40)), look.px(_WIDEST)) + 2 * _PAD + 4
            header.resizeSection(place, width)
        shown = min(MOST, rows) * look.px(ROW)
        self.setFixedHeight(header.sizeHint().height() + shown + 2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space lead to the action items of a number."""
        if is_enter(event) or event.key() == Qt.Key.Key_Space:
            self._choose(self.currentIndex())
        else:
            super().keyPressEvent(event)

    @Slot(QModelIndex)
    def _choose(self, index: QModelIndex) -> None:
        outcome = self.sprints.outcome(index) if index.isValid() else None
        if outcome is not None:
            self.chosen.emit(outcome)


class SprintPanel(QFrame):
    """The table below its button, which is remembered to be pressed; projects without sprints are
    named."""

    def __init__(self, look: Look, preferences: Preferences) -> None:
        super().__init__()
        self._preferences = preferences
        self._is_tracked = False
        self.table = SprintTable(look)
        self._unknown = label("", "secondary", "text2", wrap=True)
        self.opener = Button(
            look, "Sprints", icon="calendar-check", size="small", tip="What became of them (H)"
        )
        self.opener.setCheckable(True)
        self.opener.setChecked(preferences.text(SHOWN) == "yes")
        self.opener.clicked.connect(self._toggled)
        inner = column(self.table, self._unknown, margins=(24 - _PAD, 0, 24 - _PAD, 10), spacing=6)
        self.setLayout(column(horizontal_line(), inner, spacing=0))
        self._arrange()

    @property
    def is_shown(self) -> bool:
        """Whether the table is in view."""
        return self._is_tracked and self.opener.isChecked()

    def show_board(self, board: Board) -> None:
        """Show what became of the sprints of a board that was read."""
        self._is_tracked = board.is_tracked
        self.table.sprints.show(board.reports)
        words = unknown_words(board.reports, board.connections)
        self._unknown.setText(words)
        self._unknown.setVisible(bool(words))
        self._arrange()

    def toggle(self) -> None:
        """Show the table and give it the keyboard, or put it away."""
        self.opener.click()
        if self.is_shown:
            self.table.setFocus()

    @Slot()
    def _toggled(self) -> None:
        self._preferences.set_text(SHOWN, "yes" if self.opener.isChecked() else "")
        self._arrange()

    def _arrange(self) -> None:
        self.opener.set_kind("accent" if self.opener.isChecked() else "secondary")
        self.opener.setVisible(self._is_tracked)
        self.table.setVisible(self.table.sprints.rowCount() > 0)
        self.setVisible(self.is_shown)
