"""Changing the event log of an incident from the editor.

What the log says is edited in place, and the revisions keep what it said; a withdrawn entry leaves
together with the entries it corrected, so that none of them comes back into sight.
"""

import dataclasses
from collections.abc import Callable
from typing import Any

from models.document import Document
from models.domain.incident import Event, Incident, IncidentState, current_events
from models.domain.moments import Moment
from models.editing.parts import incident, with_incident


def add_event(document: Document, incident_id: str, event: Event) -> Document:
    """With one more entry in the log of an incident."""
    return _with_log(document, incident_id, lambda log: (*log, event))


def change_event(document: Document, incident_id: str, event_id: str, **fields: Any) -> Document:
    """With fields of one entry changed."""

    def changed(log: tuple[Event, ...]) -> tuple[Event, ...]:
        return tuple(
            dataclasses.replace(event, **fields) if event.id == event_id else event for event in log
        )

    return _with_log(document, incident_id, changed)


def remove_event(document: Document, incident_id: str, event_id: str) -> Document:
    """Without an entry and without those it corrected."""

    def left(log: tuple[Event, ...]) -> tuple[Event, ...]:
        corrected = {event.id: event.corrects for event in log}
        gone: set[str] = set()
        at: str | None = event_id
        while at is not None and at not in gone:
            gone.add(at)
            at = corrected.get(at)
        return tuple(event for event in log if event.id not in gone)

    return _with_log(document, incident_id, left)


def day_of(incident: Incident, event: Event) -> Moment | None:
    """The moment whose day a time of an entry belongs to that is typed without one.

    Its own as long as that is a day of the incident, else the incident's first: an entry that is
    begun days later, at the present minute, tells of then.
    """
    times = incident.times
    moments = [times.onset, times.detected, times.acknowledged, times.mitigated, times.resolved]
    moments += [other.moment for other in incident.timeline if other.id != event.id]
    known = {
        moment.at: moment for moment in moments if moment is not None and moment.at is not None
    }
    own = event.moment if event.at is not None else None
    if not known or (own is not None and incident.state is IncidentState.LIVE):
        return own
    first, last = min(known), max(known)
    if event.at is not None and first.date() <= event.at.date() <= last.date():
        return own
    return known[first]


def beside(incident: Incident, event: Event) -> tuple[Moment, ...]:
    """The moments around an entry, the entry above it first: whose zone its time is typed in."""
    log = current_events(incident.timeline)
    place = next((n for n, other in enumerate(log) if other.id == event.id), len(log))
    times = (incident.times.onset, incident.times.detected)
    above = [other.moment for other in reversed(log[:place])]
    below = [other.moment for other in log[place + 1 :]]
    return (*above, *(moment for moment in times if moment is not None), *below)


def _with_log(
    document: Document,
    incident_id: str,
    change: Callable[[tuple[Event, ...]], tuple[Event, ...]],
) -> Document:
    one = incident(document, incident_id)
    if one is None:
        return document
    return with_incident(document, incident_id, timeline=change(one.timeline))
