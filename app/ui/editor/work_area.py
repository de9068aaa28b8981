"""The middle of the editor: a section's form, or the text where nothing can be written yet."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QStackedWidget, QWidget

from app.ui.context import Context
from app.ui.document.history import HistoryPanel
from app.ui.editor.conflicts import ConflictsDialog, Sides
from app.ui.editor.draft import Draft
from app.ui.editor.forms import Forms
from app.ui.editor.gate import gate_of
from app.ui.editor.guidance import going
from app.ui.editor.guidance.questions import Questions
from app.ui.editor.head import LOW, Foot, SectionHead
from app.ui.editor.incident_choice import IncidentChoice
from app.ui.editor.preview import Preview
from app.ui.editor.sections import Step
from app.ui.editor.spots import Spot
from app.ui.editor.stepper import UNKNOWN, Row
from app.ui.editor.troubles import Troubles
from app.ui.widgets.layouts import column, holder
from app.ui.widgets.messages import Banner
from models.document import Document
from models.domain.post_mortem import Status
from models.editing.deciding import Choice, decided
from models.editing.parts import with_text
from models.guidance.gaps import SectionState
from models.merging import Conflict
from models.templates import Template


class WorkArea(QFrame):
    """Banners, head, form and foot; in place of the form, the text or the history.

    Signals
    -------
    opened(str):
        A linked post-mortem is to be opened, by ref.
    passed():
        What stood between the reader and the form is gone.
    """

    opened = Signal(str)
    passed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._draft: Draft | None = None
        self._passed: set[str] = set()
        look = context.look
        self.setProperty("ground", "surface")
        self.troubles = Troubles(look, self)
        self.troubles.compare_requested.connect(self._compare)
        self.gate = Banner(look)
        self.gate.close_button.hide()
        self.head = SectionHead(look, context.preferences)
        self.forms = Forms(context)
        self.foot = Foot(look)
        self.text = Preview(context)
        self.text.opened.connect(self.opened)
        self.history = HistoryPanel(context)
        self._views = QStackedWidget()
        writing = holder(column(self.head, (self.forms, 1), spacing=0))
        past = holder(column(self.history, margins=(28, 16, 28, 8)))
        for view in (writing, self.text, past):
            self._views.addWidget(view)
        banners = (self.troubles.failure, self.troubles.conflict, self.gate)
        self._banners = column(*banners, margins=(16, 0, 16, 0), spacing=8)
        self.setLayout(column(self._banners, (self._views, 1), self.foot, spacing=0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A low window has no room for questions."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        page = self.forms.page
        is_low = self.height() < self._context.look.px(LOW)
        self.questions.fit(is_low=is_low)
        has_keys = page is not None and page.has_own_head and self.is_writing
        self.foot.setVisible(not (has_keys and is_low))

    def take_draft(self, draft: Draft, template: Template) -> None:
        """Show this draft from now on."""
        self._draft = draft
        self.forms.take_draft(draft, template)
        self.troubles.follow(draft)

    # -- form, text or history -----------------------------------------------------------------

    @property
    def is_history(self) -> bool:
        """Whether the history is shown."""
        return self._views.currentIndex() == 2

    @property
    def is_writing(self) -> bool:
        """Whether a form is shown."""
        return self._views.currentIndex() == 0

    def show_step(self, step: Step) -> None:
        """Show a section: its form, or its place in the text."""
        draft = self._draft
        if draft is None:
            return
        if self._show_gate(draft):
            self._views.setCurrentIndex(1)
            self.foot.show()
            self.text.show_document(draft.document, step.key)
            self.text.draw()
            return
        self._views.setCurrentIndex(0)
        page = self.forms.show_step(step)
        self.head.setVisible(not page.has_own_head)
        self._fit()

    def show_states(
        self, steps: Sequence[Step], key: str, states: Mapping[str, SectionState], next_: str
    ) -> None:
        """Say in the head how far the section is, in the foot what is beside it and best next."""
        keys = [step.key for step in steps]
        if key not in keys:
            return
        place = keys.index(key)
        self.head.show_row(Row(steps[place], states.get(key, UNKNOWN)))
        guidance = steps[place].guidance
        self.questions.show_guidance(guidance.questions, guidance.example)
        before = steps[place - 1].heading if place else ""
        after = steps[place + 1].heading if place + 1 < len(steps) else ""
        self.foot.show_neighbours(before, after)
        self.foot.show_next(next_ if self.is_writing else "")

    @property
    def questions(self) -> Questions:
        """The questions of the shown section; one that draws its own head has them there."""
        page = self.forms.page
        own = page.findChild(Questions) if page is not None and page.has_own_head else None
        return own if isinstance(own, Questions) else self.head.questions

    def show_document(self, document: Document) -> None:
        """The draft changed."""
        if self.is_writing:
            self.forms.show_document(document)

    def keep_only(self, keys: set[str]) -> None:
        """Sections are gone: so are their forms."""
        self.forms.keep_only(keys)

    def show_history(self) -> None:
        """Show the revisions in place of the form."""
        if self._draft is not None:
            self._draft.save()
            self.history.show_history(self._draft.stored)
            self._views.setCurrentIndex(2)
            self.history.setFocus()

    def spot(self) -> Spot:
        """What is under the cursor."""
        page = self.forms.page
        return page.spot() if page is not None else Spot("")

    def reveal(self, anchor: str) -> None:
        """Bring a place of the shown section into view, with the keyboard."""
        page = self.forms.page
        if self.is_writing and page is not None:
            for choice in page.findChildren(IncidentChoice):
                choice.turn_to(anchor)
            page.reveal(anchor)

    def go_to_field(self, name: str) -> None:
        """Give the keyboard to a control of the shown section, by what it is called."""
        page = self.forms.page
        if self.is_writing and page is not None:
            going.go_to_field(page, name)

    def take_focus(self, *, anew: bool = False) -> None:
        """Give the form its keyboard; ``anew`` at its beginning, else where it was."""
        page = self.forms.page
        if self.is_history:
            self.history.setFocus()
        elif not self.is_writing or page is None:
            self.text.setFocus()
        elif anew or not _has_focus(page):
            page.reveal("")

    # -- two versions --------------------------------------------------------------------------

    @Slot(tuple, object)
    def _compare(self, conflicts: tuple[Conflict, ...], sides: Sides) -> None:
        if self._draft is not None:
            document, look = self._draft.document, self._context.look
            decide = partial(self._decide, sides)
            ConflictsDialog(look, self.window(), document, conflicts, decide, sides=sides).open()

    def _decide(self, sides: Sides, chosen: Mapping[Conflict, Choice]) -> None:
        def change(document: Document) -> Document:
            for conflict, choice in chosen.items():
                document = decided(document, conflict, choice)
            return document

        if self._draft is not None:
            self._draft.edit("Decide on two versions", change, place=next(iter(chosen)).place)
            self.troubles.settled(sides)

    # -- what stands between ---------------------------------------------------------------------

    def _show_gate(self, draft: Draft) -> bool:
        """Whether the document is only shown, with the reason and what can be done about it."""
        library = self._context.workspace.library
        gate = gate_of(draft.document, writable=library.writable, folder=str(library.folder))
        if gate is None or draft.id in self._passed:
            self.gate.hide()
            return False
        actions = []
        if gate.open:
            actions.append((gate.open, self._reopen))
        if gate.edit:
            actions.append((gate.edit, self._pass))
        self.gate.say("blue", gate.title, gate.text, *actions)
        return True

    def _reopen(self) -> None:
        draft = self._draft
        if draft is not None:
            self._passed.add(draft.id)
            draft.edit(
                "Reopen", lambda document: with_text(document, status=Status.DRAFT), place="review"
            )
            self.passed.emit()

    def _pass(self) -> None:
        if self._draft is not None:
            self._passed.add(self._draft.id)
            self.passed.emit()


def _has_focus(widget: QWidget) -> bool:
    focus = QApplication.focusWidget()
    return focus is not None and (focus is widget or widget.isAncestorOf(focus))
