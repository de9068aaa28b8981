"""The language check of a whole post-mortem: each finding with its place, and its open actions."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from models.completeness import section_key
from models.document import Document
from models.domain.action import ActionItem
from models.domain.incident import Event, Incident, current_events
from models.domain.moments import Precision
from models.domain.whys import walk
from models.language import actions
from models.language.checking import Finding, check
from models.language.rules import ACTION, PROSE, Rules


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text stands: its section, its field, the id of its node, event, step or action."""

    section: str
    field: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class Placed:
    """A finding in the text of a place."""

    place: Place
    finding: Finding


@dataclass(frozen=True, slots=True)
class _Text:
    place: Place
    text: str
    time: str = ""


def check_document(document: Document, rules: Rules) -> tuple[Placed, ...]:
    """What the rules find in every text of a document, in reading order.

    The time of an event fills the blank for it. Actions that are done, or will not be, are left.
    """
    found: list[Placed] = []
    for each in _texts(document):
        known = {"time": each.time} if each.time else {}
        found += [Placed(each.place, f) for f in check(each.text, rules, known=known)]
    for action in document.actions:
        if action.is_open:
            found += check_action(action, rules)
    return tuple(found)


def check_action(action: ActionItem, rules: Rules) -> tuple[Placed, ...]:
    """What an action leaves open. An end state, an owner and a date may stand in their own fields;
    a finding about a field that is empty has no length.
    """
    title = Place("actions", "title", action.id)
    found = [
        Placed(title, finding)
        for finding in check(action.title, rules, kind=ACTION)
        if not (finding.rule in (actions.END_STATE, actions.WISH) and action.done_when.strip())
    ]
    empty = {
        actions.OWNER: ("team", not (action.team or action.owner).strip()),
        actions.DATE: ("due", action.due is None and action.ready_at is None),
    }
    for name, (field, is_empty) in empty.items():
        rule = rules.of(name)
        if is_empty and rule is not None:
            finding = Finding(0, 0, "", rule.id, rule.why, rule.suggestion, (0, 0))
            found.append(Placed(Place("actions", field, action.id), finding))
    for field in ("text", "done_when"):
        text = getattr(action, field)
        place = Place("actions", field, action.id)
        found += [Placed(place, finding) for finding in check(text, rules, kind=PROSE)]
    return tuple(found)


def _texts(document: Document) -> Iterator[_Text]:
    mortem = document.post_mortem
    yield _Text(Place("summary", "summary"), mortem.summary)
    for incident in mortem.incidents:
        yield from _incident_texts(incident)
    for tree in mortem.whys:
        yield _Text(Place("whys", "problem", tree.id), tree.problem)
        for _, node in walk(tree):
            for field in ("question", "answer"):
                yield _Text(Place("whys", field, node.id), getattr(node, field))
            if node.stop:
                yield _Text(Place("whys", "stop", node.id), node.stop.text)
    for root in document.roots:
        yield _Text(Place("whys", "root", root.id), root.title)
    yield _Text(Place("contributing factors", "contributing_factors"), mortem.contributing_factors)
    for field in ("went_well", "went_wrong", "lucky", "text"):
        yield _Text(Place("lessons", field), getattr(mortem.lessons, field))
    for section in mortem.sections:
        yield _Text(Place(section_key(section.id), "markdown"), section.markdown)


def _incident_texts(incident: Incident) -> Iterator[_Text]:
    yield _Text(Place("impact", "text", incident.id), incident.impact.text)
    for window in incident.impact.windows:
        yield _Text(Place("impact", "windows", incident.id), window.text)
    yield _Text(Place("details", "trigger", incident.id), incident.trigger.text)
    yield _Text(Place("detection", "detection", incident.id), incident.detection.text)
    yield _Text(Place("detection", "resolution", incident.id), incident.resolution)
    for event in current_events(incident.timeline):
        yield _Text(Place("timeline", "text", event.id), event.text, _clock(event))
    for update in incident.updates:
        yield _Text(Place("updates", "text", update.id), update.text, _hour(update.at))
    for record in incident.response:
        for step in record.steps:
            yield _Text(Place("response", "notes", step.step), step.notes)


def _clock(event: Event) -> str:
    known = event.precision in (Precision.EXACT, Precision.APPROXIMATE)
    return _hour(event.at) if known else ""


def _hour(at: datetime | None) -> str:
    return f"{at:%H:%M}" if at else ""
