"""The list of an import's files: Space takes or leaves one."""

from PySide6.QtCore import QModelIndex, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QColor, QKeyEvent, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyleOptionViewItem

from app.ui.importing.entries import CHIPS, EntryModel, is_choosable, remark, shown_path
from app.ui.item_models.rows import Index
from app.ui.look import Look
from app.ui.painting import ELIDE_RIGHT, LEFT, RIGHT, Canvas, chip_width
from app.ui.theme import Tone
from app.ui.widgets.row_delegate import RowDelegate
from integrations.markdown.plan import Entry, Verdict

ELIDE_MIDDLE = Qt.TextElideMode.ElideMiddle


def _tone(entry: Entry) -> Tone:
    """What has to be looked at stands out."""
    if entry.verdict is Verdict.FAILED:
        return "red"
    return "amber" if entry.notices and not entry.reason else "text2"


class EntryDelegate(RowDelegate):
    """Box, verdict, title and path; the reason at the right."""

    def __init__(self, look: Look, model: EntryModel, view: QListView) -> None:
        super().__init__(look, view)
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Two lines."""
        return QSize(300, self._look.px(52))

    def draw(self, canvas: Canvas, rect: QRectF, state: QStyle.StateFlag, index: Index) -> None:
        """Draw it."""
        look, entry = self._look, self._model.entry(index)
        canvas.item_ground(rect.adjusted(8, 1, -8, -1), state)
        if is_choosable(entry):
            self._paint_box(canvas, rect, taken=self._model.is_taken(index))
        left = rect.left() + 24 + look.px(24)
        chips = max(chip_width(look, chip) for chip in CHIPS.values())
        canvas.chip(left, rect.center().y(), CHIPS[entry.verdict])
        left += chips + 14
        width = rect.right() - 24 - left
        upper = QRectF(left, rect.top() + look.px(6), width, look.px(20))
        lower = QRectF(left, rect.top() + look.px(26), width, look.px(20))
        title = entry.title or shown_path(entry)
        room = 0
        if entry.ref:
            room = look.metrics("secondary").horizontalAdvance(entry.ref) + 16
            canvas.text(upper, entry.ref, "secondary", "text2", align=RIGHT)
        canvas.text(upper.adjusted(0, 0, -room, 0), title, "body_strong", elide=ELIDE_RIGHT)
        reason = remark(entry)
        needed = look.metrics("secondary").horizontalAdvance(reason) + 20 if reason else 0
        room = int(min(needed, width * 0.6)) if entry.title else 0
        if reason:
            tone = _tone(entry)
            place = lower.adjusted(width - room + 16, 0, 0, 0) if entry.title else lower
            align = RIGHT if entry.title else LEFT
            canvas.text(place, reason, "secondary", tone, align=align, elide=ELIDE_RIGHT)
        if entry.title:
            path = lower.adjusted(0, 0, -room, 0)
            canvas.text(path, shown_path(entry), "secondary", "text2", elide=ELIDE_MIDDLE)
        if not state & QStyle.StateFlag.State_Selected:
            canvas.hairline(rect.left() + 24, rect.right() - 24, rect.bottom())

    def _paint_box(self, canvas: Canvas, rect: QRectF, *, taken: bool) -> None:
        look, theme = self._look, self._look.theme
        side = look.px(14)
        box = QRectF(rect.left() + 24, rect.center().y() - side / 2, side, side)
        canvas.painter.setPen(QPen(QColor(theme.accent_fill if taken else theme.control), 1))
        canvas.painter.setBrush(QColor(theme.accent_fill if taken else theme.surface))
        canvas.painter.drawRoundedRect(box, 3.5, 3.5)
        if taken:
            left = box.center().x() - look.px(10) / 2
            canvas.icon(left, box.center().y(), "check", "on_accent", 10)


class EntryList(QListView):
    """The list itself."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.entries = EntryModel(self)
        self.setModel(self.entries)
        self.setItemDelegate(EntryDelegate(look, self.entries, self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setAccessibleName("Files")
        self.setAccessibleDescription("Space takes or leaves a file")
        self.clicked.connect(self._toggle)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space takes or leaves the current file."""
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self.entries.toggle(self.currentIndex())
            return
        super().keyPressEvent(event)

    @Slot(QModelIndex)
    def _toggle(self, index: QModelIndex) -> None:
        self.entries.toggle(index)
