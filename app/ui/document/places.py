"""Where on its page a hit stands: from the section that a snippet names to an anchor."""

from models.document import Document
from models.domain.incident import current_events
from models.domain.whys import About
from search.extract import clock

_ANCHORS = {
    "Summary": "summary",
    "Trigger": "trigger",
    "Impact": "impact",
    "Detection": "detection",
    "Resolution": "resolution",
    "Incident": "incident-1",
    "Timeline": "timeline",
    "Response": "response",
    "Status updates": "response",
    "Roles": "response",
    "Root": "whys",
    "Actions": "actions",
    "Contributing factors": "factors",
    "Lessons": "lessons",
    "Lessons, what went well": "went-well",
    "Lessons, what went wrong": "went-wrong",
    "Lessons, where we were lucky": "lucky",
    "Reviews": "reviews",
    "Comments": "comments",
    "Related": "relations",
}


def anchor_of(section: str, document: Document) -> str:
    """The anchor of a section as search names it ("5 Whys, 2.1"); "" for the beginning."""
    for number, own in enumerate(document.post_mortem.sections, 1):
        if own.heading == section:
            return f"section-{number}"
    name, _, place = section.partition(", ")
    if name == "Timeline" and place:
        return _event(place, document) or "timeline"
    if name == "5 Whys":
        return _why(place)
    if name == "Actions" and place not in ("", "new"):
        return f"actions-{place}"
    if name == "Attachments":
        names = [attachment.name for attachment in document.attachments]
        return f"attachment-{names.index(place) + 1}" if place in names else "attachments"
    return _ANCHORS.get(section) or _ANCHORS.get(name, "")


def _event(place: str, document: Document) -> str:
    """The first event that has this time, as search writes it."""
    incidents = document.post_mortem.incidents
    events = (event for one in incidents for event in current_events(one.timeline))
    return next((f"timeline-{event.id}" for event in events if clock(event) == place), "")


def _why(place: str) -> str:
    tree, _, number = place.rpartition(", ")
    if place in (About.DETECTION, About.RESPONSE):
        tree, number = place, ""
    if number in ("", "problem"):
        return f"whys-{tree}" if tree else "whys"
    return f"whys-{tree}:{number}" if tree else f"whys-{number}"
