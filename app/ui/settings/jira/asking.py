"""What the assistant asks of a site: one thing at a time, off the window, and to be stopped."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from app.tracking import VARIABLE, Tracking
from app.ui.context import Context
from app.ui.tasks import Job
from app.ui.tracking.stopping import stoppable
from models.errors import KnownError
from models.tracking.connections import Connection

if TYPE_CHECKING:
    from integrations.jira.offers import Offer
    from integrations.jira.people import Match
    from integrations.jira.remote import Account, Remote
    from integrations.jira.site import Detected

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class TokenPlace:
    """Where the token of an account is: ``known`` says whether there is one without asking,
    ``words`` what is to be said of it, ``lasting`` whether it is there after a restart."""

    known: bool
    words: str
    lasting: bool


class Asking(QObject):
    """One question to a site at a time; a new one stops the one before.

    Signals
    -------
    changed():
        A question was begun or is answered; ``about`` says what is being asked, "" for nothing.
    """

    changed = Signal()

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._job: Job | None = None
        self.about = ""
        self.tracking = Tracking(context.workspace, lambda _: "")

    @property
    def asks_site(self) -> bool:
        """Whether the site is being asked, and not only the keychain."""
        return self.about not in ("", "token")

    def stop(self) -> None:
        """Break off what is being asked."""
        if self._job is not None:
            self._job.cancel()
            self._job = None
            self.about = ""
            self.changed.emit()

    def ask(
        self,
        about: str,
        work: Callable[[Job], T],
        done: Callable[[T], None],
        failed: Callable[[KnownError], None],
    ) -> None:
        """Ask; neither is called once it was stopped."""
        self.stop()

        def over() -> bool:
            if self._job is not job:
                return False
            self._job = None
            self.about = ""
            self.changed.emit()
            return True

        def answered(result: T) -> None:
            if over():
                done(result)

        def refused(error: BaseException) -> None:
            if not over():
                return
            if isinstance(error, KnownError):
                failed(error)
            else:
                self._context.messages.error(error)

        self.about = about
        job = self._job = self._context.runner.submit(
            "network", stoppable(work), answered, failed=refused
        )
        self.changed.emit()

    # -- what can be asked; each runs off the window ---------------------------------------------

    def detect(self, address: str, ca_file: str, *, cleartext: bool) -> "Callable[[Job], Detected]":
        """What answers at an address."""

        def work(job: Job) -> "Detected":
            return self.tracking.detect(
                address, ca_file=ca_file, cleartext=cleartext, cancelled=job.stopped
            )

        return work

    def token_place(self, draft: Connection) -> Callable[[Job], TokenPlace]:
        """Where the token of a draft's account is."""

        def work(job: Job) -> TokenPlace:
            from integrations.jira import keychain

            if os.environ.get(VARIABLE, "").strip():
                return TokenPlace(True, f"Taken from {VARIABLE}", True)
            if keychain.kept(draft.account):
                return TokenPlace(True, "Kept in the system keychain", True)
            given = draft.account in self._context.workspace.tokens
            if keychain.absent():
                return TokenPlace(given, "No keychain here: asked each time", False)
            return TokenPlace(given, "Will be kept in the system keychain", True)

        return work

    def look(self, draft: Connection, token: str) -> "Callable[[Job], Offer]":
        """What the site offers to a draft; without a ``token`` the known one signs in."""

        def read(remote: "Remote", job: Job) -> "Offer":
            from integrations.jira.offers import look_around

            return look_around(remote, draft, step=job.check)

        return self._with_site(draft, token, read)

    def people(
        self, draft: Connection, token: str, owners: tuple[str, ...]
    ) -> "Callable[[Job], tuple[Match, ...]]":
        """Who the owners may be."""

        def read(remote: "Remote", job: Job) -> "tuple[Match, ...]":
            from integrations.jira.people import match

            return match(remote, draft, owners, step=job.check)

        return self._with_site(draft, token, read)

    def accounts(
        self, draft: Connection, token: str, words: str
    ) -> "Callable[[Job], tuple[Account, ...]]":
        """Who is called so."""
        return self._with_site(
            draft, token, lambda remote, job: remote.accounts(draft.project, words)
        )

    def _with_site(
        self, draft: Connection, token: str, read: "Callable[[Remote, Job], T]"
    ) -> Callable[[Job], T]:
        def work(job: Job) -> T:
            with self.tracking.site(draft, job.stopped, token=token) as remote:
                return read(remote, job)

        return work
