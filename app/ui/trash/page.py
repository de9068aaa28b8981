"""The trash: what was deleted, and the way back."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import (
    QRectF,
    QSize,
    Qt,
    Slot,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QListView,
    QStackedWidget,
    QStyle,
    QStyleOptionViewItem,
    QWidget,
)

from app.ui import changing
from app.ui.context import Context
from app.ui.document.history import when
from app.ui.item_models.rows import Index, RowModel
from app.ui.look import Look
from app.ui.page import Page
from app.ui.painting import RIGHT, Canvas
from app.ui.tips import tip
from app.ui.widgets.buttons import Button
from app.ui.widgets.layouts import column, frame, horizontal_line, label, row
from app.ui.widgets.row_delegate import RowDelegate
from app.ui.widgets.states import Notice
from app.ui.wording import count
from models.queries import post_mortems as queries
from models.queries.post_mortems import Trashed


class TrashModel(RowModel[Trashed]):
    """Deleted post-mortems, last deleted first."""

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The title, and the sentence for a screen reader."""
        entry = self.entry(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.title
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(entry.title)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{entry.ref}, {entry.title}, deleted {when(entry.deleted_at)}"
        return None


class TrashDelegate(RowDelegate):
    """Ref, title, when it was deleted."""

    def __init__(self, look: Look, model: TrashModel, view: QListView) -> None:
        super().__init__(look, view)
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """One line."""
        return QSize(300, self._look.px(48))

    def draw(self, canvas: Canvas, rect: QRectF, state: QStyle.StateFlag, index: Index) -> None:
        """Draw it."""
        entry, look = self._model.entry(index), self._look
        canvas.item_ground(rect.adjusted(8, 1, -8, -1), state)
        inner = rect.adjusted(24, 0, -24, 0)
        canvas.icon(inner.left(), inner.center().y(), "trash", "text2", 16)
        inner.setLeft(inner.left() + look.px(26))
        width = look.metrics("secondary_strong").horizontalAdvance("PM-2026-0000")
        canvas.text(inner, entry.ref, "secondary_strong", "text2")
        deleted = f"deleted {when(entry.deleted_at)}"
        canvas.text(inner, deleted, "secondary", "text2", align=RIGHT)
        room = look.metrics("secondary").horizontalAdvance(deleted) + 24
        title = inner.adjusted(width + 16, 0, -room, 0)
        canvas.text(title, entry.title, "question", elide=Qt.TextElideMode.ElideRight)
        if not state & QStyle.StateFlag.State_Selected:
            canvas.hairline(rect.left() + 24, rect.right() - 24, rect.bottom())


class TrashList(QListView):
    """The list; Enter restores what is selected."""

    def __init__(self, context: Context, restore: Callable[[], None]) -> None:
        super().__init__()
        self._restore = restore
        self.trash_model = TrashModel(self)
        self.setModel(self.trash_model)
        self.setItemDelegate(TrashDelegate(context.look, self.trash_model, self))
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setAccessibleName("Deleted post-mortems")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter restores."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._restore()
            return
        super().keyPressEvent(event)


class TrashPage(Page):
    """What was deleted. Nothing is removed from the trash by itself."""

    title = "Trash"
    area = "trash"
    is_top = True

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        look = context.look
        self._count = label("", "body_strong")
        self.restore_button = Button(
            look, "Restore", icon="arrow-u-up-left", size="small", tip="Restore (Enter)"
        )
        self.restore_button.clicked.connect(self.restore)
        self.list = TrashList(context, self.restore)
        self.list.selectionModel().selectionChanged.connect(self._selected)
        self.notice = Notice(look)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.notice)
        kept = label("They stay here until you restore them.", "secondary", "text2")
        head = row(self._count, kept, None, self.restore_button, margins=(24, 8, 16, 8))
        body = column(head, horizontal_line(), (self._stack, 1), spacing=0)
        self.setLayout(column(frame(body, "surface")))

    def panes(self) -> list[QWidget]:
        """The list."""
        return [self.list]

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """What can be done here."""
        return {"select_all": self.list.selectAll, "refresh": self.refresh}

    def shown(self) -> None:
        """Read the trash."""
        self.refresh()
        self.list.setFocus()

    def refresh(self) -> None:
        """Read the trash again."""
        self._context.read(lambda workspace: queries.trash(workspace.library), self._show)

    def _show(self, entries: tuple[Trashed, ...]) -> None:
        self.list.trash_model.show_rows(entries)
        self._count.setText(count(len(entries), "deleted post-mortem"))
        if entries:
            self.list.setCurrentIndex(self.list.trash_model.index(0, 0))
        else:
            words = "What you delete comes here and can be restored."
            self.notice.show_empty("trash", "The trash is empty", words)
        self._stack.setCurrentWidget(self.list if entries else self.notice)
        if entries and self.hasFocus():
            self.list.setFocus()
        self._selected()

    @Slot()
    def _selected(self) -> None:
        self.restore_button.setEnabled(bool(self.list.selectionModel().selectedIndexes()))

    @Slot()
    def restore(self) -> None:
        """Take what is selected out of the trash."""
        indexes = self.list.selectionModel().selectedIndexes()
        ids = [self.list.trash_model.entry(index).id for index in indexes]
        if ids:
            changing.undelete(self._context, ids)
