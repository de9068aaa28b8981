"""Templates as data: choices of sections with guidance, and the start of a post-mortem from one.

Guidance stays data for whoever shows an empty section; it is never typed into a document.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from models import data_files
from models.decoding import PartError
from models.document import Document, new_id
from models.domain.incident import Incident, IncidentState, SeverityChange
from models.domain.post_mortem import PostMortem, Section, Status, StatusChange
from models.domain.whys import About, WhyTree
from models.errors import InvalidInputError


class Place(StrEnum):
    """Where a section's content lives in a post-mortem; custom ones are sections of their own."""

    SUMMARY = "summary"
    IMPACT = "impact"
    TRIGGER = "trigger"
    DETECTION = "detection"
    RESOLUTION = "resolution"
    TIMELINE = "timeline"
    RESPONSE = "response"
    WHYS = "whys"
    CONTRIBUTING_FACTORS = "contributing factors"
    WENT_WELL = "went well"
    WENT_WRONG = "went wrong"
    LUCKY = "lucky"
    LESSONS = "lessons"
    ACTIONS = "actions"
    CUSTOM = "custom"


@dataclass(frozen=True, slots=True)
class TemplateSection:
    """A section with its guidance. ``owner`` is who writes it: a discipline, not a person."""

    place: Place
    heading: str
    owner: str = ""
    questions: tuple[str, ...] = ()
    example: str = ""


@dataclass(frozen=True, slots=True)
class Template:
    """Sections in reading order. Templates are offered by ``order``; the first is the default."""

    id: str
    name: str
    sections: tuple[TemplateSection, ...]
    description: str = ""
    order: int = 100

    def __post_init__(self) -> None:
        if not self.sections:
            raise PartError("sections", "a template needs a section")
        kept: list[tuple[Place, str]] = []
        for place, section in enumerate(self.sections):
            key = section.place, section.heading if section.place is Place.CUSTOM else ""
            if key in kept:
                words = f"{section.heading!r} ({section.place}) stands here already"
                raise PartError(f"sections[{place}]", words)
            kept.append(key)

    def has(self, place: Place) -> bool:
        """Whether a section lives at ``place``."""
        return any(section.place is place for section in self.sections)


def load(
    team_folder: Path | None = None, faults: list[InvalidInputError] | None = None
) -> dict[str, Template]:
    """The product's templates and those in ``team_folder``/templates, by id, the default first.

    A team's template takes the place of the product's with the same id. A file that cannot be
    used is left out and its fault, with file and line, put into ``faults``; raised without it.
    """
    found = data_files.load(Template, "templates", team_folder, faults)
    return {t.id: t for t in sorted(found.values(), key=lambda t: (t.order, t.name))}


def template_of(document: Document, known: Mapping[str, Template]) -> Template:
    """The template of a document, the first of the known ones where it has none of them."""
    return known.get(document.post_mortem.template) or next(iter(known.values()))


def start(
    template: Template,
    *,
    title: str,
    at: datetime,
    severity: str = "",
    services: Iterable[str] = (),
) -> PostMortem:
    """A new draft with its incident, begun at ``at`` (aware).

    It has the template's custom sections, empty, and where the template asks why an empty why
    tree of the occurrence. ``severity`` is set as of ``at``; the incident is live until somebody
    says more.
    """
    incident = Incident(
        id=new_id(),
        title=title,
        state=IncidentState.LIVE,
        severity=severity,
        severity_history=(SeverityChange(severity, at),) if severity else (),
        services=tuple(dict.fromkeys(services)),
    )
    custom = (s for s in template.sections if s.place is Place.CUSTOM)
    return PostMortem(
        id=new_id(),
        title=title,
        status=Status.DRAFT,
        status_history=(StatusChange(Status.DRAFT, at),),
        template=template.id,
        incidents=(incident,),
        whys=(WhyTree(new_id(), About.OCCURRENCE),) if template.has(Place.WHYS) else (),
        sections=tuple(Section(new_id(), section.heading) for section in custom),
    )
