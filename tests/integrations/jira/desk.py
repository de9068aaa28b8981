"""A library and a fake Jira side by side, synced as the product syncs them, by the fake's clock."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event
from typing import Any

from integrations.jira.remote import Remote
from integrations.jira.site import open_site
from integrations.jira.syncing.report import Question, Report
from integrations.jira.syncing.run import sync
from models.commands import actions, tracking
from models.domain.action import ActionItem, ActionState
from models.queries import actions as action_queries
from models.queries import tracking as queries
from models.store.library import Library
from models.tracking.connections import Connection
from models.tracking.outbox import Entry
from models.tracking.sprints import Seen
from models.tracking.tickets import Ticket
from models.tracking.translating import our_fields
from tests.integrations.jira.opening import connection
from tests.jira_fake import FakeJira, examples, issues
from tests.jira_fake.records import Issue, User
from tests.models.examples import ANN, action, document, empty_library, stored, with_actions

CREATE = "POST /issue"
SEARCHES = "* /search*"


@dataclass(slots=True)
class Desk:
    """Somebody's library and the Jira it goes to.

    ``says`` answers every question; ``patient`` lets time pass until a sync need not wait.
    ``token`` and ``wrap`` change how a site is opened.
    """

    library: Library
    jira: FakeJira
    mortem: str
    says: bool = True
    patient: bool = False
    token: str = examples.TOKEN
    asked: list[Question] = field(default_factory=list)
    waits: list[datetime] = field(default_factory=list)
    cancelled: Event = field(default_factory=Event)
    wrap: Callable[[Remote], Remote] = lambda remote: remote

    def sync(self, **stages: bool) -> Report:
        """One sync."""
        return sync(
            self.library,
            ANN,
            self._open,
            agree=self._agree,
            wait=self._wait,
            progress=lambda *_: None,
            cancelled=self.cancelled,
            **stages,
        )

    def _open(self, connection: Connection) -> Remote:
        remote = open_site(
            connection,
            self.token,
            clock=self.library.now,
            cancelled=self.cancelled,
            timeout_s=5,
        )
        return self.wrap(remote)

    def _agree(self, question: Question) -> bool:
        self.asked.append(question)
        return self.says

    def _wait(self, until: datetime, *, for_site: bool) -> bool:
        self.waits.append(until)
        if self.patient:
            self.jira.site.clock.now = max(self.jira.site.clock.now, until)
        return self.patient

    def linked(self, count: int) -> list[ActionItem]:
        """Many action items with tickets that both sides agree on for an hour, without a sync."""
        site = self.jira.site
        made: list[ActionItem] = []
        for start in range(0, count, 10):
            some = [
                action(f"Item {n}", priority="P1") for n in range(start, min(start + 10, count))
            ]
            made += stored(self.library, with_actions(document(), *some)).actions
        tickets = []
        seen_at = site.clock.now + timedelta(hours=1)
        for item in made:
            fields: dict[str, Any] = {"project": {"key": "REL"}, "issuetype": {"name": "Task"}}
            fields |= {"summary": item.title, "priority": {"name": "High"}}
            issue = issues.create(
                site, self.colleague, fields | {"labels": [f"afterwhy-{item.id}"]}
            )
            base = our_fields(item, "")
            tickets.append(
                Ticket(
                    item.id,
                    "c1",
                    str(issue.id),
                    issue.key,
                    seen_at=seen_at,
                    base=base,
                    seen=Seen((), done=False),
                )
            )
        site.clock.now = seen_at
        tracking.observe_all(self.library, [(ticket, None) for ticket in tickets], ANN)
        return made

    # What is here.

    def add(self, title: str = "Cap the retries", state: str = "ready", **more: Any) -> ActionItem:
        """An action item that may go to Jira."""
        made = action(title, state=ActionState(state), **more)
        return actions.add(self.library, self.mortem, made, ANN)

    def set(self, item: ActionItem, **fields: Any) -> ActionItem:
        """Changes an action item."""
        return actions.set_fields(self.library, item.id, fields, ANN)

    def now(self, item: ActionItem) -> ActionItem:
        """An action item as it is now."""
        return action_queries.one(self.library, item.id).action

    def ticket(self, item: ActionItem) -> Ticket:
        """What is known of its ticket."""
        return queries.tickets(self.library)[item.id]

    def entry(self, item: ActionItem) -> Entry:
        """Its place in the outbox."""
        found = queries.entry(self.library, item.id)
        assert found is not None
        return found

    def connect(self, **changes: Any) -> Connection:
        """Changes the connection."""
        (known,) = queries.connections(self.library)
        changed = replace(known, **changes)
        tracking.save_connection(self.library, changed, ANN)
        return changed

    # What is there.

    def made(self) -> list[Issue]:
        """Every ticket."""
        return list(self.jira.site.issues.values())

    def issue(self, item: ActionItem) -> Issue:
        """The ticket of an action item, found without the product."""
        label = f"afterwhy-{item.id}"
        (found,) = (one for one in self.made() if label in (one.values.get("labels") or ()))
        return found

    @property
    def colleague(self) -> User:
        """Somebody who works at the site."""
        return self.jira.site.users[examples.COLLEAGUE]

    def edit(self, item: ActionItem, **fields: Any) -> None:
        """Somebody there changes fields."""
        issues.edit(self.jira.site, self.colleague, self.issue(item), fields)

    def move(self, item: ActionItem, way: str, **fields: Any) -> None:
        """Somebody there takes a step of the workflow."""
        issues.transition(self.jira.site, self.colleague, self.issue(item), way, fields)


@contextmanager
def desk_at(folder: Path, jira: FakeJira, *, api: str = "2") -> Iterator[Desk]:
    """A library with one post-mortem, connected to a fake."""
    with empty_library(folder, lambda: jira.site.clock.now) as library:
        known = stored(library, document())
        tracking.save_connection(library, connection(jira, api), ANN)
        yield Desk(library, jira, known.post_mortem.id)
