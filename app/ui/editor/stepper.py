"""The sections of a post-mortem at the left of the editor, each with how far it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QColor, QContextMenuEvent, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QListView,
    QMenu,
    QStyle,
    QStyleOptionViewItem,
)

from app.ui.editor.sections import Step
from app.ui.item_models.rows import Index, RowModel
from app.ui.look import Look
from app.ui.painting import ELIDE_RIGHT, Canvas, ChipText, chip_width
from app.ui.theme import ChipKind, Tone
from app.ui.tips import tip
from app.ui.widgets.buttons import is_enter
from app.ui.widgets.row_delegate import RowDelegate
from models.completeness import NOT_STARTED, Progress
from models.guidance.gaps import SectionState

_MARKS: dict[Progress, tuple[str, Tone]] = {
    Progress.NOT_STARTED: ("circle", "text3"),
    Progress.PARTLY: ("circle-half", "accent"),
    Progress.DONE: ("check-circle-fill", "green"),
    Progress.ATTENTION: ("warning", "amber"),
}
_OWNER_KINDS: dict[str, ChipKind] = {"Engineering": "blue", "Everyone": "neutral"}
HEIGHT = 56
UNKNOWN = SectionState(NOT_STARTED)


def owner_chip(owner: str, *, sentence: bool = False) -> ChipText:
    """Who writes a section, as a discipline."""
    kind = _OWNER_KINDS.get(owner, "violet")
    verb = "write" if " and " in owner else "writes"
    return ChipText(f"{owner} {verb} this" if sentence else owner, kind, "user" if sentence else "")


@dataclass(frozen=True)
class Row:
    """A section, how far it is and what it lacks."""

    step: Step
    state: SectionState

    @property
    def owner(self) -> str:
        """Who writes it, or ""."""
        return self.step.guidance.owner


class StepModel(RowModel[Row]):
    """The sections in their order."""

    def show(self, steps: Sequence[Step], states: Mapping[str, SectionState]) -> None:
        """Show these."""
        rows = (Row(step, states.get(step.key, UNKNOWN)) for step in steps)
        self.show_rows(rows, key=lambda row: row.step.key)

    def place_of(self, key: str) -> int:
        """Where a section stands, or -1."""
        return next((n for n, row in enumerate(self._rows) if row.step.key == key), -1)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The heading, and the sentence for a screen reader."""
        row = self.entry(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return row.step.heading
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(str(self.data(index, Qt.ItemDataRole.AccessibleTextRole)))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            owner = f", {row.owner}" if row.owner else ""
            return f"{row.step.heading}{owner}, {row.state.sentence}"
        return None


class StepDelegate(RowDelegate):
    """Icon, heading, one line of state, who writes it; a line from each to the next."""

    def __init__(self, look: Look, model: StepModel, view: QListView) -> None:
        super().__init__(look, view)
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """All rows are of one height."""
        return QSize(200, self._look.px(HEIGHT))

    def draw(self, canvas: Canvas, rect: QRectF, state: QStyle.StateFlag, index: Index) -> None:
        """Draw it."""
        look, row, px = self._look, self._model.entry(index), self._look.px
        current = bool(state & QStyle.StateFlag.State_Selected)
        canvas.row_ground(
            rect.adjusted(8, 1, -8, -1),
            selected=current,
            focused=current and bool(state & QStyle.StateFlag.State_HasFocus),
            hovered=bool(state & QStyle.StateFlag.State_MouseOver),
        )
        icon, tone = _MARKS[row.state.progress]
        left, first, second = rect.left() + px(20), rect.top() + px(19), rect.top() + px(37)
        self._draw_line(canvas.painter, rect, index)
        canvas.icon(left, rect.center().y(), icon, tone, 18)
        heading = QRectF(left + px(30), first - px(10), rect.right() - left - px(48), px(20))
        words = QRectF(heading.left(), second - px(9), heading.width(), px(18))
        title = look.metrics("body_strong").horizontalAdvance(row.step.heading)
        needed = look.metrics("secondary").horizontalAdvance(row.state.words)
        if row.owner:
            self._draw_owner(canvas, row.owner, (heading, title), (words, needed))
        shown: Tone = "accent" if current else "text"
        canvas.text(heading, row.step.heading, "body_strong", shown, elide=ELIDE_RIGHT)
        quiet = tone if row.state.progress is Progress.ATTENTION else "text2"
        canvas.text(words, row.state.words, "secondary", quiet, elide=ELIDE_RIGHT)

    def _draw_owner(self, canvas: Canvas, owner: str, *lines: tuple[QRectF, int]) -> None:
        """At the end of the first line that has room; the work area's head says it anyway."""
        chip = owner_chip(owner)
        width = chip_width(self._look, chip)
        for line, taken in lines:
            if taken + width + 8 <= line.width():
                canvas.chip(line.right() - width, line.center().y(), chip, 18)
                return

    def _draw_line(self, painter: QPainter, rect: QRectF, index: Index) -> None:
        px = self._look.px
        x, middle, around = rect.left() + px(29), rect.center().y(), px(12)
        pen = QPen(QColor(self._look.theme.border2), 1.5)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        if index.row() > 0:
            painter.drawLine(QPointF(x, rect.top()), QPointF(x, middle - around))
        if index.row() < self._model.rowCount() - 1:
            painter.drawLine(QPointF(x, middle + around), QPointF(x, rect.bottom() + 1))


class Stepper(QListView):
    """The list; moving chooses a section, Enter goes into it.

    Signals
    -------
    chosen(str):
        A section is to be shown, by its key.
    entered(str):
        A section is to be shown and given the keyboard.
    action_requested(str):
        An action of the table for the chosen section: rename, move, remove, add.
    """

    chosen = Signal(str)
    entered = Signal(str)
    action_requested = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.steps = StepModel(self)
        self.setModel(self.steps)
        self.setItemDelegate(StepDelegate(look, self.steps, self))
        self.setAccessibleName("Sections")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self._showing = False
        self.selectionModel().currentChanged.connect(self._moved)
        self.clicked.connect(self._clicked)
        look.changed.connect(self.scheduleDelayedItemsLayout)

    def show_steps(
        self, steps: Sequence[Step], states: Mapping[str, SectionState], current: str
    ) -> None:
        """Show the sections, one of them chosen, without telling anybody."""
        self._showing = True
        self.steps.show(steps, states)
        place = self.steps.place_of(current)
        if place >= 0 and place != self.currentIndex().row():
            self.setCurrentIndex(self.steps.index(place, 0))
        self._showing = False

    def current_row(self) -> Row | None:
        """The chosen section."""
        index = self.currentIndex()
        return self.steps.at(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes into the section."""
        row = self.current_row()
        if row is not None and is_enter(event):
            self.entered.emit(row.step.key)
            return
        if row is not None and row.step.is_own and event.key() == Qt.Key.Key_F2:
            self.action_requested.emit("rename_section")
            return
        if row is not None and row.step.is_own and event.key() == Qt.Key.Key_Delete:
            self.action_requested.emit("remove_section")
            return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be done with sections of one's own."""
        menu = QMenu(self)
        row = self.current_row()
        entries = [("add_section", "Add a section")]
        if row is not None and row.step.is_own:
            entries += [
                ("rename_section", "Rename (F2)"),
                ("section_up", "Move up"),
                ("section_down", "Move down"),
                ("remove_section", "Remove (Del)"),
            ]
        for id, text in entries:
            menu.addAction(text).setData(id)
        chosen = menu.exec(event.globalPos())
        if chosen is not None:
            self.action_requested.emit(str(chosen.data()))

    @Slot(QModelIndex)
    def _moved(self, index: QModelIndex) -> None:
        if index.isValid() and not self._showing:
            self.chosen.emit(self.steps.entry(index).step.key)

    @Slot(QModelIndex)
    def _clicked(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(self.steps.entry(index).step.key)
