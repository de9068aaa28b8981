"""What can be done with what is chosen on the board: by letter, by name, or from a menu."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, Slot
from PySide6.QtWidgets import QMenu

from app.ui.actions import ACTIONS
from app.ui.look import Look
from app.ui.tracking.board_list import BoardList
from app.ui.tracking.editing import Editing
from app.ui.tracking.sending import Sending
from app.ui.tracking.ticketing import Ticketing

SCOPE = "Action board"


class Deeds(QObject):
    """The actions of the table that the list carries out, as long as something is chosen."""

    def __init__(
        self,
        look: Look,
        board: BoardList,
        editing: Editing,
        sending: Sending,
        ticketing: Ticketing,
    ) -> None:
        super().__init__(board)
        self._look, self._list, self._ticketing = look, board, ticketing
        self._acts: dict[str, Callable[[], None]] = {
            "board_open": board.open_current,
            "board_ready": sending.mark_ready,
            "board_sprint": sending.ask_sprint,
            "board_due": editing.ask_due,
            "board_owner": editing.ask_owner,
            "board_team": editing.ask_team,
            "board_priority": editing.ask_priority,
            "board_state": editing.ask_state,
            "board_verify": editing.ask_verification,
            "board_jira": sending.open_tickets,
            "board_link": self._link,
            "board_import": self._import,
        }
        board.asked.connect(self.act)
        board.menu_asked.connect(self.offer)

    def commands(self) -> dict[str, Callable[[], None]]:
        """What can be done now, by the ids of the table."""
        return self._acts if self._list.selected() else {}

    @Slot(str)
    def act(self, id: str) -> None:
        """Do it, where something is chosen."""
        if id in self.commands():
            self._acts[id]()

    def _link(self) -> None:
        """Of several chosen ones the current: a ticket is that of one action item."""
        row = self._list.current()
        if row is not None:
            self._ticketing.ask_link(row.action.id, row.action.ref)

    def _import(self) -> None:
        """Into the post-mortem of the current one."""
        row = self._list.current()
        if row is not None:
            home = row.row.homes[0]
            self._ticketing.ask_import(home.id, home.ref)

    @Slot(QPoint)
    def offer(self, place: QPoint) -> None:
        """A menu of it, with the keys."""
        menu = QMenu(self._list)
        menu.setAccessibleName("Change what is chosen")
        commands = self.commands()
        for row in ACTIONS:
            if row.scope == SCOPE and row.id in commands:
                icon = self._look.icon(row.icon)
                menu.addAction(icon, f"{row.text}\t{row.keys[0]}", commands[row.id])
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(place)
        if menu.actions():
            menu.setActiveAction(menu.actions()[0])
