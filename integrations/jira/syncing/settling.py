"""A ticket that was just read: what it brings comes in, what both sides changed is kept apart."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from integrations.jira.remote import Issue
from integrations.jira.syncing.asking import Site
from integrations.jira.syncing.seeing import named_sprints, needs_story, their_fields, ticket_now
from models.commands import tracking as commands
from models.domain.action import OPEN_STATES, ActionItem, ActionState
from models.queries import tracking as queries
from models.tracking.fields import exchange
from models.tracking.pending import ours_of
from models.tracking.tickets import Ticket
from models.tracking.translating import our_fields


@dataclass(frozen=True, slots=True)
class Settled:
    """A ticket as it is now, and what is still to be sent of it."""

    ticket: Ticket
    action: ActionItem | None
    out: dict[str, str]


def settle_all(
    site: Site, pairs: Sequence[tuple[Ticket, Issue]], *, ours: bool = False
) -> list[tuple[Settled, Issue]]:
    """Takes in what changed there, each in a step of its own, then stores what was seen.

    What was taken in and not stored as seen is no change at the next look. ``ours`` says that what
    is new about the tickets was done by this sync.
    """
    pairs = with_stories(site, pairs)
    if site.connection.kanban:
        pairs = [(ticket, replace(one, sprints=one.sprints or None)) for ticket, one in pairs]
    known = queries.present_items(site.library, [ticket.action_id for ticket, _ in pairs])
    result = []
    for ticket, issue in pairs:
        action = known.get(ticket.action_id)
        settled = _settle(site, ticket, issue, action)
        if not ours and _is_news(ticket, settled.ticket):
            site.run.tally.pulled.add(ticket.action_id)
        result.append((settled, issue))
    seen = [(one.ticket, ticket) for (one, _), (ticket, _) in zip(result, pairs, strict=True)]
    commands.observe_all(site.library, seen, site.run.actor)
    return result


def with_stories(site: Site, pairs: Sequence[tuple[Ticket, Issue]]) -> list[tuple[Ticket, Issue]]:
    """The tickets with what their change logs say, where that may be new: asked for together."""
    wanting = [
        issue.ticket_id
        for ticket, issue in pairs
        if issue.story is None and needs_story(issue, ticket.seen)
    ]
    stories = site.ask(site.remote.stories, wanting) if wanting else {}
    return [
        (ticket, replace(issue, story=stories.get(issue.ticket_id, issue.story)))
        for ticket, issue in pairs
    ]


def _is_news(before: Ticket, now: Ticket) -> bool:
    return replace(now, seen_at=before.seen_at) != before


def _settle(site: Site, ticket: Ticket, issue: Issue, action: ActionItem | None) -> Settled:
    story = issue.story
    now = ticket_now(ticket, issue, story, named_sprints(site, issue, story), site.now)
    if action is None:
        return Settled(now, None, {})
    ours = ours_of(action, ticket)
    base = ticket.base or _linked(ours)
    found = exchange(base, ours, their_fields(issue, site.connection, ours, base))
    taken = _take_in(site, action, found.into, ours["sprint"]) if found.into else {}
    agreed = {f: v for f, v in found.base.items() if f not in found.into or f in taken}
    agreed |= {f: base[f] for f in found.into if f not in taken and f in base}
    wish = None if agreed.get("sprint") == ticket.sprint or "sprint" in taken else ticket.sprint
    now = replace(now, base=agreed, conflicts=found.conflicts, sprint=wish)
    if not found.out:
        now = replace(now, refused="", refused_fields=(), wants=())
    return Settled(now, action, found.out)


def _linked(ours: dict[str, str]) -> dict[str, str]:
    """What counts as agreed of a ticket that somebody else made: its title stays as it is, and
    its state is right."""
    return {"title": ours["title"], "state": ours["state"]}


def _take_in(site: Site, action: ActionItem, into: dict[str, str], sprint: str) -> dict[str, str]:
    read = our_fields(action, sprint)
    taken = commands.take_in(site.library, action.id, into, site.run.actor, read=read)
    state = ActionState(taken.get("state", action.state))
    if not action.is_open and state in OPEN_STATES:
        site.run.tally.reopened[action.ref] = None
    return taken
