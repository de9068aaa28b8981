"""The texts of a post-mortem: where each stands, what it says, and how it is written."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import Any

from models.completeness import section_key
from models.document import Document
from models.domain.action import ActionItem
from models.domain.incident import Event, Impact, Incident, current_events
from models.domain.moments import Precision
from models.domain.whys import WhyNode, WhyTree, walk
from models.editing import whys
from models.editing.actions import change_action
from models.editing.events import change_event
from models.editing.parts import with_incident, with_lessons, with_text
from models.language.rules import ACTION, PROSE


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text stands: its section, its field, the id of its node, event, step or action.

    ``number`` tells apart what has no id, as the windows of an impact.
    """

    section: str
    field: str
    id: str = ""
    number: int = 0


_RECORDS = 100
"""More records of a response than an incident has."""
Write = Callable[[Document, str], Document]


@dataclass(frozen=True, slots=True)
class Text:
    """A text, the time of day that it tells of ("14:02", or ""), and what writes another there:
    in the document that it was read from, where nothing beside it has changed since.
    """

    place: Place
    text: str
    write: Write = field(compare=False)
    time: str = ""
    kind: str = PROSE


def texts_of(document: Document) -> Iterator[Text]:
    """Every text that an author writes, in reading order; the words of actions come last."""
    mortem = document.post_mortem
    yield _own("summary", "summary", mortem.summary)
    for number, incident in enumerate(mortem.incidents):
        yield from _incident_texts(incident)
        yield from _step_texts(incident, number * _RECORDS)
    for tree in mortem.whys:
        yield from _tree_texts(tree)
    answers = {node.answer for tree in mortem.whys for _, node in walk(tree)}
    for root in document.roots:
        if root.title not in answers:  # else its why was read already
            yield Text(Place("whys", "root", root.id), root.title, partial(_with_root, root.id))
    yield _own("contributing factors", "contributing_factors", mortem.contributing_factors)
    for name in ("went_well", "went_wrong", "lucky", "text"):
        text = str(getattr(mortem.lessons, name))
        yield Text(Place("lessons", name), text, partial(_with_lesson, name))
    for section in mortem.sections:
        place = Place(section_key(section.id), "markdown")
        yield Text(place, section.markdown, partial(_with_section, section.id))


def action_texts(action: ActionItem) -> Iterator[Text]:
    """The words of one action."""
    for name, kind in (("title", ACTION), ("text", PROSE), ("done_when", PROSE)):
        place = Place("actions", name, action.id)
        write = partial(_with_action, action.id, name)
        yield Text(place, str(getattr(action, name)), write, kind=kind)


def _own(section: str, name: str, text: str) -> Text:
    return Text(Place(section, name), text, partial(_with_field, name))


def _tree_texts(tree: WhyTree) -> Iterator[Text]:
    yield Text(Place("whys", "problem", tree.id), tree.problem, partial(_with_problem, tree.id))
    for _, node in walk(tree):
        for name in ("question", "answer"):
            place = Place("whys", name, node.id)
            write = partial(_with_node, tree.id, node.id, name)
            yield Text(place, str(getattr(node, name)), write)
        if node.stop:
            place = Place("whys", "stop", node.id)
            yield Text(place, node.stop.text, partial(_with_stop, tree.id, node))


def _incident_texts(incident: Incident) -> Iterator[Text]:
    def changed(**fields: Callable[[str], Any]) -> Write:
        def write(document: Document, text: str) -> Document:
            made = {name: make(text) for name, make in fields.items()}
            return with_incident(document, incident.id, **made)

        return write

    def own(section: str, name: str, text: str, write: Write, number: int = 0) -> Text:
        return Text(Place(section, name, incident.id, number), text, write)

    impact = incident.impact
    yield own(
        "impact", "text", impact.text, changed(impact=lambda text: replace(impact, text=text))
    )
    for number, window in enumerate(impact.windows):
        write = changed(impact=partial(_with_window, impact, number))
        yield own("impact", "windows", window.text, write, number)
    trigger, detection = incident.trigger, incident.detection
    yield own(
        "details", "trigger", trigger.text, changed(trigger=lambda t: replace(trigger, text=t))
    )
    yield own(
        "detection",
        "detection",
        detection.text,
        changed(detection=lambda text: replace(detection, text=text)),
    )
    yield own("detection", "resolution", incident.resolution, changed(resolution=lambda text: text))
    for event in current_events(incident.timeline):
        place = Place("timeline", "text", event.id)
        yield Text(place, event.text, partial(_with_event, incident.id, event.id), _clock(event))
    for number, update in enumerate(incident.updates):
        write = changed(updates=partial(_numbered, incident.updates, number))
        place = Place("updates", "text", update.id)
        yield Text(place, update.text, write, _hour(update.at))


def _step_texts(incident: Incident, first: int) -> Iterator[Text]:
    """Steps have their ids from a framework: two incidents may have the same."""
    for number, record in enumerate(incident.response, first):
        for step in record.steps:
            noted = partial(_noted, incident, record.framework, step.step)
            place = Place("response", "notes", step.step, number)
            yield Text(place, step.notes, partial(_with_response, incident.id, noted))


def _with_response(
    incident_id: str, noted: Callable[[str], Any], document: Document, text: str
) -> Document:
    return with_incident(document, incident_id, response=noted(text))


def _numbered(records: tuple[Any, ...], number: int, text: str) -> tuple[Any, ...]:
    changed = replace(records[number], text=text)
    return (*records[:number], changed, *records[number + 1 :])


def _with_window(impact: Impact, number: int, text: str) -> Impact:
    return replace(impact, windows=_numbered(impact.windows, number, text))


def _noted(incident: Incident, framework: str, step_id: str, text: str) -> tuple[Any, ...]:
    return tuple(
        replace(
            record,
            steps=tuple(
                replace(step, notes=text) if step.step == step_id else step for step in record.steps
            ),
        )
        if record.framework == framework
        else record
        for record in incident.response
    )


def _with_field(name: str, document: Document, text: str) -> Document:
    return with_text(document, **{name: text})


def _with_lesson(name: str, document: Document, text: str) -> Document:
    return with_lessons(document, **{name: text})


def _with_section(section_id: str, document: Document, text: str) -> Document:
    sections = tuple(
        replace(own, markdown=text) if own.id == section_id else own
        for own in document.post_mortem.sections
    )
    return with_text(document, sections=sections)


def _with_root(root_id: str, document: Document, text: str) -> Document:
    roots = tuple(replace(r, title=text) if r.id == root_id else r for r in document.roots)
    return replace(document, roots=roots)


def _with_event(incident_id: str, event_id: str, document: Document, text: str) -> Document:
    return change_event(document, incident_id, event_id, text=text)


def _with_action(action_id: str, name: str, document: Document, text: str) -> Document:
    return change_action(document, action_id, **{name: text})


def _with_problem(tree_id: str, document: Document, text: str) -> Document:
    return _with_tree(tree_id, lambda tree: replace(tree, problem=text), document)


def _with_node(tree_id: str, node_id: str, name: str, document: Document, text: str) -> Document:
    return _with_tree(tree_id, lambda tree: whys.change(tree, node_id, **{name: text}), document)


def _with_stop(tree_id: str, node: WhyNode, document: Document, text: str) -> Document:
    stop = replace(node.stop, text=text) if node.stop else None
    return _with_tree(tree_id, lambda tree: whys.change(tree, node.id, stop=stop), document)


def _with_tree(tree_id: str, change: Callable[[WhyTree], WhyTree], document: Document) -> Document:
    trees = document.post_mortem.whys
    tree = next((tree for tree in trees if tree.id == tree_id), None)
    if tree is None:
        return document
    return with_text(document, whys=whys.with_tree(trees, change(tree)))


def _clock(event: Event) -> str:
    known = event.precision in (Precision.EXACT, Precision.APPROXIMATE)
    return _hour(event.at) if known else ""


def _hour(at: datetime | None) -> str:
    return f"{at:%H:%M}" if at else ""
