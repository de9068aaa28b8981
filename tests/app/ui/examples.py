"""Invented post-mortems for the tests of the window."""

from datetime import UTC, date, datetime, timedelta

from models.commands import post_mortems as commands
from models.document import Document, new_id
from models.domain.action import ActionItem, ActionState
from models.domain.incident import (
    Detection,
    Event,
    Impact,
    Incident,
    Measure,
    Times,
    Trigger,
)
from models.domain.moments import exactly
from models.domain.post_mortem import Lessons, PostMortem, Status
from models.domain.whys import Stop, StopReason, WhyNode, WhyTree
from models.store.library import Actor, Library

Case = tuple[str, str, str, Status, int, int]
"""Title, severity, service, status, month and number of open actions."""

CASES: tuple[Case, ...] = (
    ("Profile saves failing after a full rollout", "SEV1", "profile-api", Status.DRAFT, 11, 3),
    (
        "Search index six hours behind after resharding",
        "SEV2",
        "search-indexer",
        Status.IN_REVIEW,
        10,
        2,
    ),
    ("Password-reset mail delayed by a queue backlog", "SEV3", "notifier", Status.REVIEWED, 10, 0),
    ("Double charge on retried card payments", "SEV1", "payments", Status.REVIEWED, 9, 4),
    ("Expired certificate on the partner webhook", "SEV2", "edge-gateway", Status.CLOSED, 8, 0),
    ("Checkout errors at the sale's peak", "SEV1", "checkout", Status.REVIEWED, 7, 2),
    ("Photos missing after a cache flush", "SEV2", "profile-api", Status.CLOSED, 5, 0),
    ("Prices from yesterday in the basket", "SEV3", "checkout", Status.CLOSED, 3, 1),
)


def document(case: Case) -> Document:
    """A post-mortem with text, timeline, whys and actions."""
    title, severity, service, status, month, open_ = case
    onset = datetime(2026, month, 12, 14, 2, tzinfo=UTC)

    def at(minutes: int) -> datetime:
        return onset + timedelta(minutes=minutes)

    incident = Incident(
        id=new_id(),
        severity=severity,
        services=(service,),
        layers=("application",),
        trigger=Trigger("rollout", "A rollout to all accounts."),
        detection=Detection("alert"),
        resolution="The flag was set to 0 %, then a repair job restored what was half written.",
        times=Times(
            onset=exactly(onset),
            detected=exactly(at(4)),
            mitigated=exactly(at(47)),
            resolved=exactly(at(89)),
        ),
        impact=Impact(measures=(Measure("Failed requests", "18,420", "requests"),)),
        timeline=(
            Event(new_id(), at(0), kind="impact", text="Errors begin."),
            Event(new_id(), at(4), kind="detected", text="The error-rate alert pages on-call."),
            Event(new_id(), at(46), kind="decision", text="Kill switch chosen over a patch."),
            Event(new_id(), at(89), kind="recovered", text="Error rate back to normal."),
        ),
    )
    why = WhyTree(
        new_id(),
        problem=f"{title}.",
        nodes=(
            WhyNode(
                new_id(),
                "Why did requests fail?",
                "The new path has no fallback.",
                children=(
                    WhyNode(
                        new_id(),
                        "Why was there none?",
                        "The checklist asks for no fallback.",
                        stop=Stop(StopReason.FIXABLE),
                    ),
                ),
            ),
        ),
    )
    mortem = PostMortem(
        id=new_id(),
        title=title,
        status=status,
        facilitator="On-call lead",
        summary=f"{title}. For 47 minutes 38 % of requests to **{service}** returned an error.",
        incidents=(incident,),
        whys=(why,),
        contributing_factors="1. The canary watched latency, not success.\n2. Fixtures were new.",
        lessons=Lessons(went_well="The kill switch worked on the first try."),
        tags=("rollout", "canary") if severity == "SEV1" else ("capacity",),
    )
    states = [ActionState.READY] * open_ + [ActionState.DONE]
    actions = tuple(
        ActionItem(
            new_id(),
            f"Safeguard {number} for {service}",
            state=state,
            team="Platform",
            due=date(2026, 11, 1) if number == 1 and open_ > 3 else None,
        )
        for number, state in enumerate(states, 1)
    )
    return Document(mortem, actions=actions)


def fill(library: Library) -> list[str]:
    """Store every case and return the ids."""
    actor = Actor("", "On-call lead")
    return [commands.add(library, document(case), actor).id for case in CASES]
