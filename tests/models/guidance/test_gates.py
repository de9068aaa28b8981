"""Gates: what each one asks for, going through it, and the reason that is kept."""

from dataclasses import replace
from datetime import timedelta

import pytest

from models.commands import post_mortems as commands
from models.document import Document
from models.domain.action import ActionState
from models.domain.histories import Change
from models.domain.incident import IncidentState
from models.domain.post_mortem import Comment, Review, Status
from models.editing.parts import with_text
from models.guidance import gates, reviewing
from models.guidance.gaps import Gap, gaps
from models.guidance.guide import Gate
from models.queries import post_mortems as queries
from models.store.library import Actor, Library
from tests.models.guidance.examples import AROUND, INCIDENT, NOON, WHOLE, incident, later, text

NOW = NOON + timedelta(days=1)
LEAD = Change(NOW, "Lead", "Facilitator")


def missing(gate: Gate, document: Document, of: str = "") -> list[str]:
    found = gaps(document, AROUND)
    return [gap.rule for gap in gates.checklist(gate, found, AROUND.guide, incident=of)]


def test_a_whole_one_is_ready_for_review_and_waits_for_its_reviewer() -> None:
    assert missing(Gate.ASK_FOR_REVIEW, WHOLE) == []
    assert missing(Gate.MARK_REVIEWED, WHOLE) == ["unanswered review"]
    answered = reviewing.answered(WHOLE, "review", reviewing.AGREED, NOW)
    assert missing(Gate.MARK_REVIEWED, answered) == []
    remarked = with_text(answered, comments=(Comment("remark", "summary", "Since when?"),))
    assert missing(Gate.MARK_REVIEWED, remarked) == ["open comment"]


def test_asking_for_review_names_what_a_reader_would_miss() -> None:
    document = replace(text(summary="", reviews=()), root_actions=())
    assert missing(Gate.ASK_FOR_REVIEW, document) == ["summary", "countermeasure", "reviewer"]


@pytest.mark.parametrize(
    ("state", "keeps_open"),
    [
        (ActionState.READY, "unfinished action"),
        (ActionState.DONE, "unfinished action"),
        (ActionState.PROPOSED, "undecided action"),
        (ActionState.VERIFIED, ""),
    ],
)
def test_closing_asks_for_every_action_of_its_own(state: ActionState, keeps_open: str) -> None:
    document = replace(WHOLE, actions=(replace(WHOLE.actions[0], state=state),))
    document = with_text(document, status=Status.REVIEWED, reviews=())
    assert missing(Gate.CLOSE, document) == [keeps_open] * bool(keeps_open)
    around = replace(AROUND, borrowed=frozenset({"action"}))
    found = gaps(document, around)
    assert gates.checklist(Gate.CLOSE, found, AROUND.guide) == ()
    found = gaps(document, replace(AROUND, reopened=frozenset({"action"})))
    left = [gap.rule for gap in gates.checklist(Gate.CLOSE, found, AROUND.guide)]
    assert ("reopened action" in left) is document.actions[0].is_open
    assert ("unfinished action" in left) is (state is ActionState.DONE)


def test_closing_before_the_review_says_so() -> None:
    assert "not reviewed" in missing(Gate.CLOSE, WHOLE)


def test_resolving_asks_about_one_incident() -> None:
    other = replace(INCIDENT, id="other", times=replace(INCIDENT.times, mitigated=None))
    document = text(incidents=(INCIDENT, other))
    assert missing(Gate.RESOLVE, document, "incident") == ["all clear"]
    assert missing(Gate.RESOLVE, document, "other") == ["mitigated", *["all clear"] * 2]


def test_a_live_incident_is_named_before_every_gate_and_never_by_next() -> None:
    live = replace(INCIDENT.times, mitigated=None, resolved=None)
    document = incident(state=IncidentState.LIVE, times=live)
    assert missing(Gate.ASK_FOR_REVIEW, document) == ["still live"]
    assert all("still live" in missing(gate, document) for gate in Gate)
    (gap,) = (gap for gap in gaps(document, AROUND) if gap.rule == "still live")
    assert (gap.place, gap.field, gap.waits) == ("details/incident", "Mitigated", True)
    over = incident(times=replace(INCIDENT.times, resolved=None))
    assert missing(Gate.ASK_FOR_REVIEW, over) == ["resolved"]


def test_the_gate_ahead_follows_the_status() -> None:
    ahead = {status: gates.next_gate(text(status=status)) for status in Status}
    assert ahead == {
        Status.DRAFT: Gate.ASK_FOR_REVIEW,
        Status.IN_REVIEW: Gate.MARK_REVIEWED,
        Status.REVIEWED: Gate.CLOSE,
        Status.CLOSED: None,
    }
    assert gates.next_gate(text(historical=True)) is None
    assert gates.gate_to(Status.DRAFT) is None
    assert gates.gate_to(Status.CLOSED) is Gate.CLOSE


def test_going_on_regardless_keeps_the_reason_and_what_was_open(library: Library) -> None:
    id = commands.add(library, text(summary=""), Actor("Lead")).id
    document = queries.by_id(library, id)
    open_ = gates.checklist(Gate.ASK_FOR_REVIEW, gaps(document, AROUND), AROUND.guide)
    told = replace(LEAD, reason="The meeting is today.")
    changed = gates.through(document, Gate.ASK_FOR_REVIEW, told, open_)
    commands.merge_save(library, changed, document, Actor("Lead"), coalesce=True)
    last = queries.by_id(library, id).post_mortem.status_history[-1]
    assert (last.status, last.at, last.by) == (Status.IN_REVIEW, NOW, "Lead")
    assert last.reason == "The meeting is today. Still open: No summary."
    kept = queries.by_id(library, id).post_mortem.status_history
    assert [entry.status for entry in kept] == [Status.DRAFT, Status.IN_REVIEW]


def test_undoing_a_gate_is_a_dated_change_too(library: Library) -> None:
    id = commands.add(library, WHOLE, Actor("Lead")).id
    document = queries.by_id(library, id)
    changed = gates.through(document, Gate.ASK_FOR_REVIEW, LEAD)
    commands.merge_save(library, changed, document, Actor("Lead"))
    stored = queries.by_id(library, id)
    undone = with_text(stored, status=Status.DRAFT, status_history=())
    commands.merge_save(library, undone, stored, Actor("Lead"))
    kept = queries.by_id(library, id).post_mortem.status_history
    assert [entry.status for entry in kept] == [Status.DRAFT, Status.IN_REVIEW, Status.DRAFT]


def test_a_reason_without_gaps_and_gaps_without_a_reason() -> None:
    gap = Gap("summary", "summary", "summary", "No summary", "Sum it up.")
    assert gates.kept_reason("  Agreed in the meeting. ", ()) == "Agreed in the meeting."
    assert gates.kept_reason("", [gap]) == "Still open: No summary."
    assert gates.kept_reason("", ()) == ""


def test_asking_gives_the_date_and_asks_those_again_who_wanted_changes() -> None:
    reviews = (
        Review("new", "Support"),
        Review("asked", "Database", NOON),
        Review("again", "Mail", NOON, "Changes asked", later(60), "Say since when."),
        Review("agreed", "Legal", NOON, "Agreed", later(60)),
    )
    after = gates.through(text(reviews=reviews), Gate.ASK_FOR_REVIEW, LEAD).post_mortem
    by_id = {review.id: review for review in after.reviews}
    assert by_id["new"].asked_at == NOW
    assert by_id["asked"].asked_at == NOON
    assert by_id["agreed"] == reviews[3]
    assert by_id["again"] == Review(
        "again", "Mail", NOW, text="Changes asked, 2026-11-18: Say since when."
    )


def test_resolving_keeps_when_by_which_role_and_why(library: Library) -> None:
    id = commands.add(library, incident(state=IncidentState.MITIGATED), Actor("Lead")).id
    document = queries.by_id(library, id)
    of = document.post_mortem.incidents[0].id
    open_ = gates.checklist(Gate.RESOLVE, gaps(document, AROUND), AROUND.guide, incident=of)
    told = replace(LEAD, reason="It was off-peak.")
    changed = gates.through(document, Gate.RESOLVE, told, open_, incident=of)
    commands.merge_save(library, changed, document, Actor("Lead"))
    after = queries.by_id(library, id).post_mortem
    assert after.incidents[0].state is IncidentState.RESOLVED
    (entry,) = after.incidents[0].state_history
    assert (entry.state, entry.at, entry.by_role) == (IncidentState.RESOLVED, NOW, "Facilitator")
    assert entry.reason == "It was off-peak. Still open: No baseline evidence."
    said = [(one.what, one.change.reason) for one in gates.passings(queries.by_id(library, id))]
    assert ("Incident resolved", entry.reason) in said


def test_a_state_that_is_just_set_is_dated_too(library: Library) -> None:
    id = commands.add(library, WHOLE, Actor("", "On-call engineer")).id
    document = queries.by_id(library, id)
    one = replace(document.post_mortem.incidents[0], state=IncidentState.LIVE)
    live = with_text(document, incidents=(one,))
    commands.merge_save(library, live, document, Actor("", "On-call engineer"))
    (entry,) = queries.by_id(library, id).post_mortem.incidents[0].state_history
    assert (entry.state, entry.by_role) == (IncidentState.LIVE, "On-call engineer")


def test_a_gate_that_is_open_already_changes_nothing() -> None:
    closed = text(status=Status.CLOSED)
    assert gates.through(closed, Gate.CLOSE, LEAD) == closed
    assert gates.through(WHOLE, Gate.RESOLVE, LEAD, incident="incident") is WHOLE
    assert gates.through(WHOLE, Gate.RESOLVE, LEAD, incident="gone") is WHOLE
