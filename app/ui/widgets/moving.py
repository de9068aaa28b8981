"""Moving by keyboard in a list whose heads cannot be selected."""

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListView

Move = QAbstractItemView.CursorAction
_EDGES = {Move.MoveHome: -1, Move.MoveEnd: 1}
_PAGES = {Move.MovePageUp: -1, Move.MovePageDown: 1}


class HeadedList(QListView):
    """A list in which Home, End and the page keys pass over heads, as the arrows do."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Home also shows the head above the first row."""
        super().keyPressEvent(event)
        if event.key() == Qt.Key.Key_Home:
            self.scrollToTop()

    def moveCursor(self, action: Move, modifiers: Qt.KeyboardModifier, /) -> QModelIndex:
        """Where a key leads."""
        model, here = self.model(), self.currentIndex()
        last = model.rowCount() - 1
        if action in _EDGES:
            step = _EDGES[action]
            return self._selectable(0 if step < 0 else last, -step) or here
        if action in _PAGES and here.isValid():
            step = _PAGES[action]
            row = self._page_away(here.row(), step, last)
            return self._selectable(row, step) or self._selectable(row, -step) or here
        return super().moveCursor(action, modifiers)

    def _page_away(self, row: int, step: int, last: int) -> int:
        """The row that is a view's height away, at least the next one."""
        left = self.viewport().height()
        while 0 <= row + step <= last:
            left -= self.visualRect(self.model().index(row, 0)).height()
            row += step
            if left <= self.visualRect(self.model().index(row, 0)).height():
                break
        return row

    def _selectable(self, row: int, step: int) -> QModelIndex | None:
        """The first row from here on that is no head."""
        while 0 <= row < self.model().rowCount():
            index = self.model().index(row, 0)
            if self.model().flags(index) & Qt.ItemFlag.ItemIsSelectable:
                return index
            row += step
        return None
