"""Changing the template of a post-mortem: which sections are asked for, never what they say."""

from dataclasses import replace

from models.document import Document, new_id
from models.domain.post_mortem import PostMortem, Section
from models.domain.whys import About, WhyTree
from models.templates import Place, Template


def with_template(document: Document, template: Template, before: Template | None) -> Document:
    """With another template, which took the place of ``before``.

    Custom sections that ``before`` gave and nobody used go, those of the new one come; what
    anybody wrote, a heading included, stays where it is.
    """
    mortem = document.post_mortem
    given = {s.heading for s in before.sections if s.place is Place.CUSTOM} if before else set()
    wanted = [s.heading for s in template.sections if s.place is Place.CUSTOM]
    kept = [
        own
        for own in mortem.sections
        if own.heading in wanted or own.heading not in given or _is_used(own, mortem)
    ]
    there = {own.heading for own in kept}
    new = (Section(new_id(), heading) for heading in wanted if heading not in there)
    whys = mortem.whys
    if template.has(Place.WHYS) and not whys:
        whys = (WhyTree(new_id(), About.OCCURRENCE),)
    changed = replace(mortem, template=template.id, sections=(*kept, *new), whys=whys)
    return document if changed == mortem else replace(document, post_mortem=changed)


def _is_used(section: Section, mortem: PostMortem) -> bool:
    return bool(section.markdown) or any(section.id in c.anchor for c in mortem.comments)
