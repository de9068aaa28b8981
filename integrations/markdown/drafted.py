"""The records of the domain from what was read of a source."""

import uuid
from dataclasses import replace

from integrations.markdown import metadata
from integrations.markdown.blocks import join_blocks, plain
from integrations.markdown.document_head import Head
from integrations.markdown.draft import Draft
from integrations.markdown.events import event
from integrations.markdown.source import Source
from integrations.markdown.why_trees import trees
from models.document import Document
from models.domain import post_mortem as pm
from models.domain.incident import Detection, Impact, Incident, Times, Trigger
from models.vocabulary import Vocabularies

_NAMESPACE = uuid.UUID("0f2f6b1e-8f35-5c0b-9d0a-6f0d6d1c1c53")


class Ids:
    """Ids that follow from a name, so that the same source always gives the same ones.

    ``document`` is the post-mortem's; each call gives the next of its records.
    """

    def __init__(self, identity: str) -> None:
        self._base = uuid.uuid5(_NAMESPACE, identity)
        self._count = 0
        self.document = str(self._base)

    def __call__(self) -> str:
        self._count += 1
        return str(uuid.uuid5(self._base, str(self._count)))


def drafted(draft: Draft, head: Head, source: Source, new_id: Ids, terms: Vocabularies) -> Document:
    """The document that a draft makes, closed and historical."""
    meta = head.meta
    prose = {role: join_blocks(texts) for role, texts in draft.prose.items()}
    events = tuple(event(row, new_id) for row in draft.rows)
    times = metadata.incident_times(meta)
    if times == type(times)() and not any(e.at for e in events) and head.day is not None:
        times = replace(times, onset=metadata.day_moment(head.day))
    severity = meta.severity or metadata.severity_in(head.title, terms)
    detection = prose.get("detection", "")
    trigger = prose.get("trigger", "")
    incident = Incident(
        id=new_id(),
        title=head.title,
        severity=severity,
        services=meta.services,
        times=times,
        impact=Impact(text=prose.get("impact", "")),
        detection=Detection(_known(terms.detections.find(detection)), detection),
        trigger=Trigger(_known(terms.triggers.find(trigger)), trigger),
        resolution=prose.get("resolution", ""),
        timeline=events,
    )
    mortem = pm.PostMortem(
        id=new_id.document,
        title=head.title,
        status=pm.Status.CLOSED,
        historical=True,
        authors=meta.authors,
        facilitator=meta.facilitator,
        summary=prose.get("summary", ""),
        incidents=(incident,),
        whys=trees(draft.chains, new_id),
        contributing_factors=prose.get("contributing", ""),
        lessons=pm.Lessons(
            went_well=prose.get("went_well", ""),
            went_wrong=prose.get("went_wrong", ""),
            lucky=prose.get("lucky", ""),
            text=prose.get("lessons", ""),
        ),
        sections=tuple(pm.Section(new_id(), plain_heading(h), t) for h, t in draft.sections),
        tags=meta.tags,
        aliases=tuple(dict.fromkeys(meta.aliases)),
    )
    return Document(mortem, ref=_wished_ref(incident, head, source), actions=tuple(draft.actions))


def _wished_ref(incident: Incident, head: Head, source: Source) -> str:
    """The first ref of the year that a source without any date belongs to."""
    dated = head.day is not None or any(event.at for event in incident.timeline)
    year = None if dated else metadata.document_year(source)
    return f"PM-{year}-001" if year and incident.times == Times() else ""


def plain_heading(heading: str) -> str:
    """A heading in one line of plain words."""
    return plain(heading).rstrip(":").strip() or "Untitled section"


def _known(term: object) -> str:
    return str(getattr(term, "id", "")) if term is not None else ""
