"""Toasts that pass and banners that stay until solved."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QFrame, QWidget

from app.ui.look import Look
from app.ui.pacing import pause
from app.ui.widgets.buttons import Button, icon_button
from app.ui.widgets.chips import IconLabel
from app.ui.widgets.layouts import column, label, row, set_tone

if TYPE_CHECKING:
    from app.ui.theme import Tone

TOAST_MS = 6000
MOST_ACTIONS = 3
BESIDE = 240
"""Pixels at 100 % that a toast needs beside its words: icon, button, the window's edges."""

BannerKind = Literal["red", "amber", "green", "blue"]
_ICONS = {"red": "warning-circle", "amber": "warning", "green": "checks", "blue": "info"}


class Toast(QFrame):
    """One sentence at the bottom of the window for 6 s, with Undo where that is possible.

    Hover and keyboard focus hold it.
    """

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._look = look
        self._act: Callable[[], None] | None = None
        self.setProperty("ground", "toast")
        self._icon = IconLabel(look, "check-circle", "on_tooltip")
        self._words = label("", "body", "on_tooltip", wrap=True)
        self.button = Button(look, "Undo", "toast", size="small")
        self.button.clicked.connect(self._clicked)
        self.button.installEventFilter(self)
        self.setLayout(
            row(self._icon, self._words, 12, self.button, margins=(14, 6, 8, 6), spacing=10)
        )
        self._timer = pause(self, self.hide, TOAST_MS)
        window.installEventFilter(self)
        look.changed.connect(self._place)
        self.hide()

    @property
    def can_undo(self) -> bool:
        """Whether the last sentence can still be undone."""
        return self._act is not None

    def say(
        self, text: str, undo: Callable[[], None] | None = None, *, button: str = "Undo"
    ) -> None:
        """Show a sentence; ``undo`` is offered as a button and by the action Undo."""
        self._act = undo
        self._words.setText(text)
        self.button.setText(button)
        self.button.setVisible(undo is not None)
        self.setAccessibleName(text)
        self._place()
        self.show()
        self.raise_()
        self._timer.start()

    def undo(self) -> None:
        """What the button does; nothing where nothing is to be undone."""
        act, self._act = self._act, None
        self.hide()
        if act is not None:
            act()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Hold it under the pointer."""
        self._timer.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Let it pass again."""
        self._timer.start()
        super().leaveEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hold it while its button has the keyboard; keep it at the bottom of the window."""
        if watched is self.button and event.type() is QEvent.Type.FocusIn:
            self._timer.stop()
        elif watched is self.button and event.type() is QEvent.Type.FocusOut:
            self._timer.start()
        elif watched is self.parent() and event.type() is QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    @Slot()
    def _place(self) -> None:
        """As wide as its words, which wrap where the window is narrower."""
        window, look = self._window, self._look
        words = look.metrics("body").horizontalAdvance(self._words.text()) + 2
        self._words.setFixedWidth(min(words, window.width() - look.px(BESIDE)))
        layout = self.layout()
        if layout is not None:
            layout.activate()
        self.adjustSize()
        self.move((window.width() - self.width()) // 2, window.height() - self.height() - 44)

    @Slot()
    def _clicked(self) -> None:
        self.undo()


class Banner(QFrame):
    """A state that stays until it is solved: title, sentence, buttons, a way to close it."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._acts: list[Callable[[], None]] = []
        self._closed: Callable[[], None] | None = None
        self._icon = IconLabel(look, "info", "blue")
        self._title = label("", "body_strong", wrap=True)
        self._text = label("", "secondary", wrap=True)
        self.buttons = [Button(look, "", size="small") for _ in range(MOST_ACTIONS)]
        for number, button in enumerate(self.buttons):
            button.clicked.connect(self._clicker(number))
        self.close_button = icon_button(look, "x", "Close this message")
        self.close_button.clicked.connect(self._close)
        words = column(self._title, self._text, spacing=2)
        self.setLayout(
            row(
                column(self._icon, None),
                (words, 1),
                column(row(*self.buttons, spacing=6), None),
                column(self.close_button, None),
                margins=(12, 10, 8, 10),
                spacing=10,
            )
        )
        self.hide()

    def say(
        self,
        kind: BannerKind,
        title: str,
        text: str,
        *actions: tuple[str, Callable[[], None]],
        closed: Callable[[], None] | None = None,
    ) -> None:
        """Show a state and, perhaps, what to do about it: at most ``MOST_ACTIONS`` things.

        ``closed`` is called when the user closes it with its cross.
        """
        self.setProperty("ground", kind)
        self.style().unpolish(self)
        self.style().polish(self)
        tone: Tone = kind
        self._icon.set_icon(_ICONS[kind], tone)
        self._title.setText(title)
        set_tone(self._title, tone)
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self._acts = [act for _, act in actions]
        self._closed = closed
        for number, button in enumerate(self.buttons):
            button.setVisible(number < len(actions))
            if number < len(actions):
                button.setText(actions[number][0])
                button.setAccessibleName(actions[number][0])
        self.setAccessibleName(f"{title}. {text}")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.show()

    @Slot()
    def _close(self) -> None:
        self.hide()
        if self._closed is not None:
            self._closed()

    def _clicker(self, number: int) -> Callable[[], None]:
        def act() -> None:
            self._acts[number]()

        return act
