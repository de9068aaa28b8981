"""The gates of a post-mortem: what each one finds missing, and going through it.

Gates advise. Whoever goes on although something is missing gives a reason; it is kept with the
date, the author and what was missing, in the history of the status.
"""

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass

from models.document import Document
from models.domain.histories import Change
from models.domain.incident import IncidentState, StateChange
from models.domain.post_mortem import Status, StatusChange
from models.editing.parts import incident as incident_of
from models.editing.parts import with_incident, with_text
from models.guidance.gaps import Gap
from models.guidance.guide import Gate, Guide
from models.guidance.reviewing import asked

_STATUS = {
    Gate.ASK_FOR_REVIEW: Status.IN_REVIEW,
    Gate.MARK_REVIEWED: Status.REVIEWED,
    Gate.CLOSE: Status.CLOSED,
}
_NEXT = {
    Status.DRAFT: Gate.ASK_FOR_REVIEW,
    Status.IN_REVIEW: Gate.MARK_REVIEWED,
    Status.REVIEWED: Gate.CLOSE,
}


def next_gate(document: Document) -> Gate | None:
    """The gate before a post-mortem; None where it is closed, or imported and outside gates."""
    mortem = document.post_mortem
    return None if mortem.historical else _NEXT.get(mortem.status)


def gate_to(status: Status) -> Gate | None:
    """The gate before a status; none before a draft."""
    return next((gate for gate, to in _STATUS.items() if to is status), None)


def checklist(
    gate: Gate, found: Iterable[Gap], guide: Guide, *, incident: str = ""
) -> tuple[Gap, ...]:
    """What a gate finds missing; of one ``incident`` (by id) alone where one is named."""
    needs = guide.gates[gate].needs
    return tuple(
        gap
        for gap in found
        if gap.rule in needs and (not incident or gap.incident in ("", incident))
    )


def through(
    document: Document,
    gate: Gate,
    change: Change,
    missing: Iterable[Gap] = (),
    *,
    incident: str = "",
) -> Document:
    """The document after a gate; ``change.reason`` is kept with what was ``missing``."""
    change = dataclasses.replace(
        change,
        at=change.at.replace(microsecond=0),
        reason=kept_reason(change.reason, missing),
    )
    if gate is Gate.RESOLVE:
        return _resolved(document, incident, change)
    if gate is Gate.ASK_FOR_REVIEW:
        document = asked(document, change.at)
    return with_status(document, _STATUS[gate], change)


def with_status(document: Document, status: Status, change: Change) -> Document:
    """With a status as of a change; nothing where it has it already."""
    mortem = document.post_mortem
    if mortem.status is status:
        return document
    entry = StatusChange(status, change.at, change.by, change.reason)
    return with_text(document, status=status, status_history=(*mortem.status_history, entry))


def _resolved(document: Document, incident_id: str, change: Change) -> Document:
    found = incident_of(document, incident_id)
    if found is None or found.state is IncidentState.RESOLVED:
        return document
    entry = StateChange(IncidentState.RESOLVED, change.at, change.role, change.reason)
    history = (*found.state_history, entry)
    return with_incident(document, incident_id, state=IncidentState.RESOLVED, state_history=history)


def kept_reason(reason: str, missing: Iterable[Gap]) -> str:
    """The reason with what was missing, as the history keeps it; "" where nothing was."""
    short = [gap.short for gap in missing]
    if not short:
        return reason.strip()
    told = reason.strip().rstrip(".")
    open_ = f"Still open: {', '.join(short)}."
    return f"{told}. {open_}" if told else open_


@dataclass(frozen=True, slots=True)
class Passing:
    """A gate that was passed, for the history that the review shows."""

    what: str
    change: Change


def passings(document: Document) -> tuple[Passing, ...]:
    """Every dated change of status, and of an incident's state, in the order of time."""
    mortem = document.post_mortem
    found = [
        Passing(entry.status.value, Change(entry.at, entry.by, "", entry.reason))
        for entry in mortem.status_history
    ]
    for number, incident in enumerate(mortem.incidents, 1):
        name = incident.title or (f"Incident {number}" if len(mortem.incidents) > 1 else "Incident")
        found += (
            Passing(f"{name} {entry.state}", Change(entry.at, "", entry.by_role, entry.reason))
            for entry in incident.state_history
        )
    return tuple(sorted(found, key=lambda passing: passing.change.at))
