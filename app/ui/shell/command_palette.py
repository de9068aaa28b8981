"""The command palette: every action of the table, found by its words."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QEvent,
    QMargins,
    QModelIndex,
    QObject,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QAction, QColor, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QGraphicsDropShadowEffect,
    QLineEdit,
    QListView,
    QStyle,
    QStyleOptionViewItem,
    QWidget,
)

from app.ui.actions import ActionRow, ActionTable, key_parts
from app.ui.item_models.rows import Index, RowModel
from app.ui.look import Look
from app.ui.painting import Canvas, keycap_width
from app.ui.widgets.layouts import column, frame, label
from app.ui.widgets.row_delegate import RowDelegate

if TYPE_CHECKING:
    from app.ui.theme import Tone

SavedSearches = Sequence[tuple[str, Callable[[], None]]]


def is_composited() -> bool:
    """Whether what is translucent can be seen through. On X11 Qt cannot tell, so: no."""
    return QGuiApplication.platformName() != "xcb"


def matches(row: ActionRow, text: str, words: str) -> bool:
    """Whether every typed word begins a word of the action's text or scope."""
    own = f"{text} {row.menu} {row.scope}".casefold().split()
    return all(any(w.startswith(word) for w in own) for word in words.casefold().split())


Command = tuple[ActionRow, QAction]


def _run(run: Callable[[], None], checked: object = None) -> None:
    run()


class CommandModel(RowModel[Command]):
    """The actions that match and can be used now."""

    def __init__(self, table: ActionTable, parent: QObject, searches: SavedSearches) -> None:
        super().__init__(parent)
        self._commands = table.rows()
        for name, run in searches:
            action = QAction(f"Search: {name}", self)
            action.triggered.connect(partial(_run, run))
            row = ActionRow("saved_search", action.text(), icon="bookmark")
            self._commands.append((row, action))

    def filter(self, words: str) -> None:
        """Show what matches."""
        self.show_rows(
            (row, action)
            for row, action in self._commands
            if action.isEnabled()
            and row.id not in ("commands", "back")
            and matches(row, action.text(), words)
        )

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The words, and the sentence for a screen reader."""
        row, action = self.entry(index)
        text = action.text()
        if role == Qt.ItemDataRole.DisplayRole:
            return text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{text}, {row.keys[0]}" if row.keys else text
        return None


class CommandDelegate(RowDelegate):
    """Icon, words, keys."""

    def __init__(self, look: Look, model: CommandModel, view: QListView) -> None:
        super().__init__(look, view)
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """One line."""
        return QSize(200, self._look.px(36))

    def draw(self, canvas: Canvas, rect: QRectF, state: QStyle.StateFlag, index: Index) -> None:
        """Draw it."""
        look = self._look
        row, action = self._model.entry(index)
        selected = bool(state & QStyle.StateFlag.State_Selected)
        painter = canvas.painter
        if selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(look.theme.accent_soft))
            painter.drawRoundedRect(rect.adjusted(0, 1, 0, -1), 6, 6)
        tone: Tone = "accent" if selected else "text"
        icon_tone: Tone = "accent" if selected else "text2"
        middle = rect.center().y()
        canvas.icon(rect.left() + look.px(12), middle, row.icon, icon_tone, 16)
        words = QRectF(rect.left() + look.px(40), rect.top(), rect.width(), rect.height())
        canvas.text(words, action.text(), "body_strong" if selected else "body", tone)
        x = rect.right() - look.px(10)
        for key in reversed(key_parts(row.keys[0]) if row.keys else []):
            x -= keycap_width(look, key)
            canvas.keycap(x, middle, key)
            x -= 4


class CommandPalette(QDialog):
    """A field and the matching actions, above the window.

    Signals
    -------
    search_requested(str):
        The user deleted the ">": what is left is a search.
    """

    search_requested = Signal(str)

    def __init__(
        self, look: Look, table: ActionTable, window: QWidget, searches: SavedSearches = ()
    ) -> None:
        """``searches`` are offered behind the actions, each by its name."""
        super().__init__(window)
        self._look = look
        self.setWindowFlags(Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setAccessibleName("Command palette")
        self._model = CommandModel(table, self, searches)
        self.field = QLineEdit("> ")
        self.field.setAccessibleName("Command")
        self.field.installEventFilter(self)
        self.field.textChanged.connect(self._filter)
        self.list = QListView()
        self.list.setModel(self._model)
        self.list.setItemDelegate(CommandDelegate(look, self._model, self.list))
        self.list.setAccessibleName("Commands")
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.clicked.connect(self._run)
        self._none = label("No command has these words", "secondary", "text2")
        card = frame(
            column(self.field, self._none, self.list, margins=(12, 12, 12, 12), spacing=8),
            "popover",
        )
        if is_composited():
            self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
            shadow = QGraphicsDropShadowEffect(card)
            shadow.setBlurRadius(28)
            shadow.setOffset(0, 8)
            shadow.setColor(QColor(look.theme.shadow))
            card.setGraphicsEffect(shadow)
            self._edges = QMargins(24, 16, 24, 32)
        else:
            card.setProperty("ground", "plain popover")
            self._edges = QMargins(0, 0, 0, 0)
        whole = column(card)
        whole.setContentsMargins(self._edges)
        self.setLayout(whole)

    def open_above(self, window: QWidget) -> None:
        """Appear 96 px below the top of the window, in its middle."""
        width = min(self._look.px(640), window.width() - 40)
        width += self._edges.left() + self._edges.right()
        height = self._look.px(412) + self._edges.top() + self._edges.bottom()
        place = QRect(0, 0, width, height)
        corner = window.mapToGlobal(window.rect().topLeft())
        place.moveTopLeft(corner)
        place.translate((window.width() - width) // 2, 96 - self._edges.top())
        self.setGeometry(place)
        self.field.setText("> ")
        self._filter(self.field.text())
        self.show()
        self.field.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up, Down and Enter belong to the list while the field has the keyboard."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step is not None:
                count = self._model.rowCount()
                if count:
                    here = self.list.currentIndex().row()
                    self.list.setCurrentIndex(self._model.index((here + step) % count, 0))
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._run(self.list.currentIndex())
                return True
        return super().eventFilter(watched, event)

    @Slot(str)
    def _filter(self, text: str) -> None:
        if text and not text.startswith(">"):
            self.hide()
            self.search_requested.emit(text)
            return
        self._model.filter(text.removeprefix(">"))
        found = self._model.rowCount() > 0
        self._none.setVisible(not found)
        if found:
            self.list.setCurrentIndex(self._model.index(0, 0))

    @Slot(QModelIndex)
    def _run(self, index: QModelIndex) -> None:
        if index.isValid():
            _, action = self._model.entry(index)
            self.hide()
            action.trigger()
