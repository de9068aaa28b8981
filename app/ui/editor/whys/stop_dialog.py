"""Why a chain of whys ends here, and which root it reaches: a new one, or one found before."""

import dataclasses
from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QCompleter,
    QDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QWidget,
)

from app.ui.context import Context
from app.ui.editor.whys.known import Known, KnownRoot
from app.ui.widgets.buttons import Button
from app.ui.widgets.dialogs import press_from_anywhere, size_within
from app.ui.widgets.layouts import column, holder, label, row
from app.ui.widgets.pick_list import Choice, PickList, fits, likeness
from app.ui.wording import count
from models.document import Document
from models.domain.action import DONE_STATES
from models.domain.whys import Stop, StopReason, WhyNode
from models.rooting import key_of, title_of

NEW = "new"
_OFFERED = 40
_REASONS = {
    StopReason.FIXABLE: ("Fixable by us", "We can change it; it needs an action."),
    StopReason.OUTSIDE: ("Outside our control", "A role accepts the risk and says why."),
    StopReason.EXHAUSTED: ("Evidence exhausted", "Nobody can find out more; say what is missing."),
}


class StopDialog(QDialog):
    """Asks for the stop reason of a leaf.

    Signals
    -------
    stopped(object, object):
        The ``Stop``, and the ``Root`` found before that it reaches, or None.
    continued():
        The chain does not end here after all.
    """

    stopped = Signal(object, object)
    continued = Signal()

    def __init__(
        self,
        context: Context,
        node: WhyNode,
        number: str,
        *,
        document: Document,
        window: QWidget,
    ) -> None:
        """``number`` is what the leaf ``node`` is called in the document."""
        super().__init__(window)
        self._node, self._document = node, document
        self._present = document.root_of(node.id)
        self._known = Known()
        look = context.look
        self.setWindowTitle(f"Why {number} is a root")
        self.setAccessibleName(f"Why {number} is a root")
        stop = node.stop or Stop(StopReason.FIXABLE)
        self._group = QButtonGroup(self)
        self.reasons: dict[StopReason, QRadioButton] = {}
        for reason, (name, meaning) in _REASONS.items():
            button = QRadioButton(f"{name}. {meaning}")
            button.setChecked(reason is stop.reason)
            self._group.addButton(button)
            self.reasons[reason] = button
        self._group.buttonToggled.connect(self._reason_chosen)
        self.accepted_by = QLineEdit(stop.accepted_by)
        self.accepted_by.setAccessibleName("Accepted by which role")
        self.accepted_by.setPlaceholderText("Head of Platform")
        roles = [term.name for term in context.workspace.vocabularies.roles.terms]
        self.accepted_by.setCompleter(QCompleter(roles, self))
        self._acceptance = holder(
            column(self._caption("Accepted by which role", self.accepted_by), self.accepted_by)
        )
        self.words = QPlainTextEdit(stop.text)
        self.words.setAccessibleName("Why asking stops here")
        self.words.setTabChangesFocus(True)
        self.words.setFixedHeight(look.px(64))
        self._words_caption = self._caption("", self.words)
        self.pick = PickList(
            look, "Root found before", "Search the roots of this library", self._roots_for
        )
        self.pick.taken.connect(self._take)
        self.mark_button = Button(look, "Mark as root", "primary", "anchor-simple")
        self.mark_button.clicked.connect(self._take)
        self.mark_button.setDefault(True)
        press_from_anywhere(self, self.mark_button)
        further = Button(look, "Ask further instead", "ghost")
        further.clicked.connect(self._ask_further)
        further.setVisible(node.stop is not None)
        cancel = Button(look, "Cancel")
        cancel.clicked.connect(self.reject)
        self.setLayout(
            column(
                label(node.answer or node.question, "question", wrap=True),
                *self.reasons.values(),
                self._acceptance,
                self._words_caption,
                self.words,
                self._caption("The root: a new one, or one that was found before", self.pick),
                (self.pick, 1),
                row(further, None, cancel, self.mark_button),
                margins=(24, 20, 24, 20),
                spacing=8,
            )
        )
        size_within(self, look, 600, 620)
        self._reason_chosen()
        self.reasons[stop.reason].setFocus()

    def show_known(self, known: Known) -> None:
        """Offer the roots of the library."""
        self._known = known
        self.pick.refresh()

    @property
    def reason(self) -> StopReason:
        """The chosen reason."""
        return next(reason for reason, button in self.reasons.items() if button.isChecked())

    @staticmethod
    def _caption(words: str, field: QWidget) -> QLabel:
        caption = label(words, "secondary_strong", "text2", wrap=True)
        caption.setBuddy(field)
        return caption

    @Slot()
    def _reason_chosen(self) -> None:
        reason = self.reason
        self._acceptance.setVisible(reason is StopReason.OUTSIDE)
        words = {
            StopReason.FIXABLE: "What makes it ours to fix (may stay empty)",
            StopReason.OUTSIDE: "Why the risk is accepted",
            StopReason.EXHAUSTED: "What was looked for and is not there",
        }[reason]
        self._words_caption.setText(words)
        self.words.setAccessibleName(words)

    def _roots_for(self, typed: str) -> Sequence[Choice]:
        own = self._present
        new = Choice(NEW, own.title if own else "A new root, called as this why says")
        if own is None:
            new = dataclasses.replace(new, details=(self._node.answer,), icon="plus")
        else:
            new = dataclasses.replace(new, details=("The root it reaches now",), icon="check")
        found = [r for r in self._known.roots.values() if self._is_reached(r)]
        found = [r for r in found if own is None or r.root.id != own.id]
        if typed:
            found = [r for r in found if fits(typed, r.root.title)]
        called = key_of(title_of(self._node))
        same = next((r for r in found if key_of(r.root.title) == called), None)
        said = f"{self._node.question} {self._node.answer}"
        found.sort(key=lambda r: (-likeness(r.root.title, said), r.root.title.casefold()))
        offered = [self._choice(r) for r in found[:_OFFERED]]
        if typed:
            return (*offered, new)
        if same is None or own is not None:
            return (new, *offered)
        first = self._choice(same)
        return (first, new, *(choice for choice in offered if choice.key != first.key))

    def _is_reached(self, found: KnownRoot) -> bool:
        """Whether somebody still reaches a root; the library learns of an undo a moment later."""
        links = self._document.leaf_roots
        own = any(link.root_id == found.root.id and not link.until for link in links)
        return own or bool(found.elsewhere(self._document.post_mortem.id))

    def _choice(self, found: KnownRoot) -> Choice:
        refs = ", ".join(ref for _, ref in found.places)
        return Choice(
            found.root.id,
            found.root.title,
            (f"Found in {refs}", actions_words(found)),
            "repeat" if found.elsewhere(self._document.post_mortem.id) else "anchor-simple",
        )

    @Slot()
    def _take(self) -> None:
        key = self.pick.list.key
        found = self._known.roots.get(key)
        stop = Stop(
            self.reason,
            self.words.toPlainText().strip(),
            self.accepted_by.text().strip() if self.reason is StopReason.OUTSIDE else "",
        )
        self.accept()
        self.stopped.emit(stop, found.root if found else None)

    @Slot()
    def _ask_further(self) -> None:
        self.accept()
        self.continued.emit()


def actions_words(found: KnownRoot) -> str:
    """How the actions of a root stand: "2 actions: A-12 done, A-13 ready"."""
    if not found.actions:
        return "No action addresses it"
    each = ", ".join(f"{action.ref} {action.state.value}" for action in found.actions)
    done = sum(action.state in DONE_STATES for action in found.actions)
    return f"{count(len(found.actions), 'action')}, {done} done: {each}"
