"""What was so at a time: the dated facts inside an aggregate."""

import dataclasses
from datetime import datetime
from operator import attrgetter
from typing import TypeVar

from models.domain.incident import Incident, SeverityChange, StateChange, occurred
from models.domain.post_mortem import PostMortem, Status, StatusChange

T = TypeVar("T")
_when = attrgetter("at")


@dataclasses.dataclass(frozen=True, slots=True)
class Change:
    """When and by whom something is changed; ``reason`` says why a gate was passed over."""

    at: datetime
    by: str = ""
    role: str = ""
    reason: str = ""


def severity_at(incident: Incident, at: datetime) -> str:
    """The severity as of a time, or "" where it was not set yet.

    Where nothing is dated (an imported incident), it has always been what it is.
    """
    known = [change for change in incident.severity_history if change.at <= at]
    if known:
        return sorted(known, key=_when)[-1].severity
    return "" if incident.severity_history else incident.severity


def status_at(post_mortem: PostMortem, at: datetime) -> Status | None:
    """The status as of a time, or None where nothing is dated that early."""
    known = [change for change in post_mortem.status_history if change.at <= at]
    return sorted(known, key=_when)[-1].status if known else None


def begun(post_mortem: PostMortem, change: Change) -> PostMortem:
    """A new aggregate with the first entry of its histories, where it brings none."""
    change = dataclasses.replace(change, at=_second(change.at))
    history = post_mortem.status_history or (
        StatusChange(post_mortem.status, change.at, change.by, change.reason),
    )
    return dataclasses.replace(
        post_mortem,
        status_history=history,
        incidents=tuple(_begun(incident, change) for incident in post_mortem.incidents),
    )


def _begun(incident: Incident, change: Change) -> Incident:
    if not incident.severity or incident.severity_history:
        return incident
    first = SeverityChange(incident.severity, _began(incident, change.at), change.role)
    return dataclasses.replace(incident, severity_history=(first,))


def _began(incident: Incident, known_since: datetime) -> datetime:
    """From when a first severity holds: the incident's beginning, where that is known."""
    moment = occurred(incident)
    return known_since if moment is None or moment.at is None else min(moment.at, known_since)


def grown(
    after: PostMortem, before: PostMortem, change: Change, *, known_since: datetime
) -> PostMortem:
    """``after`` with the histories of ``before`` and an entry for each status, state and severity
    that differs. Histories only grow; what was never dated held since ``known_since``.
    """
    change = dataclasses.replace(change, at=_second(change.at))
    known_since = _second(known_since)
    history = _joined(before.status_history, after.status_history)
    if after.status is not before.status and len(history) == len(before.status_history):
        first = (StatusChange(before.status, known_since),)
        new = StatusChange(after.status, change.at, change.by, change.reason)
        history = (*(history or first), new)
    known = {incident.id: incident for incident in before.incidents}
    return dataclasses.replace(
        after,
        status_history=history,
        incidents=tuple(
            _grown(incident, known[incident.id], change, known_since)
            if incident.id in known
            else _begun(incident, change)
            for incident in after.incidents
        ),
    )


def _grown(incident: Incident, before: Incident, change: Change, known_since: datetime) -> Incident:
    history = _joined(before.severity_history, incident.severity_history)
    if incident.severity != before.severity and len(history) == len(before.severity_history):
        if before.severity and not history:
            history = (SeverityChange(before.severity, _began(before, known_since)),)
        history = (*history, SeverityChange(incident.severity, change.at, change.role))
    states = _joined(before.state_history, incident.state_history)
    if incident.state is not before.state and len(states) == len(before.state_history):
        states = (*states, StateChange(incident.state, change.at, change.role))
    return dataclasses.replace(incident, severity_history=history, state_history=states)


def _second(at: datetime) -> datetime:
    """People read and write these times; a fraction of a second says nothing to them."""
    return at.replace(microsecond=0)


def _joined(was: tuple[T, ...], now: tuple[T, ...]) -> tuple[T, ...]:
    return (*was, *(entry for entry in now if entry not in was))
