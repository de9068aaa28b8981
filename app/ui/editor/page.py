"""The editor: sections at the left, the form in the middle, what helps beside."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from app.ui.context import Context
from app.ui.editor.dock import Dock, DockPlace
from app.ui.editor.draft import Draft
from app.ui.editor.drafts import Drafts
from app.ui.editor.guidance.desk import GuidanceDesk
from app.ui.editor.language.desk import LanguageDesk
from app.ui.editor.linking import Linking
from app.ui.editor.own_sections import OwnSections
from app.ui.editor.places import section_of
from app.ui.editor.prose.edit import ProseEdit
from app.ui.editor.saving import SaveChip
from app.ui.editor.side import Side
from app.ui.editor.template_choice import TemplateDialog
from app.ui.editor.undoing import Undoing
from app.ui.editor.walk import Walk
from app.ui.editor.work_area import WorkArea
from app.ui.page import Page
from app.ui.widgets.buttons import Button
from app.ui.widgets.layouts import row

CRUMB = "Library  \N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}  "


class EditorPage(Page):
    """One post-mortem being written. Everything saves itself.

    Signals
    -------
    opened(str):
        Another post-mortem is to be read, by id or ref.
    export_requested(list):
        Ids to be exported.
    """

    has_primary = True  # a section's own, as "Add event"; elsewhere writing needs none
    opened = Signal(str)
    export_requested = Signal(list)

    def __init__(self, context: Context, drafts: Drafts) -> None:
        super().__init__()
        self._context = context
        self._drafts = drafts
        self.walk = Walk(context.workspace.templates, context.workspace.guide)
        self._named: dict[str, str] = {}
        self.draft: Draft | None = None
        look = context.look
        self.side = Side(context)
        self.side.setParent(self)
        self.work = WorkArea(context)
        self.own = OwnSections(self.work.head)
        self.undoing = Undoing(context.messages, self)
        self.dock = Dock(context, self.work.spot)
        self.linking = Linking(context, self.dock.similar)
        self.dock_place = DockPlace(look, self, self.dock, self.work.take_focus)
        self.setLayout(row(self.side, (self.work, 1), self.dock_place, spacing=0))
        self.language = LanguageDesk(context, self.dock.language, self.work, self.reveal, self.walk)
        self.chip = SaveChip(look)
        self.history_button = Button(
            look, "History", "ghost", "clock-counter-clockwise", tip="History (Ctrl+H)"
        )
        self.guidance = GuidanceDesk(context, self.walk, self.side, self.work)
        self._connect()

    def _connect(self) -> None:
        stepper = self.side.stepper
        stepper.chosen.connect(self.show_section)
        stepper.entered.connect(self._enter)
        stepper.action_requested.connect(self._act)
        self.side.add_requested.connect(partial(self._act, "add_section"))
        self.side.template_requested.connect(partial(self._act, "change_template"))
        self.own.shown.connect(self.show_section)
        self.work.head.heading.returnPressed.connect(partial(self.work.take_focus, anew=True))
        self.work.foot.moved.connect(self.go)
        self.work.opened.connect(self.opened)
        self.work.passed.connect(self._passed)
        self.work.forms.moved.connect(self.dock.preview.follow)
        self.dock.opened.connect(self.opened)
        self.history_button.clicked.connect(self._toggle_history)
        self.guidance.led.connect(self.reveal)

    # -- what is shown -------------------------------------------------------------------------

    def show_draft(self, draft: Draft, place: str = "") -> None:
        """Write this post-mortem, at a place of it (else where its author was)."""
        if draft is not self.draft:
            self._follow(draft)
        if place:
            self.reveal(place)
        elif not self.walk.key:
            self.show_section("details")

    def _follow(self, draft: Draft) -> None:
        if self.draft is not None:
            self.draft.changed.disconnect(self._changed)
            self.draft.state_changed.disconnect(self._name_actions)
            self._drafts.left(self.draft)
        self.draft = draft
        self.walk.begin(draft.document)
        self.title = f"{CRUMB}{draft.document.ref}"
        draft.changed.connect(self._changed)
        draft.state_changed.connect(self._name_actions)
        self.own.take_draft(draft)
        self.undoing.take_draft(draft)
        self.linking.take_draft(draft)
        self.guidance.take_draft(draft)
        self.language.take_draft(draft)
        self.work.take_draft(draft, self.walk.template(draft.document))
        if self._context.workspace.library.writable:
            self.chip.follow(draft)
        else:
            self.chip.say("Read-only", "eye")
        self.show_section("details")

    def show_section(self, key: str) -> None:
        """Show a section, by its key."""
        step, draft = self.walk.step(key), self.draft
        if step is None or draft is None:
            return
        self.walk.key = key
        self.own.choose(key if step.is_own else "")
        self.work.show_step(step)
        self.guidance.show()
        self.dock.show_document(draft.document, key)
        self.actions_changed.emit()

    def reveal(self, place: str) -> None:
        """Show a place and give it the keyboard: a section, a field, a node or an event."""
        if self.draft is None:
            return
        key, anchor = section_of(place, self.draft.document)
        if self.walk.admit(key, self.draft.document) or key != self.walk.key:
            self.show_section(key)
        if key == self.walk.key:
            self.work.reveal(anchor)

    def go(self, step: int) -> None:
        """To the section before or after, with the keyboard."""
        if key := self.walk.beside(step):
            self._enter(key)

    @Slot()
    def _passed(self) -> None:
        self._enter(self.walk.key)

    @Slot(str)
    def _enter(self, key: str) -> None:
        anew = key != self.walk.key
        self.show_section(key)
        self.work.take_focus(anew=anew)

    # -- following the draft -------------------------------------------------------------------

    @Slot(str)
    def _changed(self, place: str) -> None:
        draft = self.draft
        if draft is None:
            return
        if self.walk.follow(draft.document):
            self.work.forms.use_template(self.walk.template(draft.document))
            self.work.keep_only({step.key for step in self.walk.steps})
            self.show_section(self.walk.key)
        self.work.show_document(draft.document)
        self.dock.show_document(draft.document, self.walk.key)
        self.guidance.request()
        if place:
            self.reveal(place)

    # -- actions -------------------------------------------------------------------------------

    def panes(self) -> list[QWidget]:
        """Sections, form, dock."""
        return [self.side.stepper, self.work, self.dock, self.dock_place.opener]

    def extras(self) -> list[QWidget]:
        """The state of saving, the history, and the gate ahead."""
        return [self.chip, self.history_button, self.guidance.gate_button]

    def current_id(self) -> str:
        """The post-mortem that is written."""
        return self.draft.id if self.draft is not None else ""

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """What can be done here."""
        draft = self.draft
        if draft is None:
            return {}
        found: dict[str, Callable[[], None]] = {
            "undo": self.undoing.undo,
            "next_section": lambda: self.go(1),
            "previous_section": lambda: self.go(-1),
            "dock": self.dock_place.switch_focus,
            "dock_tab": self.dock_place.next_tab,
            "similar": partial(self.dock_place.show_tab, 0),
            "hints": partial(self.dock_place.show_tab, 1),
            "history": self._toggle_history,
            "export": lambda: self.export_requested.emit([draft.id]),
            "refresh": self.refresh,
        }
        for number, numbered in enumerate(self.walk.steps[:9], 1):
            found[f"section_{number}"] = partial(self._enter, numbered.key)
        found |= self.language.commands()
        found |= self.dock.similar.list.commands()
        if draft.redo_name:
            found["redo"] = self.undoing.redo
        if self.work.is_writing:
            found["change_template"] = self._change_template
            found |= {"add_section": self.own.add} | self.guidance.commands()
        form = self.work.forms.page
        if self.work.is_writing and form is not None:
            found |= form.commands()
        step = self.walk.step(self.walk.key)
        if self.work.is_writing and step is not None and step.is_own:
            found |= self.own.commands() | {"remove_section": self._remove_section}
        field = self.window().focusWidget()
        if isinstance(field, ProseEdit) and self.isAncestorOf(field):
            found |= field.commands()
        return found

    def action_texts(self) -> Mapping[str, str]:
        """What would be undone and done again; where the numbers lead."""
        texts = {f"section_{n}": f"Go to {s.heading}" for n, s in enumerate(self.walk.steps[:9], 1)}
        return texts | self.undoing.names()

    def _act(self, id: str) -> None:
        self.commands()[id]()

    @Slot()
    def _name_actions(self) -> None:
        names = self.action_texts()
        if names != self._named:
            self._named = dict(names)
            self.actions_changed.emit()

    def _remove_section(self) -> None:
        heading = self.own.remove()
        self._context.messages.toast(f"{heading} removed.", self.undoing.undo)

    def _change_template(self) -> None:
        if self.draft is not None:
            dialog = TemplateDialog(self._context, self.draft, self.window())
            dialog.finished.connect(lambda _: self.work.take_focus())
            dialog.open()

    # -- history -------------------------------------------------------------------------------

    def _toggle_history(self) -> None:
        if self.work.is_history:
            self.show_section(self.walk.key)
            self.work.take_focus()
        else:
            self.work.show_history()

    # -- coming and going ----------------------------------------------------------------------

    def shown(self) -> None:
        """The form has the keyboard."""
        self.guidance.show()
        self.work.take_focus()

    def refresh(self) -> None:
        """Somebody wrote; the drafts follow by themselves, the history is read again."""
        if self.work.is_history and self.draft is not None:
            self.work.history.show_history(self.draft.stored)

    def go_back(self) -> bool:
        """From the dock, the history and what is unfolded in a section to its form."""
        if self.dock_place.close_panel():
            self.work.take_focus()
            return True
        if self.work.is_history:
            self._toggle_history()
            return True
        form = self.work.forms.page
        return self.work.is_writing and form is not None and form.go_back()

    def changeEvent(self, event: QEvent) -> None:
        """Another window takes the keyboard: nothing waits unwritten meanwhile."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.draft is not None:
            self.draft.save()

    def hideEvent(self, event: QHideEvent) -> None:
        """Another screen is shown: write what is left, tell the others."""
        super().hideEvent(event)
        if self.draft is not None:
            self._drafts.left(self.draft)
