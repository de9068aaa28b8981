"""What the post-mortem that is written lacks, the way to it, and the gates it goes through."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from app.gating import Beside, beside, surroundings
from app.ui.context import Context
from app.ui.editor.draft import Draft
from app.ui.editor.guidance.checklist import ChecklistDialog
from app.ui.editor.undoing import offer_undo
from app.ui.editor.walk import Walk
from app.ui.widgets.dialogs import hand_in
from models.document import Document
from models.domain.histories import Change
from models.guidance import gates
from models.guidance.gaps import Gap, SectionState, gaps, next_gap, section_states
from models.guidance.guide import Gate, GateText


class Guiding(QObject):
    """Keeps the gaps of one draft, leads to the next, and asks at the gates.

    Signals
    -------
    led(str, str):
        Go to a place and, in it, to the control of that name ("" for none).
    changed():
        More is known of what is missing.
    """

    led = Signal(str, str)
    changed = Signal()

    def __init__(self, context: Context, walk: Walk, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._walk = walk
        self._window = parent.window
        self._draft: Draft | None = None
        self._beside = Beside()
        self._passed: set[tuple[str, str]] = set()
        self._gaps: tuple[Gap, ...] = ()
        context.changes_committed.connect(self._read_beside)

    def take_draft(self, draft: Draft) -> None:
        """Guide the writing of this one from now on."""
        self._draft, self._passed, self._beside = draft, set(), Beside()
        self._read_beside()

    @Slot()
    def _read_beside(self) -> None:
        """What others know of its actions may have changed."""
        if self._draft is None:
            return
        id = self._draft.id
        self._context.read(
            lambda workspace: beside(workspace, id), lambda found: self._know_beside(id, found)
        )

    def look(self, document: Document) -> dict[str, SectionState]:
        """Find what is missing now; every section by its key."""
        around = surroundings(self._context.workspace, document, self._beside)
        self._gaps = gaps(document, around)
        return section_states(document, around, self._gaps)

    def _know_beside(self, id: str, found: Beside) -> None:
        if self._draft is not None and self._draft.id == id and found != self._beside:
            self._beside = found
            self.changed.emit()

    # -- the next thing --------------------------------------------------------------------------

    @property
    def gate(self) -> Gate | None:
        """The gate ahead."""
        draft = self._draft
        return gates.next_gate(draft.document) if draft is not None else None

    @property
    def gate_text(self) -> GateText | None:
        """What the gate ahead is called."""
        return None if self.gate is None else self._context.workspace.guide.gates[self.gate]

    @property
    def missing(self) -> tuple[Gap, ...]:
        """What the gate ahead finds missing."""
        guide = self._context.workspace.guide
        return () if self.gate is None else gates.checklist(self.gate, self._gaps, guide)

    @property
    def next_words(self) -> str:
        """Where ``go_on`` leads, in a few words; "" where nothing is left to do."""
        gap, text = self._next(), self.gate_text
        return gap.short if gap is not None else text.action if text is not None else ""

    def _next(self) -> Gap | None:
        return next_gap(self._gaps, here=self._walk.key, passed=self._passed)

    @Slot()
    def go_on(self) -> None:
        """To the most useful thing that is not written; where all is written, to the gate."""
        if self._draft is None:
            return
        hand_in()
        self.look(self._draft.document)
        gap = self._next()
        if gap is not None:
            self.lead_to(gap)
        elif self.gate is not None:
            self.ask(self.gate)

    @Slot(object)
    def lead_to(self, gap: Gap) -> None:
        """To the place of a gap."""
        open_ = {one.key for one in self._gaps if not one.waits}
        if open_ <= self._passed:
            self._passed.clear()
        self._passed.add(gap.key)
        self.led.emit(gap.place, gap.field)
        self.changed.emit()

    # -- gates -----------------------------------------------------------------------------------

    @Slot()
    def ask_ahead(self) -> None:
        """Ask at the gate ahead."""
        if self.gate is not None:
            self.ask(self.gate)

    def ask(self, gate: Gate, incident: str = "") -> None:
        """Show what a gate finds missing; it is passed when its author agrees."""
        draft = self._draft
        if draft is None:
            return
        hand_in()
        self.look(draft.document)
        guide = self._context.workspace.guide
        missing = gates.checklist(gate, self._gaps, guide, incident=incident)
        headings = {step.key: step.heading for step in self._walk.steps}
        rows = [(gap, headings.get(gap.section, "")) for gap in missing]
        dialog = ChecklistDialog(self._context.look, self._window(), guide.gates[gate], rows)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.jumped.connect(self.lead_to)
        dialog.agreed.connect(self._passing(draft, gate, missing, incident))
        dialog.open()

    def _passing(
        self, draft: Draft, gate: Gate, missing: tuple[Gap, ...], incident: str
    ) -> Callable[[str], None]:
        text = self._context.workspace.guide.gates[gate]

        def go_through(reason: str) -> None:
            actor, now = self._context.actor, self._context.workspace.library.now()
            change = Change(now, actor.name or actor.role, actor.role, reason)
            draft.edit(
                text.action,
                lambda d: gates.through(d, gate, change, missing, incident=incident),
                place="review",
            )
            offer_undo(self._context.messages, draft, f"{text.done}.")
            self.changed.emit()

        return go_through
