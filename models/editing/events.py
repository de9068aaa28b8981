"""Changing the event log of an incident from the editor.

What the log says is edited in place, and the revisions keep what it said; a withdrawn entry leaves
together with the entries it corrected, so that none of them comes back into sight.
"""

import dataclasses
from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from typing import Any

from models.document import Document, new_id
from models.domain.incident import Event, Evidence, Incident, IncidentState, current_events
from models.domain.moments import Moment, exactly
from models.domain.whys import WhyNode
from models.editing.parts import incident, with_incident, with_text

_PLAIN = "note"
"""The kind of an entry that says nothing about it."""


def begun_event(
    now: datetime, role: str, at: Moment | None = None, *, kind: str = _PLAIN, text: str = ""
) -> Event:
    """An entry that somebody in a role begins to write ``now``; ``at`` this minute by default."""
    minute = now.replace(second=0, microsecond=0)
    at = at or exactly(minute)
    return Event(
        new_id(),
        at.at,
        at.zone,
        at.precision,
        recorded_at=minute,
        by_role=role,
        kind=kind,
        text=text,
    )


def add_event(document: Document, incident_id: str, event: Event) -> Document:
    """With one more entry in the log of an incident."""
    return _with_log(document, incident_id, lambda log: (*log, event))


def add_events(document: Document, incident_id: str, events: Iterable[Event]) -> Document:
    """With more entries in the log of an incident."""
    return _with_log(document, incident_id, lambda log: (*log, *events))


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


def star_events(
    document: Document, incident_id: str, ids: Collection[str], *, starred: bool
) -> Document:
    """With some entries starred, or not."""

    def changed(log: tuple[Event, ...]) -> tuple[Event, ...]:
        return tuple(
            dataclasses.replace(event, starred=starred) if event.id in ids else event
            for event in log
        )

    return _with_log(document, incident_id, changed)


def merge_events(document: Document, incident_id: str, ids: Collection[str]) -> Document:
    """With some entries told as one, the first of them; nothing where they are less than two.

    It has the words of all, each with its time where that is another one, and all their sources.
    What names one of the others as its evidence names it from now on.
    """
    one = incident(document, incident_id)
    shown = current_events(one.timeline) if one else ()
    merged = [event for event in shown if event.id in ids]
    if len(merged) < 2:
        return document
    first, others = merged[0], merged[1:]
    kinds = [event.kind for event in merged if event.kind != _PLAIN]
    whole = dataclasses.replace(
        first,
        text="\n\n".join(filter(None, (_dated(event, first) for event in merged))),
        kind=kinds[0] if kinds else first.kind,
        evidence=tuple(dict.fromkeys(source for event in merged for source in event.evidence)),
        starred=any(event.starred for event in merged),
    )
    for event in others:
        document = remove_event(document, incident_id, event.id)
    gone = {event.id for event in others}
    fields = {field.name: getattr(whole, field.name) for field in dataclasses.fields(whole)}
    document = change_event(document, incident_id, first.id, **fields)
    return _pointing(document, gone, first.id)


def _dated(event: Event, first: Event) -> str:
    """The words of an entry, with its time where the merged one has another."""
    text = event.text.strip()
    if event.moment == first.moment:
        return text
    told = event.written or (f"{event.at:%Y-%m-%d %H:%M:%S} UTC" if event.at else "")
    if event.at is not None and first.at is not None and event.at.date() == first.at.date():
        told = f"{event.at:%H:%M:%S} UTC".replace(":00 UTC", " UTC")
    return f"{told}: {text}" if told else text


def _pointing(document: Document, gone: Collection[str], kept: str) -> Document:
    """The document with evidence that names a removed entry naming another one."""

    def mended(evidence: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
        return tuple(
            dataclasses.replace(one, target=kept)
            if one.kind == "event" and one.target in gone
            else one
            for one in evidence
        )

    def node(why: WhyNode) -> WhyNode:
        return dataclasses.replace(
            why, evidence=mended(why.evidence), children=tuple(map(node, why.children))
        )

    mortem = document.post_mortem
    whys = tuple(
        dataclasses.replace(tree, nodes=tuple(map(node, tree.nodes))) for tree in mortem.whys
    )
    incidents = tuple(
        dataclasses.replace(
            one,
            timeline=tuple(
                dataclasses.replace(event, evidence=mended(event.evidence))
                for event in one.timeline
            ),
        )
        for one in mortem.incidents
    )
    return with_text(document, whys=whys, incidents=incidents)


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
