"""A hint where the cursor is: why, a rewrite, and what to do with it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, Slot
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFocusEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from app.ui.editor.language.cards import Card
from app.ui.editor.language.paragraphs import Paragraph, spoken, with_blanks
from app.ui.focusing import is_lost_for_a_while
from app.ui.look import Look
from app.ui.painting import ChipText
from app.ui.widgets.buttons import Button, is_enter
from app.ui.widgets.chips import Chip
from app.ui.widgets.layouts import column, frame, label, row
from models.language.documents import Placed

WIDTH = 372


class Suggestion(QWidget):
    """A rewrite with its blanks marked."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._text = ""
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_text(self, text: str) -> None:
        """Show another one."""
        self._text = text
        self.setAccessibleName(f"Try: {spoken(text)}")
        self.updateGeometry()
        self.update()

    def heightForWidth(self, width: int) -> int:
        """As high as the words need."""
        return round(self._paragraph(width).height) + 2

    def sizeHint(self) -> QSize:
        """As wide as the hint."""
        width = self._look.px(WIDTH - 60)
        return QSize(width, self.heightForWidth(width))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        self._paragraph(self.width()).draw(painter, 0, 0)
        painter.end()

    def _paragraph(self, width: int) -> Paragraph:
        return Paragraph(self._look, with_blanks(self._text), width)


Act = Callable[[Placed], None]
_KEYS = "Enter inserts, Del keeps it, Shift+Del always; any other key goes on writing"
_MODIFIERS = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta)


class HintPopup(QFrame):
    """One hint at a time; Enter puts the rewrite in, Del keeps the words, Esc closes."""

    def __init__(
        self,
        look: Look,
        hints: Sequence[tuple[Placed, Card]],
        acts: Sequence[tuple[str, Act]],
        parent: QWidget,
    ) -> None:
        """``acts`` are what the buttons are called and do, the first one by Enter."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("ground", "popover")
        self._window = parent
        self._look, self._hints, self._number = look, tuple(hints), 0
        self._chip = Chip(look, ChipText("", "amber", "quotes"))
        self._count = label("", "secondary", "text2")
        self._next = Button(look, "Next", "link", size="small", tip="The next hint here (Down)")
        self._next.clicked.connect(self._show_next)
        self._why = label("", "secondary", "text2", wrap=True)
        self._suggestion = Suggestion(look)
        box = frame(
            column(
                label("Try", "micro_strong", "green"),
                self._suggestion,
                margins=(10, 6, 10, 8),
                spacing=2,
            ),
            "green",
        )
        kinds = ("accent", "ghost", "ghost")
        self.buttons = [
            Button(look, text, kind, size="small")  # type: ignore[arg-type]
            for (text, _), kind in zip(acts, kinds, strict=False)
        ]
        for button in (*self.buttons, self._next):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # a why's field would close without focus
        for button, (_, act) in zip(self.buttons, acts, strict=True):
            button.clicked.connect(self._carrying_out(act))
        several = len(hints) > 1
        self._next.setVisible(several)
        self._count.setVisible(several)
        self.setLayout(
            column(
                row(self._chip, None, self._count, self._next),
                box,
                self._why,
                row(*self.buttons, None, spacing=6),
                label(_KEYS, "micro", "text3", wrap=True),
                margins=(14, 12, 14, 12),
                spacing=8,
            )
        )
        self.setFixedWidth(look.px(WIDTH))
        self._show(0)

    def open_at(self, field: QWidget, cursor: QRect) -> None:
        """Appear below a rectangle of a field; where there is no room, above it."""
        self.adjustSize()
        room = self._window.rect().adjusted(8, 8, -8, -8)
        below = field.mapTo(self._window, cursor.bottomLeft()).y() + 6
        above = field.mapTo(self._window, cursor.topLeft()).y() - 6 - self.height()
        left = field.mapTo(self._window, cursor.topLeft()).x()
        left = max(room.left(), min(left, room.right() - self.width()))
        self.move(left, above if below + self.height() > room.bottom() else below)
        self.show()
        self.raise_()
        field.installEventFilter(self)
        field.destroyed.connect(self.close)
        said = QAccessibleAnnouncementEvent(field, f"{self.accessibleName()} {_KEYS}")
        QAccessible.updateAccessibility(said)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The field keeps the keyboard: some keys act here, any other closes this and types.

        A field that goes (undone, or another section is shown) takes this with it.
        """
        if event.type() == QEvent.Type.Hide:
            self.close()
            return super().eventFilter(watched, event)
        if isinstance(event, QFocusEvent) and event.lostFocus():
            if not is_lost_for_a_while(event):
                self.close()
            return super().eventFilter(watched, event)
        override = event.type() == QEvent.Type.ShortcutOverride
        if not isinstance(event, QKeyEvent) or not (override or _is_press(event)):
            return super().eventFilter(watched, event)
        act = self._act_of(event)
        if act is None:
            if not override and event.key() not in _MODIFIERS:
                self.close()
            return super().eventFilter(watched, event)
        if not override:
            act()
        event.accept()
        return True

    def _act_of(self, event: QKeyEvent) -> Callable[[], None] | None:
        key, shift = Qt.Key(event.key()), event.modifiers() == Qt.KeyboardModifier.ShiftModifier
        if is_enter(event):
            return self.buttons[0].click
        if key == Qt.Key.Key_Delete:
            return self.buttons[2 if shift else 1].click
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(key)
        if step is not None:
            return lambda: self._show((self._number + step) % len(self._hints))
        return self._dismiss if key == Qt.Key.Key_Escape else None

    def _dismiss(self) -> None:
        self.close()

    def _carrying_out(self, act: Act) -> Callable[[], None]:
        def carry_out() -> None:
            placed = self._hints[self._number][0]
            self.close()
            act(placed)

        return carry_out

    @Slot()
    def _show_next(self) -> None:
        self._show((self._number + 1) % len(self._hints))

    def _show(self, number: int) -> None:
        self._number = number
        card = self._hints[number][1]
        self._chip.show_chip(ChipText(card.rule, "amber", "quotes"))
        self._count.setText(f"{number + 1} of {len(self._hints)}")
        self._suggestion.show_text(card.suggestion)
        self._why.setText(card.why)
        words = "".join(part.text for part in card.words)
        self.setAccessibleName(f"{card.rule}: {words} {card.why}")
        self.buttons[0].setAccessibleDescription(f"Try: {spoken(card.suggestion)}")
        self.adjustSize()


def _is_press(event: QKeyEvent) -> bool:
    return event.type() == QEvent.Type.KeyPress
