"""Tickets that are in Jira already: one becomes an action item's, or an action item itself.

For the command line and the window alike. Each asks Jira, and so runs off the window.
"""

from dataclasses import replace
from datetime import date
from threading import Event
from typing import TYPE_CHECKING

from models.commands import linking
from models.document import new_id
from models.domain.action import ActionItem, ActionState
from models.tracking.connections import Connection
from models.tracking.tickets import Ticket

if TYPE_CHECKING:
    from app.tracking import Tracking
    from integrations.jira.remote import Issue


def link(tracking: "Tracking", action_id: str, key: str, cancelled: Event) -> "Issue":
    """Says that the ticket with a key is that of an action item; see ``take_in`` for the rest."""
    workspace = tracking.workspace
    connection, issue = _read(tracking, key, cancelled)
    linking.link_ticket(workspace.library, _ticket(action_id, connection, issue), workspace.actor)
    return issue


def bring_in(
    tracking: "Tracking", post_mortem_id: str, key: str, cancelled: Event
) -> "tuple[ActionItem, Issue]":
    """Makes an action item of a post-mortem out of the ticket with a key."""
    from integrations.jira.syncing.seeing import their_fields

    workspace = tracking.workspace
    connection, issue = _read(tracking, key, cancelled)
    says = their_fields(issue, connection)
    item = ActionItem(
        new_id(),
        says["title"],
        state=ActionState(says["state"]),
        priority=says["priority"],
        owner=says["owner"],
        due=date.fromisoformat(says["due"]) if says["due"] else None,
    )
    ticket = replace(_ticket(item.id, connection, issue), base=says)
    library, actor = workspace.library, workspace.actor
    stored = linking.import_ticket(library, post_mortem_id, item, ticket, actor)
    return stored, issue


def _read(tracking: "Tracking", key: str, cancelled: Event) -> "tuple[Connection, Issue]":
    """A ticket by its key, and the connection that its project belongs to, or the only one."""
    project = key.strip().rpartition("-")[0].casefold()
    known = [c for c in tracking.connections if c.project.casefold() == project]
    connection = known[0] if known else tracking.one()
    with tracking.site(connection, cancelled) as remote:
        return connection, remote.read_key(key.strip().upper())


def _ticket(action_id: str, connection: Connection, issue: "Issue") -> Ticket:
    """What is known of a ticket before its first sync."""
    return Ticket(
        action_id,
        connection.id,
        issue.ticket_id,
        issue.key,
        url=issue.url,
        status=issue.status,
        category=issue.category,
        resolution=issue.resolution,
    )


def take_in(tracking: "Tracking", cancelled: Event) -> None:
    """Reads what the tickets say, of one that was just linked, too; asks nothing, waits for
    nothing and sends nothing."""
    tracking.sync(
        agree=lambda question: False,
        wait=lambda until, *, for_site: False,
        progress=lambda what, done, total: None,
        cancelled=cancelled,
        push=False,
    )
