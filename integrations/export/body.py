"""The text of a post-mortem as HTML, section by section, with an anchor for every place.

``#summary``, ``#impact``, ``#timeline``, ``#timeline-ID`` (of an event), ``#whys-2.1``,
``#whys-detection:1``, ``#actions``, ``#actions-A-31`` and so on; several incidents are numbered
from the second (``#impact-2``).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from integrations.export.pieces import (
    headed,
    instant,
    lasting,
    listed,
    plain,
    size,
    table,
    web_link,
    when,
)
from integrations.markdown import render
from models import frameworks, vocabulary
from models.document import Document
from models.domain.action import DONE_STATES, ActionItem
from models.domain.incident import (
    Evidence,
    Impact,
    Incident,
    ResponseRecord,
    current_events,
    durations,
)
from models.domain.whys import About, WhyNode, WhyTree, address
from models.frameworks import Framework
from models.vocabulary import Vocabularies


@dataclass(frozen=True, slots=True)
class Words:
    """What people read for the terms of vocabularies and the steps of frameworks."""

    vocabularies: Vocabularies
    frameworks: Mapping[str, Framework]

    def name(self, kind: str, value: str) -> str:
        """The name of a term; the value itself where it is unknown."""
        term = getattr(self.vocabularies, kind).find(value)
        return term.name if term else value


@cache
def own_words() -> Words:
    """The product's own words, without a team's."""
    return Words(vocabulary.load(), frameworks.load())


_ABOUT = {
    About.OCCURRENCE: "Why did it happen?",
    About.DETECTION: "Why did we not see it sooner?",
    About.RESPONSE: "Why did it take so long to stop?",
}
_TIMES = {
    "introduced": "Introduced",
    "onset": "Onset",
    "detected": "Detected",
    "acknowledged": "Acknowledged",
    "mitigated": "Mitigated",
    "resolved": "Resolved",
}
_DURATIONS = {
    "ttd_s": "Time to detect",
    "tta_s": "Time to acknowledge",
    "ttm_s": "Time to mitigate",
    "ttr_s": "Time to resolve",
    "impact_s": "Impact",
}


def body_html(
    document: Document, files: Mapping[str, str] = render.NO_FILES, words: Words | None = None
) -> str:
    """The sections that say something. ``files`` is as for ``render.block``."""
    return "\n".join(_Body(document, files, words or own_words()).sections())


class _Body:
    def __init__(self, document: Document, files: Mapping[str, str], words: Words) -> None:
        self._document = document
        self._files = {a.name: "" for a in document.attachments} | dict(files)
        self._words = words
        self._texts = 0

    def sections(self) -> Iterator[str]:
        """Every section with something in it."""
        mortem = self._document.post_mortem
        lessons = mortem.lessons
        yield from self._prose("summary", "Summary", mortem.summary)
        for number, incident in enumerate(mortem.incidents, 1):
            yield from self._incident(number, incident, several=len(mortem.incidents) > 1)
        for tree in mortem.whys:
            yield from self._tree(tree)
        yield from self._prose("factors", "Contributing factors", mortem.contributing_factors)
        yield from self._prose("went-well", "What went well", lessons.went_well)
        yield from self._prose("went-wrong", "What went wrong", lessons.went_wrong)
        yield from self._prose("lucky", "Where we got lucky", lessons.lucky)
        yield from self._prose("lessons", "Lessons", lessons.text)
        yield from headed("actions", "Actions", self._actions())
        for number, section in enumerate(mortem.sections, 1):
            yield from self._prose(f"section-{number}", section.heading, section.markdown)
        yield from self._remarks()
        yield from headed("relations", "Related post-mortems", self._relations())
        yield from headed("attachments", "Attachments", self._attachments())

    def _block(self, markdown: str) -> str:
        self._texts += 1
        return render.block(markdown, files=self._files, name=str(self._texts))

    def _inline(self, markdown: str) -> str:
        self._texts += 1
        return render.inline(markdown, files=self._files, name=str(self._texts))

    def _prose(self, anchor: str, heading: str, markdown: str) -> Iterator[str]:
        if markdown.strip():
            yield from headed(anchor, heading, self._block(markdown))

    def _incident(self, number: int, incident: Incident, *, several: bool) -> Iterator[str]:
        end = f"-{number}" if number > 1 else ""
        if several:
            yield f'<h2 id="incident-{number}">{plain(incident.title or f"Incident {number}")}</h2>'
        yield from headed(f"times{end}", "Times", _times(incident))
        yield from headed(f"impact{end}", "Impact", self._impact(incident.impact))
        trigger = self._words.name("triggers", incident.trigger.kind)
        yield from self._named(f"trigger{end}", "Trigger", trigger, incident.trigger.text)
        source = self._words.name("detections", incident.detection.source)
        yield from self._named(f"detection{end}", "Detection", source, incident.detection.text)
        yield from headed(f"timeline{end}", "Timeline", self._timeline(incident))
        yield from headed(f"response{end}", "Response", self._response(incident))
        yield from self._prose(f"resolution{end}", "Resolution", incident.resolution)

    def _named(self, anchor: str, heading: str, name: str, markdown: str) -> Iterator[str]:
        named = f"<p><strong>{plain(name)}</strong></p>" if name else ""
        text = self._block(markdown) if markdown.strip() else ""
        yield from headed(anchor, heading, named + text)

    def _impact(self, impact: Impact) -> str:
        rows = [
            f"<li>{when(w.start)} to {when(w.end)} {self._inline(w.text)}</li>"
            for w in impact.windows
        ]
        for m in impact.measures:
            name = plain(self._words.name("measures", m.name))
            value = plain(" ".join(filter(None, (m.value, m.unit))))
            rows.append(f"<li><strong>{name}:</strong> {value} {self._inline(m.text)}</li>")
        text = self._block(impact.text) if impact.text.strip() else ""
        return text + listed(rows)

    def _timeline(self, incident: Incident) -> str:
        rows = []
        for event in current_events(incident.timeline):
            kind = plain(self._words.name("event_kinds", event.kind))
            rows.append(
                f'<tr id="timeline-{plain(event.id)}"><td class="time">{when(event.moment)}</td>'
                f'<td class="quiet">{kind}</td>'
                f"<td>{self._inline(event.text)}{self._evidence(event.evidence)}</td></tr>"
            )
        return table(("Time", "", "What happened"), rows)

    def _evidence(self, evidence: tuple[Evidence, ...]) -> str:
        shown = []
        for one in evidence:
            words = one.text or one.target
            if one.kind == "link" and one.target.startswith(("https://", "http://")):
                shown.append(
                    f'<a href="{plain(one.target)}" rel="noopener noreferrer">{plain(words)}</a>'
                )
            elif one.kind == "event":
                shown.append(f'<a href="#timeline-{plain(one.target)}">{plain(words)}</a>')
            elif one.kind == "query" and one.target:
                shown.append(f"{plain(one.text)} <code>{plain(one.target)}</code>")
            elif words:
                shown.append(plain(words))
        return f'<div class="quiet">Evidence: {"; ".join(shown)}</div>' if shown else ""

    def _response(self, incident: Incident) -> str:
        roles = listed(
            f"<li><strong>{plain(r.role)}:</strong> {plain(r.holder)} "
            f"{instant(r.since, 'since ')} {instant(r.until, 'until ')}</li>"
            for r in incident.roles
        )
        updates = [
            f'<tr><td class="time">{instant(u.at)}</td><td class="quiet">{plain(u.audience)}</td>'
            f"<td>{self._inline(u.text)}</td></tr>"
            for u in incident.updates
        ]
        records = "".join(map(self._record, incident.response))
        return records + roles + table(("Time", "Audience", "Status update"), updates)

    def _record(self, response: ResponseRecord) -> str:
        framework = self._words.frameworks.get(response.framework)
        rows = []
        for step in response.steps:
            known = framework.step(step.step) if framework else None
            name = f"{known.letter}, {known.title}" if known else step.step
            facts = "".join(
                f"<div><span class='quiet'>{plain(key)}:</span> {self._inline(value)}</div>"
                for key, value in step.record.items()
            )
            at = f"<div class='quiet'>{when(step.at)}</div>" if step.at else ""
            rows.append(
                f"<tr><td>{plain(name)}</td><td>{plain(step.state)}{at}</td>"
                f"<td>{self._inline(step.notes)}{self._inline(step.reason)}{facts}</td></tr>"
            )
        heading = framework.name if framework else response.framework
        return f"<h3>{plain(heading)}</h3>" + table(("Step", "State", "Record"), rows)

    def _tree(self, tree: WhyTree) -> Iterator[str]:
        problem = self._block(tree.problem) if tree.problem.strip() else ""
        anchor = "whys" if tree.about is About.OCCURRENCE else f"whys-{tree.about}"
        nodes = self._nodes(tree, tree.nodes, "")
        yield from headed(anchor, f"5 Whys: {_ABOUT[tree.about]}", problem + nodes)

    def _nodes(self, tree: WhyTree, nodes: tuple[WhyNode, ...], above: str) -> str:
        rows = []
        for n, node in enumerate(nodes, 1):
            number = f"{above}{n}"
            join = '<span class="and">AND</span> ' if node.joined else ""
            rows.append(
                f'<li id="whys-{address(tree, number)}">{join}<strong>{number}</strong> '
                f"{self._inline(node.question)}<div>{self._inline(node.answer)}</div>"
                f"{self._evidence(node.evidence)}{self._leaf(node)}"
                f"{self._nodes(tree, node.children, f'{number}.')}</li>"
            )
        return f'<ul class="whys">{"".join(rows)}</ul>' if rows else ""

    def _leaf(self, node: WhyNode) -> str:
        parts = []
        root = self._document.root_of(node.id)
        if node.stop:
            accepted = node.stop.accepted_by
            by = f", accepted by {plain(accepted)}" if accepted else ""
            parts.append(f"{plain(node.stop.reason)}{by} {self._inline(node.stop.text)}")
        if root:
            parts.append(f"Root: {plain(root.title)}")
            refs = [plain(action.ref) for action in self._document.actions_of(root.id)]
            parts += [f'<a href="#actions-{ref}">{ref}</a>' for ref in refs if ref]
        return f'<div class="done">{", ".join(parts)}</div>' if parts else ""

    def _actions(self) -> str:
        rows = (self._action(action) for action in self._document.actions)
        return table(("", "Action", "State", "Owner", "Due"), rows)

    def _action(self, action: ActionItem) -> str:
        state = "open" if action.is_open else "done" if action.state in DONE_STATES else "quiet"
        owner = ", ".join(filter(None, (action.owner, action.team)))
        notes = [action.text, f"Done when: {action.done_when}" if action.done_when else ""]
        detail = "".join(f"<div>{self._inline(note)}</div>" for note in notes if note)
        links = "".join(f"<div>{web_link(link)}</div>" for link in action.links)
        due = action.due.isoformat() if action.due else ""
        return (
            f'<tr id="actions-{plain(action.ref)}"><td class="time">{plain(action.ref)}</td>'
            f"<td>{self._inline(action.title)}{detail}{links}</td>"
            f'<td class="{state}">{plain(action.state)}</td><td>{plain(owner)}</td>'
            f'<td class="time">{due}</td></tr>'
        )

    def _remarks(self) -> Iterator[str]:
        mortem = self._document.post_mortem
        reviews = [
            f"<li><strong>{plain(r.role)}</strong> {plain(r.decision)} {instant(r.decided_at)}"
            f"<div>{self._inline(r.text)}</div></li>"
            for r in mortem.reviews
        ]
        places = self._document.node_addresses()
        comments = [
            f'<li><span class="quiet">{plain(places.get(c.anchor, ""))} {plain(c.role)} '
            f"{instant(c.at)}{' (resolved)' if c.resolved else ''}</span>"
            f"<div>{self._inline(c.text)}</div></li>"
            for c in mortem.comments
        ]
        yield from headed("reviews", "Reviews", listed(reviews))
        yield from headed("comments", "Comments", listed(comments))

    def _relations(self) -> str:
        return listed(
            f"<li>{plain(r.kind)} <strong>{plain(r.ref)}</strong> {plain(r.title)} "
            f"{self._inline(r.note)}</li>"
            for r in self._document.relations
        )

    def _attachments(self) -> str:
        return listed(
            f'<li>{plain(a.name)} <span class="quiet">{size(a.size)}</span></li>'
            for a in self._document.attachments
        )


def _times(incident: Incident) -> str:
    rows = [
        f'<tr><td>{name}</td><td class="time">{when(moment)}</td></tr>'
        for attribute, name in _TIMES.items()
        if (moment := getattr(incident.times, attribute)) is not None
    ]
    spans = durations(incident)
    for attribute, name in _DURATIONS.items():
        seconds = getattr(spans, attribute)
        if seconds is not None:
            about = "about " if attribute in spans.inexact else ""
            rows.append(f"<tr><td>{name}</td><td>{about}{lasting(seconds)}</td></tr>")
    return table(("", ""), rows)
