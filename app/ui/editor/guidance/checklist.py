"""What a gate finds missing: each gap leads to its place, and going on needs a reason alone."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QWidget

from app.ui.editor.fields.line import LineField
from app.ui.editor.fields.question import Question
from app.ui.look import Look
from app.ui.widgets.buttons import Button
from app.ui.widgets.chips import IconLabel
from app.ui.widgets.layouts import column, frame, label, row, set_tone
from app.ui.widgets.pick_list import Choice, ChoiceList
from app.ui.wording import count
from models.guidance.gaps import Gap
from models.guidance.guide import GateText

WIDTH = 600
_REASON = "Kept with the date, your name and what is missing."


class ChecklistDialog(QDialog):
    """The gaps of a gate. Enter goes to one; Enter after a reason goes on all the same.

    Signals
    -------
    jumped(object):
        The ``Gap`` to go to.
    agreed(str):
        The gate is to be passed, with the reason where something is missing.
    """

    jumped = Signal(object)
    agreed = Signal(str)

    def __init__(
        self, look: Look, window: QWidget, text: GateText, missing: Sequence[tuple[Gap, str]]
    ) -> None:
        """``missing`` are gaps with the heading of the section that closes each."""
        super().__init__(window)
        self._gaps = [gap for gap, _ in missing]
        self._text = text
        self._window_height = window.height()
        self.setWindowTitle(text.action)
        self.setAccessibleName(text.action)
        self.list = ChoiceList(look, "What is missing")
        self.list.show_choices(
            [
                Choice(str(n), gap.sentence, (heading,), "arrow-bend-down-right")
                for n, (gap, heading) in enumerate(missing)
            ]
        )
        self.list.taken.connect(self._jump)
        self.reason = LineField("Reason for going on", "The review meeting is today")
        self._hint = label(_REASON, "secondary", "text2", wrap=True)
        self.reason.edited.connect(lambda _: set_tone(self._hint, "text2"))
        self.reason.returnPressed.connect(self._agree)
        self.reason.setAccessibleDescription(_REASON)
        self.go_button = Button(look, text.anyway if missing else text.action, "primary")
        self.go_button.clicked.connect(self._agree)
        self.later = Button(look, "Not now")
        self.later.clicked.connect(self.reject)
        self.jump_button = Button(look, "Go to this one", "primary", "arrow-bend-down-right")
        self.jump_button.clicked.connect(self._jump)
        self._lay_out(look, bool(missing))
        self.setFixedWidth(min(look.px(WIDTH), window.width() - 40))

    def _lay_out(self, look: Look, is_incomplete: bool) -> None:
        title = label(self._text.action, "screen_title")
        if not is_incomplete:
            words = row(
                IconLabel(look, "check-circle-fill", "green", 18),
                (label(self._text.complete, "body", wrap=True), 1),
            )
            buttons = row(None, self.later, self.go_button)
            self.setLayout(column(title, words, 8, buttons, margins=(24, 20, 24, 20), spacing=10))
            self.go_button.setFocus()
            return
        self.go_button.set_kind("secondary")
        number = f"{count(len(self._gaps), 'thing')} {'is' if len(self._gaps) == 1 else 'are'}"
        self.setLayout(
            column(
                title,
                label(f"{number} missing. {self._text.missing}", "secondary", "text2", wrap=True),
                (frame(column(self.list, margins=(4, 4, 4, 4)), "card"), 1),
                Question("Go on all the same? Say why.", self.reason, small=True),
                self._hint,
                row(self.go_button, None, self.later, self.jump_button),
                margins=(24, 20, 24, 20),
                spacing=10,
            )
        )
        self.list.setFocus()
        rows = sum(self.list.sizeHintForRow(n) for n in range(len(self._gaps)))
        self.list.setMinimumHeight(min(rows + 8, look.px(120)))

    def showEvent(self, event: QShowEvent) -> None:
        """As high as the gaps need, as far as the window allows."""
        super().showEvent(event)
        if self._gaps:
            rows = sum(self.list.sizeHintForRow(n) for n in range(len(self._gaps)))
            wanted = self.height() - self.list.height() + rows + 8
            self.resize(self.width(), min(wanted, self._window_height - 60))

    @Slot()
    def _jump(self) -> None:
        if self.list.key:
            gap = self._gaps[int(self.list.key)]
            self.accept()
            self.jumped.emit(gap)

    @Slot()
    def _agree(self) -> None:
        reason = self.reason.text().strip()
        if self._gaps and not reason:
            set_tone(self._hint, "amber")
            self.reason.setFocus()
            return
        self.accept()
        self.agreed.emit(reason)
