"""One project during a sync: every request goes through here, and every wait."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from threading import Event
from typing import TypeVar

from integrations.jira.patience import leave_alone
from integrations.jira.remote import (
    BusyError,
    CancelledError,
    JiraError,
    NotAllowedError,
    NotVisibleError,
    RefusedError,
    Remote,
)
from integrations.jira.syncing.report import Agree, Created, Progress, Tally, Wait
from models.commands import tracking as commands
from models.queries import tracking as queries
from models.store.library import Actor, Library
from models.tracking.connections import Connection, route
from models.tracking.outbox import Entry, wait_after
from models.tracking.sprints import Sprint

T = TypeVar("T")

SHORT = timedelta(seconds=30)
"""A longer wait lets the other projects go on meanwhile."""
MOST_TRIES = 4


class LaterError(Exception):
    """A project wants to be left alone until a time."""

    def __init__(self, until: datetime, reason: str) -> None:
        super().__init__(reason)
        self.until = until


@dataclass(slots=True)
class Run:
    """What all projects of one sync share."""

    library: Library
    actor: Actor
    agree: Agree
    wait: Wait
    progress: Progress
    cancelled: Event
    tally: Tally = field(default_factory=Tally)
    routed: dict[str, str] = field(default_factory=dict)

    def go_on(self) -> None:
        """Raises ``CancelledError`` once somebody stopped the sync."""
        if self.cancelled.is_set():
            raise CancelledError

    def routes(self, entries: Sequence[Entry]) -> dict[str, str]:
        """Which connection each action item goes to in this sync, by its id; "" where none takes
        it."""
        ids = [entry.action_id for entry in entries]
        new = [id for id in ids if id not in self.routed]
        if new:
            known = queries.connections(self.library)
            items, briefs = queries.items(self.library, new), queries.briefs(self.library, new)
            for id in new:
                brief = briefs.get(id)
                found = route(known, items[id].team, brief.services) if brief else None
                self.routed[id] = found.id if found else ""
        return {id: self.routed[id] for id in ids}

    def wait_until(self, until: datetime, *, for_site: bool) -> bool:
        """Waits, if whoever started the sync wants to."""
        self.go_on()
        waited = self.wait(until, for_site=for_site)
        self.go_on()
        return waited


@dataclass(slots=True)
class Site:
    """A connection with its remote. ``later`` is when it may be asked again, ``over`` says that
    nothing more can be done with it in this sync, ``done`` which stages were finished. ``searched``
    are the action items whose labels were searched for, ``looked_past`` those that were looked
    for through the newest keys, ``sprints`` what was read of sprints, ``declined`` that nobody
    agreed to its first tickets."""

    run: Run
    connection: Connection
    remote: Remote
    later: datetime | None = None
    over: bool = False
    done: set[str] = field(default_factory=set)
    searched: set[str] = field(default_factory=set)
    looked_past: set[str] = field(default_factory=set)
    sprints: dict[int, Sprint | None] = field(default_factory=dict)
    declined: bool = False

    @property
    def library(self) -> Library:
        """The library whose action items go there."""
        return self.run.library

    @property
    def now(self) -> datetime:
        """The time by our clock."""
        return self.library.now()

    def ask(self, request: Callable[..., T], *args: object) -> T:
        """Makes requests that are harmless to repeat; where the site is busy, waits and repeats.

        Raises:
            LaterError: the site asks for more patience than this sync has.
            CancelledError: somebody stopped the sync.
        """
        for tries in count(1):
            self.run.go_on()
            try:
                return request(*args)
            except BusyError as busy:
                later = self.put_off(busy, tries)
                soon = later.until - self.now <= SHORT and tries < MOST_TRIES
                if not (soon and self.run.wait_until(later.until, for_site=True)):
                    raise later from busy
        raise AssertionError

    def put_off(self, busy: BusyError, tries: int) -> LaterError:
        """Until when nothing is asked after the site was busy. A time that it gave is kept."""
        if busy.until is not None:
            leave_alone(self.library, self.connection.site, busy.until)
        return LaterError(busy.until or self.now + wait_after(tries), str(busy))

    def ask_all(self, request: Callable[..., Iterable[T]], *args: object) -> tuple[T, ...]:
        """Like ``ask``, for what comes page by page."""
        return self.ask(lambda: tuple(request(*args)))

    def tell_created(self, entry: Entry) -> None:
        """Counts an action item that has its ticket now."""
        ref = queries.items(self.library, [entry.action_id])[entry.action_id].ref
        url = f"{self.connection.site}/browse/{entry.ticket_key}"
        self.run.tally.created.append(Created(entry.action_id, ref, entry.ticket_key, url))

    def require_well(self, error: JiraError) -> None:
        """After a failure of one request: raises it again unless the site still lets us in.

        So one ticket that fails every time does not stand in the way of the others.
        """
        try:
            self.ask(self.remote.facts)
        except JiraError:
            raise error from None

    def sprint(self, id: int) -> Sprint | None:
        """A sprint as it is in this sync; None where it is not there for us."""
        if id not in self.sprints:
            try:
                self.sprints[id] = self.ask(self.remote.sprint, id)
            except (NotVisibleError, NotAllowedError, RefusedError):
                self.sprints[id] = None
        return self.sprints[id]

    def journal(self, entry: Entry) -> Entry:
        """Writes a step down, in a transaction of its own, and gives it back."""
        commands.journal(self.library, entry, self.run.actor)
        return entry

    def change_connection(self, change: Callable[[Connection], Connection]) -> None:
        """Stores a change of the connection as it is there by now."""
        self.connection = change(self.connection)
        commands.change_connection(self.library, self.connection.id, change, self.run.actor)

    def note(self, sentence: str) -> None:
        """Tells something that needs nobody."""
        self.run.tally.note(sentence)
