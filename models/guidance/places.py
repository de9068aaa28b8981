"""What the places of a post-mortem are called, for comments on them."""

from collections.abc import Mapping

from models.completeness import section_key
from models.document import Document
from models.guidance.causes import called
from models.guidance.facts import shortened


def place_names(document: Document, headings: Mapping[str, str]) -> dict[str, str]:
    """A name for every place that a comment can stand on, by its anchor.

    ``headings`` are those of the sections, by key. A place inside a section ("impact/windows")
    that is not named here is called as the section is: see ``name_of``.
    """
    mortem = document.post_mortem
    names = dict(headings)
    names |= {own.id: own.heading for own in mortem.sections}
    names |= {section_key(own.id): own.heading for own in mortem.sections}
    names |= {id: f"why {address}" for id, address in document.node_addresses().items()}
    names |= {tree.id: "the problem of the whys" for tree in mortem.whys}
    for incident in mortem.incidents:
        names[incident.id] = incident.title or "the incident"
        for event in incident.timeline:
            names[event.id] = f"the event “{shortened(event.text, 60)}”"
    names |= {action.id: f"the action {called(action)}" for action in document.actions}
    names |= {file.id: f"the file {file.name}" for file in document.attachments}
    return names


def name_of(anchor: str, names: Mapping[str, str]) -> str:
    """What a place is called: its own name, else that of the section it is in."""
    if not anchor:
        return "the whole document"
    section, _, inner = anchor.partition("/")
    return names.get(anchor) or names.get(inner) or names.get(section) or anchor
