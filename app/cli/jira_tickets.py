"""Tickets that are in Jira already."""

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from app.cli.interrupts import cancelling
from app.cli.jira_asking import ask_token
from app.cli.jira_sync import run
from app.cli.session import Session, command
from app.tracking import Tracking
from models.commands import linking
from models.document import new_id
from models.domain.action import ActionItem, ActionState
from models.queries import actions, post_mortems
from models.tracking.connections import Connection
from models.tracking.tickets import Ticket

if TYPE_CHECKING:
    from integrations.jira.remote import Issue


@command("link", writes=True)
@click.argument("ref", metavar="A-31")
@click.argument("key", metavar="KEY")
def link(session: Session, ref: str, key: str) -> None:
    """Say that the ticket KEY is that of an action item; none is made for it any more.

    Where one of the two says nothing, the other fills it in; the state is Jira's.
    """
    workspace = session.workspace
    item = actions.one(workspace.library, ref).action
    connection, issue = _read(session, key)
    linking.link_ticket(workspace.library, _ticket(item.id, connection, issue), workspace.actor)
    run(session, push=False)
    session.answer(_linked(item.ref, issue), f"{item.ref}  {issue.key}  {issue.title}")


@command("import", writes=True)
@click.argument("key", metavar="KEY")
@click.option("--to", "ref", required=True, metavar="REF", help="The post-mortem it belongs to.")
def import_(session: Session, key: str, ref: str) -> None:
    """Make an action item of a post-mortem out of the ticket KEY."""
    from integrations.jira.syncing.seeing import their_fields

    workspace = session.workspace
    home = post_mortems.resolve(workspace.library, ref)
    connection, issue = _read(session, key)
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
    stored = linking.import_ticket(workspace.library, home, item, ticket, workspace.actor)
    run(session, push=False)
    session.answer(_linked(stored.ref, issue), f"{stored.ref}  {issue.key}  {issue.title}")


def _read(session: Session, key: str) -> "tuple[Connection, Issue]":
    """A ticket by its key, and the connection that its project belongs to, or the only one."""
    tracking = Tracking(session.workspace, ask_token)
    project = key.strip().rpartition("-")[0].casefold()
    known = [c for c in tracking.connections if c.project.casefold() == project]
    connection = known[0] if known else tracking.one()
    with cancelling() as cancelled:
        remote = tracking.open(connection, cancelled)
        try:
            return connection, remote.read_key(key.strip().upper())
        finally:
            remote.close()


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


def _linked(ref: str, issue: "Issue") -> dict[str, Any]:
    return {
        "action": ref,
        "key": issue.key,
        "url": issue.url,
        "title": issue.title,
        "status": issue.status,
    }
