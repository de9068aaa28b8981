"""Hypothesis strategies for every domain type and for whole documents with consistent links.

A document has hundreds of fields, too many to draw one by one. Hypothesis draws a few texts, a
size and a seed instead; a ``Sampler`` builds the value from them. So texts shrink well, and size 0
is the smallest value there is.

Each strategy takes ``text``: ``tame_text`` (words and simple Markdown), ``hostile_text`` (whatever
could break a format) or, by default, both. Ids are unique, in one document and between documents.
"""

import random
import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from models.document import Document
from models.domain.action import ActionItem, ActionState, Verification
from models.domain.attachment import Attachment
from models.domain.incident import (
    Detection,
    Event,
    Evidence,
    Impact,
    ImpactWindow,
    Incident,
    IncidentState,
    Measure,
    ResponseRecord,
    RoleHolding,
    SeverityChange,
    StateChange,
    StatusUpdate,
    StepRecord,
    StepState,
    Times,
    Trigger,
)
from models.domain.moments import Moment, Precision
from models.domain.post_mortem import (
    Comment,
    Lessons,
    PostMortem,
    Review,
    Section,
    Status,
    StatusChange,
)
from models.domain.root import LeafRoot, Relation, RelationKind, Root, RootAction
from models.domain.whys import About, Stop, StopReason, WhyNode, WhyTree, walk

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)
Text = SearchStrategy[str]

_WORDS = (
    *("checkout", "pool", "retry", "deploy", "the", "queue", "filled", "because", "alert", "cache"),
    *(
        "fired at",
        "replica was slow",
        "rollback",
        "42",
        "p99",
        "SEV1",
        "naïve",
        "Größe",
        "接続",
        "🚨",
    ),
)

tame_line: Text = st.lists(st.sampled_from(_WORDS), min_size=1, max_size=6).map(" ".join)
tame_text: Text = st.one_of(
    st.just(""),
    tame_line,
    st.lists(tame_line, min_size=2, max_size=3).map("\n\n".join),
    st.lists(tame_line, min_size=1, max_size=3).map(lambda rows: "\n".join(f"- {r}" for r in rows)),
)

HOSTILE = (
    *("---", "...", "# Title", "## Summary", "## Impact", "### Occurrence", "#### Deep", "#", "##"),
    *("\\## Timeline", "\\\\# x", "## Own <!-- custom -->", "# Incident 2", "Title\n===", "+++"),
    *("- **1** why", "- **and** x", "- because: y", "\\- because: y", "- **Window**", "- **"),
    *("- **2026-01-01 10:00 UTC, note** x", "- state: done", "- evidence (link): [a](<b>)", "-"),
    *("  - by: someone", "    indented code", "\ttab", "* star", "1. one", "> quote", "- [ ] task"),
    *("```", "```\n## in a fence\n```", "~~~\n# x", "````\n```\n````", "`code", "``", "| a | b |"),
    *("|---|---|", "<script>alert(1)</script>", "<!-- comment", "-->", "<b>bold", "&amp;", "&#10;"),
    *("&#32;", "&amp;#10;", "&lt;", "[a](javascript:x)", "[text](<target>)", "](<", "![i](a.png)"),
    *("key: value", "{a: b}", "[x, y]", "'", '"', "!!python/object", "*anchor", "&anchor", "%TAG"),
    *("null", "true", "1:30", "0x1f", "~", "@", "R1 root", "A-1", "new", "#why-1", "#event-1.1"),
    *(" leading", "trailing ", "two  \nspaces", "\n", "\n\nx\n\n", " ", "\t", "a\n \nb", "no time"),
    *("\x00", "\r", "\x0b\x0c", "\x85", "\u2028", "\ufeff", "\u00a0", "\u200b", "\u202e", "\x1b["),
    *("é e\u0301", "\U0010ffff", "\ufffe", "🏳️‍🌈", "[^1]", "[^1]: note", "~~gone~~", "http://a.b/c"),
)
"""Fragments that collide with Markdown, YAML, HTML, this project's form or a careless reader."""

hostile_text: Text = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(max_size=20),
    st.lists(st.sampled_from(HOSTILE), min_size=2, max_size=4).map("\n".join),
    st.lists(st.sampled_from(HOSTILE), min_size=2, max_size=3).map(" ".join),
)
any_text: Text = st.one_of(tame_text, hostile_text)


class Sampler:
    """Builds domain values from texts, a size (0 to 3, how long lists get) and a random source."""

    def __init__(self, texts: list[str], size: int, rng: random.Random) -> None:
        self._texts = texts
        self._size = size
        self._rng = rng

    def id(self) -> str:
        return str(uuid.UUID(int=self._rng.getrandbits(128), version=4))

    def text(self) -> str:
        return self._rng.choice(self._texts)

    def term(self, *usual: str) -> str:
        """Mostly one of the usual terms, sometimes any text (vocabularies are open)."""
        return self.text() if self._rng.random() < 0.2 else self._rng.choice(usual)

    def one(self, kind: type[E]) -> E:
        return self._rng.choice(list(kind))

    def flag(self) -> bool:
        return self._rng.random() < 0.5

    def maybe(self, make: Callable[[], T]) -> T | None:
        return make() if self.flag() and self._size else None

    def many(self, make: Callable[[], T], most: int = 3) -> tuple[T, ...]:
        return tuple(make() for _ in range(self._rng.randint(0, min(most, self._size))))

    def day(self) -> date:
        return date(2015, 1, 1) + timedelta(days=self._rng.randrange(8000))

    def instant(self) -> datetime:
        at = datetime(2015, 1, 1, tzinfo=UTC) + timedelta(minutes=self._rng.randrange(10**7))
        extreme = (datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC))
        detail = timedelta(seconds=self._rng.randrange(60), microseconds=self._rng.randrange(10**6))
        midnight = at.replace(hour=0, minute=0)
        return self._rng.choices(
            (at, at + detail, midnight, midnight.replace(day=1), self._rng.choice(extreme)),
            weights=(10, 3, 3, 2, 1),
        )[0]

    def moment(self) -> Moment:
        at = self.instant() if self._rng.random() < 0.85 else None
        return Moment(at, self.term(*_ZONES), self.one(Precision))

    def evidence(self) -> Evidence:
        kind = self.term("link", "quote", "attachment", "event", "query")
        return Evidence(kind, self.text(), self.text())

    def event(self) -> Event:
        moment = self.moment()
        return Event(
            id=self.id(),
            at=moment.at,
            zone=moment.zone,
            precision=moment.precision,
            written=self.term("", "12:45 PM PST Saturday", "14:20-15:00"),
            kind=self.term("note", "impact", "detected", "decision", "action", "recovered"),
            text=self.text(),
            evidence=self.many(self.evidence),
            recorded_at=self.maybe(self.instant),
            by_role=self.text(),
            starred=self.flag(),
        )

    def log(self) -> tuple[Event, ...]:
        """An append-only event log in which later entries may correct earlier ones."""
        log: list[Event] = []
        for event in self.many(self.event):
            corrects = self._rng.choice(log).id if log and self.flag() else None
            log.append(replace(event, corrects=corrects))
        return tuple(log)

    def impact(self) -> Impact:
        def window() -> ImpactWindow:
            return ImpactWindow(self.maybe(self.moment), self.maybe(self.moment), self.text())

        def measure() -> Measure:
            return Measure(self.text(), self.text(), self.text(), self.text())

        return Impact(self.many(window, 2), self.many(measure, 2), self.text())

    def step(self) -> StepRecord:
        return StepRecord(
            step=self.term("R", "O", "L1", "B"),
            state=self.one(StepState),
            at=self.maybe(self.moment),
            role=self.text(),
            notes=self.text(),
            reason=self.text(),
            record=dict(self.many(lambda: (self.text(), self.text()), 2)),
        )

    def response(self) -> ResponseRecord:
        return ResponseRecord(self.term("roll-back", "triage-scale"), self.many(self.step))

    def update(self) -> StatusUpdate:
        return StatusUpdate(
            self.id(),
            self.maybe(self.instant),
            self.text(),
            self.text(),
            self.maybe(self.instant),
        )

    def incident(self) -> Incident:
        return Incident(
            id=self.id(),
            title=self.text(),
            state=self.one(IncidentState),
            severity=self.term("SEV1", "SEV2", "SEV3", "SEV4", ""),
            severity_history=self.many(self.severity_change, 2),
            state_history=self.many(self.state_change, 2),
            services=self.many(self.text, 2),
            layers=self.many(self.text, 2),
            trigger=Trigger(self.term("rollout", "traffic", ""), self.text()),
            detection=Detection(self.term("alert", "customer", ""), self.text()),
            resolution=self.text(),
            times=Times(*(self.maybe(self.moment) for _ in range(6))),
            impact=self.impact(),
            roles=self.many(self.role, 2),
            updates=self.many(self.update, 2),
            timeline=self.log(),
            response=self.many(self.response, 2),
        )

    def severity_change(self) -> SeverityChange:
        return SeverityChange(self.term("SEV1", "SEV2"), self.instant(), self.text(), self.text())

    def state_change(self) -> StateChange:
        return StateChange(self.one(IncidentState), self.instant(), self.text(), self.text())

    def role(self) -> RoleHolding:
        holder = self.text()
        return RoleHolding(
            self.term("Incident Commander"),
            holder,
            self.maybe(self.instant),
            self.maybe(self.instant),
        )

    def stop(self) -> Stop:
        return Stop(self.one(StopReason), self.text(), self.text())

    def node(self, depth: int = 0) -> WhyNode:
        """A why with the whys below it; stops on leaves, sometimes on others too."""
        below = self.many(lambda: self.node(depth + 1), 2) if depth < 4 else ()
        return WhyNode(
            id=self.id(),
            question=self.text(),
            answer=self.text(),
            evidence=self.many(self.evidence, 1),
            joined=self.flag(),
            stop=self.maybe(self.stop),
            children=below,
        )

    def tree(self, about: About = About.OCCURRENCE) -> WhyTree:
        return WhyTree(self.id(), about, self.text(), self.many(self.node))

    def why_trees(self) -> tuple[WhyTree, ...]:
        """Up to three why trees, each about another question, in any order."""
        abouts = self._rng.sample(list(About), k=self._rng.randint(0, min(3, self._size)))
        return tuple(self.tree(about) for about in abouts)

    def lessons(self) -> Lessons:
        return Lessons(self.text(), self.text(), self.text(), self.text())

    def section(self) -> Section:
        return Section(self.id(), self.text(), self.text())

    def review(self) -> Review:
        return Review(
            self.id(),
            self.term("Facilitator", "Product"),
            self.maybe(self.instant),
            self.term("approved", "changes asked", ""),
            self.maybe(self.instant),
            self.text(),
        )

    def comment(self, places: list[str]) -> Comment:
        """A remark on a section, a node or an event."""
        anchor = self.term("summary", "impact", "lessons", *places)
        at = self.maybe(self.instant)
        return Comment(self.id(), anchor, self.text(), self.text(), at, self.flag())

    def post_mortem(self) -> PostMortem:
        whys, incidents = self.why_trees(), self.many(self.incident)
        if not incidents and self.flag():
            incidents = (self.incident(),)
        places = [n.id for tree in whys for _, n in walk(tree)]
        places += [e.id for incident in incidents for e in incident.timeline]
        return PostMortem(
            id=self.id(),
            title=self.text(),
            status=self.one(Status),
            status_history=self.many(self.status_change, 2),
            historical=self.flag(),
            template=self.term("five-whys", ""),
            authors=self.many(self.text, 2),
            facilitator=self.text(),
            summary=self.text(),
            incidents=incidents,
            whys=whys,
            contributing_factors=self.text(),
            lessons=self.lessons(),
            sections=self.many(self.section),
            review_due=self.maybe(self.day),
            review_meeting=self.maybe(self.instant),
            reviews=self.many(self.review, 2),
            comments=self.many(lambda: self.comment(places)),
            tags=self.many(self.text),
            aliases=self.many(self.text),
            source_labels=self.many(self.text, 2),
        )

    def status_change(self) -> StatusChange:
        return StatusChange(self.one(Status), self.instant(), self.text(), self.text())

    def verification(self) -> Verification:
        return Verification(self.text(), self.text(), self.maybe(self.instant))

    def action(self, ref: str = "A-1") -> ActionItem:
        return ActionItem(
            id=self.id(),
            title=self.text(),
            ref=ref,
            state=self.one(ActionState),
            type=self.term("prevent", "detect", "mitigate", ""),
            priority=self.term("P0", "P1", "P2", "P3", ""),
            team=self.text(),
            owner=self.text(),
            due=self.maybe(self.day),
            text=self.text(),
            done_when=self.text(),
            links=self.many(self.text, 2),
            ready_at=self.maybe(self.instant),
            done_at=self.maybe(self.instant),
            verification=self.maybe(self.verification),
            reason=self.text(),
            accepted_by=self.text(),
        )

    def root(self) -> Root:
        return Root(self.id(), self.text(), self.term("missing test", "missing alert", ""))

    def relation(self) -> Relation:
        ref = self.term("PM-2024-003", "PM-2025-017")
        kind = self.one(RelationKind)
        return Relation(kind, self.id(), ref, self.text(), self.instant(), self.text())

    def attachment(self) -> Attachment:
        return Attachment(
            self.id(),
            self.term("dashboard.png", "log.txt"),
            self._rng.randbytes(32).hex(),
            self.term("image/png", "text/plain"),
            self._rng.randrange(2**40),
        )

    def leaf_roots(self, leaves: list[str], roots: tuple[Root, ...]) -> tuple[LeafRoot, ...]:
        """At most one root that stands for each leaf, and some links that ended."""
        links = []
        for leaf in leaves if roots else []:
            since, until = sorted((self.instant(), self.instant()))
            if self.flag():
                links.append(LeafRoot(leaf, self._rng.choice(roots).id, since, until))
            if self.flag():
                links.append(LeafRoot(leaf, self._rng.choice(roots).id, until))
        return tuple(links)

    def root_actions(
        self, roots: tuple[Root, ...], actions: tuple[ActionItem, ...]
    ) -> tuple[RootAction, ...]:
        links = []
        for root, action in ((r, a) for r in roots for a in actions):
            since, until = sorted((self.instant(), self.instant()))
            if self.flag():
                links.append(RootAction(root.id, action.id, since, None if self.flag() else until))
        return tuple(links)

    def document(self) -> Document:
        post_mortem = self.post_mortem()
        leaves = [n.id for tree in post_mortem.whys for _, n in walk(tree) if not n.children]
        roots = self.many(self.root) if leaves else ()
        actions = tuple(self.action(f"A-{n}") for n, _ in enumerate(self.many(self.flag), 1))
        if len(actions) > 1 and self.flag():
            actions = (replace(actions[0], superseded_by=actions[1].id), *actions[1:])
        return Document(
            post_mortem=post_mortem,
            ref=self._rng.choice(("", "PM-2026-014")),
            version=self._rng.randrange(9),
            actions=actions,
            roots=roots,
            leaf_roots=self.leaf_roots(leaves, roots),
            root_actions=self.root_actions(roots, actions),
            relations=self.many(self.relation, 2),
            attachments=self.many(self.attachment, 2),
        )


_ZONES = (
    *("UTC", "UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "+02:00", "-03:30"),
    *("CET", "PST", "BST", "Z", "GMT", "", "local"),
)


def samplers(text: Text = any_text) -> SearchStrategy[Sampler]:
    """The source of every strategy below."""
    return st.builds(
        Sampler,
        st.lists(text, min_size=1, max_size=6),
        st.integers(0, 3),
        st.integers(0, 2**64).map(random.Random),
    )


def moments(text: Text = any_text) -> SearchStrategy[Moment]:
    """Instants of every precision and zone, some unknown."""
    return samplers(text).map(Sampler.moment)


def events(text: Text = any_text) -> SearchStrategy[Event]:
    """Entries of a log that correct nothing."""
    return samplers(text).map(Sampler.event)


def logs(text: Text = any_text) -> SearchStrategy[tuple[Event, ...]]:
    """Event logs with corrections."""
    return samplers(text).map(Sampler.log)


def incidents(text: Text = any_text) -> SearchStrategy[Incident]:
    """What happened."""
    return samplers(text).map(Sampler.incident)


def why_trees(text: Text = any_text) -> SearchStrategy[tuple[WhyTree, ...]]:
    """The why trees of a post-mortem."""
    return samplers(text).map(Sampler.why_trees)


def actions(text: Text = any_text) -> SearchStrategy[ActionItem]:
    """Action items in every state."""
    return samplers(text).map(Sampler.action)


def post_mortems(text: Text = any_text) -> SearchStrategy[PostMortem]:
    """The aggregate alone."""
    return samplers(text).map(Sampler.post_mortem)


def documents(text: Text = any_text) -> SearchStrategy[Document]:
    """Documents whose links all lead somewhere.

    Leaves lead to roots (one root may be reached by several), actions address roots, some links
    have ended, one action may supersede another, comments may name nodes and events.
    """
    return samplers(text).map(Sampler.document)
