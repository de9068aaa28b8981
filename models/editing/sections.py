"""Custom sections of a post-mortem: adding, naming, moving and removing them."""

from dataclasses import replace

from models.document import Document
from models.domain.post_mortem import Section
from models.editing.parts import with_text


def with_section(document: Document, section: Section) -> Document:
    """With one more section, behind the others."""
    return with_text(document, sections=(*document.post_mortem.sections, section))


def with_heading(document: Document, section_id: str, heading: str) -> Document:
    """With one section called otherwise."""
    return with_text(
        document,
        sections=tuple(
            replace(own, heading=heading) if own.id == section_id else own
            for own in document.post_mortem.sections
        ),
    )


def with_section_moved(document: Document, section_id: str, steps: int) -> Document:
    """With one section so many places further down (or up); the ends stop it."""
    sections = list(document.post_mortem.sections)
    place = next((n for n, own in enumerate(sections) if own.id == section_id), None)
    if place is None:
        return document
    section = sections.pop(place)
    sections.insert(min(max(place + steps, 0), len(sections)), section)
    return with_text(document, sections=tuple(sections))


def without_section(document: Document, section_id: str) -> Document:
    """With one section less."""
    left = tuple(own for own in document.post_mortem.sections if own.id != section_id)
    return with_text(document, sections=left)
