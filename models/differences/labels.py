"""What the records and fields of a document are called in a sentence."""

from collections.abc import Callable
from typing import Any

from models.differences.values import instant, name_of, words
from models.document import Document
from models.domain.action import ActionItem
from models.domain.attachment import Attachment
from models.domain.incident import (
    Event,
    Incident,
    Measure,
    ResponseRecord,
    RoleHolding,
    StatusUpdate,
    StepRecord,
)
from models.domain.post_mortem import Comment, Review, Section
from models.domain.root import Relation
from models.domain.whys import About

TREES = {
    About.OCCURRENCE: "Why did it happen?",
    About.DETECTION: "Why did we not see it sooner?",
    About.RESPONSE: "Why did it take so long to stop?",
}

_FIELDS = {
    "trigger.kind": "trigger",
    "trigger.text": "trigger in words",
    "detection.source": "detected by",
    "detection.text": "detection",
    "impact.text": "impact",
    "impact.windows": "window",
    "impact.measures": "measure",
    "lessons.text": "lessons",
    "historical": "historical",
    "aliases": "also known as",
}


def field_label(path: str) -> str:
    """A field by its path: "lessons.went_well" is "what went well"."""
    if path in _FIELDS:
        return _FIELDS[path]
    name = name_of(path.rpartition(".")[2])
    return f"what {name}" if name.startswith("went ") else name


class Labels:
    """Names of the records of one document, by their place in it. ``names`` are by id."""

    def __init__(self, document: Document) -> None:
        mortem = document.post_mortem
        self._incidents = {i.id: number for number, i in enumerate(mortem.incidents, 1)}
        self.names = {id: why_label(place) for id, place in document.node_addresses().items()}
        events = (event for incident in mortem.incidents for event in incident.timeline)
        self.names |= {event.id: self.of(event) for event in events}
        self.names |= {action.id: self.of(action) for action in document.actions}

    def of(self, record: Any) -> str:
        """What a record is called."""
        if isinstance(record, Incident):
            number = self._incidents[record.id]
            return f"Incident {number}" if len(self._incidents) > 1 else ""
        name = _LABELS.get(type(record))
        return name(record) if name else type(record).__name__


def _by_role(record: Review | Comment) -> str:
    kind = type(record).__name__
    return f"{kind} by {record.role}" if record.role else kind


def _update(update: StatusUpdate) -> str:
    return f"Status update of {instant(update.at)}" if update.at else "Status update"


def why_label(place: str) -> str:
    """A why by its address: "Why 2.1", "Why 1 (detection)"."""
    about, _, number = place.rpartition(":")
    return f"Why {number} ({about})" if about else f"Why {number}"


def short(text: str) -> str:
    """The first words of a name, in quotation marks."""
    text = " ".join(text.split())
    return f"“{text[:60].rstrip()}…”" if len(text) > 60 else f"“{text}”"


_LABELS: dict[type, Callable[[Any], str]] = {
    ActionItem: lambda action: f"Action {action.ref or short(action.title)}",
    Attachment: lambda file: f"File {short(file.name)}",
    Comment: _by_role,
    Event: lambda event: f"Event {words(event.moment)}",
    Measure: lambda measure: f"Measure {short(measure.name)}",
    Relation: lambda relation: f"{relation.kind.capitalize()} {relation.ref}",
    ResponseRecord: lambda record: f"Framework {record.framework}",
    Review: _by_role,
    RoleHolding: lambda holding: f"Role {short(holding.role)}",
    Section: lambda section: f"Section {short(section.heading)}",
    StatusUpdate: _update,
    StepRecord: lambda record: f"Step {record.step}",
}
