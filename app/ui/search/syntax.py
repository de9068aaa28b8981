"""The search language on one popover; a click or Enter inserts a token."""

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QWidget

from app.ui.look import Look
from app.ui.widgets.buttons import PushButton
from app.ui.widgets.layouts import column, label, row

TOKENS: tuple[tuple[str, str], ...] = (
    ("connection pool", "both words first, then either"),
    ('"connection pool"', "the exact phrase"),
    ("time*", "words that begin so"),
    ("-mobile", "leave out"),
    ("redis OR kafka", "either one"),
    ("service:checkout", "also layer: trigger: tag: author:"),
    ("severity:SEV1", "also status: root: ref:"),
    ("action:overdue", "also open, slipped, done"),
    ("year:>=2024", "also before: after:"),
    ("has:open-actions", "also is:draft, is:historical"),
)


class SyntaxPopover(QFrame):
    """Examples of the search language.

    Signals
    -------
    inserted(str):
        The user chose a token.
    """

    inserted = Signal(str)

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("ground", "popover")
        self.setAccessibleName("Search syntax")
        self._buttons: list[QPushButton] = []
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for number, (token, meaning) in enumerate(TOKENS):
            button = PushButton(token)
            button.setProperty("kind", "token")
            button.setProperty("role", "code")
            button.setFont(look.font("code"))
            button.setAccessibleName(f"Insert {token}: {meaning}")
            button.clicked.connect(self._choose)
            self._buttons.append(button)
            grid.addWidget(button, number, 0, Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(label(meaning, "secondary", "text2"), number, 1)
        head = row(
            label("Search syntax", "body_strong"),
            None,
            label("Click or Enter inserts", "secondary", "text2"),
        )
        self.setLayout(column(head, grid, margins=(16, 12, 16, 12), spacing=8))
        self.setMinimumWidth(look.px(368))

    def open_below(self, widget: QWidget) -> None:
        """Appear under a widget, inside the window's right edge."""
        self.adjustSize()
        corner = widget.mapToGlobal(QPoint(widget.width() - self.width(), widget.height() + 6))
        self.move(corner)
        self.show()
        self._buttons[0].setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down move, Enter inserts."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        focused = next((i for i, b in enumerate(self._buttons) if b.hasFocus()), 0)
        if step is not None:
            self._buttons[(focused + step) % len(self._buttons)].setFocus()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._buttons[focused].click()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _choose(self) -> None:
        button = self.sender()
        if isinstance(button, QPushButton):
            self.close()
            self.inserted.emit(button.text())
