"""Answering what a tracker asks for before it makes a ticket, or lets one take a step."""

from collections.abc import Mapping
from dataclasses import replace

from models.errors import InvalidInputError
from models.store import tickets, tracking
from models.store.library import Actor, Library
from models.tracking import outbox
from models.tracking.outbox import NEEDS_ATTENTION


def mend(
    library: Library, action_id: str, values: Mapping[str, object], actor: Actor, *, for_all: bool
) -> None:
    """Answers what a tracker refused with values for fields of the ticket (JSON, by field id).

    ``for_all`` gives them to every ticket of its project from now on.
    """
    with library.unit_of_work(actor) as uow:
        entry = tracking.entry(uow.connection, action_id)
        if entry is None or not (entry.is_harmless or entry.state in NEEDS_ATTENTION):
            raise InvalidInputError(
                "This action item is not waiting for an answer.", kept="Nothing was changed."
            )
        project = next(
            (c for c in tracking.connections(uow.connection) if c.id == entry.connection), None
        )
        if for_all and project is not None:
            changed = replace(project, fields=project.fields | dict(values))
            tracking.put_connection(uow, changed)
            uow.log("connection", project.id)
            tracking.try_again(uow, project.id)
            entry = tracking.entry(uow.connection, action_id) or entry
        else:
            entry = replace(entry, values=entry.values | dict(values))
        if entry.state in NEEDS_ATTENTION:
            entry = outbox.mended(entry)
        tracking.put_entry(uow, entry)
        uow.log("ticket", action_id, field="outbox")


def answer(library: Library, action_id: str, answers: Mapping[str, str], actor: Actor) -> None:
    """Gives words for fields that a step of a ticket's workflow asked for, by their names."""
    with library.unit_of_work(actor) as uow:
        ticket = tickets.load(uow.connection, [action_id]).get(action_id)
        if ticket is None or not ticket.wants:
            raise InvalidInputError(
                "This action item is not waiting for an answer.", kept="Nothing was changed."
            )
        given = ticket.answers | dict(answers)
        mended = replace(ticket, answers=given, refused="", refused_fields=(), wants=())
        tickets.put(uow, mended, known=True)
        uow.log("ticket", action_id, field="answers")
