"""The list of attached files."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyleOptionViewItem,
    QWidget,
)

from app.ui.editor.attachments.model import AttachmentsModel, size_words
from app.ui.item_models.rows import Index
from app.ui.look import Look
from app.ui.painting import Canvas, wrapped
from app.ui.widgets.row_delegate import RowDelegate

SIDE = 64
LINE = 20


class AttachmentDelegate(RowDelegate):
    """A small picture or an icon, the name, and the size."""

    def __init__(self, look: Look, model: AttachmentsModel, view: QListView) -> None:
        super().__init__(look, view)
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As tall as the picture or the name."""
        lines = len(self._lines(index)) + 1
        tall = max(self._look.px(SIDE), self._look.px(LINE) * lines)
        return QSize(self._view.viewport().width(), tall + self._look.px(16))

    def draw(self, canvas: Canvas, rect: QRectF, state: QStyle.StateFlag, index: Index) -> None:
        """Draw it."""
        file, look = self._model.entry(index), self._look
        canvas.item_ground(rect.adjusted(2, 1, -2, -1), state)
        side = look.px(SIDE)
        x, middle = rect.left() + look.px(12), rect.center().y()
        small = self._model.thumbnail(file, side)
        if small is None:
            canvas.icon(x + (side - look.px(20)) / 2, middle, "file-text", "text2", 20)
        else:
            inset = round(x + (side - small.width()) / 2)
            canvas.painter.drawPixmap(inset, round(middle - small.height() / 2), small)
        left = x + side + look.px(12)
        lines = self._lines(index)
        y = middle - look.px(LINE) * (len(lines) + 1) / 2
        for line in lines:
            canvas.text(QRectF(left, y, rect.width(), look.px(LINE)), line, "body_strong")
            y += look.px(LINE)
        words = f"{size_words(file.size)}, {file.media_type}"
        canvas.text(QRectF(left, y, rect.width(), look.px(LINE)), words, "secondary", "text2")

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """The name is edited where it stands."""
        rect = option.rect
        left = self._look.px(12 + SIDE + 12)
        editor.setGeometry(rect.adjusted(left, self._look.px(8), -12, -self._look.px(8)))

    def _lines(self, index: Index) -> list[str]:
        room = self._view.viewport().width() - self._look.px(SIDE + 40)
        return wrapped(self._model.entry(index).name, self._look.font("body_strong"), room)


class AttachmentsView(QListView):
    """The files; Enter opens, F2 renames, Del removes, Ctrl+V adds what the clipboard holds.

    Signals
    -------
    open_requested(), removed(), paste_requested():
        What the author pressed.
    """

    open_requested = Signal()
    removed = Signal()
    paste_requested = Signal()

    def __init__(self, look: Look, model: AttachmentsModel) -> None:
        super().__init__()
        self.setModel(model)
        self.setItemDelegate(AttachmentDelegate(look, model, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setAccessibleName("Attachments")
        self.doubleClicked.connect(lambda _: self.open_requested.emit())
        look.changed.connect(self.scheduleDelayedItemsLayout)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of the list."""
        editing = self.state() == QAbstractItemView.State.EditingState
        if not editing and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.open_requested.emit()
        elif not editing and event.key() == Qt.Key.Key_Delete:
            self.removed.emit()
        elif not editing and event.matches(QKeySequence.StandardKey.Paste):
            self.paste_requested.emit()
        else:
            super().keyPressEvent(event)
