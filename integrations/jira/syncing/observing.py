"""What happened to the tickets since the last look: changes, sprints that began or ended, and
tickets that are not to be seen any more."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from itertools import takewhile

from integrations.jira.remote import Issue, JiraError, NotVisibleError
from integrations.jira.syncing.asking import Site
from integrations.jira.syncing.settling import settle_all, with_stories
from models.batches import batches
from models.commands import tracking as commands
from models.queries import tracking as queries
from models.queries.tracking import PULLED
from models.tracking.sprints import Sprint, SprintState
from models.tracking.tickets import Ticket

LOOKED = "looked"
"""The id of the ticket up to which the last pull looked whether it is still there."""
MOST_CONFIRMED = 10
"""Tickets that a search does not find are asked for one by one, up to this many."""
AT_ONCE = 100


def pull(site: Site) -> None:
    """Brings in what the tickets of a project came to say.

    The cursor moves on only at the end: whatever was cut off is read again.
    """
    own = queries.tickets_of(site.library, site.connection.id)
    tickets = {ticket.ticket_id: ticket for ticket in own}
    if not tickets:
        return
    began = site.now
    seen = {id: ticket for id, ticket in tickets.items() if ticket.visible}
    wanted = _in_changed_sprints(site, seen)
    wanted |= {id for id, ticket in seen.items() if ticket.seen is None}
    issues = _changed(site, seen, wanted)
    issues |= _look(site, tickets, issues)
    news = [
        (tickets[id], issue)
        for id, issue in issues.items()
        if id in wanted or id not in seen or issue.updated != seen[id].updated
    ]
    news = with_stories(site, news)
    for place, some in enumerate(batches(news, AT_ONCE)):
        what = f"Reading tickets of {site.connection.project}"
        site.run.progress(what, place * AT_ONCE, len(news))
        settle_all(site, some)
    commands.note_cursors(site.library, site.connection.id, {PULLED: began.isoformat()})


def _changed(site: Site, tickets: Mapping[str, Ticket], wanted: set[str]) -> dict[str, Issue]:
    """What changed, and what is wanted whether it did or not."""
    issues: dict[str, Issue] = {}
    asked = [id for id in tickets if id not in wanted]
    if asked:
        since = _since(site, [tickets[id] for id in asked])
        changed = site.ask_all(site.remote.changed, asked, since)
        issues = {issue.ticket_id: issue for issue in changed if issue.ticket_id in tickets}
    left = sorted(wanted - issues.keys())
    if left:
        read = site.ask_all(site.remote.read, left)
        issues |= {issue.ticket_id: issue for issue in read if issue.ticket_id in tickets}
    return issues


def _since(site: Site, tickets: list[Ticket]) -> datetime:
    """When all of these were known to be as they are here."""
    last = queries.synced_at(site.library, site.connection.id)
    return last or min(ticket.seen_at or site.now for ticket in tickets)


def _look(site: Site, tickets: Mapping[str, Ticket], read: Mapping[str, Issue]) -> dict[str, Issue]:
    """Notes which tickets cannot be seen any more; gives those that can be seen again.

    One that was just read is there. Where the site shows few at once, each sync looks at some of
    the others, on from where the last one ended.
    """
    ids = sorted(tickets.keys() - read.keys())
    last = queries.cursors(site.library, site.connection.id).get(LOOKED, "")
    start = bisect_right(ids, last)
    ids = [*ids[start:], *ids[:start]]
    if not ids:
        return {}
    sight = site.ask(site.remote.visible, ids)
    _hide(site, [tickets[id] for id in ids if id in sight.missing])
    looked = list(takewhile(sight.looked_at.__contains__, ids))
    commands.note_cursors(
        site.library, site.connection.id, {LOOKED: looked[-1] if looked else last}
    )
    back = [id for id in ids if id in sight.seen and not tickets[id].visible]
    issues = site.ask_all(site.remote.read, back) if back else ()
    return {issue.ticket_id: issue for issue in issues if issue.ticket_id in tickets}


def _hide(site: Site, missing: list[Ticket]) -> None:
    """Notes tickets that cannot be seen any more, the first few only once they were asked for.

    A search does not find a new ticket at once, and one that is read does not say whether it was
    deleted or hidden.
    """
    for place, ticket in enumerate([ticket for ticket in missing if ticket.visible]):
        if place < MOST_CONFIRMED and _is_there(site, ticket):
            continue
        hidden = replace(ticket, visible=False, seen_at=site.now)
        commands.observe(site.library, hidden, site.run.actor, was=ticket)
        site.run.tally.hidden.append(ticket.action_id)


def _is_there(site: Site, ticket: Ticket) -> bool:
    try:
        site.ask(site.remote.read_key, ticket.ticket_id)
    except NotVisibleError:
        return False
    return True


def _in_changed_sprints(site: Site, tickets: Mapping[str, Ticket]) -> set[str]:
    """The tickets whose sprints are not as they were seen: a sprint that begins or ends leaves no
    trace in its tickets' own date of change."""
    known = (sprint for one in tickets.values() if one.seen for sprint in one.seen.sprints or ())
    open_ones = (sprint for sprint in known if sprint.state is not SprintState.CLOSED)
    boards = {sprint.board for sprint in open_ones if sprint.board is not None}
    if site.connection.board is not None:
        boards.add(site.connection.board)
    for board in sorted(boards):
        try:
            listed = site.ask(site.remote.sprints, board)
        except JiraError as error:
            site.require_well(error)
            continue
        site.sprints |= {sprint.id: sprint for sprint in listed}
        if board == site.connection.board:
            commands.note_listed(site.library, site.connection.id, listed)
    return {
        id
        for id, ticket in tickets.items()
        if ticket.seen and any(_is_stale(site, sprint) for sprint in ticket.seen.sprints or ())
    }


def _is_stale(site: Site, seen: Sprint) -> bool:
    """Whether a sprint is not as it was seen; one that is over may have been opened again."""
    is_open = seen.state is not SprintState.CLOSED or seen.id in site.sprints
    return is_open and site.sprint(seen.id) != seen
