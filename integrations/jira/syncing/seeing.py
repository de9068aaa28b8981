"""What a ticket that was just read says, in our words, and how that joins what is known of it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from integrations.jira.remote import Issue, Story
from integrations.jira.syncing.asking import Site
from models.tracking import translating
from models.tracking.connections import Connection
from models.tracking.sprints import Seen, Sprint, current_sprint
from models.tracking.tickets import Ticket


def is_done(issue: Issue) -> bool:
    """Whether it is done, and not decided against."""
    return translating.is_done(issue.category, issue.resolution, issue.status)


def their_fields(
    issue: Issue, connection: Connection, *likely: Mapping[str, str]
) -> dict[str, str]:
    """A ticket's fields in our words; of several that translate, one of the ``likely``."""
    priorities = [words.get("priority", "") for words in likely]
    owners = [words.get("owner", "") for words in likely]
    state = translating.state_here(
        issue.status, issue.category, issue.resolution, connection.states
    )
    fields = {
        "title": issue.title,
        "priority": translating.priority_here(
            issue.priority, connection.priorities, filter(None, priorities)
        ),
        "due": issue.due,
        "owner": translating.owner_here(
            issue.account, issue.account_name, connection.people, owners
        ),
        "state": state.value,
    }
    if issue.sprints is not None:
        sprint = current_sprint(Seen(issue.sprints, done=False))
        fields["sprint"] = str(sprint.id) if sprint else ""
    return fields


def named_sprints(site: Site, issue: Issue, story: Story | None) -> tuple[Sprint, ...]:
    """The sprints that only the change log names; one that is gone stays unknown."""
    here = {sprint.id for sprint in issue.sprints or ()}
    named = {id for move in (story.moves if story else ()) for id in move.before | move.after}
    return tuple(filter(None, (site.sprint(id) for id in sorted(named - here))))


def _seen_now(
    issue: Issue, story: Story | None, named: tuple[Sprint, ...], before: Seen | None
) -> Seen:
    """What is known of its way now; without a new story the old one goes on."""
    moves = before.moves if before else ()
    done_moves = before.done_moves if before else ()
    if story is not None:
        moves, done_moves = story.moves, story.done_moves
    known = {sprint.id: sprint for sprint in (before.every_sprint if before else ())}
    known |= {sprint.id: sprint for sprint in named}
    here = {sprint.id for sprint in issue.sprints or ()}
    left = tuple(known[id] for id in sorted(known.keys() - here))
    return Seen(issue.sprints, is_done(issue), moves, done_moves, left)


def needs_story(issue: Issue, before: Seen | None) -> bool:
    """Whether its change log may say something new about sprints: the field changed, one of its
    sprints ended, or it was done or reopened while it sat in one."""
    if before is None or before.sprints is None:
        return bool(issue.sprints) or (before is None and is_done(issue))
    states = {sprint.id: sprint.state for sprint in before.sprints}
    now = {sprint.id: sprint.state for sprint in issue.sprints or ()}
    if states != now:
        return True
    return bool(now) and before.done is not is_done(issue)


def ticket_now(
    ticket: Ticket, issue: Issue, story: Story | None, named: tuple[Sprint, ...], at: datetime
) -> Ticket:
    """What is known of a ticket after it was read; its agreed fields are left as they were."""
    return replace(
        ticket,
        key=issue.key,
        url=issue.url,
        status=issue.status,
        category=issue.category,
        resolution=issue.resolution,
        visible=True,
        seen_at=at,
        updated=issue.updated,
        seen=_seen_now(issue, story, named, ticket.seen),
    )
