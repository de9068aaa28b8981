"""Choosing which sections of a document are told."""

from collections.abc import Collection
from dataclasses import replace

from models.document import Document
from models.domain.incident import Detection, Impact, Incident, Times, Trigger
from models.domain.post_mortem import Lessons, PostMortem

SECTIONS = {
    "summary": "Summary",
    "impact": "Impact",
    "trigger": "Trigger",
    "detection": "Detection",
    "resolution": "Resolution",
    "times": "Times",
    "timeline": "Timeline",
    "response": "Response record",
    "whys": "5 Whys",
    "factors": "Contributing factors",
    "lessons": "Lessons",
    "actions": "Actions",
    "own": "Own sections",
    "review": "Reviews and comments",
    "links": "Relations, attachments",
}
"""Key -> what people read; in the order of the page."""

EXTERNAL = frozenset(SECTIONS) - {"response", "own", "review", "links"}
"""What is told to people outside where nobody chooses."""


def with_sections(document: Document, chosen: Collection[str]) -> Document:
    """The document with only the sections of those keys; what is about no section stays.

    The times stay in a timeline, the roots with the whys that reach them.
    """
    mortem = document.post_mortem

    def kept(key: str) -> bool:
        return key in chosen

    told = replace(
        mortem,
        summary=mortem.summary if kept("summary") else "",
        incidents=tuple(_incident(incident, chosen) for incident in mortem.incidents),
        whys=mortem.whys if kept("whys") else (),
        contributing_factors=mortem.contributing_factors if kept("factors") else "",
        lessons=mortem.lessons if kept("lessons") else Lessons(),
        sections=mortem.sections if kept("own") else (),
        reviews=mortem.reviews if kept("review") else (),
        comments=mortem.comments if kept("review") else (),
    )
    return replace(
        document,
        post_mortem=told,
        actions=document.actions if kept("actions") else (),
        root_actions=document.root_actions if kept("actions") and kept("whys") else (),
        leaf_roots=document.leaf_roots if kept("whys") else (),
        roots=document.roots if kept("whys") else (),
        relations=document.relations if kept("links") else (),
    )


def left_out(document: Document, chosen: Collection[str]) -> tuple[str, ...]:
    """The names of the sections that say something and are not chosen."""
    return tuple(
        name
        for key, name in SECTIONS.items()
        if key not in chosen and _says_more(document, frozenset(SECTIONS) - {key})
    )


def _says_more(document: Document, others: Collection[str]) -> bool:
    return with_sections(document, others) != with_sections(document, SECTIONS)


def _incident(incident: Incident, chosen: Collection[str]) -> Incident:
    with_record = "response" in chosen
    return replace(
        incident,
        impact=incident.impact if "impact" in chosen else Impact(),
        trigger=incident.trigger if "trigger" in chosen else Trigger(),
        detection=incident.detection if "detection" in chosen else Detection(),
        resolution=incident.resolution if "resolution" in chosen else "",
        times=incident.times if "times" in chosen else Times(),
        timeline=incident.timeline if "timeline" in chosen else (),
        response=incident.response if with_record else (),
        roles=incident.roles if with_record else (),
        updates=incident.updates if with_record else (),
    )


def names_of(mortem: PostMortem) -> dict[str, str]:
    """Whoever a document names in a field for people -> what they are called outside.

    Some of them are teams or roles: the field does not say which.
    """
    found = dict.fromkeys((change.by for change in mortem.status_history), "an author")
    found |= {mortem.facilitator: "the facilitator"} | dict.fromkeys(mortem.authors, "an author")
    reviewers = (*(r.role for r in mortem.reviews), *(c.role for c in mortem.comments))
    found |= dict.fromkeys(reviewers, "a reviewer")
    for incident in mortem.incidents:
        found |= {e.by_role: "a responder" for e in incident.timeline}
        found |= {s.role: "a responder" for r in incident.response for s in r.steps}
        found |= {c.by_role: "a responder" for c in incident.severity_history}
        found |= {c.by_role: "a responder" for c in incident.state_history}
    for incident in mortem.incidents:
        found |= {h.holder: f"the {h.role}" if h.role else "a responder" for h in incident.roles}
    return {name.strip(): label for name, label in found.items() if name.strip()}
