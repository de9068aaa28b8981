"""The section of what will be changed."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QListView, QScrollArea, QSplitter

from app.ui.context import Context
from app.ui.editor.actions.delegate import ActionDelegate
from app.ui.editor.actions.form import ActionForm
from app.ui.editor.actions.model import ActionsModel
from app.ui.editor.draft import Draft
from app.ui.editor.section import SectionPage
from app.ui.tracking.ticketing import Ticketing
from app.ui.widgets.buttons import Button
from app.ui.widgets.layouts import column, frame, holder, label, row
from app.ui.wording import count
from models.document import Document, new_id
from models.domain.action import ActionItem
from models.domain.whys import addresses
from models.editing.actions import (
    add_action,
    change_action,
    link_root,
    remove_action,
    unlink_root,
)

LEAST = 78
"""The list is at least so high, in pixels at 100 % text: an action with a title of two lines."""


class ActionsView(QListView):
    """The actions; Enter goes to the form, N begins one, Del removes.

    Signals
    -------
    new_requested(), edit_requested(), removed():
        What the author pressed.
    """

    new_requested = Signal()
    edit_requested = Signal()
    removed = Signal()

    def __init__(self, context: Context, model: ActionsModel) -> None:
        super().__init__()
        look = context.look
        self._preferences = context.preferences
        self.setModel(model)
        self.setItemDelegate(ActionDelegate(look, context.wording, model, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setAccessibleName("Actions")
        self._look = look
        look.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        self.setMinimumHeight(self._look.px(LEAST))
        self.scheduleDelayedItemsLayout()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Titles break anew."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of the list; letters act at once, they do not search."""
        acts = {
            Qt.Key.Key_N: self.new_requested,
            Qt.Key.Key_Return: self.edit_requested,
            Qt.Key.Key_Enter: self.edit_requested,
            Qt.Key.Key_F2: self.edit_requested,
            Qt.Key.Key_Delete: self.removed,
        }
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        letter = event.text().isalpha() and not self._preferences.single_keys
        if plain and Qt.Key(event.key()) in acts and not letter:
            acts[Qt.Key(event.key())].emit()
        else:
            super().keyPressEvent(event)


class ActionsPage(SectionPage):
    """The actions of this post-mortem above, the chosen one in a form below."""

    key = "actions"

    def __init__(self, context: Context, draft: Draft) -> None:
        super().__init__(context, draft)
        self._action_id = ""
        self._ticketing = Ticketing(context, self)
        self.model = ActionsModel(context.wording, self)
        self.list = ActionsView(context, self.model)
        self.list.selectionModel().currentChanged.connect(self._current_changed)
        self.form = ActionForm(context)
        self.form.edited.connect(self._edited)
        self.form.root_toggled.connect(self._toggle_root)
        self.head = label("", "secondary", "text2")
        self.empty = label(
            "No action yet. Press N: what will make it impossible, or seen sooner, or over sooner?",
            "body",
            "text2",
            wrap=True,
        )
        add = Button(context.look, "Add action", "primary", "plus", size="small", tip="Add (N)")
        add.clicked.connect(self.add)
        self.list.new_requested.connect(self.add)
        self.list.edit_requested.connect(self._go_to_form)
        self.list.removed.connect(self.remove)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its fields bring themselves into view
        body = frame(column(self.form, None, margins=(24, 14, 24, 20)), "surface")
        self.area.setWidget(body)
        top = column(
            row(self.head, None, add, margins=(24, 8, 24, 0)),
            row(self.empty, margins=(24, 0, 24, 0)),
            row(self.list, margins=(12, 0, 12, 0)),
        )
        self.splitter = QSplitter(Qt.Orientation.Vertical)
        self.splitter.addWidget(holder(top))
        self.splitter.addWidget(self.area)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setStretchFactor(0, 2)
        self.splitter.setStretchFactor(1, 3)
        self.setLayout(row(self.splitter))
        self.setFocusProxy(self.list)

    @property
    def current(self) -> ActionItem | None:
        """The chosen action."""
        return self.model.at(self.list.currentIndex())

    def show_document(self, document: Document) -> None:
        """Show the actions."""
        if self.model.show(document):
            place = self.model.place(self._action_id)
            first = self.model.index(0, 0)
            self.list.setCurrentIndex(place if place.isValid() else first)
        self.list.scheduleDelayedItemsLayout()
        number = len(document.actions)
        still = sum(1 for action in document.actions if action.is_open)
        self.head.setText(f"{count(number, 'action')}, {still} open" if number else "")
        self.empty.setVisible(not number)
        self.area.setVisible(bool(number))
        self._show_form()

    @property
    def place(self) -> str:
        """The chosen action."""
        return f"{self.key}/{self.current.id}" if self.current else self.key

    def reveal(self, anchor: str) -> None:
        """Go to the action of an id."""
        actions = self.draft.document.actions
        found = next((one for one in actions if one.id in anchor), None)
        if found is not None:
            self.list.setCurrentIndex(self.model.place(found.id))
        self.list.setFocus()

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """The actions of the table that the section carries out, by id."""
        always = {"action_add": self.add, "action_import": self._import}
        if self.current is None:
            return always
        return always | {
            "action_edit": self._go_to_form,
            "action_remove": self.remove,
            "action_link": self._link,
        }

    @Slot()
    def add(self) -> None:
        """Begin an action and go to its title."""
        action = ActionItem(new_id(), "")
        self._action_id = action.id
        place = f"{self.key}/{action.id}"
        self.draft.edit("Add action", lambda d: add_action(d, action), place=place)
        self.list.setCurrentIndex(self.model.place(action.id))
        self._go_to_form()

    @Slot()
    def remove(self) -> None:
        """Take the chosen action out of this post-mortem."""
        action = self.current
        if action is not None:
            now, place = self.context.workspace.library.now(), self.place
            self.draft.edit(
                "Remove action", lambda d: remove_action(d, action.id, now), place=place
            )
            self.offer_undo("Action removed.")

    def _link(self) -> None:
        """What is written is saved meanwhile: the ticket is that of an action of the library."""
        action = self.current
        if action is not None:
            self.draft.save()
            self._ticketing.ask_link(action.id, action.ref)

    def _import(self) -> None:
        self.draft.save()
        self._ticketing.ask_import(self.draft.id, self.draft.document.ref)

    @Slot()
    def _go_to_form(self) -> None:
        if self.current is not None:
            self.form.title.setFocus()

    @Slot(str, object)
    def _edited(self, what: str, fields: dict[str, Any]) -> None:
        action = self.current
        if action is not None:
            self.draft.edit(
                f"Edit action's {what}",
                lambda d: change_action(d, action.id, **fields),
                place=f"{self.key}/{action.id}/{what}",
                typing=True,
            )

    @Slot(str, bool)
    def _toggle_root(self, root_id: str, on: bool) -> None:
        action, now = self.current, self.context.workspace.library.now()
        if action is None:
            return
        change = link_root if on else unlink_root
        self.draft.edit(
            "Address root" if on else "Stop addressing root",
            lambda d: change(d, root_id, action.id, now),
            place=self.key,
        )

    @Slot(QModelIndex)
    def _current_changed(self, index: QModelIndex) -> None:
        action = self.model.at(index)
        if action is not None:
            self._action_id = action.id
        self._show_form()
        self.moved.emit()

    def _show_form(self) -> None:
        action, document = self.current, self.draft.document
        if action is None:
            return
        roots = {
            root.id: (root, place)
            for place, node in reversed(addresses(document.post_mortem.whys).items())
            if (root := document.root_of(node.id)) is not None
        }
        self.form.show_action(
            action,
            tuple(reversed(roots.values())),
            document.roots_of(action.id),
            self.model.due_words(action),
        )
        self.form.hints.show_action(action, self.draft.id)
