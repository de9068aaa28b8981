"""What the places of a document are called where a comment names its own."""

from integrations.export.wording import clock_words
from integrations.markdown.blocks import plain
from models.completeness import section_key
from models.document import Document
from models.domain.whys import About

_SECTIONS = {
    "details": "Details",
    "summary": "Summary",
    "impact": "Impact",
    "detection": "Detection",
    "timeline": "Timeline",
    "response": "Response",
    "whys": "5 Whys",
    "contributing factors": "Contributing factors",
    "lessons": "Lessons",
    "actions": "Actions",
    "": "The whole document",
}
_LONGEST = 60


def place_names(document: Document) -> dict[str, str]:
    """Anchor -> what people call that place."""
    mortem = document.post_mortem
    names = dict(_SECTIONS)
    names |= {section_key(own.id): own.heading or "Section" for own in mortem.sections}
    names |= {tree.id: _problem(tree.about) for tree in mortem.whys}
    names |= {id: f"Why {where}" for id, where in document.node_addresses().items()}
    for incident in mortem.incidents:
        for event in incident.timeline:
            when = clock_words(event.moment) if event.at else event.written
            names[event.id] = _short(f"Event {when} {plain(event.text)}")
    names |= {a.id: f"Action {a.ref or _short(a.title)}" for a in document.actions}
    return names


def _problem(about: About) -> str:
    return "5 Whys" if about is About.OCCURRENCE else f"5 Whys of {about}"


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1].rstrip()}…"
