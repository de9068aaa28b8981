"""Jira for the command line and the window: its tokens, its sites and the sync, wired.

Nothing here reaches the network before somebody asks for it, and nothing of ``jira`` is loaded.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Event
from typing import TYPE_CHECKING

from models.errors import InvalidInputError, KnownError
from models.queries import tracking as queries
from models.tracking.connections import Connection

if TYPE_CHECKING:
    from app.bootstrap import Workspace
    from integrations.jira.remote import Remote
    from integrations.jira.site import Detected
    from integrations.jira.syncing.report import Agree, Progress, Report, Wait

VARIABLE = "AFTERWHY_JIRA_TOKEN"
"""The environment variable that gives the token where there is no keychain."""
AskToken = Callable[[Connection], str]
"""Asks somebody for the token of a connection; "" where nobody can be asked."""


class NoTokenError(KnownError):
    """A connection whose token nobody knows."""


@dataclass(frozen=True, slots=True)
class Hints:
    """What whoever sits there can do: to connect a project, and to give a token."""

    connect: str = "Connect a project in the settings."
    token: str = "Give it when it is asked for, or connect again in the settings."  # noqa: S105


class Tracking:
    """The connections of one library, and what is done with them.

    A token comes from the environment, else from the keychain, else from ``ask_token``; one that
    was asked for is remembered by the workspace. It is written nowhere else. ``hints`` say what to
    do where something is missing.
    """

    def __init__(self, workspace: "Workspace", ask_token: AskToken, hints: Hints = Hints()) -> None:
        self.workspace = workspace
        self._ask_token, self._hints = ask_token, hints
        self._tokens = workspace.tokens

    @property
    def connections(self) -> tuple[Connection, ...]:
        """The projects that actions go to."""
        return queries.connections(self.workspace.library)

    def one(self, name: str = "") -> Connection:
        """The connection with this id or project key; without a name the only one there is."""
        known = self.connections
        found = [c for c in known if not name or name.casefold() in (c.id, c.project.casefold())]
        if len(found) == 1:
            return found[0]
        projects = ", ".join(f"{c.project} ({c.site})" for c in known)
        if not known:
            raise InvalidInputError("Jira is not connected.", advice=self._hints.connect)
        if found:
            raise InvalidInputError(
                "Several projects are meant.", advice=f"Name one of: {projects}."
            )
        raise InvalidInputError(
            f"No project {name!r} is connected.", advice=f"There are: {projects}."
        )

    # -- tokens --------------------------------------------------------------------------------

    def token(self, connection: Connection) -> str:
        """The token of a connection. Raises ``NoTokenError`` where there is none."""
        from integrations.jira import keychain

        given = os.environ.get(VARIABLE, "").strip() or self._tokens.get(connection.account)
        token = given or keychain.kept(connection.account) or self._ask_token(connection)
        if not token:
            raise NoTokenError(
                f"There is no token for {connection.site}.",
                kept="Nothing was sent.",
                advice=self._hints.token,
            )
        self._tokens[connection.account] = token
        return token

    def use(self, connection: Connection, token: str) -> None:
        """Takes a token from now on in the place of one that is kept."""
        self._tokens[connection.account] = token

    def remember(self, connection: Connection, token: str) -> bool:
        """Takes a token that works; whether it could be put into the keychain.

        One that the environment gives is left there.
        """
        from integrations.jira import keychain

        self.use(connection, token)
        return bool(os.environ.get(VARIABLE)) or keychain.keep(connection.account, token)

    def forget(self, connection: Connection) -> None:
        """Forgets a token that no connection needs any more."""
        from integrations.jira import keychain

        if all(other.account != connection.account for other in self.connections):
            self._tokens.pop(connection.account, None)
            keychain.forget(connection.account)

    # -- sites ---------------------------------------------------------------------------------

    @contextmanager
    def site(
        self, connection: Connection, cancelled: Event, *, token: str = ""
    ) -> "Iterator[Remote]":
        """A connection's site, for what is asked of it beside a sync; with a ``token`` of its own
        where the known one is not meant.

        Raises:
            BusyError: it asked for time, now or before, and the time is not over.
        """
        from integrations.jira import patience
        from integrations.jira.remote import BusyError

        library = self.workspace.library
        patience.require_welcome(library, connection.site)
        remote = self._open(connection, cancelled, token)
        try:
            yield remote
        except BusyError as busy:
            if busy.until is not None and library.writable:
                patience.leave_alone(library, connection.site, busy.until)
            raise
        finally:
            remote.close()

    def detect(self, url: str, *, ca_file: str, cleartext: bool, cancelled: Event) -> "Detected":
        """What answers at an address, asked without a token. Raises as ``site`` does."""
        from integrations.jira import patience
        from integrations.jira.site import address, detect

        site = address(url, cleartext=cleartext)
        patience.require_welcome(self.workspace.library, site)
        return detect(site, ca_file=ca_file, cleartext=cleartext, cancelled=cancelled)

    def _open(self, connection: Connection, cancelled: Event, token: str = "") -> "Remote":
        from integrations.jira.site import open_site

        return open_site(
            connection,
            token or self.token(connection),
            clock=self.workspace.library.now,
            cancelled=cancelled,
        )

    def _opener(self, cancelled: Event) -> "Callable[[Connection], Remote]":
        """Opens sites; nobody is asked twice for the token of one account."""
        unknown: dict[str, NoTokenError] = {}

        def open_remote(connection: Connection) -> "Remote":
            if connection.account in unknown:
                raise unknown[connection.account]
            try:
                return self._open(connection, cancelled)
            except NoTokenError as error:
                unknown[connection.account] = error
                raise

        return open_remote

    def sync(
        self,
        *,
        agree: "Agree",
        wait: "Wait",
        progress: "Progress",
        cancelled: Event,
        push: bool = True,
        pull: bool = True,
    ) -> "Report":
        """Sends what is ready and changed, and takes in what happened there.

        A token that nobody gives is asked for once; one that a site did not take, again the next
        time.
        """
        from integrations.jira.syncing.run import sync

        self.workspace.library.require_writable()
        if not self.connections:
            self.one()
        report = sync(
            self.workspace.library,
            self.workspace.actor,
            self._opener(cancelled),
            push=push,
            pull=pull,
            agree=agree,
            wait=wait,
            progress=progress,
            cancelled=cancelled,
        )
        refused = {trouble.connection for trouble in report.troubles if trouble.not_let_in}
        for connection in self.connections:
            if connection.id in refused:
                self._tokens.pop(connection.account, None)
        return report
