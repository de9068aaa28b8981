"""Tickets that are in Jira already."""

from typing import TYPE_CHECKING, Any

import click

from app import ticketing
from app.cli.interrupts import cancelling
from app.cli.jira_asking import tracking_of
from app.cli.jira_sync import run
from app.cli.session import Session, command
from models.queries import actions, post_mortems

if TYPE_CHECKING:
    from integrations.jira.remote import Issue


@command("link", writes=True)
@click.argument("ref", metavar="A-31")
@click.argument("key", metavar="KEY")
def link(session: Session, ref: str, key: str) -> None:
    """Say that the ticket KEY is that of an action item; none is made for it any more.

    Where one of the two says nothing, the other fills it in; the state is Jira's.
    """
    item = actions.one(session.workspace.library, ref).action
    tracking = tracking_of(session)
    with cancelling() as cancelled:
        issue = ticketing.link(tracking, item.id, key, cancelled)
    run(session, push=False)
    session.answer(_linked(item.ref, issue), f"{item.ref}  {issue.key}  {issue.title}")


@command("import", writes=True)
@click.argument("key", metavar="KEY")
@click.option("--to", "ref", required=True, metavar="REF", help="The post-mortem it belongs to.")
def import_(session: Session, key: str, ref: str) -> None:
    """Make an action item of a post-mortem out of the ticket KEY."""
    home = post_mortems.resolve(session.workspace.library, ref)
    tracking = tracking_of(session)
    with cancelling() as cancelled:
        stored, issue = ticketing.bring_in(tracking, home, key, cancelled)
    run(session, push=False)
    session.answer(_linked(stored.ref, issue), f"{stored.ref}  {issue.key}  {issue.title}")


def _linked(ref: str, issue: "Issue") -> dict[str, Any]:
    return {
        "action": ref,
        "key": issue.key,
        "url": issue.url,
        "title": issue.title,
        "status": issue.status,
    }
