"""Sections that are Markdown alone: each field a question and its text."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from app.ui.context import Context
from app.ui.editor.draft import Draft
from app.ui.editor.fields.question import Question
from app.ui.editor.form import FormPage
from app.ui.editor.prose.edit import ProseEdit
from models.completeness import section_key
from models.document import Document
from models.domain.post_mortem import Section
from models.editing.parts import with_incident, with_lessons, with_text
from models.templates import Place, Template


@dataclass(frozen=True)
class Field:
    """One text of a document: where it is, how an edit of it is called, how it is changed."""

    place: str
    verb: str
    read: Callable[[Document], str]
    write: Callable[[Document, str], Document]
    heading: str = ""
    guided_by: Place | None = None


class ProsePage(FormPage):
    """Texts one below the other. What the frame's head asks, ``in_head``, is not asked again.

    So a single text has no question.
    """

    def __init__(
        self,
        context: Context,
        draft: Draft,
        fields: Sequence[Field],
        template: Template,
        in_head: Sequence[str],
    ) -> None:
        super().__init__(context, draft)
        self.key = fields[0].place.partition("/")[0]
        self.edits: list[ProseEdit] = []
        self._fields = tuple(fields)
        self._in_head = in_head
        alone = len(fields) == 1
        questions = [self._question(field, template, alone=alone) for field in fields]
        self.lay_out(*questions)
        self.setFocusProxy(self.edits[0])

    def show_document(self, document: Document) -> None:
        """Show the texts."""
        for field, edit in zip(self._fields, self.edits, strict=True):
            edit.set_markdown(field.read(document))

    @property
    def place(self) -> str:
        """The text that has the keyboard."""
        texts = zip(self._fields, self.edits, strict=True)
        return next((field.place for field, edit in texts if edit.hasFocus()), self.key)

    def reveal(self, anchor: str) -> None:
        """Go to the text that an anchor names, else to the first."""
        places = [field.place.partition("/")[2] for field in self._fields]
        index = places.index(anchor) if anchor in places else 0
        self.bring_into_view(self.edits[index])

    def _question(self, field: Field, template: Template, *, alone: bool) -> Question | ProseEdit:
        asked = next((s for s in template.sections if s.place is field.guided_by), None)
        hint = f"For example: {asked.example}" if asked and asked.example else "Write here."
        lines = 8 if alone else 4
        name = field.heading or "Text"
        edit = ProseEdit(self.context.look, name, placeholder=hint, lines=lines)
        edit.edited.connect(lambda text: self._type(field, text))
        self.edits.append(edit)
        if alone:
            return edit
        questions = [one for one in asked.questions if one not in self._in_head] if asked else []
        return Question(field.heading, edit, " ".join(questions))

    def _type(self, field: Field, text: str) -> None:
        self.draft.edit(
            field.verb, lambda document: field.write(document, text), place=field.place, typing=True
        )


def summary_fields(_: Document) -> list[Field]:
    """The summary."""
    return [
        Field(
            "summary/summary",
            "Edit summary",
            lambda document: document.post_mortem.summary,
            lambda document, text: with_text(document, summary=text),
            "Summary",
            Place.SUMMARY,
        )
    ]


def factors_fields(_: Document) -> list[Field]:
    """The contributing factors."""
    return [
        Field(
            "contributing factors/factors",
            "Edit contributing factors",
            lambda document: document.post_mortem.contributing_factors,
            lambda document, text: with_text(document, contributing_factors=text),
            "Contributing factors",
            Place.CONTRIBUTING_FACTORS,
        )
    ]


def lessons_fields(_: Document) -> list[Field]:
    """What was learned, in four parts."""
    parts = (
        ("went_well", "What went well", Place.WENT_WELL),
        ("went_wrong", "What went wrong", Place.WENT_WRONG),
        ("lucky", "Where we got lucky", Place.LUCKY),
        ("text", "Other lessons", Place.LESSONS),
    )

    def field(name: str, heading: str, place: Place) -> Field:
        return Field(
            f"lessons/{place.value}",
            f"Edit {heading[0].lower()}{heading[1:]}",
            lambda document: str(getattr(document.post_mortem.lessons, name)),
            lambda document, text: with_lessons(document, **{name: text}),
            heading,
            place,
        )

    return [field(*part) for part in parts]


def detection_fields(document: Document) -> list[Field]:
    """How each incident was noticed and how it was ended."""
    incidents = document.post_mortem.incidents
    fields = []
    for number, incident in enumerate(incidents, 1):
        of = f", incident {number}" if len(incidents) > 1 else ""
        fields += [_detection_field(incident.id, of), _resolution_field(incident.id, of)]
    return fields


def _detection_field(id: str, of: str) -> Field:
    def read(document: Document) -> str:
        return next((i.detection.text for i in document.post_mortem.incidents if i.id == id), "")

    def write(document: Document, text: str) -> Document:
        found = next((i for i in document.post_mortem.incidents if i.id == id), None)
        if found is None:
            return document
        return with_incident(document, id, detection=replace(found.detection, text=text))

    place = f"detection/{id}-detection"
    heading = f"How was it noticed{of}?"
    return Field(place, f"Edit detection{of}", read, write, heading, Place.DETECTION)


def _resolution_field(id: str, of: str) -> Field:
    def read(document: Document) -> str:
        return next((i.resolution for i in document.post_mortem.incidents if i.id == id), "")

    def write(document: Document, text: str) -> Document:
        return with_incident(document, id, resolution=text)

    place = f"detection/{id}-resolution"
    heading = f"What ended it{of}?"
    return Field(place, f"Edit resolution{of}", read, write, heading, Place.RESOLUTION)


def custom_fields(section: Section) -> list[Field]:
    """The text of a custom section."""

    def read(document: Document) -> str:
        sections = document.post_mortem.sections
        return next((own.markdown for own in sections if own.id == section.id), "")

    def write(document: Document, text: str) -> Document:
        return with_text(
            document,
            sections=tuple(
                replace(own, markdown=text) if own.id == section.id else own
                for own in document.post_mortem.sections
            ),
        )

    place = f"{section_key(section.id)}/text"
    return [Field(place, f"Edit {section.heading}", read, write, section.heading)]
