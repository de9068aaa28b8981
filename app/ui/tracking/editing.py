"""What is changed on the board, for one action item or several, and taken back."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QDialog

from app.ui.context import Context
from app.ui.tracking import choices
from app.ui.tracking.board_list import BoardList
from app.ui.tracking.dialogs import PickDialog, WordsDialog, open_over
from app.ui.widgets.pick_list import Choice
from app.ui.wording import count
from integrations.export.wording import long_date
from models import codec
from models.commands import actions as commands
from models.commands.actions import Edited
from models.domain.action import ActionState, Verification
from models.store.library import Actor
from models.tracking.board import BoardRow

if TYPE_CHECKING:
    from app.bootstrap import Workspace

Fields = Mapping[str, object]
Rows = Sequence[BoardRow]


class Editing(QObject):
    """Asks for what an action item is to say, writes it, and keeps the way back.

    ``home`` is the list that has the keyboard and the choice, ``every`` gives all of the board.
    """

    def __init__(self, context: Context, home: BoardList, every: Callable[[], Rows]) -> None:
        super().__init__(home)
        self._context, self._home = context, home
        self._chosen, self._every = home.selected, every
        self._done: list[Callable[[], None]] = []

    # -- asking --------------------------------------------------------------------------------

    def ask_due(self) -> None:
        """When it is due."""
        today = self._context.workspace.library.now().date()

        def take(key: str, rows: Rows) -> None:
            self.set(rows, {"due": key or None}, _due_words(key))

        prompt = "2026-11-30, 30 Nov or +10"
        self._pick("Due date", prompt, lambda text: choices.due_choices(text, today), take)

    def ask_owner(self) -> None:
        """Who does it."""
        names = [row.action.owner for row in self._every()]
        self._pick_name("Owner", "owner", names)

    def ask_team(self) -> None:
        """Who answers for it."""
        names = [row.action.team for row in self._every()]
        self._pick_name("Accountable team", "team", names)

    def _pick_name(self, title: str, field: str, names: Sequence[str]) -> None:
        def take(key: str, rows: Rows) -> None:
            self.set(rows, {field: key}, f"{title.lower()} {key or 'nobody'}")

        nobody = f"No {title.lower()}"
        self._pick(
            title, "A team or a role", lambda text: choices.name_choices(text, names, nobody), take
        )

    def ask_priority(self) -> None:
        """How urgent it is."""
        known = self._context.workspace.vocabularies

        def take(key: str, rows: Rows) -> None:
            self.set(rows, {"priority": key}, f"priority {key or 'none'}")

        self._pick("Priority", "P1", lambda text: choices.priority_choices(text, known), take)

    def ask_state(self) -> None:
        """Where it stands; some states ask for more."""
        known = self._context.workspace.vocabularies

        def take(key: str, rows: Rows) -> None:
            state = ActionState(key)
            asks = {
                ActionState.VERIFIED: self._ask_evidence,
                ActionState.WONT_DO: self._ask_reason,
                ActionState.SUPERSEDED: self._ask_successor,
            }
            name = self._context.wording.name("action_states", key)
            ask = asks.get(state) or partial(self.set, fields={"state": key}, words=name.lower())
            ask(rows)

        self._pick("State", "In progress", lambda text: choices.state_choices(text, known), take)

    def ask_verification(self) -> None:
        """What shows that it works; only of what is done."""
        rows = [row for row in self._chosen() if not row.is_open]
        if rows:
            self._ask_evidence(rows)
        else:
            self._context.messages.toast(
                "Only what is done can be verified. Press T for the state."
            )

    def verify(self, rows: Rows) -> None:
        """Ask what shows that these work."""
        if rows:
            self._ask_evidence(rows)

    def _ask_evidence(self, rows: Rows) -> None:
        first = rows[0].action.verification
        role = first.role if first else self._context.actor.role
        evidence = first.evidence if first else ""
        fields = (
            ("What shows that it works?", "Link, query or test run", evidence),
            ("Which role saw it?", "Quality lead", role),
        )

        def take(words: list[str]) -> None:
            now = self._context.workspace.library.now()
            proof = codec.encode(Verification(words[0], words[1], now))
            verified = {"state": ActionState.VERIFIED.value, "verification": proof}
            self.set(rows, verified, "verified")

        note = "Kept with today's date."
        self._ask_words("Verify", rows, fields, note, take)

    def _ask_reason(self, rows: Rows) -> None:
        fields = (
            ("Why will it not be done?", "The service is switched off in March", ""),
            ("Which role accepts the risk?", "Head of payments", rows[0].action.accepted_by),
        )

        def take(words: list[str]) -> None:
            values = {"reason": words[0], "accepted_by": words[1]}
            self.set(rows, {"state": ActionState.WONT_DO.value} | values, "won't do")

        note = "It is never counted as done."
        self._ask_words("Won't do", rows, fields, note, take)

    def _ask_successor(self, rows: Rows) -> None:
        without = [row.action.id for row in rows]

        def take(key: str, rows: Rows) -> None:
            values = {"state": ActionState.SUPERSEDED.value, "superseded_by": key}
            self.set(rows, values, "superseded")

        def offered(text: str) -> list[Choice]:
            return choices.action_choices(text, self._every(), without)

        self._pick("Which action takes its place?", "A-32", offered, take, rows)

    def _pick(
        self,
        title: str,
        prompt: str,
        choices_for: Callable[[str], Sequence[Choice]],
        take: Callable[[str, Rows], None],
        rows: Rows = (),
    ) -> None:
        chosen = rows or self._chosen()
        if chosen and self._may_write():
            full = f"{title}: {named(chosen)}"
            look = self._context.look
            dialog = PickDialog(look, self._home.window(), full, prompt, choices_for)
            # What is asked next comes once this dialog is gone.
            dialog.picked.connect(lambda key: QTimer.singleShot(0, partial(take, key, chosen)))
            self.open(dialog)

    def _ask_words(
        self,
        title: str,
        rows: Rows,
        fields: Sequence[tuple[str, str, str]],
        note: str,
        take: Callable[[list[str]], None],
    ) -> None:
        if not self._may_write():
            return
        full = f"{title}: {named(rows)}"
        dialog = WordsDialog(
            self._context.look, self._home.window(), full, fields, button=title, note=note
        )
        dialog.given.connect(take)
        self.open(dialog)

    def open(self, dialog: QDialog) -> None:
        """Open a dialog that gives the keyboard back to the list."""
        open_over(dialog, self._home)

    def _may_write(self) -> bool:
        """Say at once that nothing can be written, not after a question."""
        if self._context.workspace.library.writable:
            return True
        self._context.write(lambda workspace, actor: None)
        return False

    # -- writing -------------------------------------------------------------------------------

    def set(self, rows: Rows, fields: Fields, words: str) -> None:
        """Set the same fields of all; what is left of another outcome goes with its state."""
        changes = {row.action.id: fields for row in rows}

        def write(workspace: "Workspace", actor: Actor) -> tuple[Edited, ...]:
            return commands.edit(workspace.library, changes, actor)

        def done(edited: tuple[Edited, ...]) -> None:
            if not edited:
                self._context.messages.toast("Nothing to change.")
                return
            self.remember(partial(self._take_back, edited), f"{_changed(edited)}: {words}.")

        self._context.write(write, done)

    def remember(self, back: Callable[[], None], words: str) -> None:
        """Say what was done, and how it is taken back."""
        self._done.append(back)
        self._context.messages.toast(words, self.undo)

    def undo(self) -> None:
        """Take back the last thing that was done here; what was offered elsewhere, after that."""
        if self._done:
            self._done.pop()()
        else:
            self._context.messages.undo()

    def _take_back(self, edited: tuple[Edited, ...]) -> None:
        def write(workspace: "Workspace", actor: Actor) -> int:
            return commands.undo(workspace.library, edited, actor)

        def done(number: int) -> None:
            left = len(edited) - number
            rest = f" {left} were changed since and stay." if left else ""
            self._context.messages.toast(f"{count(number, 'action')} as before.{rest}")

        self._context.write(write, done)


def named(rows: Rows) -> str:
    """The ref of one action item, the number of several."""
    return rows[0].action.ref if len(rows) == 1 else count(len(rows), "action")


def _changed(edited: Sequence[Edited]) -> str:
    return edited[0].after.ref if len(edited) == 1 else f"{len(edited)} actions"


def _due_words(key: str) -> str:
    return f"due {long_date(date.fromisoformat(key))}" if key else "no due date of its own"
