"""The places of a document that can be commented, in reading order, each with its text."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields

from integrations.export.body import ABOUT
from integrations.export.wording import Words, clock_words, day_words, moment_words, span_words
from integrations.markdown.blocks import plain
from models.completeness import section_key
from models.document import Document
from models.domain.incident import Event, Incident, current_events
from models.domain.whys import WhyNode, address, walk

_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Place:
    """Where a comment can stand. ``name`` is for people; ``inner`` where it is inside a section."""

    anchor: str
    section: str
    name: str
    markdown: str
    inner: bool = False


def places(document: Document, words: Words) -> Iterator[Place]:
    """The places that say something, and the whole document."""
    mortem = document.post_mortem
    lessons = mortem.lessons
    yield from _section("summary", "Summary", mortem.summary)
    yield from _section("impact", "Impact", _of_each(document, lambda i: _impact(i, words)))
    yield from _section(
        "detection", "Detection", _of_each(document, lambda i: _detection(i, words))
    )
    yield from _timeline(document, words)
    yield from _section("response", "Response", _of_each(document, lambda i: _response(i, words)))
    yield from _whys(document)
    yield from _section("contributing factors", "Contributing factors", mortem.contributing_factors)
    told = {
        "What went well": lessons.went_well,
        "What went wrong": lessons.went_wrong,
        "Where we got lucky": lessons.lucky,
        "Lessons": lessons.text,
    }
    yield from _section(
        "lessons", "Lessons", _paragraphs(f"**{n}**\n\n{t}" for n, t in told.items() if t.strip())
    )
    yield from _actions(document, words)
    for own in mortem.sections:
        yield from _section(section_key(own.id), own.heading or "Section", own.markdown)
    yield Place("", "", "The whole document", "")


def _section(key: str, name: str, markdown: str) -> Iterator[Place]:
    if markdown.strip():
        yield Place(key, key, name, markdown)


def _of_each(document: Document, said: Callable[[Incident], str]) -> str:
    incidents = document.post_mortem.incidents
    if len(incidents) < 2:
        return "".join(map(said, incidents))
    return _paragraphs(
        f"**{i.title or f'Incident {n}'}**\n\n{text}"
        for n, i in enumerate(incidents, 1)
        if (text := said(i)).strip()
    )


def _impact(incident: Incident, words: Words) -> str:
    impact = incident.impact
    rows = [
        f"- {words.name('measures', m.name)}: {m.value} {m.unit} {m.text}" for m in impact.measures
    ]
    rows += [f"- {span_words(w.start, w.end)} {w.text}" for w in impact.windows]
    return _paragraphs((impact.text, "\n".join(rows)))


def _detection(incident: Incident, words: Words) -> str:
    times = [
        f"- {field.name.capitalize()}: {moment_words(moment)}"
        for field in fields(incident.times)
        if (moment := getattr(incident.times, field.name)) is not None
    ]
    trigger, detection = incident.trigger, incident.detection
    started = words.name("triggers", trigger.kind)
    seen = words.name("detections", detection.source)
    return _paragraphs(
        (
            f"**Trigger** {started}" if started or trigger.text.strip() else "",
            trigger.text,
            f"**Detection** {seen}" if seen or detection.text.strip() else "",
            detection.text,
            "**Resolution**" if incident.resolution.strip() else "",
            incident.resolution,
            "\n".join(times),
        )
    )


def _timeline(document: Document, words: Words) -> Iterator[Place]:
    events = [e for i in document.post_mortem.incidents for e in current_events(i.timeline)]
    if events:
        yield Place("timeline", "timeline", "Timeline, in UTC", "")
    for event in events:
        name = _short(f"{_when(event)} {plain(event.text)}")
        kind = words.name("event_kinds", event.kind)
        said = f"**{_when(event)}** {kind}\n\n{event.text}"
        yield Place(event.id, "timeline", f"the event “{name}”", said, inner=True)


def _when(event: Event) -> str:
    if event.at is None:
        return event.written or "no time"
    return f"{day_words(event.moment)} {clock_words(event.moment)}".strip()


def _response(incident: Incident, words: Words) -> str:
    rows = [
        f"- {words.step(record.framework, step.step)}: {step.state}. {step.notes} {step.reason}"
        for record in incident.response
        for step in record.steps
    ]
    return "\n".join(row.rstrip() for row in rows)


def _whys(document: Document) -> Iterator[Place]:
    trees = document.post_mortem.whys
    if trees:
        yield Place("whys", "whys", "5 Whys", "")
    for tree in trees:
        problem = f"**{ABOUT[tree.about]}**\n\n{tree.problem}"
        yield Place(tree.id, "whys", f"the problem of “{ABOUT[tree.about]}”", problem, inner=True)
        for number, node in walk(tree):
            where = address(tree, number)
            yield Place(node.id, "whys", f"why {where}", _why(document, node, where), inner=True)


def _why(document: Document, node: WhyNode, where: str) -> str:
    root = document.root_of(node.id)
    evidence = "; ".join(filter(None, (one.text or one.target for one in node.evidence)))
    both = "AND " if node.joined else ""
    return _paragraphs(
        (
            f"**{both}{where}** {node.question}",
            node.answer,
            f"Evidence: {evidence}" if evidence else "",
            f"Root: {root.title}" if root else "",
            f"Ends here: {node.stop.reason}. {node.stop.text}" if node.stop else "",
        )
    )


def _actions(document: Document, words: Words) -> Iterator[Place]:
    if document.actions:
        yield Place("actions", "actions", "Actions", "")
    for action in document.actions:
        state = words.name("action_states", action.state)
        owner = " / ".join(filter(None, (action.team, action.owner)))
        head = f"**{action.ref}** {action.title} ({', '.join(filter(None, (state, owner)))})"
        done = f"Done when: {action.done_when}" if action.done_when.strip() else ""
        said = _paragraphs((head, action.text, done))
        name = f"the action {action.ref or _short(action.title)}"
        yield Place(action.id, "actions", name, said, inner=True)


def _paragraphs(texts: Iterable[str]) -> str:
    return "\n\n".join(text.strip("\n") for text in texts if text.strip())


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_NAME else f"{text[: _LONGEST_NAME - 1].rstrip()}…"
