"""Places of a document: from what an edit, a conflict or a comment names to a section."""

from models.completeness import section_key
from models.document import Document
from models.domain.whys import walk

_PARTS = {
    "resolution": "detection",
    "trigger": "details",
    "incidents": "details",
    "title": "details",
    "tags": "details",
    "authors": "details",
    "facilitator": "details",
    "went well": "lessons",
    "went wrong": "lessons",
    "lucky": "lessons",
    "reviews": "review",
    "comments": "review",
    "roots": "whys",
    "relations": "review",
}
"""Fields that templates and records name, and the section that shows them."""


def section_of(place: str, document: Document) -> tuple[str, str]:
    """The key of the section that shows a place, and the anchor inside it.

    A place is "section", "section/anchor", a field's name, or the id of a node, event, custom
    section, action or file. ("", place) where nothing of the document has that id.
    """
    key, _, anchor = place.partition("/")
    known = _PARTS.get(key)
    if known is not None:
        return known, anchor or key
    if " " in place or place.isalpha() or anchor or key.startswith("section:"):
        return key, anchor
    return _section_of_id(place, document), place


def _section_of_id(id: str, document: Document) -> str:
    mortem = document.post_mortem
    if any(own.id == id for own in mortem.sections):
        return section_key(id)
    nodes = {node.id for tree in mortem.whys for _, node in walk(tree)}
    ids = {
        "details": {incident.id for incident in mortem.incidents},
        "timeline": {event.id for incident in mortem.incidents for event in incident.timeline},
        "response": {update.id for incident in mortem.incidents for update in incident.updates},
        "whys": nodes | {tree.id for tree in mortem.whys} | {root.id for root in document.roots},
        "review": {r.id for r in mortem.reviews} | {c.id for c in mortem.comments},
        "actions": {action.id for action in document.actions},
        "attachments": {file.id for file in document.attachments},
    }
    return next((key for key, known in ids.items() if id in known), "")
