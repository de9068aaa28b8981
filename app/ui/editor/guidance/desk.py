"""Guidance around the form: the list of sections, the card below it, head and foot, the top bar."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Signal, Slot

from app.ui.context import Context
from app.ui.editor.draft import Draft
from app.ui.editor.guidance.guiding import Guiding
from app.ui.editor.review.rows import new_comment
from app.ui.editor.side import Side
from app.ui.editor.walk import Walk
from app.ui.editor.work_area import WorkArea
from app.ui.look import Look
from app.ui.pacing import Throttle
from app.ui.widgets.buttons import Button
from models.editing.parts import with_comment
from models.guidance.guide import Gate, GateText
from models.guidance.reminders import reminder

STATES_MS = 250
"""How often the sections' states are worked out while somebody types."""

ROOMY = 1200
"""From this width of the window on, in pixels at 100 % text, its words stand beside the icon."""


class GateButton(Button):
    """The way to the gate ahead, in the top bar."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, "", "accent", "checks")
        self._look = look

    def show_gate(self, text: GateText | None, *, is_here: bool) -> None:
        """Be called as the gate is; gone where there is none, and while others have the top bar."""
        self.setVisible(text is not None and is_here)
        if text is not None:
            has_room = self.window().width() >= self._look.px(ROOMY)
            self.setText(f" {text.action}" if has_room else "")
            self.setAccessibleName(text.action)
            self.setToolTip(f"{text.action} (Ctrl+Shift+R)")


class GuidanceDesk(QObject):
    """Shows what is missing wherever the editor says it, and leads there.

    Signals
    -------
    led(str):
        A place of the document is to be shown, with the keyboard.
    """

    led = Signal(str)

    def __init__(self, context: Context, walk: Walk, side: Side, work: WorkArea) -> None:
        super().__init__(work)
        self._context, self._walk = context, walk
        self._side, self._work = side, work
        self._draft: Draft | None = None
        self.guiding = Guiding(context, walk, work)
        self.gate_button = GateButton(context.look)
        self._pace = Throttle(self.show, STATES_MS, self)
        self.guiding.led.connect(self._lead)
        self.guiding.changed.connect(self.show)
        work.foot.next.clicked.connect(self.guiding.go_on)
        work.forms.gate_requested.connect(self._ask)
        work.forms.place_requested.connect(self.led)
        for asker in (side.card.asked, self.gate_button.clicked):
            asker.connect(self.guiding.ask_ahead)
        side.card.led.connect(self.guiding.lead_to)
        work.installEventFilter(self)

    def take_draft(self, draft: Draft) -> None:
        """Guide the writing of this one from now on."""
        self._draft = draft
        self.guiding.take_draft(draft)

    def request(self) -> None:
        """The document changed: show what is missing now, not at every key."""
        self._pace.request()

    @Slot()
    def show(self) -> None:
        """Show what is missing now."""
        draft, workspace = self._draft, self._context.workspace
        if draft is None:
            return
        document, walk, guiding = draft.document, self._walk, self.guiding
        states = guiding.look(document)
        self._side.show_document(document, walk.steps, states, walk.key)
        self._side.card.show_gate(guiding.gate_text, guiding.missing)
        due = workspace.guide.review_due
        self._side.show_reminder(reminder(document.post_mortem, due, workspace.library.now()))
        self.gate_button.show_gate(guiding.gate_text, is_here=self._work.isVisible())
        self._work.show_states(walk.steps, walk.key, states, guiding.next_words)

    def commands(self) -> dict[str, Callable[[], None]]:
        """The actions of the table that guidance carries out, by id."""
        found: dict[str, Callable[[], None]] = {
            "example": self._work.questions.example_button.toggle,
            "next_gap": self.guiding.go_on,
            "comment": self._comment,
        }
        if self.guiding.gate is not None:
            found["gate"] = self.guiding.ask_ahead
        return found

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Another width has room for words, or not."""
        if event.type() == QEvent.Type.Resize:
            gate = self.guiding.gate_text
            self.gate_button.show_gate(gate, is_here=self._work.isVisible())
        return super().eventFilter(watched, event)

    @Slot(str, str)
    def _ask(self, gate: str, incident: str) -> None:
        self.guiding.ask(Gate(gate), incident)

    @Slot()
    def _comment(self) -> None:
        """A comment on the place where the author is; its text has the keyboard then."""
        draft, page, context = self._draft, self._work.forms.page, self._context
        if draft is not None and page is not None:
            now = context.workspace.library.now().replace(microsecond=0)
            comment = new_comment(context.actor.role, now, page.place)
            draft.edit("Add comment", lambda d: with_comment(d, comment), place="review")
            self.led.emit(comment.id)

    @Slot(str, str)
    def _lead(self, place: str, field: str) -> None:
        self.led.emit(place)
        if field:
            self._work.go_to_field(field)
