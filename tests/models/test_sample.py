"""The sample library: sound documents in blameless words."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import pairwise

import pytest

from models import codec, document, frameworks, sample, templates, vocabulary
from models.document import Document
from models.domain.action import ActionState
from models.domain.incident import (
    Incident,
    IncidentState,
    StepState,
    current_events,
    durations,
    occurred,
)
from models.domain.moments import Precision
from models.domain.post_mortem import Status
from models.domain.root import RelationKind
from models.domain.whys import About, StopReason, addresses, walk
from models.response import missing, resolution_gaps
from models.vocabulary import Vocabulary

ALL = sample.documents()
BY_REF = {d.ref: d for d in ALL}
TERMS = vocabulary.load()
FRAMEWORKS = frameworks.load()
TODAY = datetime(2026, 11, 22, 23, 59, tzinfo=UTC)
each = pytest.mark.parametrize("doc", ALL, ids=list(BY_REF))


def incidents() -> Iterator[Incident]:
    for doc in ALL:
        yield from doc.post_mortem.incidents


def prose(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for item in value.values():
            yield from prose(item)
    elif isinstance(value, list):
        for item in value:
            yield from prose(item)
    elif isinstance(value, str):
        yield value


def test_it_is_the_same_library_every_time() -> None:
    assert len(ALL) == 14
    assert sample.documents() == ALL
    assert [d.ref for d in ALL] == sorted(BY_REF)


@each
def test_it_survives_the_codec(doc: Document) -> None:
    assert document.from_json(document.to_json(doc)) == doc
    assert codec.loads(type(doc.post_mortem), codec.dumps(doc.post_mortem)) == doc.post_mortem


@each
def test_ids_are_its_own(doc: Document) -> None:
    mortem = doc.post_mortem
    ids = [mortem.id, *(n.id for n in addresses(mortem.whys).values())]
    ids += [tree.id for tree in mortem.whys]
    ids += [section.id for section in mortem.sections]
    ids += [review.id for review in mortem.reviews]
    ids += [comment.id for comment in mortem.comments]
    for incident in mortem.incidents:
        ids += [incident.id, *(event.id for event in incident.timeline)]
        ids += [update.id for update in incident.updates]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", i) for i in ids)


@each
def test_every_leaf_stops_at_a_root_and_every_fixable_root_has_an_action(doc: Document) -> None:
    assert About.OCCURRENCE in {tree.about for tree in doc.post_mortem.whys}
    for tree in doc.post_mortem.whys:
        assert tree.problem
        for number, node in walk(tree):
            assert node.question, number
            assert node.answer, number
            root = doc.root_of(node.id)
            if node.children:
                assert node.stop is None
                assert root is None
                continue
            assert node.stop is not None, number
            assert root is not None, number
            if node.stop.reason is StopReason.FIXABLE:
                assert doc.actions_of(root.id), number
            if node.stop.reason is StopReason.OUTSIDE:
                assert node.stop.accepted_by, number
    assert {link.root_id for link in doc.leaf_roots} == {root.id for root in doc.roots}


def test_evidence_is_missing_only_where_the_draft_asks_for_it() -> None:
    bare = [
        (doc.ref, place)
        for doc in ALL
        for place, node in addresses(doc.post_mortem.whys).items()
        if not node.evidence
    ]
    assert bare == [("PM-2026-014", "1.2")]
    doc = BY_REF["PM-2026-014"]
    node = addresses(doc.post_mortem.whys)["1.2"]
    assert node.id in {comment.anchor for comment in doc.post_mortem.comments}


@each
def test_times_are_in_order(doc: Document) -> None:
    for incident in doc.post_mortem.incidents:
        times = incident.times
        known = [
            m.at
            for m in (times.introduced, times.onset, times.detected, times.acknowledged)
            if m and m.at
        ]
        known += [m.at for m in (times.mitigated, times.resolved) if m and m.at]
        assert known == sorted(known)
        spans = codec.encode(durations(incident))
        assert all(spans[name] > 0 for name in ("ttd_s", "ttm_s", "ttr_s"))
        assert (spans["tta_s"] is not None) == (incident.detection.source == "alert")
        for window in incident.impact.windows:
            assert window.start is not None
            assert window.end is not None
            assert window.start.at is not None
            assert window.end.at is not None
            assert window.start.at < window.end.at
        log = [e.at for e in incident.timeline]
        assert all(a is not None and b is not None and a <= b for a, b in pairwise(log))
        current = [e.id for e in current_events(incident.timeline)]
        assert current == [e.id for e in incident.timeline if e.id in current]
        moment = occurred(incident)
        assert moment is not None
        assert moment.at is not None
        assert doc.ref.startswith(f"PM-{moment.at.year}-")
        for update in incident.updates:
            assert update.at
            assert update.next_promised is None or update.next_promised > update.at


@each
def test_histories_end_where_the_document_stands(doc: Document) -> None:
    mortem = doc.post_mortem
    history = mortem.status_history
    assert [c.at for c in history] == sorted(c.at for c in history)
    assert history[0].status is Status.DRAFT
    assert history[-1].status is mortem.status
    assert all(datetime(2023, 1, 1, tzinfo=UTC) < c.at < TODAY for c in history)
    for incident in mortem.incidents:
        assert incident.state is IncidentState.RESOLVED
        severities = incident.severity_history
        assert severities[-1].severity == incident.severity
        assert [c.at for c in severities] == sorted(c.at for c in severities)
    if mortem.status is Status.CLOSED:
        settled = (ActionState.VERIFIED, ActionState.WONT_DO, ActionState.SUPERSEDED)
        assert all(action.state in settled for action in doc.actions)


def test_actions_are_there_in_every_state_with_what_the_state_demands() -> None:
    actions = {a.ref: a for doc in ALL for a in doc.actions}
    assert {a.state for a in actions.values()} == set(ActionState)
    ids = {a.id for a in actions.values()}
    for action in actions.values():
        assert action.team
        assert action.owner not in (action.team, "TPM")
        if action.state in (ActionState.DONE, ActionState.VERIFIED):
            assert action.ready_at
            assert action.done_at
            assert action.ready_at < action.done_at < TODAY
        if action.state is ActionState.VERIFIED:
            assert action.verification
            assert action.verification.evidence
            assert action.verification.role
            assert action.done_at
            assert action.verification.at
            assert action.done_at < action.verification.at < TODAY
        if action.state is ActionState.WONT_DO:
            assert action.reason
            assert action.accepted_by
        assert (action.superseded_by is not None) == (action.state is ActionState.SUPERSEDED)
        assert action.superseded_by is None or action.superseded_by in ids
        vague = ("improve", "investigate", "be ", "look", "consider", "ensure", "try")
        assert not action.title.lower().startswith(vague), action.title


@each
def test_every_term_is_in_its_vocabulary(doc: Document) -> None:
    def known(words: Vocabulary, *values: str) -> None:
        ids = {term.id for term in words.terms}
        assert not [v for v in values if v not in ids]

    known(TERMS.statuses, doc.post_mortem.status)
    known(TERMS.categories, *(root.category for root in doc.roots))
    for action in doc.actions:
        known(TERMS.action_states, action.state)
        known(TERMS.action_types, action.type)
        known(TERMS.priorities, action.priority)
    for incident in doc.post_mortem.incidents:
        known(TERMS.severities, *(c.severity for c in incident.severity_history))
        known(TERMS.layers, *incident.layers)
        known(TERMS.triggers, incident.trigger.kind)
        known(TERMS.detections, incident.detection.source)
        known(TERMS.event_kinds, *(event.kind for event in incident.timeline))
        known(TERMS.roles, *(holding.role for holding in incident.roles))
    assert doc.post_mortem.template in templates.load()


@each
def test_records_follow_their_framework(doc: Document) -> None:
    for incident in doc.post_mortem.incidents:
        for response in incident.response:
            framework = FRAMEWORKS[response.framework]
            assert [s.step for s in response.steps] == [s.id for s in framework.steps]
            for step, wanted in zip(response.steps, framework.steps, strict=True):
                keys = {entry.key(part.name) for entry in wanted.record for part in entry.parts}
                assert set(step.record) <= keys
                if step.state is StepState.DONE:
                    assert step.at
                    assert step.record
                    if doc.ref in ("PM-2026-014", "PM-2025-031"):
                        assert missing(wanted, step, incident, doc) == ()
                if step.state is StepState.NOT_APPLICABLE:
                    assert step.reason


def test_resolved_samples_with_a_framework_show_what_their_all_clear_rests_on() -> None:
    for doc in ALL:
        gaps = resolution_gaps(doc, FRAMEWORKS)
        assert not [gap for gap in gaps if gap.field == "hotfix"]
        if doc.ref in ("PM-2026-014", "PM-2025-031", "PM-2023-052"):
            assert gaps == ()


def test_both_frameworks_were_followed() -> None:
    assert [BY_REF[r].post_mortem.title for r in ("PM-2026-014", "PM-2025-031")] == [
        "Profile saves failing after 100% rollout",
        "Checkout 500s at Black Friday peak",
    ]
    followed = Counter(r.framework for i in incidents() for r in i.response)
    assert followed["roll-back"] >= 2
    assert followed["triage-scale"] >= 2


def test_repeats_share_a_root_with_the_earlier_one() -> None:
    repeats = [
        (doc, relation)
        for doc in ALL
        for relation in doc.relations
        if relation.kind is RelationKind.REPEAT_OF
    ]
    assert len(repeats) == 3
    for doc in ALL:
        for relation in doc.relations:
            other = BY_REF[relation.ref]
            assert (relation.id, relation.title) == (other.post_mortem.id, other.post_mortem.title)
            assert relation.note
            if relation.kind is not RelationKind.RELATED:
                assert {r.id for r in doc.roots} & {r.id for r in other.roots}, relation
    for doc, relation in repeats:
        assert doc.ref > relation.ref


def test_an_action_may_belong_to_several_post_mortems() -> None:
    sharing = [doc.ref for doc in ALL if "A-12" in {a.ref for a in doc.actions}]
    assert sharing == ["PM-2025-031", "PM-2026-011", "PM-2026-014"]


def test_the_samples_show_what_the_domain_knows() -> None:
    mortems = [doc.post_mortem for doc in ALL]
    trees = [tree for mortem in mortems for tree in mortem.whys]
    nodes = [node for tree in trees for _, node in walk(tree)]
    assert {m.status for m in mortems} == set(Status)
    assert {tree.about for tree in trees} == set(About)
    assert {n.stop.reason for n in nodes if n.stop} == set(StopReason)
    assert any(node.joined for node in nodes)
    assert {i.severity for i in incidents()} == {"SEV1", "SEV2", "SEV3", "SEV4"}
    kinds = Counter(event.kind for i in incidents() for event in i.timeline)
    assert set(kinds) == {term.id for term in TERMS.event_kinds.terms}
    zones = {event.zone for i in incidents() for event in i.timeline}
    assert zones == {"UTC", "CET", "CEST", "Europe/Berlin", "America/New_York"}
    moments = [m for i in incidents() for m in (i.times.introduced, i.times.onset) if m]
    assert {m.precision for m in moments} == set(Precision) - {Precision.UNKNOWN}
    assert any(event.corrects for i in incidents() for event in i.timeline)
    assert sum(bool(m.reviews) for m in mortems) >= 6
    assert sum(bool(m.comments) for m in mortems) >= 4
    assert len({s for i in incidents() for s in i.services}) >= 12
    assert len({layer for i in incidents() for layer in i.layers}) >= 10


BLAME = re.compile(
    r"\b(should have|could have|would have|if only|failed to|forgot\w*|neglect\w*|"
    r"(human|operator|user) error|careless\w*|ridiculous\w*|stupid\w*|sloppy|fault of|"
    r"obvious\w*|of course|knew|who did|why did (you|he|she)|mistake\w*|blam\w*|"
    r"the server|incompeten\w*|simply|clearly|\w+ly assumed)\b|!!!",
    re.IGNORECASE,
)


@each
def test_its_words_blame_nobody(doc: Document) -> None:
    data = document.to_json(doc) | {"template": ""}
    found = [text for text in prose(data) if BLAME.search(text)]
    assert not found


@each
def test_it_names_no_host_of_the_real_world_and_no_address(doc: Document) -> None:
    for text in prose(document.to_json(doc)):
        assert not re.search(r"\S@\S+\.\S", text), text
        assert all(
            re.fullmatch(r"[a-z]+\.example", h) for h in re.findall(r"https?://([^/]+)", text)
        )
