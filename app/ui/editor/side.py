"""The left column of the editor: what is written, its sections, a way to add one."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame

from app.ui.context import Context
from app.ui.editor.guidance.card import GateCard
from app.ui.editor.sections import Step
from app.ui.editor.stepper import HEIGHT, Stepper
from app.ui.painting import ChipText
from app.ui.tips import tip
from app.ui.widgets.buttons import Button, icon_button
from app.ui.widgets.chips import Chip
from app.ui.widgets.layouts import column, horizontal_line, label, row, set_tone
from models.document import Document
from models.domain import post_mortem as domain
from models.guidance.gaps import SectionState
from models.guidance.reminders import Reminder

WIDTH = 248
LONGEST = 90
"""Letters of a title that are shown here; the whole of it is in Details."""


class Side(QFrame):
    """Ref, severity and title above the stepper.

    Signals
    -------
    add_requested():
        A section is to be added.
    template_requested():
        Another choice of sections is wanted.
    """

    add_requested = Signal()
    template_requested = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        look = self._look = context.look
        self.setProperty("ground", "side")
        self._ref = label("", "secondary_strong", "text2")
        self._severity = Chip(look, ChipText(""))
        self._title = label("", "question", wrap=True)
        self.stepper = Stepper(look)
        self.add_button = Button(look, "Add a section", "ghost", "plus", size="small")
        self.add_button.setToolTip("Add a section (Ctrl+Shift+A)")
        self.add_button.clicked.connect(self.add_requested)
        self.template_button = icon_button(look, "file-text", "Change template")
        self.template_button.clicked.connect(self.template_requested)
        self._reminder = label("", "secondary", "text2", wrap=True)
        self._reminder.hide()
        self.card = GateCard(look)
        head = column(
            row(self._ref, self._severity, None, spacing=8),
            self._title,
            self._reminder,
            margins=(20, 16, 16, 12),
            spacing=6,
        )
        foot = row(self.add_button, None, self.template_button, margins=(12, 8, 12, 8))
        card = column(self.card, margins=(12, 0, 12, 8))
        self.setLayout(column(head, (self.stepper, 1), card, horizontal_line(), foot, spacing=0))
        self._head = head
        self.setFocusProxy(self.stepper)
        look.changed.connect(self._fit)
        self._fit()

    def show_document(
        self,
        document: Document,
        steps: Sequence[Step],
        states: Mapping[str, SectionState],
        current: str,
    ) -> None:
        """Show a document and its sections, one of them chosen."""
        mortem = document.post_mortem
        severity = domain.severity(mortem)
        self._ref.setText(document.ref)
        self._severity.setVisible(bool(severity))
        if severity:
            self._severity.show_chip(self._context.wording.severity_chip(severity))
        title = mortem.title or "Without a title"
        self._title.setText(title if len(title) <= LONGEST else f"{title[:LONGEST].rstrip()}…")
        self._title.setToolTip(tip(title))
        self._title.setAccessibleDescription(title)  # else it would be the tooltip, as HTML
        self.stepper.show_steps(steps, states, current)
        self._share_room()

    def show_reminder(self, reminder: Reminder | None) -> None:
        """Say quietly by when it is to be reviewed."""
        self._reminder.setVisible(reminder is not None)
        if reminder is not None:
            self._reminder.setText(f"{reminder.words}, {reminder.due.day} {reminder.due:%b}")
            set_tone(self._reminder, "amber" if reminder.is_overdue else "text2")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The sections come first; the card names as many gaps as there is room for."""
        super().resizeEvent(event)
        self._share_room()

    def _share_room(self) -> None:
        sections = self.stepper.model().rowCount() * self._look.px(HEIGHT)
        taken = self._head.sizeHint().height() + self.add_button.sizeHint().height() + 24
        self.card.fit(self.height() - taken - sections)

    def _fit(self) -> None:
        self.setFixedWidth(max(WIDTH, self._context.look.px(WIDTH)))
