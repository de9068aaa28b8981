"""Buttons, icon buttons and the segmented choice."""

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QPushButton, QWidget

from app.ui.look import Look
from app.ui.theme import Tone
from app.ui.widgets.layouts import restyle, row

ButtonKind = Literal["primary", "accent", "secondary", "ghost", "link", "danger", "toast"]
ButtonSize = Literal["normal", "small", "large", "icon"]

_ICON_TONES: dict[str, Tone] = {
    "primary": "on_accent",
    "accent": "accent",
    "danger": "on_red",
    "link": "accent",
}


def is_enter(event: QKeyEvent) -> bool:
    """Whether it is Enter alone, on either part of the keyboard."""
    keypad = Qt.KeyboardModifier.KeypadModifier
    pressed = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
    return pressed and not event.modifiers() & ~keypad


class PushButton(QPushButton):
    """A push button that Enter presses, as Space does; Qt does so only in dialogs."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self.setAutoDefault(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses."""
        if is_enter(event):
            self.click()
        else:
            super().keyPressEvent(event)


class Button(PushButton):
    """A push button of the design; its icon follows theme and text size."""

    def __init__(
        self,
        look: Look,
        text: str,
        kind: ButtonKind = "secondary",
        icon: str = "",
        *,
        size: ButtonSize = "normal",
        tip: str = "",
    ) -> None:
        # Fusion leaves 4 px between icon and words; the space makes it about 8.
        self._words = f" {text}" if text and icon else text
        self._is_locked = False
        super().__init__(self._words)
        self._look = look
        self._icon = icon
        self._kind: ButtonKind = kind
        self.setAccessibleName(text or tip.split(" (", maxsplit=1)[0])
        self.setProperty("kind", kind)
        self.setProperty("fit", size)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        if tip:
            self.setToolTip(tip)
        self._refresh()
        look.changed.connect(self._refresh)

    def lock(self, reason: str) -> None:
        """Stay disabled from now on, and say why."""
        self._is_locked = True
        self.setEnabled(False)
        self.setToolTip(reason)
        self.setAccessibleDescription(reason)

    def setEnabled(self, enabled: bool, /) -> None:  # noqa: N802
        """Enable it, unless it is locked."""
        super().setEnabled(enabled and not self._is_locked)

    def show_words(self, *, shown: bool) -> None:
        """Show the words beside the icon, or the icon alone."""
        self.setText(self._words if shown else "")

    def rename(self, words: str) -> None:
        """Show other words, which are its accessible name as well."""
        self._words = f" {words}" if self._icon else words
        self.setText(self._words)
        self.setAccessibleName(words)

    def full_width(self) -> int:
        """How wide it is with its words."""
        words = self.fontMetrics().horizontalAdvance(self._words)
        return self.sizeHint().width() + (0 if self.text() else words)

    def set_icon(self, icon: str) -> None:
        """Show another icon."""
        self._icon = icon
        self._refresh()

    def set_kind(self, kind: ButtonKind) -> None:
        """Become another kind of button."""
        self._kind = kind
        self.setProperty("kind", kind)
        restyle(self)
        self._refresh()

    @Slot()
    def _refresh(self) -> None:
        if self._icon:
            side = self._look.px(16)
            self.setIconSize(QSize(side, side))
            self.setIcon(self._look.icon(self._icon, _ICON_TONES.get(self._kind, "text2")))


def icon_button(look: Look, icon: str, tip: str) -> Button:
    """A square button with only an icon; ``tip`` is also its accessible name."""
    return Button(look, "", "ghost", icon, size="icon", tip=tip)


class Segment(PushButton):
    """One of the choices of ``Segmented``; chosen already, it leaves Enter to its dialog."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter chooses, then does what the dialog is for."""
        if is_enter(event) and self.isChecked():
            event.ignore()
        else:
            super().keyPressEvent(event)


class Segmented(QFrame):
    """One choice of a few, side by side; Left and Right move.

    Signals
    -------
    chosen(str):
        The key of the choice the user made.
    """

    chosen = Signal(str)

    def __init__(
        self, name: str, choices: Sequence[tuple[str, str]], parent: QWidget | None = None
    ):
        super().__init__(parent)
        self.setProperty("ground", "segmented")
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._keys = [key for key, _ in choices]
        buttons: list[QWidget] = []
        for index, (_, text) in enumerate(choices):
            button = Segment(text)
            button.setProperty("kind", "segment")
            button.setCheckable(True)
            button.setAccessibleName(f"{name}: {text}")
            self._group.addButton(button, index)
            buttons.append(button)
        self.setLayout(row(*buttons, margins=(2, 2, 2, 2), spacing=2))
        self._check(0)
        self._group.idClicked.connect(self._clicked)

    @property
    def key(self) -> str:
        """The key of what is chosen."""
        return self._keys[self._group.checkedId()]

    def choose(self, key: str) -> None:
        """Show a choice without telling anybody."""
        self._check(self._keys.index(key))

    def _check(self, index: int) -> None:
        """Tab stops at the checked one; Qt lets it stop at any until one had the keyboard."""
        for each in self._group.buttons():
            chosen = each is self._group.button(index)
            each.setFocusPolicy(Qt.FocusPolicy.StrongFocus if chosen else Qt.FocusPolicy.ClickFocus)
        self._group.button(index).setChecked(True)
        self.setFocusProxy(self._group.button(index))

    def show_text(self, key: str, text: str) -> None:
        """Call a choice something else."""
        button = self._group.button(self._keys.index(key))
        button.setText(text)
        button.setAccessibleName(f"{self.accessibleName()}: {text}")

    def click(self, key: str) -> None:
        """Choose as the user does."""
        self._group.button(self._keys.index(key)).click()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and Right choose the neighbour."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        index = min(len(self._keys) - 1, max(0, self._group.checkedId() + step))
        button = self._group.button(index)
        button.setFocus()
        if not button.isChecked():
            button.click()

    @Slot(int)
    def _clicked(self, index: int) -> None:
        self._check(index)
        self.chosen.emit(self._keys[index])
