"""What stands above the board: by what it is grouped, and what is left out."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QPoint, Signal, Slot
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QFrame, QMenu

from app.ui.look import Look
from app.ui.widgets.buttons import Button, Segmented
from app.ui.widgets.layouts import label, row
from models.tracking.board import View
from models.tracking.narrowing import Narrowing

_VIEWS = (
    (View.SPRINT.value, "By sprint"),
    (View.OWNER.value, "By owner"),
    (View.INCIDENT.value, "By incident"),
)
_KEYS = {True: "S to schedule", False: "R to mark ready"}
Counts = Sequence[tuple[str, int]]


class FilterBar(QFrame):
    """View and filters; the filters' buttons open menus whose entries are ticked.

    Signals
    -------
    changed():
        Another view or other filters were chosen.
    deeds_asked(QPoint):
        What can be done with what is chosen is to be offered there.
    """

    changed = Signal()
    deeds_asked = Signal(QPoint)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.narrowing = Narrowing()
        self._owners: Counts = ()
        self._priorities: Counts = ()
        self._hint = ""
        self.views = Segmented("View", _VIEWS)
        self.views.chosen.connect(self._view_chosen)
        self.owner_button = Button(look, "Owner", icon="user", size="small")
        self.owner_button.clicked.connect(self._ask_owner)
        self.priority_button = Button(look, "Priority", icon="flag", size="small")
        self.priority_button.clicked.connect(self._ask_priority)
        self.past_due = Button(look, "Past due only", icon="clock-counter-clockwise", size="small")
        self.past_due.setCheckable(True)
        self.past_due.clicked.connect(self._toggle_past_due)
        self.clear_button = Button(look, "Clear", "ghost", "x", size="small", tip="Clear filters")
        self.clear_button.clicked.connect(self.clear)
        self.hint = label("", "secondary", "text2")
        self.hint.setMinimumWidth(0)
        self.change_button = Button(
            look, "Change", icon="pencil-simple", size="small", tip="Change what is chosen (Menu)"
        )
        self.change_button.clicked.connect(self._ask_deeds)
        buttons = (self.owner_button, self.priority_button, self.past_due, self.clear_button)
        self.setLayout(
            row(self.views, *buttons, None, self.hint, self.change_button, margins=(24, 0, 24, 10))
        )
        self._show()

    @property
    def view(self) -> View:
        """By what the board is grouped."""
        return View(self.views.key)

    def offer(self, owners: Counts, priorities: Counts) -> None:
        """Offer these, with how many open action items each has."""
        self._owners, self._priorities = owners, priorities

    def show_chosen(self, number: int, *, scheduled: bool = False) -> None:
        """Say what can be done with so many, where there is room for it; ``scheduled`` where
        there are sprints."""
        self.change_button.setEnabled(bool(number))
        self._hint = f"{number} chosen" if number > 1 else f"{_KEYS[scheduled]}, D for due date"
        if not number:
            self._hint = ""
        self._share_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The hint needs room."""
        super().resizeEvent(event)
        self._share_room()

    def _share_room(self) -> None:
        self.hint.setText("")
        room = self.width() - self.sizeHint().width() - 8
        fits = self.hint.fontMetrics().horizontalAdvance(self._hint) <= room
        self.hint.setText(self._hint if fits else "")

    @Slot()
    def _ask_deeds(self) -> None:
        button = self.change_button
        self.deeds_asked.emit(button.mapToGlobal(QPoint(0, button.height() + 2)))

    def gather(self, refs: frozenset[str]) -> None:
        """Leave only these of what is shown; without any, all of it again."""
        self._narrow(replace(self.narrowing, refs=refs))

    @Slot()
    def _view_chosen(self) -> None:
        """The groups of the board, not what was gathered."""
        self.gather(frozenset())

    @Slot()
    def clear(self) -> None:
        """Leave nothing out."""
        self._narrow(Narrowing())

    @Slot()
    def _ask_owner(self) -> None:
        self._ask(self.owner_button, self._owners, self.narrowing.owners, self._choose_owners)

    @Slot()
    def _ask_priority(self) -> None:
        chosen = self.narrowing.priorities
        self._ask(self.priority_button, self._priorities, chosen, self._choose_priorities)

    def _ask(
        self,
        button: Button,
        counts: Counts,
        chosen: frozenset[str],
        choose: Callable[[frozenset[str]], None],
    ) -> None:
        menu = QMenu(button)
        menu.setAccessibleName(button.accessibleName())
        known = dict(counts)
        for value in (*known, *sorted(chosen - known.keys())):
            action = QAction(f"{value or 'None yet'}  ({known.get(value, 0)})", menu)
            action.setCheckable(True)
            action.setChecked(value in chosen)
            action.triggered.connect(
                lambda on, value=value: choose(chosen | {value} if on else chosen - {value})
            )
            menu.addAction(action)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(button.mapToGlobal(QPoint(0, button.height() + 2)))
        if menu.actions():
            menu.setActiveAction(menu.actions()[0])

    def _choose_owners(self, owners: frozenset[str]) -> None:
        self._narrow(replace(self.narrowing, owners=owners))

    def _choose_priorities(self, priorities: frozenset[str]) -> None:
        self._narrow(replace(self.narrowing, priorities=priorities))

    @Slot()
    def _toggle_past_due(self) -> None:
        self._narrow(replace(self.narrowing, past_due=self.past_due.isChecked()))

    def _narrow(self, narrowing: Narrowing) -> None:
        self.narrowing = narrowing
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        for button, name, chosen in (
            (self.owner_button, "Owner", self.narrowing.owners),
            (self.priority_button, "Priority", self.narrowing.priorities),
        ):
            only = next(iter(chosen)) or "none" if len(chosen) == 1 else str(len(chosen))
            words = f"{name}: {only}" if chosen else name
            button.rename(words)
            button.set_kind("accent" if chosen else "secondary")
        self.past_due.setChecked(self.narrowing.past_due)
        self.past_due.set_kind("accent" if self.narrowing.past_due else "secondary")
        self.clear_button.setVisible(bool(self.narrowing))
