"""Lists of names: services, tags, words."""

from PySide6.QtCore import (
    QModelIndex,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtWidgets import QListView, QStyle, QStyleOptionViewItem

from app.ui.item_models.rows import Index, RowModel
from app.ui.look import Look
from app.ui.painting import ELIDE_RIGHT, RIGHT, Canvas
from app.ui.tips import tip
from app.ui.widgets.row_delegate import RowDelegate
from app.ui.wording import count

Name = tuple[str, int | None]


class NameModel(RowModel[Name]):
    """Names, some with the number of post-mortems that have them."""

    def entries(self) -> tuple[Name, ...]:
        """All of them."""
        return self._rows

    def place(self, name: str) -> QModelIndex:
        """The row of a name, however it is capitalised."""
        return self.find(lambda row: row[0].casefold() == name.casefold())

    def has(self, name: str) -> bool:
        """Whether a name is in use."""
        return any(known == name for known, _ in self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The name, and the sentence for a screen reader."""
        name, number = self.entry(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return name
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(name)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return name if number is None else f"{name}, {count(number, 'post-mortem')}"
        return None


class NameDelegate(RowDelegate):
    """Name and number."""

    def __init__(self, look: Look, model: NameModel, view: QListView) -> None:
        super().__init__(look, view)
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """One line."""
        return QSize(200, self._look.px(32))

    def draw(self, canvas: Canvas, rect: QRectF, state: QStyle.StateFlag, index: Index) -> None:
        """Draw it."""
        name, number = self._model.entry(index)
        canvas.item_ground(rect.adjusted(2, 1, -2, -1), state)
        inner = rect.adjusted(14, 0, -14, 0)
        canvas.text(inner.adjusted(0, 0, -60, 0), name, elide=ELIDE_RIGHT)
        if number is not None:
            canvas.text(inner, f"{number:,}", "secondary", "text2", align=RIGHT, tabular=True)


class NameList(QListView):
    """Names of which several can be selected."""

    def __init__(self, look: Look, model: NameModel, name: str) -> None:
        super().__init__()
        self.setModel(model)
        self.setItemDelegate(NameDelegate(look, model, self))
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setUniformItemSizes(True)
        self.setAccessibleName(name)
