"""What is decided in the outbox is done here, and what a sync did is said."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from app.ui.context import Context
from app.ui.painting import ChipText
from app.ui.tracking.outbox_items import ToSync, items, sent_words
from app.ui.tracking.outbox_panel import OutboxPanel
from app.ui.tracking.reading import Board
from app.ui.tracking.refused_card import RefusedCard
from app.ui.tracking.syncing import Syncing
from app.ui.wording import count
from models.commands import tracking as commands
from models.store.library import Actor
from models.tracking.figures import figures

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.bootstrap import Workspace
    from integrations.jira.remote import Account
    from integrations.jira.syncing.report import Report

NOT_ALL = "Not everything was synced"


class OutboxDesk(QObject):
    """Fills the panel from the board, and carries out what is pressed in it."""

    def __init__(self, context: Context, panel: OutboxPanel, syncing: Syncing) -> None:
        super().__init__(panel)
        self._context, self._panel, self._syncing = context, panel, syncing
        self._board: Board | None = None
        self._said_trouble = False
        panel.sent_again.connect(self._send_again)
        panel.kept_as_draft.connect(self._keep_as_draft)
        panel.decided.connect(self._decide)
        panel.people_asked.connect(self._look_for)
        panel.sync_asked.connect(syncing.start)
        syncing.finished.connect(self._tell)
        syncing.changed.connect(self._show_again)

    def show_board(self, board: Board) -> None:
        """Show what waits and what needs somebody."""
        self._board = board
        found = (*self._left_to_somebody(), *items(board, self._context.wording))
        counted = figures(board.rows, board.now.date())
        chips = []
        if counted.attention:
            words = f"{counted.attention} need{'' if counted.attention > 1 else 's'} you"
            chips.append(ChipText(words, "red", "warning-circle"))
        if counted.waiting and board.connections:
            chips.append(ChipText(f"{counted.waiting} queued", "neutral", "cloud-arrow-up"))
        connected = bool(board.connections)
        self._panel.show_items(found, chips, sent_words(board), connected=connected)

    def _left_to_somebody(self) -> list[ToSync]:
        """What a sync by itself could not settle."""
        syncing = self._syncing
        if syncing.is_running:
            return []
        left = [
            ToSync(question.text, "; ".join(question.titles[:6]), "Answer…")
            for question in syncing.unanswered
        ]
        if syncing.trouble:
            left.append(ToSync(NOT_ALL, syncing.trouble, "Try again", is_trouble=True))
        return left

    @Slot()
    def _show_again(self) -> None:
        if self._board is not None:
            self.show_board(self._board)

    @Slot(str, str, str)
    def _look_for(self, action_id: str, field: str, words: str) -> None:
        def offer(people: "Sequence[Account]") -> None:
            card = self._panel.card(action_id, RefusedCard)
            if card is not None and field in card.choosers:
                card.choosers[field].offer_people(people)

        card = self._panel.card(action_id, RefusedCard)
        if card is not None:
            self._syncing.read_people(card.item.connection, words, offer)

    @Slot(str, dict, bool)
    def _send_again(self, action_id: str, words: dict[str, str], for_all: bool) -> None:
        def say_wrong(reason: str) -> None:
            card = self._panel.card(action_id, RefusedCard)
            if card is not None:  # else the outbox shows the reason again
                card.say_wrong(reason)

        for_all = for_all and bool(words)
        self._syncing.mend(action_id, words, for_all=for_all, wrong=say_wrong)

    @Slot(str)
    def _keep_as_draft(self, action_id: str) -> None:
        def write(workspace: "Workspace", actor: Actor) -> str:
            return commands.keep_as_draft(workspace.library, action_id, actor).ref

        def again(workspace: "Workspace", actor: Actor) -> None:
            commands.mark_ready(workspace.library, [action_id], actor)

        def done(ref: str) -> None:
            self._context.messages.toast(
                f"{ref} stays here as a draft.", partial(self._context.write, again)
            )

        self._context.write(write, done)

    @Slot(str, str, bool)
    def _decide(self, action_id: str, field: str, keep_ours: bool) -> None:
        def write(workspace: "Workspace", actor: Actor) -> None:
            commands.decide(workspace.library, action_id, field, actor, keep_ours=keep_ours)

        def done(_: None) -> None:
            where = "Jira gets it with the next sync." if keep_ours else "It is taken over."
            self._context.messages.toast(f"Decided. {where}")

        self._context.write(write, done)

    @Slot(object)
    def _tell(self, report: "Report") -> None:
        """Say in a sentence what a sync did; of one that nobody asked for only what it did."""
        messages, asked_for = self._context.messages, self._syncing.is_asked_for
        said = [_told(report)]
        if asked_for:
            said.append(_left(report, troubled=self._shows_trouble(report)))
            if not any(said) and not report.troubles:
                said.append(" ".join(report.notes) or "Nothing new on either side.")
        if any(said):
            messages.toast(" ".join(filter(None, said)))
        if self._said_trouble and not report.troubles:
            messages.solved()
            self._said_trouble = False
        if report.reopened:
            refs = ", ".join(report.reopened)
            words = "It was done or decided against here. Its post-mortem is marked."
            messages.banner("amber", f"Opened again in Jira: {refs}", words)

    def _shows_trouble(self, report: "Report") -> bool:
        """Whether the outbox says in view what was not synced; where it does not, a banner does."""
        if not report.troubles or self._panel.isVisible():
            return bool(report.troubles)
        reasons = " ".join(trouble.reason for trouble in report.troubles)
        self._context.messages.banner("amber", NOT_ALL, reasons)
        self._said_trouble = True
        return False


def _told(report: "Report") -> str:
    parts = []
    if report.created:
        parts.append(f"{count(len(report.created), 'ticket')} made")
    if report.updated:
        parts.append(f"{count(len(report.updated), 'ticket')} changed")
    if report.pulled:
        parts.append(f"{count(report.pulled, 'ticket')} brought something new")
    if report.cancelled:
        parts.append("stopped; what was sent stays sent")
    words = ", ".join(parts)
    return f"{words[0].upper()}{words[1:]}." if words else ""


def _left(report: "Report", *, troubled: bool) -> str:
    """Where to look for what a sync could not settle."""
    refs = {one.action for one in report.attention} | {one.action for one in report.conflicts}
    number = len(refs)
    needs = f"{count(number, 'action needs', 'actions need')} you" if number else ""
    left = ", ".join(filter(None, (NOT_ALL if troubled else "", needs)))
    return f"{left}: see the outbox." if left else ""
