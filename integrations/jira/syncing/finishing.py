"""From a ticket that was made to one that both sides know: the link back, and what it says."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from integrations.jira.remote import (
    Issue,
    NotAllowedError,
    NotVisibleError,
    OutcomeUnknownError,
    RefusedError,
)
from integrations.jira.syncing.asking import Site
from integrations.jira.syncing.looking import AT_ONCE
from integrations.jira.syncing.seeing import their_fields
from integrations.jira.syncing.settling import settle_all
from integrations.jira.tickets import MARK
from models.batches import batches
from models.commands import tracking as commands
from models.domain.action import ActionItem
from models.queries import tracking as queries
from models.tracking import outbox
from models.tracking.briefs import Brief
from models.tracking.outbox import Entry, OutboxState, wait_after
from models.tracking.tickets import Ticket


def finish(site: Site, entries: Sequence[Entry]) -> None:
    """Takes tickets that were made the rest of the way; every step may be repeated."""
    due = [entry for entry in entries if entry.is_due(site.now)]
    made = [entry for entry in due if entry.state is OutboxState.CREATED]
    linked = [entry for entry in due if entry.state is OutboxState.LINKED]
    briefs = queries.briefs(site.library, [entry.action_id for entry in made])
    linked += filter(None, (_link(site, e, briefs.get(e.action_id)) for e in made))
    for some in batches(linked, AT_ONCE):
        _read_back(site, some)


def _link(site: Site, entry: Entry, brief: Brief | None) -> Entry | None:
    """Lets the ticket point to where the post-mortem was published, if it was."""
    if brief is not None and brief.url:
        name = f"{MARK}:{entry.action_id}"
        title = f"{brief.ref} {brief.title}".strip()
        try:
            site.ask(site.remote.link_back, entry.ticket_id, name, brief.url, title)
        except (RefusedError, NotVisibleError) as error:
            site.note(f"{entry.ticket_key} does not point to {brief.ref}: {error.sentence()}")
        except NotAllowedError as error:
            site.note(f"{entry.ticket_key} does not point to {brief.ref}: {error.sentence()}")
            site.require_well(error)
        except OutcomeUnknownError as error:
            site.journal(outbox.put_off(entry, str(error), site.now + wait_after(entry.attempts)))
            return None
    return site.journal(outbox.linked(entry))


def _read_back(site: Site, entries: Sequence[Entry]) -> None:
    issues = {
        issue.ticket_id: issue
        for issue in site.ask_all(site.remote.read, [entry.ticket_id for entry in entries])
    }
    known = queries.tickets(site.library, [entry.action_id for entry in entries])
    items = queries.present_items(site.library, [entry.action_id for entry in entries])
    pairs = []
    for entry in entries:
        ticket = known.get(entry.action_id) or _ticket(site, entry)
        issue = issues.get(entry.ticket_id) or _read_one(site, entry)
        if issue is None:
            commands.observe(site.library, ticket, site.run.actor)
        else:
            pairs.append((_with_defaults(site, ticket, issue, items), issue))
    settle_all(site, pairs, ours=True)
    for entry in entries:
        site.journal(outbox.synced(entry))


def _ticket(site: Site, entry: Entry) -> Ticket:
    """What is known of a ticket before it was read: what it was made with."""
    return Ticket(
        entry.action_id,
        site.connection.id,
        entry.ticket_id,
        entry.ticket_key,
        url=f"{site.connection.site}/browse/{entry.ticket_key}",
        visible=False,
        base=entry.sent,
        sprint=entry.sprint or None,
        sprint_agreed=entry.sprint_agreed,
    )


def _with_defaults(
    site: Site, ticket: Ticket, issue: Issue, items: Mapping[str, ActionItem]
) -> Ticket:
    """Counts a priority and an assignee that the site gave by itself as agreed, where we sent
    none. In a ticket that is read only after somebody changed it, they may be somebody's choice:
    of such a one only a priority counts, and only where none stands here."""
    action = items.get(ticket.action_id)
    if action is None or not ticket.base:
        return ticket
    made_now = any(one.action_id == action.id for one in site.run.tally.created)
    by_itself = made_now or issue.is_untouched
    theirs = their_fields(issue, site.connection)
    given: dict[str, str] = {}
    if not ticket.base.get("priority") and (by_itself or not action.priority):
        given["priority"] = theirs["priority"]
    if by_itself and action.owner and not ticket.base.get("owner"):
        given["owner"] = theirs["owner"]
    return replace(ticket, base=ticket.base | given)


def _read_one(site: Site, entry: Entry) -> Issue | None:
    """A ticket that a search does not find yet; None where it is deleted or hidden already."""
    try:
        return site.ask(site.remote.read_key, entry.ticket_id)
    except NotVisibleError:
        site.run.tally.hidden.append(entry.action_id)
        return None
