"""Rules about how an incident was handled: what an all clear rests on, what a record must hold.

They tell, they never block; every gap names its place.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from models.document import Document
from models.domain.action import ActionItem, ActionState
from models.domain.incident import (
    Event,
    Evidence,
    Incident,
    ResponseRecord,
    StepRecord,
    StepState,
    current_events,
)
from models.domain.whys import roots
from models.frameworks import Framework, RecordField, RecordKind, Step

HOTFIX = "hotfix"
"""The kind of event that is a temporary change by hand."""
ACTION = "action"
"""The kind of evidence that names an action by its id."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that is missing.

    ``section`` is the key of the section that mends it, ``record`` the id of the incident, event
    or action there, ``field`` the name of what is asked ("observation window", also as
    "roll-back/monitor/p99 latency").
    """

    section: str
    record: str
    field: str
    words: str


# -- what an all clear rests on --------------------------------------------------------------------


def resolution_gaps(document: Document, frameworks: Mapping[str, Framework]) -> tuple[Gap, ...]:
    """What is missing before an incident should be called resolved.

    An observation window, the baseline that the signals came back to, and an action for each
    temporary hotfix.
    """
    return tuple(
        gap
        for incident in document.post_mortem.incidents
        for gap in (
            *_window_gaps(incident, frameworks),
            *_baseline_gaps(incident, frameworks),
            *_hotfix_gaps(incident, document),
        )
    )


def _asked(
    incident: Incident, frameworks: Mapping[str, Framework], kind: RecordKind
) -> Iterator[tuple[str, RecordField, StepRecord]]:
    """The fields of a kind that followed frameworks ask for, with their place and step's record."""
    for response in incident.response:
        framework = frameworks.get(response.framework)
        for step in framework.steps if framework else ():
            kept = record_of(response, step.id)
            if kept.state is StepState.NOT_APPLICABLE:
                continue
            for wanted in step.record:
                if wanted.kind is kind:
                    yield f"{response.framework}/{step.id}/{wanted.id}", wanted, kept


def _window_gaps(incident: Incident, frameworks: Mapping[str, Framework]) -> Iterator[Gap]:
    asked = list(_asked(incident, frameworks, RecordKind.WINDOW))
    if any(wanted.is_kept(kept.record) for _, wanted, kept in asked):
        return
    if asked:
        place, wanted, kept = asked[0]
        begun = wanted.key("from") in kept.record and wanted.key("to") in kept.record
        what = "say which traffic it had" if begun else "from when to when, at which traffic?"
        yield Gap("response", incident.id, place, f"No whole observation window: {what}")
        return
    mitigated, resolved = incident.times.mitigated, incident.times.resolved
    if mitigated is None or resolved is None or mitigated.at is None or resolved.at is None:
        words = "No observation window: when was it mitigated, and when was the all clear?"
        yield Gap("details", incident.id, "times", words)
    elif resolved.at <= mitigated.at:
        words = "No observation window: the all clear came with the mitigation"
        yield Gap("details", incident.id, "times", words)


def _baseline_gaps(incident: Incident, frameworks: Mapping[str, Framework]) -> Iterator[Gap]:
    asked = list(_asked(incident, frameworks, RecordKind.TELEMETRY))
    for place, wanted, kept in asked:
        missing = [part for part in ("baseline", "now") if not kept.record.get(wanted.key(part))]
        if missing:
            words = f"{wanted.label}: no {' and no '.join(missing)}"
            yield Gap("response", incident.id, place, f"{words} to show that it is back")
    if asked:
        return
    recovered = (e for e in current_events(incident.timeline) if e.kind == "recovered")
    if not any(event.evidence for event in recovered):
        words = "No baseline evidence: which graph or query shows that the signals are back?"
        yield Gap("timeline", incident.id, "recovered", words)


def _hotfix_gaps(incident: Incident, document: Document) -> Iterator[Gap]:
    for event in hotfixes(incident):
        if not any(
            action.state is not ActionState.WONT_DO for action in follow_ups(event, document)
        ):
            said = " ".join(event.text.split())
            said = said if len(said) <= 60 else f"{said[:59].rstrip()}\N{HORIZONTAL ELLIPSIS}"
            words = f"The temporary hotfix “{said}” has no structural action"
            yield Gap("response", event.id, "hotfix", words)


def hotfixes(incident: Incident) -> tuple[Event, ...]:
    """The temporary changes by hand that the timeline tells of."""
    return tuple(event for event in current_events(incident.timeline) if event.kind == HOTFIX)


def follow_ups(event: Event, document: Document) -> tuple[ActionItem, ...]:
    """The actions of the document that an event names as its evidence."""
    named = {one.target for one in event.evidence if one.kind == ACTION}
    return tuple(action for action in document.actions if action.id in named)


def with_follow_up(event: Event, action: ActionItem | None) -> tuple[Evidence, ...]:
    """The evidence of an event that names this action alone, beside what is no action."""
    others = tuple(one for one in event.evidence if one.kind != ACTION)
    return others if action is None else (*others, Evidence(ACTION, action.title, action.id))


# -- how whole a step's record is ------------------------------------------------------------------


def record_of(response: ResponseRecord, step_id: str) -> StepRecord:
    """What was kept of a step; an empty record where nothing was."""
    found = (record for record in response.steps if record.step == step_id)
    return next(found, StepRecord(step_id))


def missing(
    step: Step, kept: StepRecord, incident: Incident, document: Document
) -> tuple[str, ...]:
    """The labels of what a step's record must hold and does not, in the step's order."""
    return tuple(
        wanted.label
        for wanted in step.record
        if wanted.is_asked(kept.record) and not _is_kept(wanted, kept, incident, document)
    )


def _is_kept(wanted: RecordField, kept: StepRecord, incident: Incident, document: Document) -> bool:
    if wanted.kind is RecordKind.UPDATES:
        return any(update.at and update.text.strip() for update in incident.updates)
    if wanted.kind is RecordKind.ROLES:
        held = {holding.role for holding in incident.roles if holding.holder.strip()}
        return set(wanted.options) <= held if wanted.options else bool(held)
    if wanted.kind is RecordKind.WHYS:
        return any(leaf.answer.strip() for leaf in roots(document.post_mortem.whys))
    return wanted.is_kept(kept.record)
