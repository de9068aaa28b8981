"""A post-mortem from which everything that guidance asks for is there, to be taken away again."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from models import frameworks, templates
from models.document import Document
from models.domain.action import ActionItem, ActionState
from models.domain.incident import (
    Detection,
    Event,
    Evidence,
    Impact,
    ImpactWindow,
    Incident,
    Measure,
    Times,
    Trigger,
)
from models.domain.moments import exactly
from models.domain.post_mortem import Lessons, PostMortem, Review
from models.domain.root import LeafRoot, Root, RootAction
from models.domain.whys import Stop, StopReason, WhyNode, WhyTree
from models.editing.parts import with_incident, with_text
from models.guidance import guide
from models.guidance.gaps import Gap, Surroundings, gaps

NOON = datetime(2026, 11, 18, 12, tzinfo=UTC)
"""A Wednesday."""
TEMPLATES = templates.load()
AROUND = Surroundings(guide.load(), frameworks.load(), TEMPLATES["blameless-5-whys"])
SEEN = (Evidence("link", "Log query", "https://logs.example"),)


def later(minutes: int) -> datetime:
    return NOON + timedelta(minutes=minutes)


INCIDENT = Incident(
    "incident",
    severity="SEV2",
    services=("mail",),
    trigger=Trigger("rollout"),
    detection=Detection("alert", "An alert after four minutes."),
    resolution="The flag was set back.",
    times=Times(
        onset=exactly(NOON),
        detected=exactly(later(4)),
        mitigated=exactly(later(30)),
        resolved=exactly(later(90)),
    ),
    impact=Impact(
        (ImpactWindow(exactly(NOON), exactly(later(30))),),
        (Measure("Late mails", "1200"),),
        "Mails came late.",
    ),
    timeline=(
        Event("begins", NOON, kind="impact", text="Mails are late."),
        Event("ends", later(30), kind="recovered", text="The queue is empty."),
    ),
)
WHOLE = Document(
    PostMortem(
        "mortem",
        "Mails came an hour late",
        authors=("Mail team",),
        facilitator="Quality engineering",
        summary="For half an hour mails came up to an hour late; the flag was set back.",
        incidents=(INCIDENT,),
        whys=(
            WhyTree(
                "tree",
                problem="Mails came late.",
                nodes=(
                    WhyNode(
                        "leaf",
                        "Why?",
                        "No limit on retries.",
                        SEEN,
                        stop=Stop(StopReason.FIXABLE),
                    ),
                ),
            ),
        ),
        contributing_factors="Retries have no limit.",
        lessons=Lessons("The flag worked.", "The queue has no alert.", "It was a quiet day."),
        reviews=(Review("review", "Customer support", NOON),),
    ),
    actions=(ActionItem("action", "Limit retries", "A-1", ActionState.READY, team="Mail team"),),
    roots=(Root("root", "No limit on retries"),),
    leaf_roots=(LeafRoot("leaf", "root", NOON),),
    root_actions=(RootAction("root", "action", NOON),),
)


def text(**fields: object) -> Document:
    """The whole one with fields of the post-mortem changed."""
    return with_text(WHOLE, **fields)


def incident(**fields: object) -> Document:
    """The whole one with fields of its incident changed."""
    return with_incident(WHOLE, "incident", **fields)


def found(document: Document, template: str = "blameless-5-whys") -> dict[str, Gap]:
    """The gaps by rule."""
    around = replace(AROUND, template=TEMPLATES[template])
    return {gap.rule: gap for gap in gaps(document, around)}


def open_rules(document: Document) -> set[str]:
    """The rules that find something an author can close."""
    return {gap.rule for gap in gaps(document, AROUND) if not gap.waits}
