"""What is left before the gate ahead, at the foot of the list of sections."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QVBoxLayout

from app.ui.look import Look
from app.ui.tips import tip
from app.ui.widgets.buttons import Button
from app.ui.widgets.layouts import column, label, row
from models.guidance.gaps import Gap
from models.guidance.guide import GateText

MOST = 3
"""Gaps that are named; the checklist has all of them."""


class GateCard(QFrame):
    """The gate ahead with the first gaps, each a way to its place.

    Signals
    -------
    asked():
        The whole checklist is to be shown.
    led(object):
        The ``Gap`` to go to.
    """

    asked = Signal()
    led = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._gaps: tuple[Gap, ...] = ()
        self.setProperty("ground", "card")
        self._title = label("", "secondary_strong")
        self.buttons: list[Button] = []
        rows = QVBoxLayout()
        rows.setSpacing(0)
        for number in range(MOST):
            button = Button(look, "", "link", "arrow-bend-down-right", size="small")
            button.clicked.connect(lambda _=False, number=number: self.led.emit(self._gaps[number]))
            self.buttons.append(button)
            rows.addLayout(row(button, None))
        self.all_button = Button(look, "", "link", size="small")
        self.all_button.setToolTip("Everything that is missing (Ctrl+Shift+R)")
        self.all_button.clicked.connect(self.asked)
        self.setLayout(
            column(
                row(self._title, None, self.all_button),
                rows,
                margins=(12, 3, 6, 4),
                spacing=0,
            )
        )

    def show_gate(self, text: GateText | None, missing: Sequence[Gap]) -> None:
        """Show what is left before a gate; nothing where there is none ahead."""
        self._gaps = tuple(missing)
        self.setVisible(text is not None)
        if text is None:
            return
        self._title.setText(text.before)
        left = f"{len(missing)} left" if missing else "nothing left"
        self.all_button.setText(left)
        self.all_button.setAccessibleName(f"{text.before}: {left}")
        self._show_rows()

    def fit(self, room: int) -> None:
        """Name as many gaps as there is room for, in pixels."""
        self._shown = max(0, min(MOST, (room - self._look.px(48)) // self._look.px(28)))
        self._show_rows()

    _shown = MOST

    @Slot()
    def _show_rows(self) -> None:
        for number, button in enumerate(self.buttons):
            is_shown = number < min(self._shown, len(self._gaps))
            button.setVisible(is_shown)
            if is_shown:
                gap = self._gaps[number]
                button.setText(f" {gap.short}")
                button.setAccessibleName(gap.sentence)
                button.setToolTip(tip(gap.sentence))
