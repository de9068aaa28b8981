"""Which sections of a post-mortem are shown: those its template chose, and all that hold something.

A template never hides a word. Sections are named by their keys, as completeness names them.
"""

from collections.abc import Iterable

from models.document import Document
from models.domain.incident import Impact, Incident
from models.templates import Place, Template

KEYS = (
    "summary",
    "impact",
    "detection",
    "timeline",
    "response",
    "whys",
    "contributing factors",
    "lessons",
    "actions",
)
"""The sections that a template may leave out, in their usual order. Details, review and
attachments are always there, and custom sections are the document's own."""

_KEY_OF = {
    Place.TRIGGER: "details",
    Place.RESOLUTION: "detection",
    Place.WENT_WELL: "lessons",
    Place.WENT_WRONG: "lessons",
    Place.LUCKY: "lessons",
}


def key_of(place: Place) -> str:
    """The key of the section that shows a place of templates; "custom" for custom ones."""
    return _KEY_OF.get(place, place.value)


def chosen(template: Template) -> tuple[str, ...]:
    """The sections of a template in its order."""
    keys = (key_of(section.place) for section in template.sections)
    return tuple(dict.fromkeys(key for key in keys if key in KEYS))


def shown(document: Document, template: Template, also: Iterable[str] = ()) -> tuple[str, ...]:
    """The sections of the template in its order, then others that hold something, or ``also``."""
    first = chosen(template)
    others = {*holding(document), *also} - set(first)
    return (*first, *(key for key in KEYS if key in others))


def holding(document: Document) -> frozenset[str]:
    """The sections in which something stands, were it only a space."""
    mortem, lessons = document.post_mortem, document.post_mortem.lessons
    found = {key for incident in mortem.incidents for key in _of_incident(incident)}
    if mortem.summary:
        found.add("summary")
    if any(tree.problem or tree.nodes for tree in mortem.whys):
        found.add("whys")
    if mortem.contributing_factors:
        found.add("contributing factors")
    if lessons.went_well or lessons.went_wrong or lessons.lucky or lessons.text:
        found.add("lessons")
    if document.actions:
        found.add("actions")
    return frozenset(found)


def _of_incident(incident: Incident) -> Iterable[str]:
    if incident.impact != Impact():
        yield "impact"
    if incident.detection.text or incident.resolution:
        yield "detection"
    if incident.timeline:
        yield "timeline"
    if incident.response or incident.updates:
        yield "response"
