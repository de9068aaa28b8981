"""Two versions of a post-mortem, before one of them becomes the newest."""

from collections.abc import Callable

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialog, QWidget

from app.ui.document.differences import DifferenceView, Told
from app.ui.look import Look
from app.ui.widgets.buttons import Button
from app.ui.widgets.layouts import column, frame, label, row

SIZE = (860, 640)


class ComparisonDialog(QDialog):
    """What is different, and a button that decides."""

    def __init__(self, look: Look, window: QWidget, title: str, text: str) -> None:
        super().__init__(window)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self._act: Callable[[], None] | None = None
        self.difference = DifferenceView(look)
        self.act_button = Button(look, "", "primary")
        self.act_button.clicked.connect(self._decide)
        self._close_button = Button(look, "Decide later")
        self._close_button.clicked.connect(self.reject)
        self.setLayout(
            column(
                label(title, "screen_title", wrap=True),
                label(text, "secondary", "text2", wrap=True),
                (frame(column(self.difference, margins=(12, 10, 12, 8)), "card"), 1),
                row(None, self._close_button, self.act_button),
                margins=(24, 20, 24, 20),
                spacing=8,
            )
        )
        room = window.size()
        width, height = (look.px(side) for side in SIZE)
        self.resize(min(width, room.width() - 40), min(height, room.height() - 40))
        self.difference.setFocus()

    def show_told(self, told: Told, action: tuple[str, Callable[[], None]]) -> None:
        """Show the differences; the button says and does ``action``."""
        words, self._act = action
        self.act_button.setText(words)
        self.act_button.setAccessibleName(words)
        self.difference.show_told(told)

    @Slot()
    def _decide(self) -> None:
        self.accept()
        if self._act is not None:
            self._act()
