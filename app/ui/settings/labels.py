"""Services and tags: how often each is used, rename, merge."""

from collections import Counter
from typing import Literal

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelection,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Slot,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.ui import changing
from app.ui.context import Context
from app.ui.look import Look
from app.ui.painting import ELIDE_RIGHT, RIGHT, Canvas
from app.ui.widgets.buttons import Button, Segmented
from app.ui.widgets.layouts import column, frame, label, row
from app.ui.wording import count
from models.queries.catalogue import Row, catalogue

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
Kind = Literal["service", "tag"]


class NameModel(QAbstractListModel):
    """Names with the number of post-mortems that have them, most first."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._names: list[tuple[str, int]] = []

    def show(self, names: list[tuple[str, int]]) -> None:
        """Show these."""
        self.beginResetModel()
        self._names = names
        self.endResetModel()

    def entry(self, index: Index) -> tuple[str, int]:
        """Name and number of a row."""
        return self._names[index.row()]

    def has(self, name: str) -> bool:
        """Whether a name is in use."""
        return any(known == name for known, _ in self._names)

    def rowCount(self, parent: Index = _ROOT) -> int:
        """How many there are."""
        return 0 if parent.isValid() else len(self._names)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The name, and the sentence for a screen reader."""
        name, number = self._names[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{name}, {count(number, 'post-mortem')}"
        return None


class NameDelegate(QStyledItemDelegate):
    """Name and number."""

    def __init__(self, look: Look, model: NameModel, view: QListView) -> None:
        super().__init__(view)
        self._look = look
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """One line."""
        return QSize(200, self._look.px(32))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw it."""
        name, number = self._model.entry(index)
        rect = QRectF(option.rect)
        painter.save()
        canvas = Canvas(painter, self._look)
        canvas.row_ground(
            rect.adjusted(2, 1, -2, -1),
            selected=bool(option.state & QStyle.StateFlag.State_Selected),
            focused=bool(option.state & QStyle.StateFlag.State_HasFocus),
        )
        inner = rect.adjusted(14, 0, -14, 0)
        canvas.text(inner.adjusted(0, 0, -60, 0), name, elide=ELIDE_RIGHT)
        canvas.text(inner, f"{number:,}", "secondary", "text2", align=RIGHT, tabular=True)
        painter.restore()


class LabelSettings(QWidget):
    """Choose one name to rename it, several to merge them into one."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._rows: tuple[Row, ...] = ()
        look = context.look
        self.kinds = Segmented("Kind", (("service", "Services"), ("tag", "Tags")))
        self.kinds.chosen.connect(self._show)
        self._names = NameModel(self)
        self.list = QListView()
        self.list.setModel(self._names)
        self.list.setItemDelegate(NameDelegate(look, self._names, self.list))
        self.list.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.list.setUniformItemSizes(True)
        self.list.setAccessibleName("Services")
        self.list.selectionModel().selectionChanged.connect(self._selected)
        self.name = QLineEdit()
        self.name.setAccessibleName("New name")
        self.name.setPlaceholderText("New name")
        self.name.textChanged.connect(self._enable)
        self.name.returnPressed.connect(self._rename)
        self.rename_button = Button(look, "Rename", icon="pencil-simple")
        self.rename_button.clicked.connect(self._rename)
        self._hint = label("", "secondary", "text2", wrap=True)
        place = frame(column(self.list, margins=(4, 4, 4, 4)), "card")
        self.setLayout(
            column(
                row(self.kinds, None),
                (place, 1),
                self._hint,
                row((self.name, 1), self.rename_button),
                spacing=10,
            )
        )
        self._enable()

    def refresh(self) -> None:
        """Read the names."""

        def show(rows: tuple[Row, ...]) -> None:
            self._rows = rows
            self._show()

        self._context.read(lambda workspace: catalogue(workspace.library), show)

    @Slot()
    def _show(self) -> None:
        services = self.kinds.key == "service"
        names = Counter(
            name for row_ in self._rows for name in (row_.services if services else row_.tags)
        )
        ordered = sorted(names.items(), key=lambda item: (-item[1], item[0].casefold()))
        self._names.show(ordered)
        self.list.setAccessibleName("Services" if services else "Tags")
        self._enable()

    def chosen(self) -> list[str]:
        """The selected names."""
        indexes = sorted(self.list.selectionModel().selectedIndexes(), key=lambda i: i.row())
        return [self._names.entry(index)[0] for index in indexes]

    @Slot(QItemSelection, QItemSelection)
    def _selected(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        chosen = self.chosen()
        if chosen:
            self.name.setText(chosen[0])
        self._enable()

    @Slot()
    def _enable(self) -> None:
        chosen, new = self.chosen(), self.name.text().strip()
        known = {
            self._names.entry(self._names.index(i, 0))[0] for i in range(self._names.rowCount())
        }
        merging = len(chosen) > 1 or (new in known and chosen != [new])
        self.rename_button.setText("Merge" if merging else "Rename")
        ready = bool(chosen and new) and chosen != [new]
        self.rename_button.setEnabled(ready)
        if not chosen:
            words = "Choose one to rename it, or several to merge them into one."
        elif merging:
            words = f"Every post-mortem of {', '.join(chosen)} will have “{new}”."
        elif ready:
            words = f"“{chosen[0]}” becomes “{new}” everywhere."
        else:
            words = "Give the new name."
        self._hint.setText(words)

    @Slot()
    def _rename(self) -> None:
        chosen, new = self.chosen(), self.name.text().strip()
        if self.rename_button.isEnabled():
            kind: Kind = "service" if self.kinds.key == "service" else "tag"
            changing.rename(self._context, kind, chosen, new)
