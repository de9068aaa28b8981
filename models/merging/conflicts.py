"""What both changed in different ways: where it is, and how it reads."""

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from models.document import Document
from models.domain.action import ActionItem
from models.domain.attachment import Attachment
from models.domain.incident import (
    Event,
    ImpactWindow,
    Incident,
    Measure,
    ResponseRecord,
    StatusUpdate,
    StepRecord,
)
from models.domain.moments import Moment
from models.domain.post_mortem import Comment, PostMortem, Review, Section
from models.domain.root import Relation, Root
from models.domain.whys import WhyTree
from models.merging.versions import Versions


@dataclass(frozen=True, slots=True)
class Conflict:
    """What both changed in different ways.

    ``place`` is what a comment's anchor is: the name of a section or field, or an id; ``label``
    says it in words ("Why 2.1, answer"). The three texts are shown side by side; "" is what was
    not there, or was taken away.
    """

    place: str
    label: str
    base: str
    mine: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a document and its name."""

    place: str
    label: str

    def field(self, kind: type, name: str) -> "Spot":
        """A field of the record that is here."""
        if kind is Document:
            return Spot("details" if name == "post_mortem" else name, "")
        said = name.replace("_", " ")
        label = f"{self.label}, {said}" if self.label else said.capitalize()
        return Spot(_SECTIONS.get((kind, name), self.place), label)

    def item(self, record: object, numbers: Mapping[str, str]) -> "Spot":
        """A record of the list that is here."""
        if isinstance(record, Incident):
            return Spot(self.place, numbers.get(record.id, ""))
        name = _NAMES.get(type(record), lambda _: self.label)(record)
        if isinstance(record, Relation):
            return Spot("relations", name)
        return Spot(getattr(record, "id", self.place), name)


@dataclass
class Findings:
    """The conflicts of one merge; of those in ``dropped`` the document holds only mine."""

    numbers: Mapping[str, str]
    conflicts: list[Conflict] = field(default_factory=list)
    dropped: list[Conflict] = field(default_factory=list)

    def drop(self, spot: Spot, three: Versions[object]) -> None:
        """Mine stays; theirs is to be kept beside the document."""
        self.keep(spot, three)
        self.dropped.append(self.conflicts[-1])

    def keep(self, spot: Spot, three: Versions[object]) -> None:
        """One of the two was a removal, and the document holds the other."""
        self.conflicts.append(Conflict(spot.place, spot.label, *three.each(words)))


def numbers_of(document: Document) -> dict[str, str]:
    """Node id -> address, and "Incident 2" where there are several."""
    incidents = document.post_mortem.incidents
    several = len(incidents) > 1
    named = {one.id: f"Incident {n}" for n, one in enumerate(incidents, 1) if several}
    return document.node_addresses() | named


def words(value: object) -> str:
    """A value as people read it, without ids."""
    if isinstance(value, str | bool | None):
        return value if isinstance(value, str) else ""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return "\n".join(f"{name}: {words(one)}" for name, one in value.items())
    if not dataclasses.is_dataclass(value):
        parts = value if isinstance(value, tuple) else [str(value)]
    else:
        names = [one.name for one in dataclasses.fields(value)]
        parts = [getattr(value, name) for name in names if name != "id"]
    gap = " " if isinstance(value, Moment) else "\n"
    return gap.join(filter(None, map(words, parts)))


def short(text: str) -> str:
    """The beginning of a text in quotation marks."""
    line = " ".join(text.split())
    return f"“{line[:47].rstrip()}…”" if len(line) > 48 else f"“{line}”"


_NAMES: dict[type, Callable[[Any], str]] = {
    WhyTree: lambda tree: f"Why tree, {tree.about}",
    Event: lambda event: f"Timeline, {short(event.text)}",
    Section: lambda section: f"Section {short(section.heading)}",
    ActionItem: lambda action: f"Action {action.ref or short(action.title)}",
    Root: lambda root: f"Root {short(root.title)}",
    Relation: lambda relation: f"Relation to {relation.ref}",
    Attachment: lambda attachment: f"File {short(attachment.name)}",
    Review: lambda review: f"Review, {review.role}",
    Comment: lambda comment: f"Comment {short(comment.text)}",
    Measure: lambda measure: f"Measure {short(measure.name)}",
    ImpactWindow: lambda _: "Impact window",
    StatusUpdate: lambda _: "Status update",
    StepRecord: lambda step: f"Response, step {step.step}",
    ResponseRecord: lambda response: f"Response, {response.framework}",
}
"""What a record is called."""

_SECTIONS: dict[tuple[type, str], str] = {
    **{
        (PostMortem, name): name.replace("_", " ")
        for name in ("title", "summary", "contributing_factors", "lessons", "whys", "tags")
    },
    **{(PostMortem, name): "reviews" for name in ("review_due", "review_meeting")},
    **{
        (Incident, name): name
        for name in ("trigger", "detection", "resolution", "impact", "timeline", "response")
    },
}
