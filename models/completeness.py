"""How far each section of a post-mortem is written, by simple rules, for whoever lists sections.

It says what is there, never whether that is good; whatever needs attention is named.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from models.document import Document
from models.domain.action import ActionState
from models.domain.incident import Incident, ResponseRecord, StepState, current_events
from models.domain.moments import Moment
from models.domain.post_mortem import PostMortem, Status
from models.domain.whys import WhyNode, walk
from models.frameworks import Framework
from models.status_updates import overdue_updates, update_limit
from models.vocabulary import Vocabulary

SHORT = 8
"""Words; a section with fewer is begun, not written."""


class Progress(StrEnum):
    """How far a section is."""

    NOT_STARTED = "not started"
    PARTLY = "partly"
    DONE = "done"
    ATTENTION = "needs attention"


@dataclass(frozen=True, slots=True)
class Completeness:
    """The progress of a section and one line that says why; ``share`` (0 to 1) where it counts."""

    progress: Progress
    words: str
    share: float | None = None


NOT_STARTED = Completeness(Progress.NOT_STARTED, "Not started")


def section_key(section_id: str) -> str:
    """The key of a custom section."""
    return f"section:{section_id}"


def completeness(
    document: Document, frameworks: Mapping[str, Framework], severities: Vocabulary | None = None
) -> dict[str, Completeness]:
    """Every section of a document by its key: the places of templates, and those without one.

    ``frameworks`` say how many steps a response has; they and ``severities`` when updates are due.
    """
    mortem = document.post_mortem
    found = {key: rule(document) for key, rule in _RULES.items()}
    found["response"] = _response(mortem, frameworks)
    late = sum(
        len(overdue_updates(incident, update_limit(incident, frameworks, severities)))
        for incident in mortem.incidents
    )
    found["timeline"] = _timeline(document, late)
    found |= {section_key(own.id): _prose(own.markdown) for own in mortem.sections}
    return found


def _count(number: int, noun: str) -> str:
    return f"{number} {noun if number == 1 else noun + 's'}"


def _answered(answers: tuple[bool, ...], done: str = "answered") -> Completeness:
    """So many of so many."""
    number, asked = sum(answers), len(answers)
    if not number:
        return NOT_STARTED
    words = f"{number} of {asked} {done}"
    progress = Progress.DONE if number == asked else Progress.PARTLY
    return Completeness(progress, words, number / asked)


def _prose(text: str) -> Completeness:
    number = len(text.split())
    if not number:
        return NOT_STARTED
    progress = Progress.PARTLY if number < SHORT else Progress.DONE
    return Completeness(progress, _count(number, "word"))


def _details(document: Document) -> Completeness:
    mortem = document.post_mortem
    if not mortem.title.strip():
        return Completeness(Progress.ATTENTION, "No title")
    if not mortem.incidents:
        return Completeness(Progress.ATTENTION, "No incident")
    if any(out_of_order(incident) for incident in mortem.incidents):
        return Completeness(Progress.ATTENTION, "The times are out of order")
    first = mortem.incidents[0]
    known = (
        bool(first.severity),
        bool(first.services),
        bool(first.trigger.kind or first.trigger.text),
        bool(mortem.authors),
        *(_known(m) for m in (first.times.onset, first.times.detected, first.times.mitigated)),
        _known(first.times.resolved),
    )
    counted = _answered(known, "known")
    begun = Completeness(Progress.PARTLY, "Only the title")
    return begun if counted.progress is Progress.NOT_STARTED else counted


def _known(moment: Moment | None) -> bool:
    return moment is not None and moment.is_known


def out_of_order(incident: Incident) -> bool:
    """Whether an exact time of an incident lies before one that it should follow."""
    times = incident.times
    ordered = (times.onset, times.detected, times.mitigated, times.resolved)
    known = [m.at for m in ordered if m is not None and m.at is not None and m.is_exact]
    return any(later < earlier for earlier, later in pairwise(known))


def _summary(document: Document) -> Completeness:
    return _prose(document.post_mortem.summary)


def _impact(document: Document) -> Completeness:
    impacts = [incident.impact for incident in document.post_mortem.incidents]
    windows = [window for impact in impacts for window in impact.windows]
    turned = sum(
        1
        for w in windows
        if w.start and w.end and w.start.at and w.end.at and w.end.at < w.start.at
    )
    if turned:
        words = f"{_count(turned, 'window')} end{'s' if turned == 1 else ''} before the start"
        return Completeness(Progress.ATTENTION, words)
    return _answered(
        (
            any(impact.text.strip() for impact in impacts),
            any(impact.measures for impact in impacts),
            bool(windows) and all(_known(w.start) and _known(w.end) for w in windows),
        )
    )


def _detection(document: Document) -> Completeness:
    incidents = document.post_mortem.incidents
    return _answered(
        (
            any(incident.detection.text.strip() for incident in incidents),
            any(incident.resolution.strip() for incident in incidents),
        ),
        "written",
    )


def _timeline(document: Document, late: int) -> Completeness:
    logs = [current_events(incident.timeline) for incident in document.post_mortem.incidents]
    number = sum(len(log) for log in logs)
    if not number:
        return NOT_STARTED
    silent = sum(1 for log in logs for event in log if not event.text.strip())
    if silent:
        verb = "says" if silent == 1 else "say"
        return Completeness(Progress.ATTENTION, f"{_count(silent, 'event')} {verb} nothing yet")
    words = _count(number, "event")
    undated = sum(1 for log in logs for event in log if event.at is None)
    if undated:
        return Completeness(Progress.ATTENTION, f"{words}, {undated} without a time")
    if late:
        return Completeness(Progress.ATTENTION, f"{words}, {_count(late, 'late update')}")
    return Completeness(Progress.DONE if number > 1 else Progress.PARTLY, words)


def _response(mortem: PostMortem, frameworks: Mapping[str, Framework]) -> Completeness:
    records = [record for incident in mortem.incidents for record in incident.response]
    if not records:
        return NOT_STARTED
    settled = (StepState.DONE, StepState.NOT_APPLICABLE)
    followed = [sum(1 for step in record.steps if step.state in settled) for record in records]
    asked = [_steps(record, frameworks) for record in records]
    names = [f.name if (f := frameworks.get(r.framework)) else r.framework for r in records]
    parts = zip(names, followed, asked, strict=True)
    words = "; ".join(f"{name}, {done} of {steps}" for name, done, steps in parts)
    if not any(followed):
        return Completeness(Progress.NOT_STARTED, words)
    return Completeness(Progress.DONE if followed == asked else Progress.PARTLY, words)


def _steps(record: ResponseRecord, frameworks: Mapping[str, Framework]) -> int:
    framework = frameworks.get(record.framework)
    return len(framework.steps) if framework else len(record.steps)


def _whys(document: Document) -> Completeness:
    nodes = [node for tree in document.post_mortem.whys for _, node in walk(tree)]
    if not nodes:
        return NOT_STARTED
    bare = sum(1 for node in nodes if node.answer.strip() and not node.is_shown)
    if bare:
        verb = "needs" if bare == 1 else "need"
        return Completeness(Progress.ATTENTION, f"{_count(bare, 'why')} {verb} evidence")
    leaves = [node for node in nodes if not node.children]
    ended = sum(1 for leaf in leaves if _is_root(leaf))
    noun = "branch" if len(leaves) == 1 else "branches"
    words = f"{ended} of {len(leaves)} {noun} end in a root"
    return Completeness(Progress.DONE if ended == len(leaves) else Progress.PARTLY, words)


def _is_root(leaf: WhyNode) -> bool:
    return leaf.stop is not None and bool(leaf.answer.strip())


def _factors(document: Document) -> Completeness:
    return _prose(document.post_mortem.contributing_factors)


def _lessons(document: Document) -> Completeness:
    lessons = document.post_mortem.lessons
    parts = (lessons.went_well, lessons.went_wrong, lessons.lucky)
    if lessons.text.strip() and not any(part.strip() for part in parts):
        return _prose(lessons.text)
    return _answered(tuple(bool(part.strip()) for part in parts))


def _actions(document: Document) -> Completeness:
    kept = [
        action
        for action in document.actions
        if action.state not in (ActionState.WONT_DO, ActionState.SUPERSEDED)
    ]
    if not document.actions:
        return NOT_STARTED
    unowned = sum(1 for action in kept if action.is_open and not (action.team or action.owner))
    if unowned:
        return Completeness(Progress.ATTENTION, f"{_count(unowned, 'action')} without a team")
    open_ = sum(1 for action in kept if action.is_open)
    words = f"{open_} of {_count(len(document.actions), 'action')} open"
    proposed = any(action.state is ActionState.PROPOSED for action in kept)
    return Completeness(Progress.PARTLY if proposed else Progress.DONE, words)


def _review(document: Document) -> Completeness:
    mortem = document.post_mortem
    unresolved = sum(1 for comment in mortem.comments if not comment.resolved)
    if unresolved:
        return Completeness(Progress.ATTENTION, f"{_count(unresolved, 'open comment')}")
    if mortem.status in (Status.REVIEWED, Status.CLOSED):
        return Completeness(Progress.DONE, mortem.status.value)
    if mortem.reviews:
        decided = sum(1 for review in mortem.reviews if review.decided_at or review.decision)
        asked = len(mortem.reviews)
        done = Progress.DONE if decided == asked else Progress.PARTLY
        return Completeness(done, f"{decided} of {_count(asked, 'review')} decided")
    if mortem.status is Status.IN_REVIEW:
        return Completeness(Progress.PARTLY, mortem.status.value)
    return Completeness(Progress.NOT_STARTED, "Not asked for")


def _attachments(document: Document) -> Completeness:
    number = len(document.attachments)
    if not number:
        return Completeness(Progress.NOT_STARTED, "No files")
    return Completeness(Progress.DONE, _count(number, "file"))


_RULES: dict[str, Callable[[Document], Completeness]] = {
    "details": _details,
    "summary": _summary,
    "impact": _impact,
    "detection": _detection,
    "whys": _whys,
    "contributing factors": _factors,
    "lessons": _lessons,
    "actions": _actions,
    "review": _review,
    "attachments": _attachments,
}
