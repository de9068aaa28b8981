"""The report of a sync: what it did, and everything that waits for somebody or for later."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from integrations.jira.syncing.asking import Run, Site
from integrations.jira.syncing.report import Attention, Conflict, Report, Waiting
from models.domain.action import ActionItem
from models.queries import tracking as queries
from models.tracking.outbox import NEEDS_ATTENTION, SETTLED, UNFINISHED, Entry
from models.tracking.screens import CreateField
from models.tracking.tickets import Ticket

NO_PROJECT = "No connected project takes it: name its team or service, or connect one."
NOT_YET = "It goes with the next sync."


def told(run: Run, sites: Sequence[Site]) -> Report:
    """What there is to tell now."""
    entries, tally = queries.outbox(run.library, UNFINISHED), run.tally
    tickets = {
        id: ticket
        for id, ticket in queries.tickets(run.library).items()
        if ticket.conflicts or ticket.refused or not ticket.visible
    }
    known = {entry.action_id for entry in entries} | tickets.keys() | set(tally.hidden)
    items = queries.items(run.library, known)
    waiting, homeless = _waiting(run, entries, items)
    return Report(
        created=tuple(tally.created),
        updated=tuple(tally.updated.values()),
        pulled=len(tally.pulled),
        conflicts=_conflicts(tickets, items),
        attention=(
            *_stuck(entries, items),
            *homeless,
            *_refused(tickets, items),
            *_hidden(run, items),
        ),
        waiting=waiting,
        troubles=tuple(tally.troubles.values()),
        not_visible=tuple(items[id].ref for id, one in tickets.items() if not one.visible),
        reopened=tuple(tally.reopened),
        notes=tuple(tally.notes),
        next_try=_next_try(sites, waiting),
        cancelled=tally.cancelled,
    )


def _conflicts(
    tickets: Mapping[str, Ticket], items: Mapping[str, ActionItem]
) -> tuple[Conflict, ...]:
    return tuple(
        Conflict(id, items[id].ref, ticket.key, one.field, one.base, one.ours, one.theirs)
        for id, ticket in tickets.items()
        for one in ticket.conflicts
    )


def _stuck(entries: Sequence[Entry], items: Mapping[str, ActionItem]) -> list[Attention]:
    return [
        Attention(
            e.action_id, items[e.action_id].ref, e.state.value, e.reason, e.fields, _names(e.wants)
        )
        for e in entries
        if e.state in NEEDS_ATTENTION
    ]


def _refused(tickets: Mapping[str, Ticket], items: Mapping[str, ActionItem]) -> list[Attention]:
    return [
        Attention(
            id,
            items[id].ref,
            "refused",
            f"{ticket.key}: {ticket.refused}",
            ticket.refused_fields,
            _names(ticket.wants),
        )
        for id, ticket in tickets.items()
        if ticket.refused
    ]


def _names(wants: Sequence[CreateField]) -> tuple[str, ...]:
    return tuple(field.name for field in wants)


def _hidden(run: Run, items: Mapping[str, ActionItem]) -> list[Attention]:
    reason = "Its ticket was deleted or hidden; no other is made in its place."
    return [Attention(id, items[id].ref, "not visible", reason) for id in run.tally.hidden]


def _waiting(
    run: Run, entries: Sequence[Entry], items: Mapping[str, ActionItem]
) -> tuple[tuple[Waiting, ...], list[Attention]]:
    """What goes later, and what somebody has to find a project for."""
    left = [e for e in entries if e.state not in SETTLED]
    taken = run.routes([entry for entry in left if entry.is_harmless])
    waiting, homeless = [], []
    for entry in left:
        id, ref, state = entry.action_id, items[entry.action_id].ref, entry.state.value
        if entry.reason or taken.get(id, entry.connection):
            waiting.append(Waiting(id, ref, state, entry.reason or NOT_YET, entry.not_before))
        else:
            homeless.append(Attention(id, ref, "no project", NO_PROJECT))
    return tuple(waiting), homeless


def _next_try(sites: Sequence[Site], waiting: Sequence[Waiting]) -> datetime | None:
    times = [site.later for site in sites] + [one.until for one in waiting]
    return min((time for time in times if time is not None), default=None)
