"""Changes made here go to their tickets, field by field; one that is refused holds up no other."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial

from integrations.jira.remote import (
    Issue,
    NotAllowedError,
    NotVisibleError,
    OutcomeUnknownError,
    RefusedError,
    UnreachableError,
)
from integrations.jira.syncing.asking import Site
from integrations.jira.syncing.looking import AT_ONCE
from integrations.jira.syncing.moving import move
from integrations.jira.syncing.owners import Owners
from integrations.jira.syncing.report import Updated
from integrations.jira.syncing.scheduling import DeclinedError, Sprints
from integrations.jira.syncing.settling import Settled, settle_all
from integrations.jira.tickets import FIELD_IDS
from models.batches import batches
from models.commands import tracking as commands
from models.domain.action import ActionItem, ActionState
from models.queries import actions
from models.queries import tracking as queries
from models.tracking.fields import OUT
from models.tracking.pending import ours_of
from models.tracking.screens import CreateField
from models.tracking.tickets import Ticket
from models.tracking.translating import DONE, priority_there


def push_changes(site: Site) -> None:
    """Sends what changed here since both sides agreed last.

    Each ticket is read right before, so that nothing is overwritten unseen, and after.
    """
    rows = {row.action.id: row.action for row in actions.every(site.library)}
    wanted = [
        ticket
        for ticket in queries.tickets_of(site.library, site.connection.id)
        if ticket.visible and ticket.action_id in rows and _changed(rows[ticket.action_id], ticket)
    ]
    sprints = Sprints(site, _wishes(wanted, rows))
    owners = Owners(site)
    for some in batches(wanted, AT_ONCE):
        by_id = {ticket.ticket_id: ticket for ticket in some}
        read = site.ask_all(site.remote.read, list(by_id))
        sent: dict[str, Ticket] = {}
        for settled, issue in settle_all(site, [(by_id[i.ticket_id], i) for i in read]):
            if settled.action is None or not settled.out:
                continue
            site.run.progress(f"Changing tickets in {site.connection.project}", len(sent), 0)
            after = _Sending(site, settled, issue, sprints, owners).go()
            if after is not None:
                sent[after.ticket_id] = after
        if sent:
            read = site.ask_all(site.remote.read, list(sent))
            settle_all(site, [(sent[i.ticket_id], i) for i in read], ours=True)


def _changed(action: ActionItem, ticket: Ticket) -> bool:
    """Whether there is something to send, other than what waits for a decision."""
    ours = ours_of(action, ticket)
    undecided = {conflict.field: conflict.ours for conflict in ticket.conflicts}
    return any(
        ours[field] != ticket.base.get(field, "") and undecided.get(field) != ours[field]
        for field in OUT
    )


def _wishes(tickets: list[Ticket], rows: Mapping[str, ActionItem]) -> dict[str, list[ActionItem]]:
    wishes: dict[str, list[ActionItem]] = {}
    for ticket in tickets:
        if ticket.sprint and not ticket.sprint_agreed:
            wishes.setdefault(ticket.sprint, []).append(rows[ticket.action_id])
    return wishes


@dataclass(slots=True)
class _Sending:
    """The changes of one ticket on their way."""

    site: Site
    settled: Settled
    issue: Issue
    sprints: Sprints
    owners: Owners
    arrived: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    refused_fields: list[str] = field(default_factory=list)
    wants: list[CreateField] = field(default_factory=list)
    unsure: bool = False

    def go(self) -> Ticket | None:
        """Sends them; gives the ticket back to be read again if anything may have gone.

        One that is done may take no change before it is open again.
        """
        steps = [self._fields, self._sprint, self._state]
        if self.issue.category == DONE:
            steps = [self._state, self._fields, self._sprint]
        try:
            for step in steps:
                self._attempt(step)
        except NotVisibleError:
            self._observe(visible=False)
            return None
        after = self._observe(visible=True)
        self._tell(after)
        return after if self.arrived or self.unsure else None

    def _attempt(self, step: Callable[[], None]) -> None:
        try:
            step()
        except RefusedError as error:
            self._note(error)
        except DeclinedError as error:
            self.site.note(f"{self.issue.key}: {error}")
        except NotAllowedError as error:
            self.refused.append(error.sentence())
            self.site.require_well(error)
        except (OutcomeUnknownError, UnreachableError) as error:
            self.unsure = True
            self.site.note(f"{self.issue.key}: {error.sentence()} It will be sent again.")
            self.site.require_well(error)

    def _fields(self) -> None:
        values: dict[str, str] = {}
        for name in FIELD_IDS:
            if name in self.settled.out:
                value = self._translated(name, self.settled.out[name])
                if value is not None:
                    values[name] = value
        if values:
            self._change(values)

    def _translated(self, name: str, value: str) -> str | None:
        """A value in the site's words; None for one that it has no word for."""
        if name == "owner":
            return self.owners.account(value)
        if name == "priority" and value:
            there = priority_there(value, self.site.connection.priorities)
            if there is None:
                self.refused.append(f"No priority of the site stands for {value}.")
            return there
        return value

    def _change(self, values: dict[str, str]) -> None:
        """Sends fields in one request; where some are refused, the others again without them."""
        try:
            self.site.ask(self.site.remote.change, self.issue.ticket_id, values)
        except RefusedError as error:
            named = [name for name in values if FIELD_IDS[name] in error.fields]
            if len(values) > 1 and not named:
                for name, value in values.items():
                    self._attempt(partial(self._change, {name: value}))
                return
            self._note(error)
            rest = {name: one for name, one in values.items() if name not in named}
            if named and rest:
                self._change(rest)
            return
        self.arrived += values

    def _sprint(self) -> None:
        if "sprint" in self.settled.out:
            self.sprints.put(self.issue, self.settled.out["sprint"], self.settled.ticket)
            self.arrived.append("sprint")

    def _state(self) -> None:
        if "state" in self.settled.out:
            wanted, answers = ActionState(self.settled.out["state"]), self.settled.ticket.answers
            move(self.site, self.issue, wanted, answers)
            self.arrived.append("state")

    def _observe(self, *, visible: bool) -> Ticket:
        before, out = self.settled.ticket, self.settled.out
        after = replace(
            before,
            visible=visible,
            base=before.base | {name: out[name] for name in self.arrived},
            sprint=None if "sprint" in self.arrived else before.sprint,
            refused=" ".join(self.refused),
            refused_fields=tuple(dict.fromkeys(self.refused_fields)),
            wants=tuple(self.wants),
            answers={} if "state" in self.arrived else before.answers,
        )
        commands.observe(self.site.library, after, self.site.run.actor, was=before)
        return after

    def _note(self, error: RefusedError) -> None:
        self.refused.append(error.by_field())
        self.refused_fields += [error.labels.get(id, id) for id in error.fields or error.labels]
        self.wants += error.wants

    def _tell(self, ticket: Ticket) -> None:
        action = self.settled.action
        if action is not None and self.arrived:
            fields = tuple(self.arrived)
            updated = Updated(action.id, action.ref, ticket.key, fields)
            self.site.run.tally.updated[action.id] = updated
