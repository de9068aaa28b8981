"""What a Jira command asks somebody, and how long it waits."""

import os
from datetime import datetime, timedelta
from threading import Event
from typing import Any

import click

from app.bootstrap import SetClock
from app.cli import output
from app.cli.session import Session
from app.tracking import VARIABLE, Hints, Tracking
from integrations.jira import keychain
from integrations.jira.syncing.report import Question
from models.store.library import Clock
from models.tracking.connections import Connection

LONGEST = timedelta(seconds=30)
"""A longer wait ends the run of a command, which says when to try again."""


HINTS = Hints(
    connect="See: afterwhy jira connect",
    token=f"Set {VARIABLE}, or connect again with: afterwhy jira connect",
)


def tracking_of(session: Session) -> Tracking:
    """The connections of the library, with whoever sits at the terminal."""
    return Tracking(session.workspace, ask_token, HINTS)


def ask_token(connection: Connection, more: str = "", **options: Any) -> str:
    """Asks for a token without showing it; "" where nobody is there."""
    if not output.on_a_terminal():
        return ""
    kind = "API token" if connection.email else "Personal access token"
    question = f"{kind} for {connection.site}{more}"
    token: str = click.prompt(question, hide_input=True, err=True, **options)
    return token.strip()


def ask_anew(tracking: Tracking, connection: Connection) -> None:
    """Asks for a token even where one is kept, which may have expired; Enter leaves that."""
    if os.environ.get(VARIABLE) or not keychain.kept(connection.account):
        return
    token = ask_token(connection, " (Enter: the one that is kept)", default="", show_default=False)
    if token:
        tracking.use(connection, token)


class Asking:
    """Answers what a sync asks: ``yes`` to all, else by asking, else no.

    ``declined`` are the questions that nobody said yes to.
    """

    def __init__(self, *, yes: bool, now: Clock, cancelled: Event) -> None:
        self._yes, self._now, self._cancelled = yes, now, cancelled
        self.declined: list[Question] = []

    def agree(self, question: Question) -> bool:
        """Whether somebody agrees."""
        if self._yes:
            return True
        if output.on_a_terminal():
            for title in question.titles:
                output.note(f"  {title}")
            if click.confirm(question.text, default=False, err=True):
                return True
        self.declined.append(question)
        return False

    def wait(self, until: datetime, *, for_site: bool) -> bool:
        """Waits where that is short; whether to go on then."""
        left = until - self._now()
        if left > LONGEST:
            return False
        if self._cancelled.wait(max(0.0, left.total_seconds())):
            return False
        if isinstance(self._now, SetClock):
            self._now.waited_until(until)
        return True
