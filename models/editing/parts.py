"""Changing one part of a document, the rest shared with what it was."""

import dataclasses
from typing import Any

from models.document import Document, new_id
from models.domain.incident import Incident, IncidentState, Times
from models.domain.post_mortem import Comment


def with_text(document: Document, **fields: Any) -> Document:
    """With fields of the post-mortem changed."""
    mortem = dataclasses.replace(document.post_mortem, **fields)
    return (
        document
        if mortem == document.post_mortem
        else dataclasses.replace(document, post_mortem=mortem)
    )


def with_lessons(document: Document, **fields: str) -> Document:
    """With fields of the lessons changed."""
    return with_text(document, lessons=dataclasses.replace(document.post_mortem.lessons, **fields))


def with_comment(document: Document, comment: Comment) -> Document:
    """With a remark, in place of the one that has its id."""
    kept = (one for one in document.post_mortem.comments if one.id != comment.id)
    return with_text(document, comments=(*kept, comment))


def without_comment(document: Document, comment_id: str) -> Document:
    """Without the remark of an id."""
    kept = tuple(one for one in document.post_mortem.comments if one.id != comment_id)
    return with_text(document, comments=kept)


def incident(document: Document, incident_id: str) -> Incident | None:
    """The incident of an id."""
    return next((i for i in document.post_mortem.incidents if i.id == incident_id), None)


def with_incident(document: Document, incident_id: str, **fields: Any) -> Document:
    """With fields of one incident changed; nothing where it is not there any more."""
    incidents = tuple(
        dataclasses.replace(one, **fields) if one.id == incident_id else one
        for one in document.post_mortem.incidents
    )
    return with_text(document, incidents=incidents)


def with_times(document: Document, incident_id: str, times: Times) -> Document:
    """With the times of an incident; it is live no more once it is said when that ended.

    That it is resolved is said by its all clear alone.
    """
    found = incident(document, incident_id)
    if found is None:
        return document
    is_over = times.mitigated is not None or times.resolved is not None
    is_live = found.state is IncidentState.LIVE
    state = IncidentState.MITIGATED if is_over and is_live else found.state
    return with_incident(document, incident_id, times=times, state=state)


def with_new_incident(document: Document) -> Document:
    """With one more incident, of which nothing is said yet."""
    new = Incident(new_id(), state=IncidentState.LIVE)
    return with_text(document, incidents=(*document.post_mortem.incidents, new))


def without_incident(document: Document, incident_id: str) -> Document:
    """With one incident less; the last one stays."""
    left = tuple(one for one in document.post_mortem.incidents if one.id != incident_id)
    return with_text(document, incidents=left) if left else document
