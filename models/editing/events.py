"""Changing the event log of an incident from the editor.

What the log says is edited in place, and the revisions keep what it said; a withdrawn entry leaves
together with the entries it corrected, so that none of them comes back into sight.
"""

import dataclasses
from collections.abc import Callable
from typing import Any

from models.document import Document
from models.domain.incident import Event
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


def _with_log(
    document: Document,
    incident_id: str,
    change: Callable[[tuple[Event, ...]], tuple[Event, ...]],
) -> Document:
    one = incident(document, incident_id)
    if one is None:
        return document
    return with_incident(document, incident_id, timeline=change(one.timeline))
