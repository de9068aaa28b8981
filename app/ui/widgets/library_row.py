"""The delegate of the Library's rows."""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtWidgets import QListView, QStyle, QStyleOptionViewItem

from app.ui.item_models.library_rows import Head, LibraryModel
from app.ui.item_models.rows import Index
from app.ui.look import Look
from app.ui.painting import RIGHT, Canvas, ChipText, chip_width
from app.ui.widgets.row_delegate import RowDelegate
from app.ui.wording import Wording, health_words, short_date
from models.queries.catalogue import Row

if TYPE_CHECKING:
    from app.ui.theme import ChipKind, Tone

ELIDE_RIGHT = Qt.TextElideMode.ElideRight


class LibraryDelegate(RowDelegate):
    """Ref, severity, status and date; title; services and how the actions stand."""

    def __init__(self, look: Look, wording: Wording, model: LibraryModel, view: QListView) -> None:
        super().__init__(look, view)
        self._wording = wording
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """A head or three lines."""
        is_head = isinstance(self._model.entry(index), Head)
        return QSize(200, self._look.px(32 if is_head else 88))

    def draw(self, canvas: Canvas, rect: QRectF, state: QStyle.StateFlag, index: Index) -> None:
        """Draw it."""
        entry = self._model.entry(index)
        if isinstance(entry, Head):
            line = QRectF(rect.left() + 20, rect.bottom() - self._look.px(24), rect.width(), 22)
            canvas.text(line, entry.text, "micro_strong", "text3")
        else:
            canvas.item_ground(rect.adjusted(8, 2, -8, -2), state)
            selected = bool(state & QStyle.StateFlag.State_Selected)
            self._paint_row(canvas, rect, entry, selected=selected)

    def _paint_row(self, canvas: Canvas, rect: QRectF, row: Row, *, selected: bool) -> None:
        look = self._look
        left, right = rect.left() + 20, rect.right() - 20
        self._paint_first_line(canvas, rect, row, selected=selected)
        middle = rect.top() + look.px(44)
        title = QRectF(left, middle - look.px(12), right - left, look.px(24))
        canvas.text(title, row.title, "question", elide=ELIDE_RIGHT)
        third = rect.top() + look.px(67)
        words, tone, icon = health_words(row.health)
        width = look.metrics("secondary").horizontalAdvance(words)
        at = right - width
        line = QRectF(at, third - look.px(10), width + 2, look.px(20))
        word_tone: Tone = tone if tone in ("amber", "red") else "text2"
        canvas.text(line, words, "secondary", word_tone)
        canvas.icon(at - look.px(20), third, icon, tone)
        if row.services:
            canvas.icon(left, third, "cube", "text2")
            room = at - look.px(32) - left - look.px(20)
            place = QRectF(left + look.px(20), third - look.px(10), room, look.px(20))
            canvas.text(place, ", ".join(row.services), "secondary", "text2", elide=ELIDE_RIGHT)
        if not selected:
            canvas.hairline(left, right, rect.bottom())

    def _paint_first_line(self, canvas: Canvas, rect: QRectF, row: Row, *, selected: bool) -> None:
        look = self._look
        x, centre = rect.left() + 20, rect.top() + look.px(20)
        ref = QRectF(x, centre - look.px(10), rect.width(), look.px(20))
        x += canvas.text(ref, row.ref, "secondary_strong", "text2" if selected else "text3") + 8
        date = short_date(row.occurred, self._model.today)
        end = rect.right() - 20
        place = QRectF(end - look.px(140), centre - look.px(10), look.px(140), look.px(20))
        canvas.text(place, date, "secondary", "text2", align=RIGHT)
        end -= look.metrics("secondary").horizontalAdvance(date) + 8
        chips = [self._wording.severity_chip(row.severity)] if row.severity else []
        chips.append(self._wording.status_chip(row.status))
        if row.historical:
            chips.append(ChipText("Imported", "neutral", "download-simple"))
        reminder = self._model.reminder(row)
        if reminder is not None:
            kind: ChipKind = "amber" if reminder.is_overdue else "neutral"
            chips.append(ChipText(reminder.short, kind))
        for word in chips:
            lifted = selected and word.kind == "neutral"
            chip = replace(word, kind="outline") if lifted else word
            if x + chip_width(look, chip) > end:
                break
            x += canvas.chip(x, centre, chip) + 6
