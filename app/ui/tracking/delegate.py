"""How the heads and rows of the board are drawn."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.ui.look import Look
from app.ui.painting import ELIDE_RIGHT, Canvas, ChipText, chip_width
from app.ui.tracking.columns import EDGE, REF, Columns
from app.ui.tracking.model import BoardModel, Head
from app.ui.tracking.words import (
    PLACE_ICONS,
    due_note,
    home_words,
    jira_note,
    priority_chip,
    sprint_chips,
    sprint_note,
    state_chip,
    status_chip,
)
from app.ui.wording import Wording
from models.tracking.board import BoardRow, accountable
from models.tracking.figures import due_bar

if TYPE_CHECKING:
    from app.ui.theme import Tone
    from app.ui.typography import TextRole

Index = QModelIndex | QPersistentModelIndex
HEAD, ROW = 36, 48
_BAR = 100
"""Pixels at 100 % of the bar below a due date."""


class BoardDelegate(QStyledItemDelegate):
    """Draws every cell of a row in one go."""

    def __init__(
        self,
        look: Look,
        wording: Wording,
        model: BoardModel,
        view: QListView,
        columns: Callable[[], Columns],
    ) -> None:
        super().__init__(view)
        self._look, self._wording, self._model, self._columns = look, wording, model, columns

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """A head or two lines."""
        is_head = isinstance(self._model.entry(index), Head)
        return QSize(200, self._look.px(HEAD if is_head else ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw it."""
        entry, rect = self._model.entry(index), QRectF(option.rect)
        painter.save()
        canvas = Canvas(painter, self._look)
        if isinstance(entry, Head):
            self._head(canvas, rect, entry, option.state)
        else:
            self._row(canvas, rect, entry, option.state)
        painter.restore()

    def _head(self, canvas: Canvas, rect: QRectF, head: Head, state: QStyle.StateFlag) -> None:
        look, painter, theme = self._look, canvas.painter, self._look.theme
        painter.fillRect(rect, QColor(theme.window))
        canvas.hairline(rect.left(), rect.right() + 1, rect.bottom() + 1)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme.accent), 2))
            painter.drawRoundedRect(rect.adjusted(3, 2, -3, -3), 6, 6)
        x, centre = rect.left() + EDGE, rect.center().y()
        canvas.icon(x, centre, "caret-right" if head.folded else "caret-down", "text2", 12)
        x += look.px(20)
        group = head.group
        icon, tone = PLACE_ICONS.get(group.key, ("", "text2"))
        if icon:
            canvas.icon(x, centre, icon, tone, 16)
            x += look.px(26)
        chip = ChipText(f"{len(group.rows):,}", strong=True)
        room = rect.right() - EDGE - chip_width(look, chip) - look.px(20)
        parts: list[tuple[str, TextRole, Tone]] = [(group.title, "body_strong", "text")]
        parts.append((group.note, "secondary", "text2"))
        for words, role, word_tone in parts:
            line = QRectF(x, rect.top(), max(0.0, room - x), rect.height())
            x += canvas.text(line, words, role, word_tone, elide=ELIDE_RIGHT)
            x += look.px(8) if words else 0
        canvas.chip(x + look.px(2), centre, chip, 18)

    def _row(self, canvas: Canvas, rect: QRectF, row: BoardRow, state: QStyle.StateFlag) -> None:
        selected = bool(state & QStyle.StateFlag.State_Selected)
        painter, theme = canvas.painter, self._look.theme
        if selected:
            painter.fillRect(rect, QColor(theme.accent_soft))
            painter.fillRect(
                QRectF(rect.left(), rect.top(), 3, rect.height()), QColor(theme.accent)
            )
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, QColor(theme.hover))
        canvas.hairline(rect.left() + EDGE, rect.right() - EDGE, rect.bottom() + 1)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme.accent), 2))
            painter.drawRoundedRect(rect.adjusted(3, 1, -3, -2), 6, 6)
        columns = self._columns()
        self._title(canvas, columns.rect("action", rect), row, columns)
        self._due(canvas, columns.rect("due", rect), row, selected=selected)
        if chip := priority_chip(row, self._wording):
            self._chip(canvas, columns.rect("priority", rect), chip, selected=selected)
        self._status(canvas, columns.rect("status", rect), row, selected=selected)
        if "owner" in columns:
            self._owner(canvas, columns.rect("owner", rect), row)
        if "jira" in columns:
            note = jira_note(row)
            role: TextRole = "body_medium" if note.tone == "accent" else "secondary"
            canvas.text(columns.rect("jira", rect), note.text, role, note.tone)
        if "sprints" in columns:
            self._sprints(canvas, columns.rect("sprints", rect), row, selected=selected)

    def _title(self, canvas: Canvas, cell: QRectF, row: BoardRow, columns: Columns) -> None:
        look = self._look
        upper, lower = self._lines(cell)
        canvas.text(upper, row.action.ref, "secondary_strong", "text2")
        for line in (upper, lower):
            line.setLeft(cell.left() + look.px(REF))
            line.setRight(cell.right() - look.px(10))
        canvas.text(upper, row.action.title, "body_medium", elide=ELIDE_RIGHT)
        parts = []
        if "jira" not in columns and row.ticket is not None:
            parts.append(row.ticket.key)
        parts.append(home_words(row))
        if "sprints" not in columns and row.ticket is not None:
            parts.append(sprint_note(row, self._model.known).text)
        if "owner" not in columns:
            parts.append(accountable(row.action))
        words = "  ·  ".join(filter(None, parts))
        canvas.text(lower, words, "secondary", "text2", elide=ELIDE_RIGHT)

    def _lines(self, cell: QRectF) -> tuple[QRectF, QRectF]:
        """The two lines of a cell."""
        look, centre = self._look, cell.center().y()
        high = look.px(18)
        upper = QRectF(cell.left(), centre - look.px(18), cell.width(), high)
        return upper, upper.translated(0, look.px(18))

    def _owner(self, canvas: Canvas, cell: QRectF, row: BoardRow) -> None:
        team, owner = row.action.team, row.action.owner
        cell = cell.adjusted(0, 0, -8, 0)
        if team and owner:
            upper, lower = self._lines(cell)
            canvas.text(upper, team, "body", elide=ELIDE_RIGHT)
            canvas.text(lower, owner, "secondary", "text2", elide=ELIDE_RIGHT)
        elif team or owner:
            canvas.text(cell, team or owner, "body", elide=ELIDE_RIGHT)
        else:
            canvas.text(cell, "nobody yet", "secondary", "text3")

    def _due(self, canvas: Canvas, cell: QRectF, row: BoardRow, *, selected: bool) -> None:
        look, note = self._look, due_note(row, self._model.today)
        bar = due_bar(row, self._model.today) if row.is_open else None
        line = self._lines(cell)[0] if bar is not None else cell
        x, centre = cell.left(), line.center().y()
        if note.icon:
            canvas.icon(x, centre, note.icon, note.tone, 14)
            line = line.adjusted(look.px(18), 0, 0, 0)
        canvas.text(line, note.text, "secondary_strong", note.tone, tabular=True)
        if bar is None:
            return
        theme, painter = look.theme, canvas.painter
        late, urgent = row.row.overdue, bar.is_urgent and not bar.is_over
        fill = theme.red.solid if late else theme.amber.solid if urgent else theme.control
        track = QRectF(x, cell.center().y() + look.px(8), look.px(_BAR), 4)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.accent_line if selected else theme.border))
        painter.drawRoundedRect(track, 2, 2)
        if bar.share > 0:
            track.setWidth(max(4.0, track.width() * bar.share))
            painter.setBrush(QColor(fill))
            painter.drawRoundedRect(track, 2, 2)

    def _status(self, canvas: Canvas, cell: QRectF, row: BoardRow, *, selected: bool) -> None:
        """Jira's own word where there is room for it, else the state here: neither is cut."""
        chip = status_chip(row, self._wording)
        if chip_width(self._look, chip) > cell.width() - 6:
            chip = state_chip(row, self._wording)
        self._chip(canvas, cell, chip, selected=selected)

    def _chip(self, canvas: Canvas, cell: QRectF, chip: ChipText, *, selected: bool) -> None:
        lifted = selected and chip.kind == "neutral"
        chip = replace(chip, kind="outline") if lifted else chip
        canvas.chip(cell.left(), cell.center().y(), chip)

    def _sprints(self, canvas: Canvas, cell: QRectF, row: BoardRow, *, selected: bool) -> None:
        look, chips = self._look, sprint_chips(row, self._model.known.sprints)
        note = sprint_note(row, self._model.known)
        upper, lower = self._lines(cell)
        both = bool(chips and note.text)
        x = cell.left()
        shown, hidden = _last_that_fit(look, chips, cell.width() - 4)
        centre = (upper if both else cell).center().y()
        if hidden:
            x += canvas.text(
                QRectF(x, centre - look.px(9), 40, look.px(18)), f"+{hidden}", "micro", "text2"
            )
            x += look.px(4)
        for number, chip in enumerate(shown):
            if number:
                canvas.icon(x + look.px(2), centre, "arrow-right", "text3", 12)
                x += look.px(16)
            x += canvas.chip(x, centre, chip, 18)
        tone: Tone = "text2" if selected and note.tone == "text3" else note.tone
        role: TextRole = "secondary_strong" if note.tone in ("amber", "green") else "secondary"
        canvas.text(lower if both else cell, note.text, role, tone)


def _last_that_fit(
    look: Look, chips: tuple[ChipText, ...], width: float
) -> tuple[tuple[ChipText, ...], int]:
    """The last chips that stand side by side in a width, and how many are left out."""
    for first in range(len(chips)):
        shown = chips[first:]
        need = sum(chip_width(look, chip) for chip in shown) + look.px(16) * (len(shown) - 1)
        if need + (look.px(26) if first else 0) <= width:
            return shown, first
    return chips[-1:], max(0, len(chips) - 1)
