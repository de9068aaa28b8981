"""Writing the Markdown form of a document."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import chain

from integrations.markdown import form_tables as tables
from integrations.markdown.form_front import front_matter
from integrations.markdown.form_guidance import Guides
from integrations.markdown.form_items import Entry
from integrations.markdown.form_places import action_names, place_text, places_of
from integrations.markdown.form_roots import numbered_roots
from integrations.markdown.form_text import line
from integrations.markdown.form_times import instant_text, moment_text
from models.document import Document
from models.domain.action import ActionItem
from models.domain.incident import Event, Evidence, Incident
from models.domain.post_mortem import Section
from models.domain.whys import WhyNode, walk


def written(document: Document, guides: Guides | None = None) -> str:
    """The Markdown form of a document, with guidance in its empty sections."""
    return _Writer(document, guides or {}).text()


class _Writer:
    """The parts of one document as lines of the form."""

    def __init__(self, document: Document, guides: Guides) -> None:
        self._document = document
        self._guides = guides
        self._post_mortem = document.post_mortem
        self._places = places_of(document)
        self._named_events = _named_events(document)
        self._roots = numbered_roots(document)

    def text(self) -> str:
        title = _heading("#", self._post_mortem.title)
        body = "\n\n".join([title, *self._sections()])
        return f"{front_matter(self._document)}\n{body}\n"

    def _sections(self) -> Iterable[str]:
        pm = self._post_mortem
        sections = {
            "summary": tables.FREE.written(pm.summary),
            **(self._incident(pm.incidents[0]) if pm.incidents else {}),
            "whys": self._whys(),
            "contributing_factors": tables.FREE.written(pm.contributing_factors),
            "lessons": self._lessons(),
            "actions": tables.ACTIONS.written(self._actions()),
            "remarks": tables.REMARKS.written([*self._reviews(), *self._comments()]),
            "relations": tables.RELATIONS.written(
                Entry(r.kind, r.title, tables.RELATIONS.values(r)) for r in self._document.relations
            ),
            "attachments": tables.ATTACHMENTS.written(
                Entry("File", a.name, tables.ATTACHMENTS.values(a))
                for a in self._document.attachments
            ),
        }
        shown = () if pm.historical else tables.ALWAYS
        guided = {key: self._guided(key, lines) for key, lines in sections.items()}
        yield from _known(guided, shown)
        for section in pm.sections:
            comments = self._guides.get(f"# {section.heading}", [])
            yield "\n".join(_blocks([_custom(section)], [] if section.markdown else comments))
        for number, incident in enumerate(pm.incidents[1:], 2):
            yield f"# Incident {number}"
            yield from _known(self._incident(incident), ())

    def _incident(self, incident: Incident) -> dict[str, list[str]]:
        roles = (Entry("Role", r.role, tables.ROLES.values(r)) for r in incident.roles)
        updates = (
            Entry(instant_text(u.at) if u.at else "no time", u.text, tables.UPDATES.values(u))
            for u in incident.updates
        )
        return {
            "impact": _blocks(
                tables.IMPACT_TEXT.written(incident.impact.text),
                tables.IMPACT.written(_impact(incident)),
            ),
            "trigger": tables.FREE.written(incident.trigger.text),
            "detection": tables.FREE.written(incident.detection.text),
            "timeline": tables.TIMELINE.written(map(self._event, incident.timeline)),
            "roles": tables.ROLES.written(roles),
            "updates": tables.UPDATES.written(updates),
            "response": _response(incident),
            "resolution": tables.FREE.written(incident.resolution),
        }

    def _event(self, event: Event) -> Entry:
        values = tables.TIMELINE.values(
            event,
            evidence=self._evidence(event.evidence),
            corrects=place_text(event.corrects, self._places) if event.corrects else "",
            known_as=self._places[event.id] if event.id in self._named_events else "",
        )
        return Entry(f"{moment_text(event.moment)}, {line(event.kind, '*')}", event.text, values)

    def _evidence(self, evidence: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
        """Evidence in which events and actions are named as the text can name them."""
        return tuple(
            replace(one, target=place_text(one.target, self._places))
            if one.kind in ("event", "action")
            else one
            for one in evidence
        )

    def _whys(self) -> list[str]:
        lines: list[str] = []
        for tree in self._post_mortem.whys:
            problem = tables.PROBLEM.written(tree.problem)
            nodes = tables.WHYS.written(self._nodes(tree.nodes))
            lines = _blocks(lines, [f"### {tables.ABOUT[tree.about]}"], problem, nodes)
        return lines

    def _nodes(self, nodes: tuple[WhyNode, ...], above: str = "") -> tuple[Entry, ...]:
        entries = []
        for n, node in enumerate(nodes, 1):
            root, stop = self._document.root_of(node.id), node.stop
            values = tables.WHYS.values(
                node,
                evidence=self._evidence(node.evidence),
                stop=stop.reason if stop else None,
                stop_text=stop.text if stop else "",
                accepted_by=stop.accepted_by if stop else "",
                root=_named(self._roots[root.id][0], root.title) if root else None,
            )
            label = f"{above}{n} and" if node.joined else f"{above}{n}"
            below = self._nodes(node.children, f"{above}{n}.")
            entries.append(Entry(label, node.question, values, below))
        return tuple(entries)

    def _guided(self, key: str, lines: list[str]) -> list[str]:
        """A section with its guidance, as long as nobody has written it."""
        said = lines
        if key == "whys" and not any(t.problem or t.nodes for t in self._post_mortem.whys):
            said = []
        return lines if said else _blocks(lines, self._guides.get(key, []))

    def _lessons(self) -> list[str]:
        lessons = self._post_mortem.lessons
        lines = tables.LESSON.written(lessons.text)
        for name, heading in tables.LESSONS.items():
            text = tables.LESSON.written(getattr(lessons, name)) or self._guides.get(name, [])
            lines = _blocks(lines, [f"### {heading}"], text) if text else lines
        return lines

    def _actions(self) -> Iterable[Entry]:
        actions = self._document.actions
        names = action_names([action.ref for action in actions])
        for action, name in zip(actions, names, strict=True):
            label = "new" if name.startswith("#") else name
            yield Entry(label, action.title, self._action_values(action))

    def _action_values(self, action: ActionItem) -> Mapping[str, object]:
        roots = (r for r in self._document.roots_of(action.id) if r in self._roots)
        checked, by = action.verification, action.superseded_by
        return tables.ACTIONS.values(
            action,
            roots=", ".join(self._roots[root_id][0] for root_id in roots),
            verified=checked.evidence if checked else None,
            verified_by=checked.role if checked else "",
            verified_at=checked.at if checked else None,
            superseded_by=place_text(by, self._places) if by else "",
        )

    def _reviews(self) -> Iterable[Entry]:
        for review in self._post_mortem.reviews:
            yield Entry("Review", "", tables.REMARKS.values(review))

    def _comments(self) -> Iterable[Entry]:
        for comment in self._post_mortem.comments:
            anchor = place_text(comment.anchor, self._places)
            yield Entry("Comment", "", tables.REMARKS.values(comment, anchor=anchor))


def _named_events(document: Document) -> set[str | None]:
    """The ids of events that corrections, comments or evidence name (and other texts)."""
    mortem = document.post_mortem
    nodes = (node for tree in mortem.whys for _, node in walk(tree))
    events = [event for incident in mortem.incidents for event in incident.timeline]
    evidence = chain(*(node.evidence for node in nodes), *(event.evidence for event in events))
    return {
        *(event.corrects for event in events),
        *(comment.anchor for comment in mortem.comments),
        *(one.target for one in evidence if one.kind == "event"),
    }


def _impact(incident: Incident) -> Iterable[Entry]:
    for window in incident.impact.windows:
        yield Entry("Window", "", tables.IMPACT.values(window))
    for measure in incident.impact.measures:
        yield Entry("Measure", measure.name, tables.IMPACT.values(measure))


def _response(incident: Incident) -> list[str]:
    lines: list[str] = []
    for response in incident.response:
        steps = (
            Entry("Step", s.step, tables.STEPS.values(s, record=tuple(s.record.items())))
            for s in response.steps
        )
        heading = _heading("###", response.framework)
        lines = _blocks(lines, [heading], tables.STEPS.written(steps))
    return lines


def _custom(section: Section) -> str:
    heading = _heading("##", section.heading)
    shown = heading[2:].strip(" ")
    if tables.key_of(shown) or shown.endswith(tables.CUSTOM):
        heading = f"{heading} {tables.CUSTOM}"
    return "\n".join(_blocks([heading], tables.FREE.written(section.markdown)))


def _known(sections: Mapping[str, list[str]], shown: tuple[str, ...]) -> Iterable[str]:
    for key, lines in sections.items():
        if lines or key in shown:
            yield "\n".join(_blocks([f"## {tables.SECTIONS[key]}"], lines))


def _heading(mark: str, text: str) -> str:
    return f"{mark} {line(text)}" if text else mark


def _named(label: str, title: str) -> str:
    return f"{label} {title}" if title else label


def _blocks(*parts: list[str]) -> list[str]:
    """The parts that are not empty, a blank line between them."""
    lines: list[str] = []
    for part in parts:
        if part:
            lines += ["", *part] if lines else part
    return lines
