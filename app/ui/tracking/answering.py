"""What a sync in its own thread asks of whoever sits at the window."""

from collections.abc import Callable
from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QWidget

from app.ui.context import Context
from app.ui.tasks import Job
from app.ui.tracking.dialogs import AskDialog, WordsDialog, open_over
from models.tracking.connections import Connection

if TYPE_CHECKING:
    from integrations.jira.syncing.report import Question

LOOK_S = 0.1
"""How often a sync that waits for an answer looks whether it was stopped."""


class Answering(QObject):
    """Shows a question, and lets the sync's thread wait for the answer."""

    def __init__(self, context: Context, window: QWidget) -> None:
        super().__init__(context)
        self._context, self._window = context, window
        self._dialog: QDialog | None = None
        self._answered = Event()
        self._answer: str = ""

    def ask(self, question: "Question", job: Job) -> bool:
        """The answer to a question; no where the sync is stopped meanwhile."""
        return bool(self._wait(lambda: self._show(question), job))

    def ask_token(self, connection: Connection, job: Job) -> str:
        """The token of a connection; "" where nobody gives one."""
        return self._wait(lambda: self._show_token(connection), job)

    def withdraw(self) -> None:
        """The sync was stopped: nobody waits for an answer any more."""
        if self._dialog is not None:
            self._dialog.reject()
        self._answered.set()

    def _wait(self, show: Callable[[], None], job: Job) -> str:
        """In the sync's thread."""
        self._answer = ""
        self._answered.clear()
        self._context.runner.post(show)
        while not self._answered.wait(LOOK_S):
            if job.stopped.is_set():  # by the window, which closes
                return ""
        return self._answer

    def _show(self, question: "Question") -> None:
        from integrations.jira.syncing.report import Asked

        yes = {
            Asked.FIRST_PUSH: "Make them",
            Asked.ACTIVE_SPRINT: "Change it",
            Asked.COPIED_LIBRARY: "Sync from here",
        }[question.about]
        dialog = AskDialog(self._context.look, self._window, question.text, question.titles, yes)
        dialog.answered.connect(lambda agreed: self._take("yes" if agreed else ""))
        self._open(dialog)

    def _show_token(self, connection: Connection) -> None:
        title = f"Token for {connection.site}"
        note = "It is kept until the window is closed."
        fields = (("API token" if connection.email else "Personal access token", "", ""),)
        dialog = WordsDialog(
            self._context.look, self._window, title, fields, button="Go on", note=note
        )
        dialog.fields[0].setEchoMode(QLineEdit.EchoMode.Password)
        dialog.given.connect(lambda words: self._take(words[0]))
        dialog.rejected.connect(lambda: self._take(""))
        self._open(dialog)

    def _open(self, dialog: QDialog) -> None:
        self._dialog = dialog
        focus = QApplication.focusWidget()
        open_over(dialog, focus if focus is not None else self._window)

    def _take(self, answer: str) -> None:
        self._dialog = None
        self._answer = answer
        self._answered.set()
