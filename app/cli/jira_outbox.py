"""What waits for Jira or has to be mended, and how it is mended."""

from collections.abc import Mapping, Sequence
from typing import Any

import click

from app import answering
from app.cli import output
from app.cli.interrupts import cancelling
from app.cli.jira_asking import tracking_of
from app.cli.session import Session, command
from models import codec
from models.commands import tracking as commands
from models.domain.action import ActionItem
from models.errors import InvalidInputError
from models.queries import actions
from models.queries import tracking as queries
from models.tracking.fields import OUT
from models.tracking.outbox import NEEDS_ATTENTION, UNFINISHED, Entry
from models.tracking.screens import CreateField
from models.tracking.tickets import Ticket


@command("outbox")
def outbox(session: Session) -> None:
    """List what is on its way to Jira, and what has to be mended before it goes on."""
    library = session.workspace.library
    entries = queries.outbox(library, UNFINISHED)
    refused = [ticket for ticket in queries.tickets(library).values() if ticket.refused]
    ids = [*(one.action_id for one in entries), *(one.action_id for one in refused)]
    items = queries.items(library, ids)
    projects = {c.id: c.project for c in queries.connections(library, removed=True)}
    projects |= {c.id: c.project for c in queries.connections(library)}
    found = [
        *(_entry(one, items[one.action_id], projects) for one in entries),
        *(_refused(one, items[one.action_id], projects) for one in refused),
    ]
    headings = ("ACTION", "STATE", "PROJECT", "KEY", "TITLE", "REASON")
    rows = [tuple(one[name.casefold()] for name in headings) for one in found]
    text = output.table(headings, rows, giving_way=("PROJECT", "KEY", "TITLE"))
    hints = [how_to_answer(one["action"], [w["name"] for w in one["wants"]]) for one in found]
    lines = [text, *filter(None, hints)] if found else ["Nothing waits."]
    session.answer({"entries": found}, "\n".join(lines))


def _entry(entry: Entry, item: ActionItem, projects: Mapping[str, str]) -> dict[str, Any]:
    return {
        "action": item.ref,
        "title": item.title,
        "state": entry.state.value,
        "project": projects.get(entry.connection, ""),
        "key": entry.ticket_key,
        "reason": entry.reason,
        "fields": list(entry.fields),
        "wants": _wants(entry.wants),
        "queued_at": codec.encode(entry.queued_at),
        "not_before": codec.encode(entry.not_before),
        "attention": entry.state in NEEDS_ATTENTION,
    }


def _refused(ticket: Ticket, item: ActionItem, projects: Mapping[str, str]) -> dict[str, Any]:
    """A ticket that did not take a change, beside what has none yet."""
    return {
        "action": item.ref,
        "title": item.title,
        "state": "refused",
        "project": projects.get(ticket.connection, ""),
        "key": ticket.key,
        "reason": ticket.refused,
        "fields": list(ticket.refused_fields),
        "wants": _wants(ticket.wants),
        "queued_at": None,
        "not_before": None,
        "attention": True,
    }


def _wants(fields: Sequence[CreateField]) -> list[dict[str, Any]]:
    return [
        {
            "id": one.id,
            "name": one.name,
            "kind": one.kind,
            "choices": [choice.name for choice in one.choices],
        }
        for one in fields
    ]


def how_to_answer(ref: str, names: Sequence[str]) -> str:
    """The command that gives what is asked for; "" where nothing is."""
    fields = " ".join(f'"{name}=..."' for name in names)
    return f"Give it what it asks for with: afterwhy jira answer {ref} {fields}" if names else ""


_NAMES = {
    "summary": "title",
    "due date": "due",
    "duedate": "due",
    "assignee": "owner",
    "status": "state",
}
"""What Jira calls our fields."""


@command("resolve", writes=True)
@click.argument("ref", metavar="A-31")
@click.argument("field", metavar="FIELD")
@click.option("--keep", type=click.Choice(["ours", "theirs"]), required=True, help="Which stands.")
def resolve(session: Session, ref: str, field: str, keep: str) -> None:
    """Settle a FIELD that says something else here and in Jira; the next sync tells the other side.

    Fields: title, priority, due, owner, sprint, state.
    """
    workspace = session.workspace
    name = _NAMES.get(field.strip().casefold(), field.strip().casefold())
    item = actions.one(workspace.library, ref).action
    if name not in OUT:
        raise InvalidInputError(
            f"There is no field {field!r} to decide about.", advice=f"There are: {', '.join(OUT)}."
        )
    ticket = queries.tickets(workspace.library, [item.id]).get(item.id)
    found = [c for c in ticket.conflicts if c.field == name] if ticket else []
    ours = keep == "ours"
    commands.decide(workspace.library, item.id, name, workspace.actor, keep_ours=ours)
    value = found[0].ours if ours else found[0].theirs
    data = {"action": item.ref, "field": name, "kept": keep, "value": value}
    session.answer(data, f"{item.ref}  {name}: {value or '(empty)'}")


@command("answer", writes=True)
@click.argument("ref", metavar="A-31")
@click.argument("values", nargs=-1, required=True, metavar="FIELD=VALUE...")
@click.option("--always", is_flag=True, help="Give them to every ticket of the project.")
def answer(session: Session, ref: str, values: tuple[str, ...], *, always: bool) -> None:
    """Give a ticket that Jira refused the fields it asks for, for example: "Team=Payments".

    Also what a step of its workflow asks for. The next sync tries it again.
    """
    workspace = session.workspace
    item = actions.one(workspace.library, ref).action
    tracking = tracking_of(session)
    with cancelling() as cancelled:
        found = answering.answer(
            tracking, item.id, pairs(values), for_all=always, cancelled=cancelled
        )
    session.answer(
        {"action": item.ref, "fields": found}, f"{item.ref}  is tried again with the next sync."
    )


def pairs(values: Sequence[str]) -> dict[str, str]:
    """NAME=VALUE as people type them."""
    if any("=" not in value for value in values):
        raise click.UsageError('Write a field as NAME=VALUE, for example "Team=Payments".')
    return {name.strip(): text.strip() for name, _, text in (v.partition("=") for v in values)}
