"""Tickets that were there before: one becomes an action item's, or an action item itself."""

from dataclasses import replace

from models.commands.tracking import JIRA, require_unsent
from models.domain.action import ActionItem
from models.errors import InvalidInputError
from models.store import actions, links, post_mortems, tickets, tracking
from models.store.library import Actor, Library, UnitOfWork
from models.store.links import Link, LinkKind
from models.store.revisions import writing
from models.tracking.outbox import Entry, OutboxState
from models.tracking.tickets import Ticket


def link_ticket(library: Library, ticket: Ticket, actor: Actor) -> None:
    """Says that an action item has this ticket, which was made by somebody else."""
    with writing(library, actor) as uow:
        _link(uow, actions.find(uow.connection, ticket.action_id), ticket)


def import_ticket(
    library: Library, post_mortem_id: str, item: ActionItem, ticket: Ticket, actor: Actor
) -> ActionItem:
    """Makes an action item of a post-mortem out of a ticket, and returns it with its ref."""
    with writing(library, actor, JIRA) as uow:
        post_mortems.load(uow.connection, post_mortem_id)
        stored = actions.put(uow, item)
        links.add(uow, Link(LinkKind.ACTION, post_mortem_id, item.id))
        _link(uow, stored, ticket)
        return stored


def _link(uow: UnitOfWork, item: ActionItem, ticket: Ticket) -> None:
    require_unsent(uow, item)
    sites = {c.id: c.site for c in tracking.connections(uow.connection)}
    for other in tickets.holders(uow.connection, ticket.ticket_id):
        if sites.get(other.connection) == sites.get(ticket.connection):
            known = actions.load(uow.connection, [other.action_id], deleted=True)
            raise InvalidInputError(
                f"{ticket.key} is the ticket of {known[other.action_id].ref} already.",
                kept="Nothing was changed.",
            )
    entry = tracking.entry(uow.connection, item.id) or Entry(item.id, uow.now)
    tracking.put_entry(
        uow,
        replace(
            entry,
            state=OutboxState.SYNCED,
            connection=ticket.connection,
            ticket_id=ticket.ticket_id,
            ticket_key=ticket.key,
            not_before=None,
            reason="",
            fields=(),
        ),
    )
    tickets.observe(uow, ticket, None)
