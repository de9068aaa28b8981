"""What a text of the form leaves to the document that it is applied to.

An export names its post-mortem and says everything; what it lacks was taken out. A text without
that id was written by hand: it says what it names, and the rest stays.
"""

from dataclasses import dataclass, replace

from integrations.markdown import form_tables as tables
from integrations.markdown.form_facts import Facts
from integrations.markdown.form_places import places_of
from integrations.markdown.form_roots import numbered_roots
from integrations.markdown.form_sections import Parts
from models.document import Document
from models.domain.incident import Incident
from models.domain.moments import Moment
from models.domain.post_mortem import Lessons, PostMortem, Section
from models.domain.root import Root
from models.domain.whys import About, WhyTree, walk

_DOCUMENT_FACTS = (
    *("status", "status_history", "historical", "tags", "authors", "facilitator", "template"),
    *("aliases", "source_labels", "review_due", "review_meeting"),
)
_INCIDENT_FACTS = {"incident": "title"} | {
    name: name
    for name in ("state", "state_history", "severity", "severity_history", "services", "layers")
}
_HEAD = ("afterwhy", "id", "ref", "version")


@dataclass(frozen=True, slots=True)
class Rest:
    """What the text does not name of ``base``.

    ``titled`` when it has a title; ``facts`` and ``times`` are names of its front matter,
    ``sections`` the number of an incident and a section's name, ``trees`` the why trees it has.
    """

    base: Document
    titled: bool
    facts: frozenset[str]
    times: frozenset[str]
    sections: frozenset[tuple[int, str]]
    trees: frozenset[About]

    def places(self) -> dict[str, str]:
        """Place -> id of what stands in the parts that the text does not have."""
        mortem = self.base.post_mortem
        gone = {node.id for tree in mortem.whys if self._has(tree.about) for _, node in walk(tree)}
        for number, incident in enumerate(mortem.incidents, 1):
            if (number, "timeline") in self.sections:
                gone |= {event.id for event in incident.timeline}
        if (1, "actions") in self.sections:
            gone |= {action.id for action in self.base.actions}
        return {place: id for id, place in places_of(self.base).items() if id not in gone}

    def roots(self) -> dict[str, Root]:
        """The roots that only the document has, by their names and the places of their whys."""
        roots = dict(numbered_roots(self.base).values())
        found = ((place, self.base.root_of(id)) for place, id in self.places().items())
        return roots | {place: root for place, root in found if root is not None}

    def moments(self, number: int) -> list[Moment | None]:
        """The times of an incident that give its timeline a day."""
        incidents = self.base.post_mortem.incidents[number - 1 : number]
        return [getattr(one.times, name) for one in incidents for name in tables.TIMES]

    def under(self, joined: Document) -> Document:
        """``joined``, the text as a later state of ``base``, with what it does not name."""
        base = self.base
        mortem = self._post_mortem(joined.post_mortem, base.post_mortem)
        known = {root.id: root for root in base.roots}
        kept = {node.id for tree in mortem.whys for _, node in walk(tree)} - {
            node.id for tree in joined.post_mortem.whys for _, node in walk(tree)
        }
        links = (link for link in base.leaf_roots if link.node_id in kept)
        return replace(
            joined,
            post_mortem=mortem,
            actions=joined.actions if self._is_named("actions") else base.actions,
            root_actions=joined.root_actions if self._is_named("actions") else base.root_actions,
            roots=joined.roots
            if "roots" in self.facts
            else tuple(known.get(root.id, root) for root in joined.roots),
            leaf_roots=(*(one for one in joined.leaf_roots if one.node_id not in kept), *links),
            relations=joined.relations if self._is_named("relations") else base.relations,
            attachments=joined.attachments if self._is_named("attachments") else base.attachments,
        )

    def named(self) -> tuple[str, ...]:
        """What the text has, as a reader calls it."""
        facts = sorted(self.facts.difference(_HEAD))
        headings = (tables.SECTIONS[key] for _, key in sorted(self.sections))
        return tuple(dict.fromkeys([*(["title"] if self.titled else []), *facts, *headings]))

    def _is_named(self, key: str, number: int = 1) -> bool:
        return (number, key) in self.sections

    def _has(self, about: About) -> bool:
        return self._is_named("whys") and (not self.trees or about in self.trees)

    def _post_mortem(self, new: PostMortem, old: PostMortem) -> PostMortem:
        texts = ("summary", "contributing_factors")
        kept = [name for name in _DOCUMENT_FACTS if name not in self.facts]
        kept += [key for key in texts if not self._is_named(key)]
        kept += [] if self._is_named("remarks") else ["reviews", "comments"]
        return replace(
            new,
            **{name: getattr(old, name) for name in kept},
            title=new.title if self.titled else old.title,
            incidents=self._incidents(new.incidents, old.incidents),
            whys=self._whys(new.whys, old.whys),
            lessons=self._lessons(new.lessons, old.lessons),
            sections=_sections(new.sections, old.sections),
        )

    def _whys(self, new: tuple[WhyTree, ...], old: tuple[WhyTree, ...]) -> tuple[WhyTree, ...]:
        """The trees that the text has in the place of those about the same."""
        if all(self._has(tree.about) for tree in old):
            return new
        said = {tree.about: tree for tree in new}
        kept = [said.pop(t.about, None if self._has(t.about) else t) for t in old]
        return (*(tree for tree in kept if tree is not None), *said.values())

    def _lessons(self, new: Lessons, old: Lessons) -> Lessons:
        """Each of the lists that the text has; all of them where it has an empty section."""
        if not self._is_named("lessons"):
            return old
        said = {name: getattr(new, name) for name in ("text", *tables.LESSONS)}
        return replace(old, **{k: v for k, v in said.items() if v}) if any(said.values()) else new

    def _incidents(
        self, new: tuple[Incident, ...], old: tuple[Incident, ...]
    ) -> tuple[Incident, ...]:
        more = "more_incidents" in self.facts
        joined = [
            self._incident(number, one, old[number - 1]) if number <= len(old) else one
            for number, one in enumerate(new, 1)
            if number == 1 or not more
        ]
        return (*joined, *(new if more else old)[len(joined) :])

    def _incident(self, number: int, new: Incident, old: Incident) -> Incident:
        facts = self.facts if number == 1 else frozenset()
        times = self.times if number == 1 else frozenset()
        kept = [field for name, field in _INCIDENT_FACTS.items() if name not in facts]
        whole = ("impact", "resolution", "roles", "updates", "timeline", "response")
        kept += [key for key in whole if not self._is_named(key, number)]
        trigger, detection = (self._is_named(key, number) for key in ("trigger", "detection"))
        return replace(
            new,
            **{field: getattr(old, field) for field in kept},
            times=replace(old.times, **{name: getattr(new.times, name) for name in times}),
            trigger=replace(
                old.trigger,
                kind=new.trigger.kind if "trigger" in facts else old.trigger.kind,
                text=new.trigger.text if trigger else old.trigger.text,
            ),
            detection=replace(
                old.detection,
                source=new.detection.source if "detection" in facts else old.detection.source,
                text=new.detection.text if detection else old.detection.text,
            ),
        )


def _sections(new: tuple[Section, ...], old: tuple[Section, ...]) -> tuple[Section, ...]:
    """Those of the text in the place of the ones with the same heading."""
    said = list(new)
    joined = []
    for section in old:
        same = next((one for one in said if one.heading == section.heading), None)
        if same is not None:
            said.remove(same)
        joined.append(same or section)
    return (*joined, *said)


def rest_of(base: Document, facts: Facts, parts: Parts) -> Rest:
    """What a text with these facts and parts does not name of ``base``."""
    rows = [row.text.strip() for row in parts.get("whys").rows]
    headed = {about for about, heading in tables.ABOUT.items() if f"### {heading}" in rows}
    first = next((row for row in rows if row), "")
    if first and first.removeprefix("### ") not in tables.ABOUT.values():
        headed.add(About.OCCURRENCE)
    return Rest(
        base,
        titled=parts.title is not None,
        facts=frozenset(facts.names()),
        times=frozenset(facts.map("times").names()),
        sections=frozenset(parts.known),
        trees=frozenset(headed),
    )
