"""What goes to Jira of what is chosen on the board: marked ready, put in a sprint, looked at."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, QUrl, Slot
from PySide6.QtGui import QDesktopServices

from app.ui.context import Context
from app.ui.tracking import choices
from app.ui.tracking.board_list import BoardList
from app.ui.tracking.dialogs import AskDialog, PickDialog
from app.ui.tracking.editing import Editing, named
from app.ui.tracking.facts import board_words
from app.ui.tracking.reading import Board
from app.ui.tracking.syncing import Syncing
from models.commands import tracking as commands
from models.domain.action import ActionState
from models.store.library import Actor
from models.tracking.board import BoardRow, sprint_words
from models.tracking.figures import known_sprints
from models.tracking.pending import wished_sprint
from models.tracking.sprints import Sprint, SprintState

if TYPE_CHECKING:
    from app.bootstrap import Workspace

Rows = Sequence[BoardRow]
READING = "Reading which sprints there are …"


class Sending(QObject):
    """Marks action items ready, schedules them and opens their tickets.

    Whoever puts something into a sprint that runs is asked then, and not again by the sync.
    """

    def __init__(
        self,
        context: Context,
        home: BoardList,
        editing: Editing,
        syncing: Syncing,
        board: Callable[[], Board | None],
    ) -> None:
        super().__init__(home)
        self._context, self._home, self._editing = context, home, editing
        self._syncing, self._chosen, self._board = syncing, home.selected, board
        self._sprints: tuple[Sprint, ...] = ()
        self._note = ""
        self._asking: PickDialog | None = None

    def mark_ready(self) -> None:
        """Let what is chosen go to Jira with the next sync."""
        rows = [row for row in self._chosen() if _can_be_ready(row)]
        if not rows:
            self._context.messages.toast("What is chosen is ready already, or not open any more.")
            return
        ids = [row.action.id for row in rows]
        drafts = [row.action.id for row in rows if row.action.state is ActionState.PROPOSED]

        def write(workspace: "Workspace", actor: Actor) -> None:
            commands.mark_ready(workspace.library, ids, actor)

        def back(workspace: "Workspace", actor: Actor) -> None:
            for id in drafts:
                commands.keep_as_draft(workspace.library, id, actor)

        def done(_: None) -> None:
            board = self._board()
            where = "for the next sync" if board and board.connections else "here"
            self._remember(back, f"{named(rows)} marked ready {where}.", rows)

        self._context.write(write, done)

    def ask_sprint(self) -> None:
        """In which sprint it is wanted; one that runs asks first."""
        board, rows = self._board(), [row for row in self._chosen() if row.is_open]
        say = self._context.messages.toast
        if board is None or not rows:
            return
        if not board.connections:
            say("Sprints come from Jira, which is not connected yet.")
            return
        project = board.project_of(rows[0])
        connection = next((one for one in board.connections if one.id == project), None)
        if connection is not None and connection.kanban:
            say(f"{connection.project} has no sprints: {board_words(connection)}.")
            return
        own = [row for row in rows if board.project_of(row) == project and _can_be_put(row)]
        if not own:
            say("Only what is marked ready or has a ticket can be put in a sprint. Press R first.")
            return
        self._sprints, self._note = board.open_sprints.get(project, ()), READING
        dialog = PickDialog(
            self._context.look,
            self._home.window(),
            f"Sprint: {named(own)}",
            "43",
            lambda text: choices.sprint_choices(text, self._sprints, self._note),
        )
        dialog.picked.connect(
            lambda key: QTimer.singleShot(0, partial(self._take_sprint, key, own, self._sprints))
        )
        self._asking = dialog
        dialog.finished.connect(self._asked)
        self._syncing.read_sprints(
            project, partial(self._offer, dialog, project), partial(self._not_read, dialog)
        )
        self._editing.open(dialog)

    @Slot()
    def _asked(self) -> None:
        self._asking = None

    def _offer(self, dialog: PickDialog, project: str, listed: Sequence[Sprint]) -> None:
        """With the board's own sprints, as soon as it has listed them."""
        board = self._board()
        if self._asking is dialog and board is not None:
            self._sprints, self._note = known_sprints(board.rows, project, listed), ""
            if not self._sprints:
                self._note = "No sprint is active or to come."
            dialog.pick.refresh()

    def _not_read(self, dialog: PickDialog, error: BaseException) -> None:
        if self._asking is dialog:
            self._note = f"The sprints could not be read now. {error}"
            dialog.pick.refresh()

    def _take_sprint(self, key: str, rows: Rows, sprints: Sequence[Sprint]) -> None:
        sprint = next((one for one in sprints if str(one.id) == key), None)
        if sprint is None or sprint.state is not SprintState.ACTIVE:
            self._put(key, rows, sprint)
            return
        rows = [row for row in rows if _wanted_sprint(row) != key]
        if not rows:
            self._context.messages.toast(f"That is in {sprint_words(sprint)} already.")
            return
        what = "this" if len(rows) == 1 else f"these {len(rows)}"
        question = f"Put {what} into {sprint_words(sprint)}, which is running already?"
        titles = [f"{row.action.ref}  {row.action.title}" for row in rows]
        dialog = AskDialog(
            self._context.look, self._home.window(), question, titles, "Put it there"
        )

        def answer(yes: bool) -> None:
            if yes:
                self._put(key, rows, sprint, agreed=True)

        dialog.answered.connect(answer)
        self._editing.open(dialog)

    def _put(self, key: str, rows: Rows, sprint: Sprint | None, *, agreed: bool = False) -> None:
        before = {row.action.id: _wanted_sprint(row) for row in rows}

        def back(workspace: "Workspace", actor: Actor) -> None:
            for id, was in before.items():
                commands.schedule(workspace.library, id, was, actor)

        def write(workspace: "Workspace", actor: Actor) -> None:
            for id in before:
                commands.schedule(workspace.library, id, key, actor, agreed=agreed)

        def done(_: None) -> None:
            where = sprint_words(sprint) if sprint is not None else "the backlog"
            goes = "goes" if len(rows) == 1 else "go"
            self._remember(back, f"{named(rows)} {goes} to {where} with the next sync.", rows)

        self._context.write(write, done)

    def _remember(self, back: "Callable[[Workspace, Actor], None]", words: str, rows: Rows) -> None:
        """Say what was done; taken back, that is said as well."""
        say = self._context.messages.toast

        def take_back() -> None:
            self._context.write(back, lambda _: say(f"{named(rows)} as before."))

        self._editing.remember(take_back, words)

    def open_tickets(self) -> None:
        """Show the ticket of what is chosen in the browser."""
        rows = [row for row in self._chosen() if row.ticket is not None]
        if rows:
            self.open_ticket(rows[0])
        else:
            self._context.messages.toast("This action item has no ticket yet.")

    def open_ticket(self, row: BoardRow) -> None:
        """Show a ticket in the browser."""
        url = QUrl(row.ticket.url if row.ticket is not None else "")
        if url.scheme() in ("http", "https"):
            QDesktopServices.openUrl(url)


def _can_be_ready(row: BoardRow) -> bool:
    """Whether marking it ready does anything: it is open, and nothing of it was sent or queued."""
    fresh = row.ticket is None and row.entry is None
    return row.action.is_open and (fresh or row.action.state is ActionState.PROPOSED)


def _wanted_sprint(row: BoardRow) -> str:
    """The id of the sprint that it is in, or goes to with the next sync; "" for the backlog."""
    wished = wished_sprint(row)
    return wished if wished is not None else str(row.sprint.id) if row.sprint else ""


def _can_be_put(row: BoardRow) -> bool:
    return row.ticket is not None or (row.entry is not None and row.entry.is_harmless)
