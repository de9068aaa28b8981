"""Lists of names: services, tags, words."""

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.ui.look import Look
from app.ui.painting import ELIDE_RIGHT, RIGHT, Canvas
from app.ui.tips import tip
from app.ui.wording import count

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
Name = tuple[str, int | None]


class NameModel(QAbstractListModel):
    """Names, some with the number of post-mortems that have them."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._names: list[Name] = []

    def show(self, names: list[Name]) -> None:
        """Show these."""
        self.beginResetModel()
        self._names = names
        self.endResetModel()

    def entry(self, index: Index) -> Name:
        """Name and number of a row."""
        return self._names[index.row()]

    def entries(self) -> tuple[Name, ...]:
        """All of them."""
        return tuple(self._names)

    def find(self, name: str) -> QModelIndex:
        """The row of a name, however it is capitalised."""
        found = (
            i for i, (known, _) in enumerate(self._names) if known.casefold() == name.casefold()
        )
        return self.index(next(found, -1), 0)

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
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(name)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return name if number is None else f"{name}, {count(number, 'post-mortem')}"
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
        if number is not None:
            canvas.text(inner, f"{number:,}", "secondary", "text2", align=RIGHT, tabular=True)
        painter.restore()


class NameList(QListView):
    """Names of which several can be selected."""

    def __init__(self, look: Look, model: NameModel, name: str) -> None:
        super().__init__()
        self.setModel(model)
        self.setItemDelegate(NameDelegate(look, model, self))
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setUniformItemSizes(True)
        self.setAccessibleName(name)
