"""What is done about a root: an action that exists already, or a new one."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QDialog, QWidget

from app.ui.context import Context
from app.ui.editor.whys.known import Known
from app.ui.widgets.buttons import Button
from app.ui.widgets.dialogs import size_within
from app.ui.widgets.layouts import column, label, row
from app.ui.widgets.pick_list import Choice, PickList, fits, likeness
from models.document import Document, new_id
from models.domain.action import ActionItem

NEW = "new"
_OFFERED = 40


class CountermeasureDialog(QDialog):
    """Offers the actions of the library, those of the same root first.

    Signals
    -------
    chosen(object):
        The ``ActionItem``, new or known, that addresses the root.
    """

    chosen = Signal(object)

    def __init__(
        self, context: Context, document: Document, node_id: str, title: str, window: QWidget
    ) -> None:
        super().__init__(window)
        self._context, self._document, self._title = context, document, title
        self._root = document.root_of(node_id)
        self._known = Known()
        look = context.look
        self.setWindowTitle("Countermeasure")
        self.setAccessibleName("Countermeasure")
        ask = "What will be changed? Type a new action, or find one that exists."
        caption = label(ask, "secondary", "text2", wrap=True)
        self.pick = PickList(
            look, "Action", "Stop a rollout when saves fall below 99.5%", self._actions_for
        )
        self.pick.taken.connect(self._take)
        self.take_button = Button(look, "Link to the root", "primary", "link-simple")
        self.take_button.clicked.connect(self._take)
        self.take_button.setDefault(True)
        cancel = Button(look, "Cancel")
        cancel.clicked.connect(self.reject)
        self.setLayout(
            column(
                label(title, "question", wrap=True),
                caption,
                (self.pick, 1),
                row(None, cancel, self.take_button),
                margins=(24, 20, 24, 20),
                spacing=8,
            )
        )
        size_within(self, look, 600, 480)
        self.pick.line.setFocus()

    def show_known(self, known: Known) -> None:
        """Offer the actions of the library."""
        self._known = known
        self.pick.refresh()

    def _every(self) -> dict[str, ActionItem]:
        known = {action.id: action for action in self._known.actions}
        return known | {action.id: action for action in self._document.actions}

    def _actions_for(self, typed: str) -> Sequence[Choice]:
        every = self._every()
        root_id = self._root.id if self._root else ""
        linked = {action.id for action in self._document.actions_of(root_id)}
        found = self._known.roots.get(root_id)
        same_root = {action.id for action in found.actions} if found else set()
        own = {action.id for action in self._document.actions}
        offered = [action for action in every.values() if action.id not in linked]
        if typed:
            offered = [a for a in offered if fits(typed, a.ref, a.title)]

        def rank(action: ActionItem) -> tuple[bool, bool, float, str]:
            like = likeness(action.title, self._title)
            return action.id not in same_root, action.id not in own, -like, action.ref

        choices = [
            self._choice(action, same_root=action.id in same_root, own=action.id in own)
            for action in sorted(offered, key=rank)[:_OFFERED]
        ]
        if typed:
            choices.insert(0, Choice(NEW, typed, ("A new action of this post-mortem",), "plus"))
        return choices

    def _choice(self, action: ActionItem, *, same_root: bool, own: bool) -> Choice:
        state = self._context.wording.action_state_chip(action.state.value)
        details = [state.text]
        if same_root:
            details.append("addresses this root already, for another post-mortem")
        elif own:
            details.append("of this post-mortem")
        title = f"{action.ref}  {action.title}" if action.ref else action.title
        return Choice(action.id, title, (", ".join(details),), state.icon)

    @Slot()
    def _take(self) -> None:
        key = self.pick.list.key
        title = self.pick.line.text().strip()
        action = self._every().get(key) or (ActionItem(new_id(), title) if title else None)
        if action is None:
            return
        self.accept()
        self.chosen.emit(action)
