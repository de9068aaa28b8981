"""What is known of an action item's ticket and its sprints, and in which sprint it is wanted."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import click

from app.cli import output
from models import codec
from models.domain.action import ActionItem
from models.errors import InvalidInputError
from models.queries import tracking as queries
from models.store.library import Library
from models.tracking.board import BoardRow
from models.tracking.figures import is_left_out, known_sprints
from models.tracking.outbox import Entry, OutboxState
from models.tracking.sprints import Sprint, SprintState, Step
from models.tracking.tickets import Ticket


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts "jira", "sprint" and "outbox" of an action item as JSON data, and as text."""

    data: dict[str, Any]
    entries: list[tuple[str, str]]


def read(library: Library, action_id: str) -> Parts:
    """What there is to tell of an action item's ticket."""
    row = queries.board_row_of(library, action_id)
    ticket, entry = row.ticket, row.entry
    data = {
        "jira": _ticket(ticket),
        "sprint": _sprint(row),
        "outbox": _entry(entry),
        "conflicts": codec.encode(ticket.conflicts) if ticket else [],
    }
    return Parts(data, [*_ticket_text(row), *_waiting_text(entry)])


def left_out(library: Library, rows: Sequence[BoardRow]) -> list[str]:
    """The refs of what is ready and in no sprint although one began since."""
    connections = queries.connections(library)
    sprints = {c.id: known_sprints(rows, c.id, queries.listed(library, c.id)) for c in connections}
    only = connections[0].id if len(connections) == 1 else ""
    return [
        row.action.ref
        for row in rows
        if is_left_out(row, sprints.get(_connection(row) or only, ()), library.now())
    ]


def _connection(row: BoardRow) -> str:
    if row.ticket is not None:
        return row.ticket.connection
    return row.entry.connection if row.entry else ""


def _ticket(ticket: Ticket | None) -> dict[str, Any] | None:
    if ticket is None:
        return None
    return {
        "key": ticket.key,
        "url": ticket.url,
        "status": ticket.status,
        "category": ticket.category,
        "resolution": ticket.resolution,
        "visible": ticket.visible,
        "refused": ticket.refused,
        "seen_at": codec.encode(ticket.seen_at),
    }


def _sprint(row: BoardRow) -> dict[str, Any] | None:
    if row.ticket is None or row.position is None:
        return None
    return {
        "position": row.position.value,
        "id": row.sprint.id if row.sprint else None,
        "name": row.sprint.name if row.sprint else None,
        "board": row.sprint.board if row.sprint else None,
        "wanted": row.ticket.sprint,
        "carried_over": len(row.slips),
        "history": [_step(step) for step in row.steps],
    }


def _step(step: Step) -> dict[str, Any]:
    return {
        "sprint": step.sprint.name,
        "id": step.sprint.id,
        "at": codec.encode(step.at),
        "what": step.what.value,
    }


def _entry(entry: Entry | None) -> dict[str, Any] | None:
    if entry is None:
        return None
    return {
        "state": entry.state.value,
        "reason": entry.reason,
        "fields": list(entry.fields),
        "not_before": codec.encode(entry.not_before),
    }


def _ticket_text(row: BoardRow) -> list[tuple[str, str]]:
    ticket = row.ticket
    if ticket is None or row.position is None:
        return []
    ended = f" ({ticket.resolution})" if ticket.resolution else ""
    status = f"{ticket.key}  {ticket.status}{ended}" if ticket.visible else f"{ticket.key}  hidden"
    place = f"{row.position.value}{f' in {row.sprint.name}' if row.sprint else ''}"
    times = "once" if len(row.slips) == 1 else f"{len(row.slips)} times"
    slips = f", slipped {times}" if row.slips else ""
    steps = [f"{s.at:%Y-%m-%d}  {s.what.value}  {s.sprint.name}" for s in row.steps]
    clashes = [f"{c.field}: “{c.ours}” here, “{c.theirs}” in Jira" for c in ticket.conflicts]
    return [
        ("Jira", status),
        ("", ticket.url),
        ("Refused", ticket.refused),
        *(("Decide", clash) for clash in clashes),
        ("Sprint", place + slips),
        *(("", step) for step in steps),
    ]


def _waiting_text(entry: Entry | None) -> list[tuple[str, str]]:
    if entry is None or entry.state is OutboxState.SYNCED:
        return []
    return [("On its way", f"{entry.state.value}  {entry.reason}".strip())]


def sprint_id(library: Library, item: ActionItem, words: str, *, yes: bool) -> tuple[str, bool]:
    """The id of the sprint that somebody means, "" for the backlog, and whether they agreed that
    a running one is changed.

    One that runs, as far as is known, is asked about first; where nobody can be asked, the sync
    does it. Raises ``InvalidInputError`` for a name that no sprint or several have, and where
    somebody says no.
    """
    row = queries.board_row_of(library, item.id)
    own = _connection(row)
    known: dict[int, Sprint] = {}
    for connection in queries.connections(library):
        if own in ("", connection.id):
            for ticket in queries.tickets_of(library, connection.id):
                known |= {s.id: s for s in (ticket.seen.every_sprint if ticket.seen else ())}
            known |= {s.id: s for s in queries.listed(library, connection.id)}
    wanted, inside = _meant(words.strip(), known), row.sprint
    target = known.get(int(wanted)) if wanted else None
    running = [s for s in (inside, target) if s is not None and s.state is SprintState.ACTIVE]
    return wanted, yes or (bool(running) and _is_agreed(item, running[-1]))


def _meant(words: str, known: dict[int, Sprint]) -> str:
    if words.isdecimal() or words.casefold() in ("", "backlog"):
        return words if words.isdecimal() else ""
    named = [str(s.id) for s in known.values() if s.name.casefold() == words.casefold()]
    if len(named) == 1:
        return named[0]
    what = "Several sprints are" if named else "No known sprint is"
    raise InvalidInputError(
        f"{what} called {words!r}.", advice="Name it by its id in Jira, for example sprint=44"
    )


def _is_agreed(item: ActionItem, sprint: Sprint) -> bool:
    if not output.on_a_terminal():
        output.note(f"{sprint.name} is running: the sync asks before it changes what is in it.")
        return False
    question = f"{sprint.name} is running. Change what is in it?"
    if click.confirm(question, default=False, err=True):
        return True
    raise InvalidInputError(
        f"{sprint.name} is running, and nobody agreed to change what is in it.",
        kept=f"{item.ref} was not changed.",
    )
