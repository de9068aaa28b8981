"""What a Jira command asks somebody, and how long it waits."""

import sys
from datetime import datetime, timedelta
from threading import Event

import click

from app.cli import output
from integrations.jira.syncing.report import Question
from models.store.library import Clock
from models.tracking.connections import Connection

LONGEST = timedelta(seconds=30)
"""A longer wait ends the run of a command, which says when to try again."""


def on_a_terminal() -> bool:
    """Whether somebody is there to answer."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def ask_token(connection: Connection) -> str:
    """Asks for a token without showing it; "" where nobody is there."""
    if not on_a_terminal():
        return ""
    kind = "API token" if connection.email else "Personal access token"
    token: str = click.prompt(f"{kind} for {connection.site}", hide_input=True, err=True)
    return token.strip()


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
        if on_a_terminal():
            for title in question.titles:
                output.note(f"  {title}")
            if click.confirm(question.text, default=False, err=True):
                return True
        self.declined.append(question)
        return False

    def wait(self, until: datetime) -> bool:
        """Waits where that is short; whether to go on then."""
        left = until - self._now()
        if left > LONGEST:
            return False
        return not self._cancelled.wait(max(0.0, left.total_seconds()))
