"""The post-mortem: the document about one incident or several."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from models.domain.incident import Incident, occurred
from models.domain.moments import Moment
from models.domain.whys import WhyTree


class Status(StrEnum):
    """Where the document stands. Gates between them advise and never block."""

    DRAFT = "Draft"
    IN_REVIEW = "In review"
    REVIEWED = "Reviewed"
    CLOSED = "Closed"


@dataclass(frozen=True, slots=True)
class StatusChange:
    """The status as it was set at an instant (UTC); ``reason`` where a gate was overridden."""

    status: Status
    at: datetime
    by: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Lessons:
    """What was learned, as Markdown."""

    went_well: str = ""
    went_wrong: str = ""
    lucky: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A custom section: its own heading and free Markdown."""

    id: str
    heading: str
    markdown: str = ""


@dataclass(frozen=True, slots=True)
class Review:
    """A review that was asked for and, perhaps, answered (times in UTC)."""

    id: str
    role: str
    asked_at: datetime | None = None
    decision: str = ""
    decided_at: datetime | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Comment:
    """A remark on a place. ``anchor`` is a section's name or the id of a node or event."""

    id: str
    anchor: str
    text: str
    role: str = ""
    at: datetime | None = None
    resolved: bool = False


@dataclass(frozen=True, slots=True)
class PostMortem:
    """The aggregate that is stored whole. Prose fields are Markdown.

    Actions, roots, relations and attachments cross documents and are stored beside it
    (``models.document.Document`` brings them together). ``historical`` ones (imported) stay
    outside gates, overdue counts and reminders. ``aliases`` are old ids, URLs and paths.
    ``source_labels`` are headings, titles of columns and remarks on the times of an imported
    source, in its own words, where the record says the same by its structure.
    """

    id: str
    title: str
    status: Status = Status.DRAFT
    status_history: tuple[StatusChange, ...] = ()
    historical: bool = False
    template: str = ""
    authors: tuple[str, ...] = ()
    facilitator: str = ""
    summary: str = ""
    incidents: tuple[Incident, ...] = ()
    whys: tuple[WhyTree, ...] = ()
    contributing_factors: str = ""
    lessons: Lessons = Lessons()
    sections: tuple[Section, ...] = ()
    review_due: date | None = None
    review_meeting: datetime | None = None
    reviews: tuple[Review, ...] = ()
    comments: tuple[Comment, ...] = ()
    tags: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    source_labels: tuple[str, ...] = ()


def occurred_at(post_mortem: PostMortem) -> Moment | None:
    """When the first of its incidents happened."""
    moments = [m for m in map(occurred, post_mortem.incidents) if m is not None and m.at]
    return min(moments, key=lambda m: m.at.timestamp() if m.at else 0.0, default=None)


def services(post_mortem: PostMortem) -> tuple[str, ...]:
    """The services of all its incidents, each once."""
    return tuple(dict.fromkeys(s for i in post_mortem.incidents for s in i.services))


def layers(post_mortem: PostMortem) -> tuple[str, ...]:
    """The layers of all its incidents, each once."""
    return tuple(dict.fromkeys(layer for i in post_mortem.incidents for layer in i.layers))


def triggers(post_mortem: PostMortem) -> tuple[str, ...]:
    """The trigger kinds of all its incidents, each once."""
    return tuple(dict.fromkeys(i.trigger.kind for i in post_mortem.incidents if i.trigger.kind))


def severity(post_mortem: PostMortem) -> str:
    """The highest severity of its incidents (SEV1 is higher than SEV2), or ""."""
    return min((i.severity for i in post_mortem.incidents if i.severity), default="")
