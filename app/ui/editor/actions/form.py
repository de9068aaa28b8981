"""The form of one action."""

import dataclasses
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from app.ui.context import Context
from app.ui.editor.fields.choice import ChoiceField, term_choices
from app.ui.editor.fields.columns import Columns
from app.ui.editor.fields.line import LineField, NamesField
from app.ui.editor.fields.moment import DayField
from app.ui.editor.fields.question import Question
from app.ui.editor.language.action_hints import ActionHints
from app.ui.editor.prose.edit import ProseEdit
from app.ui.widgets.layouts import clear, column, holder, label, row
from models.domain.action import ActionItem, ActionState, Verification
from models.domain.root import Root

_WITH_REASON = (ActionState.WONT_DO, ActionState.SUPERSEDED)


class ActionForm(QWidget):
    """Every field of an action, and the roots it addresses.

    Signals
    -------
    edited(str, dict):
        What changed and the changed fields of the action.
    root_toggled(str, bool):
        Whether the action is to address the root of that id.
    """

    edited = Signal(str, object)
    root_toggled = Signal(str, bool)

    def __init__(self, context: Context) -> None:
        super().__init__()
        look, terms = context.look, context.workspace.vocabularies
        self._look = look
        self._action = ActionItem("", "")
        self._shown: tuple[tuple[str, str], ...] = ()
        self.title = LineField("Action", "A verb, a scope and an end state")
        self.hints = ActionHints(look, context.language)
        self.state = ChoiceField(
            "State", [(t.id, t.name, t.description) for t in terms.action_states.terms]
        )
        self.type = ChoiceField("Type", term_choices(terms.action_types))
        self.priority = ChoiceField("Priority", term_choices(terms.priorities))
        self.team = LineField("Accountable team", "Team or role")
        self.owner = LineField("Assignee", "Role or tracker name")
        self.due = DayField("Due date")
        self.due_hint = label("", "secondary", "text3", wrap=True)
        self.done_when = LineField("Done when", "What will be seen once it works")
        self.text = ProseEdit(look, "Notes on the action", lines=2)
        self.links = NamesField("Links", "ACC-482, https://")
        self.reason = LineField("Reason", "Why it will not be done")
        self.accepted_by = LineField("Risk accepted by", "The role that accepted the risk")
        self.evidence = LineField("Proof that it works", "What shows that it works")
        self.verified_by = LineField("Verified by", "Role")
        self._boxes: list[QCheckBox] = []
        self._roots = QVBoxLayout()
        self._roots.setSpacing(2)
        self.no_roots = label(
            "No root yet: give a why a stop reason in 5 Whys, then say here what addresses it.",
            "secondary",
            "text3",
            wrap=True,
        )
        self._wont_do = Columns(
            look,
            Question("Why not?", self.reason, small=True),
            Question("Risk accepted by", self.accepted_by, small=True),
        )
        self._verified = Columns(
            look,
            Question("Proof", self.evidence, small=True),
            Question("Verified by", self.verified_by, small=True),
        )
        self._lay_out()
        self._connect()

    def show_action(
        self, action: ActionItem, roots: Sequence[tuple[Root, str]], chosen: Sequence[str], due: str
    ) -> None:
        """Show an action; ``roots`` are those of the document with the places of their leaves."""
        if action.id != self._action.id:
            self.due.settle()
            self.due.show_other(action.due)
        self._action = action
        self.title.show_text(action.title)
        self.state.show_key(action.state.value)
        self.type.show_key(action.type)
        self.priority.show_key(action.priority)
        self.team.show_text(action.team)
        self.owner.show_text(action.owner)
        self.due.show_value(action.due)
        self.due_hint.setText("" if action.due else due)
        self.due_hint.setVisible(bool(self.due_hint.text()))
        self.done_when.show_text(action.done_when)
        self.text.set_markdown(action.text)
        self.links.show_names(action.links)
        self.reason.show_text(action.reason)
        self.accepted_by.show_text(action.accepted_by)
        proof = action.verification
        self.evidence.show_text(proof.evidence if proof else "")
        self.verified_by.show_text(proof.role if proof else "")
        self._wont_do.setVisible(action.state in _WITH_REASON)
        self._verified.setVisible(action.state is ActionState.VERIFIED)
        self._show_roots(roots, chosen)

    def _show_roots(self, roots: Sequence[tuple[Root, str]], chosen: Sequence[str]) -> None:
        shown = tuple(
            (root.id, f"{place.replace(':', ' ')}  {root.title}") for root, place in roots
        )
        if shown != self._shown:
            self._shown = shown
            clear(self._roots)
            self._boxes = [self._root_line(root_id, words) for root_id, words in shown]
        for box in self._boxes:
            box.setChecked(box.property("root") in chosen)
        self.no_roots.setVisible(not roots)

    def _root_line(self, root_id: str, words: str) -> QCheckBox:
        """A box to tick, and words beside it that wrap."""
        box = QCheckBox()
        box.setProperty("root", root_id)
        box.setAccessibleName(f"Addresses root {words}")
        box.clicked.connect(lambda on: self.root_toggled.emit(root_id, on))
        title = label(words, wrap=True)
        title.setBuddy(box)
        line = row(box, (title, 1))
        line.setAlignment(box, Qt.AlignmentFlag.AlignTop)
        self._roots.addWidget(holder(line))
        return box

    def _lay_out(self) -> None:
        due = QWidget()
        due.setLayout(column(self.due, self.due_hint, spacing=2))
        due.setFocusProxy(self.due)
        addressed = QWidget()
        addressed.setLayout(column(self._roots, self.no_roots, spacing=2))
        self.setLayout(
            column(
                Question("What will be changed?", self.title),
                self.hints,
                Columns(
                    self._look,
                    Question("State", self.state, small=True),
                    Question("Type", self.type, small=True),
                    Question("Priority", self.priority, small=True),
                ),
                self._wont_do,
                self._verified,
                Columns(
                    self._look,
                    Question("Accountable team", self.team, small=True),
                    Question("Assignee", self.owner, small=True),
                    Question("Due", due, small=True),
                ),
                Question("Which roots does it address?", addressed),
                Question("Done when", self.done_when),
                Question("Notes", self.text),
                Question("Links", self.links, "Tickets and pages, separated by commas."),
                spacing=14,
            )
        )
        self.setFocusProxy(self.title)

    def _connect(self) -> None:
        for name, line in (
            ("title", self.title),
            ("team", self.team),
            ("owner", self.owner),
            ("done_when", self.done_when),
            ("reason", self.reason),
            ("accepted_by", self.accepted_by),
        ):
            line.edited.connect(lambda text, name=name: self._tell(name, **{name: text}))
        self.type.chosen.connect(lambda key: self._tell("type", type=key))
        self.priority.chosen.connect(lambda key: self._tell("priority", priority=key))
        self.state.chosen.connect(self._set_state)
        self.due.edited.connect(self._set_due)
        self.text.edited.connect(lambda text: self._tell("notes", text=text))
        self.links.names_edited.connect(lambda names: self._tell("links", links=names))
        self.evidence.edited.connect(lambda text: self._set_proof(evidence=text))
        self.verified_by.edited.connect(lambda text: self._set_proof(role=text))

    def _tell(self, what: str, **fields: object) -> None:
        self.edited.emit(what.replace("_", " "), fields)

    @Slot(str)
    def _set_state(self, key: str) -> None:
        state = ActionState(key)
        fields: dict[str, object] = {"state": state}
        if state is ActionState.VERIFIED and self._action.verification is None:
            now = datetime.now(UTC).replace(microsecond=0)
            fields["verification"] = Verification("", at=now)
        self._tell("state", **fields)

    @Slot(object)
    def _set_due(self, day: date | None) -> None:
        self._tell("due date", due=day)

    def _set_proof(self, **fields: Any) -> None:
        proof = self._action.verification or Verification("")
        self._tell("verification", verification=dataclasses.replace(proof, **fields))
