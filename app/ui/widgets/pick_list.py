"""A list to pick from by typing: what is typed narrows it, the arrows choose, Enter takes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QEvent,
    QObject,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListView,
    QStyle,
    QStyleOptionViewItem,
    QWidget,
)

from app.ui.item_models.rows import SPOKEN, Index, RowModel
from app.ui.look import Look
from app.ui.painting import Canvas, wrapped
from app.ui.widgets.layouts import column
from app.ui.widgets.row_delegate import RowDelegate

if TYPE_CHECKING:
    from app.ui.typography import TextRole

_LIST_KEYS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True)
class Choice:
    """One row: what it is, and what to know of it. ``key`` is the caller's."""

    key: str
    title: str
    details: tuple[str, ...] = ()
    icon: str = ""


class ChoiceModel(RowModel[Choice]):
    """The choices as rows."""

    def show(self, choices: Sequence[Choice]) -> None:
        """Show these, unless they are shown."""
        if tuple(choices) != self._rows:
            self.show_rows(choices)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The sentence for a screen reader."""
        if role in SPOKEN:
            choice = self.entry(index)
            return ", ".join((choice.title, *choice.details))
        return None


class _Delegate(RowDelegate):
    def __init__(self, look: Look, model: ChoiceModel, view: QListView) -> None:
        super().__init__(look, view)
        self._model = model

    def _lines(self, index: Index) -> tuple[list[str], list[str]]:
        look, choice = self._look, self._model.entry(index)
        room = self._view.viewport().width() - look.px(52)
        title = wrapped(choice.title, look.font("body"), room)
        details = [
            line
            for words in choice.details
            for line in wrapped(words, look.font("secondary"), room)
        ]
        return title, details

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        title, details = self._lines(index)
        px = self._look.px
        return QSize(100, px(14) + px(20) * len(title) + px(17) * len(details))

    def draw(self, canvas: Canvas, rect: QRectF, state: QStyle.StateFlag, index: Index) -> None:
        look, choice = self._look, self._model.entry(index)
        title, details = self._lines(index)
        canvas.item_ground(rect.adjusted(1, 1, -1, -1), state)
        left, y = rect.left() + look.px(38), rect.top() + look.px(7)
        if choice.icon:
            canvas.icon(rect.left() + look.px(14), y + look.px(10), choice.icon, "text2")
        rows: list[tuple[list[str], TextRole, int]] = [(title, "body", 20)]
        rows.append((details, "secondary", 17))
        for lines, role, high in rows:
            for line in lines:
                place = QRectF(left, y, rect.width(), look.px(high))
                canvas.text(place, line, role, "text" if role == "body" else "text2")
                y += look.px(high)


class ChoiceList(QListView):
    """Choices with wrapped words.

    Signals
    -------
    taken(str):
        Enter or a double click, by the choice's key.
    """

    taken = Signal(str)

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self.choices = ChoiceModel(self)
        self.setModel(self.choices)
        self.setItemDelegate(_Delegate(look, self.choices, self))
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.doubleClicked.connect(lambda index: self.taken.emit(self.choices.entry(index).key))

    @property
    def key(self) -> str:
        """The key of the current row, or ""."""
        index = self.currentIndex()
        return self.choices.entry(index).key if index.isValid() else ""

    def show_choices(self, choices: Sequence[Choice]) -> None:
        """Show these; the same one stays current, else the first."""
        before = self.key
        self.choices.show(choices)
        keys = [choice.key for choice in choices]
        if keys:
            row = keys.index(before) if before in keys else 0
            self.setCurrentIndex(self.choices.index(row, 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words break anew."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.taken.emit(self.key)
        else:
            super().keyPressEvent(event)


class PickList(QWidget):
    """A line to type in above a list. Up and Down move in the list from the line, too.

    Signals
    -------
    taken(str):
        A choice was taken, by its key.
    """

    taken = Signal(str)

    def __init__(
        self,
        look: Look,
        name: str,
        prompt: str,
        choices_for: Callable[[str], Sequence[Choice]],
    ) -> None:
        super().__init__()
        self._choices_for = choices_for
        self.line = QLineEdit()
        self.line.setAccessibleName(name)
        self.line.setPlaceholderText(prompt)
        self.line.textChanged.connect(self.refresh)
        self.line.installEventFilter(self)
        self.list = ChoiceList(look, f"{name}: choices")
        self.list.taken.connect(self.taken)
        self.setLayout(column(self.line, (self.list, 1), spacing=6))
        self.setFocusProxy(self.line)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Show what fits the words of the line; what fits best is current."""
        self.list.choices.show(self._choices_for(self.line.text().strip()))
        self.list.setCurrentIndex(self.list.choices.index(0, 0))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The arrows move in the list, Enter takes."""
        is_press = watched is self.line and event.type() == QEvent.Type.KeyPress
        if is_press and isinstance(event, QKeyEvent) and event.key() in _LIST_KEYS:
            self.list.keyPressEvent(event)
            return True
        return super().eventFilter(watched, event)


def likeness(words: str, *texts: str) -> float:
    """The share of the words, as far as they say something, that some texts have; 0 to 1."""
    wanted = _telling(words)
    if not wanted:
        return 0.0
    return len(wanted & _telling(" ".join(texts))) / len(wanted)


def fits(words: str, *texts: str) -> bool:
    """Whether every typed word begins a word of some texts."""
    own = " ".join(texts).casefold().split()
    return all(any(w.startswith(word) for w in own) for word in words.casefold().split())


def _telling(text: str) -> set[str]:
    letters = "".join(c if c.isalnum() else " " for c in text.casefold())
    return {word for word in letters.split() if len(word) > 3}
