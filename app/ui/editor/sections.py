"""The sections of the editor in their order: the one table that says which form shows which."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from app.ui.context import Context
from app.ui.editor import prose_sections as prose
from app.ui.editor.actions.page import ActionsPage
from app.ui.editor.attachments.page import AttachmentsPage
from app.ui.editor.details.page import DetailsPage
from app.ui.editor.draft import Draft
from app.ui.editor.impact import ImpactPage
from app.ui.editor.prose_sections import Field, ProsePage
from app.ui.editor.response.page import ResponsePage
from app.ui.editor.review.page import ReviewPage
from app.ui.editor.section import SectionPage
from app.ui.editor.timeline.page import TimelinePage
from app.ui.editor.whys.page import WhysPage
from models.completeness import section_key
from models.document import Document
from models.guidance.guide import Guide, SectionGuide
from models.sections import holding, key_of, shown
from models.templates import Place, Template, TemplateSection

_UNGUIDED = SectionGuide("")
Make = Callable[[Context, Draft, Template, SectionGuide], SectionPage]


@dataclass(frozen=True)
class Step:
    """One section: its key, what it is called, its form, and what guides its author.

    A form is made anew when ``shape`` changes: the fields that it is made of.
    """

    key: str
    heading: str
    make: Make
    place: Place | None = None
    guidance: SectionGuide = _UNGUIDED
    shape: tuple[str, ...] = ()

    @property
    def is_own(self) -> bool:
        """Whether it is a custom section, which can be renamed, moved and removed."""
        return self.place is Place.CUSTOM


def steps_of(
    document: Document, template: Template, guide: Guide, also: Iterable[str] = ()
) -> tuple[Step, ...]:
    """The sections of a document: its template's, others that hold something, custom ones.

    ``also`` are keys of sections that are shown in any case.
    """
    custom = (_own_step(own.id, own.heading) for own in document.post_mortem.sections)
    incidents = tuple(incident.id for incident in document.post_mortem.incidents)
    first = (_BEFORE_OWN[key] for key in ("details", *shown(document, template, also)))
    steps = (*first, *custom, *_AFTER_OWN)
    return tuple(_guided(_shaped(step, incidents), template, guide) for step in steps)


def outline_of(document: Document) -> tuple[object, ...]:
    """What the sections of a document depend on; equal for most edits, and quickly compared."""
    mortem = document.post_mortem
    headings = tuple((own.id, own.heading) for own in mortem.sections)
    incidents = tuple(incident.id for incident in mortem.incidents)
    return mortem.template, headings, incidents, holding(document)


def _form(form: Callable[[Context, Draft], SectionPage]) -> Make:
    return lambda context, draft, _, __: form(context, draft)


def _texts(fields: Callable[[Document], list[Field]]) -> Make:
    return lambda context, draft, template, head: ProsePage(
        context, draft, fields(draft.document), template, head.questions
    )


def _own_step(section_id: str, heading: str) -> Step:
    def fields(document: Document) -> list[Field]:
        sections = document.post_mortem.sections
        return prose.custom_fields(next(own for own in sections if own.id == section_id))

    name = heading or "Untitled section"
    return Step(section_key(section_id), name, _texts(fields), Place.CUSTOM, shape=(heading,))


def _shaped(step: Step, incidents: tuple[str, ...]) -> Step:
    return replace(step, shape=incidents) if step.key == "detection" else step


def _guided(step: Step, template: Template, guide: Guide) -> Step:
    """With what the template asks there, under its heading; else with what the guide asks."""
    own = guide.sections.get(step.key, SectionGuide(step.key))
    section = _named(step, template)
    if section is None:
        return replace(step, guidance=own)
    questions, example = section.questions or own.questions, section.example or own.example
    guidance = SectionGuide(step.key, section.owner or own.owner, questions, example)
    return replace(step, heading=section.heading, guidance=guidance)


def _named(step: Step, template: Template) -> TemplateSection | None:
    """What the template says of a section; of one that it divides into several, of its main one."""
    if step.is_own:
        own = (s for s in template.sections if s.place is Place.CUSTOM)
        return next((s for s in own if s.heading == step.heading), None)
    parts = [s for s in template.sections if s.place is not Place.CUSTOM]
    parts = [s for s in parts if key_of(s.place) == step.key != "details"]
    main = next((s for s in parts if s.place is step.place), None)
    return main or (parts[0] if len(parts) == 1 else None)


_FIRST = (
    Step("details", "Details", _form(DetailsPage)),
    Step("summary", "Summary", _texts(prose.summary_fields), Place.SUMMARY),
    Step("impact", "Impact", _form(ImpactPage), Place.IMPACT),
    Step("detection", "Detection", _texts(prose.detection_fields), Place.DETECTION),
    Step("timeline", "Timeline", _form(TimelinePage), Place.TIMELINE),
    Step("response", "Response", _form(ResponsePage), Place.RESPONSE),
    Step("whys", "5 Whys", _form(WhysPage), Place.WHYS),
    Step(
        "contributing factors",
        "Contributing factors",
        _texts(prose.factors_fields),
        Place.CONTRIBUTING_FACTORS,
    ),
    Step("lessons", "Lessons", _texts(prose.lessons_fields), Place.LESSONS),
    Step("actions", "Actions", _form(ActionsPage), Place.ACTIONS),
)
_BEFORE_OWN = {step.key: step for step in _FIRST}
_AFTER_OWN = (
    Step("review", "Review", _form(ReviewPage)),
    Step("attachments", "Attachments", _form(AttachmentsPage)),
)
