"""The bar above every screen: where one is, the search box, what the screen offers."""

from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QSizePolicy, QWidget

from app.ui.look import Look
from app.ui.widgets.buttons import Button, icon_button
from app.ui.widgets.chips import IconLabel, Keycap
from app.ui.widgets.layouts import label, restyle, row

SEARCH_HINTS = ("Search post-mortems, whys and actions", "Search post-mortems", "Search")
"""The longest that fits is shown."""


class SearchBox(QFrame):
    """The search field with its icon, clear button and keycap.

    Signals
    -------
    edited(str):
        The user typed.
    submitted(str):
        The user pressed Enter.
    left_downwards():
        The user pressed Down: the results should take the keyboard.
    commands_requested():
        The user typed ">" first.
    """

    edited = Signal(str)
    submitted = Signal(str)
    left_downwards = Signal()
    commands_requested = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setProperty("ground", "search")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(280)
        self.setMaximumWidth(520)
        self._look = look
        self.field = QLineEdit()
        self.field.setProperty("bare", "true")
        self.field.setAccessibleName("Search")
        self.field.setAccessibleDescription("Type > for commands. Down moves to the results.")
        self.field.installEventFilter(self)
        self.field.textEdited.connect(self._edited)
        self.clear_button = icon_button(look, "x", "Clear the search (Esc)")
        self.clear_button.clicked.connect(self._clear)
        self.clear_button.hide()
        self.setLayout(
            row(
                IconLabel(look, "magnifying-glass"),
                (self.field, 1),
                self.clear_button,
                Keycap(look, "Ctrl+K"),
                margins=(10, 0, 7, 0),
            )
        )
        self.setFocusProxy(self.field)
        self._refresh()
        look.changed.connect(self._refresh)

    def show_text(self, text: str) -> None:
        """Put a query into the field without asking for results."""
        if self.field.text() != text:
            self.field.setText(text)
        self.clear_button.setVisible(bool(text))

    def take_focus(self) -> None:
        """Give the field the keyboard, its text selected."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter, Down and the focus ring of the whole box."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            active = event.type() is QEvent.Type.FocusIn
            self.setProperty("active", "true" if active else "false")
            restyle(self)
        elif event.type() is QEvent.Type.Resize:
            self._choose_hint()
        elif event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.submitted.emit(self.field.text())
                return True
            if event.key() == Qt.Key.Key_Down:
                self.left_downwards.emit()
                return True
        return super().eventFilter(watched, event)

    @Slot(str)
    def _edited(self, text: str) -> None:
        if text.startswith(">"):
            self.field.clear()
            self.commands_requested.emit()
            return
        self.clear_button.setVisible(bool(text))
        self.edited.emit(text)

    @Slot()
    def _clear(self) -> None:
        self.show_text("")
        self.edited.emit("")
        self.take_focus()

    def _choose_hint(self) -> None:
        metrics, room = self.field.fontMetrics(), self.field.width() - 8
        fitting = (h for h in SEARCH_HINTS if metrics.horizontalAdvance(h) <= room)
        self.field.setPlaceholderText(next(fitting, SEARCH_HINTS[-1]))

    @Slot()
    def _refresh(self) -> None:
        self.setFixedHeight(self._look.px(34))
        self._choose_hint()


class TopBar(QFrame):
    """Back button, title, search, the screen's own buttons, New post-mortem.

    Signals
    -------
    back_requested(), new_requested():
        The user pressed that button.
    """

    back_requested = Signal()
    new_requested = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setProperty("ground", "top")
        self.back_button = icon_button(look, "arrow-left", "Back (Esc)")
        self.back_button.clicked.connect(self.back_requested)
        self.back_button.hide()
        self._title = label("", "screen_title")
        self.search = SearchBox(look)
        self.new_button = Button(
            look, "New post-mortem", "primary", "plus", tip="New post-mortem (Ctrl+N)"
        )
        self.new_button.clicked.connect(self.new_requested)
        self._extras = row(spacing=8)
        left = row(self.back_button, self._title, None, spacing=12)
        right = row(None, self._extras, self.new_button, spacing=12)
        self.setLayout(row((left, 3), (self.search, 5), (right, 3), margins=(20, 0, 20, 0)))
        self._refresh()
        look.changed.connect(self._refresh)

    def show_screen(self, title: str, *, back: bool, extras: list[QWidget]) -> None:
        """Become the bar of a screen."""
        self._title.setText(title)
        self.back_button.setVisible(back)
        while (item := self._extras.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
        for extra in extras:
            self._extras.addWidget(extra)
            extra.show()
        # Widgets come from their pages with the page's place in the order of Tab.
        for before, after in pairwise([self.search.field, *extras, self.new_button]):
            QWidget.setTabOrder(before, after)

    @Slot()
    def _refresh(self) -> None:
        self.setFixedHeight(max(56, self._look.px(56)))
