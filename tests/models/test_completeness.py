"""How far each section is: what is counted, and what asks for attention."""

from dataclasses import replace
from datetime import timedelta

import pytest

from models import frameworks
from models.completeness import Completeness, Progress, completeness, section_key
from models.document import Document, new_id
from models.domain.action import ActionItem, ActionState
from models.domain.attachment import Attachment
from models.domain.incident import (
    Detection,
    Event,
    Evidence,
    Impact,
    ImpactWindow,
    Incident,
    Measure,
    ResponseRecord,
    StepRecord,
    StepState,
    Times,
    Trigger,
)
from models.domain.moments import Moment, Precision, exactly
from models.domain.post_mortem import Comment, Lessons, PostMortem, Review, Section, Status
from models.domain.whys import Stop, StopReason, WhyNode, WhyTree
from tests.models.examples import NOON

FRAMEWORKS = frameworks.load()
EMPTY = Document(PostMortem("p", "Slow sign-in", incidents=(Incident("i"),)))


def of(document: Document, key: str) -> tuple[Progress, str]:
    found = completeness(document, FRAMEWORKS)[key]
    return found.progress, found.words


def with_incident(**fields: object) -> Document:
    incident = replace(EMPTY.post_mortem.incidents[0], **fields)  # type: ignore[arg-type]
    return replace(EMPTY, post_mortem=replace(EMPTY.post_mortem, incidents=(incident,)))


def with_text(**fields: object) -> Document:
    return replace(EMPTY, post_mortem=replace(EMPTY.post_mortem, **fields))  # type: ignore[arg-type]


def event(
    minutes: int, precision: Precision = Precision.EXACT, kind: str = "communication"
) -> Event:
    at = NOON + timedelta(minutes=minutes)
    return Event(new_id(), at, precision=precision, kind=kind, text="Told.")


def test_nothing_is_started_in_a_new_one() -> None:
    found = completeness(EMPTY, FRAMEWORKS)
    started = {key for key, entry in found.items() if entry.progress is not Progress.NOT_STARTED}
    assert started == {"details"}
    assert found["details"] == Completeness(Progress.PARTLY, "Only the title")


def test_details_count_what_is_known_and_mind_the_order_of_times() -> None:
    times = Times(onset=exactly(NOON), detected=exactly(NOON + timedelta(minutes=4)))
    some = with_incident(severity="SEV2", services=("mail",), times=times)
    assert of(some, "details") == (Progress.PARTLY, "4 of 8 known")
    late = replace(times, mitigated=exactly(NOON - timedelta(minutes=1)))
    assert of(with_incident(times=late), "details")[0] is Progress.ATTENTION
    assert of(with_text(title=" "), "details") == (Progress.ATTENTION, "No title")
    whole = replace(
        times,
        mitigated=exactly(NOON + timedelta(minutes=9)),
        resolved=exactly(NOON + timedelta(minutes=30)),
    )
    full = with_incident(
        severity="SEV2", services=("mail",), times=whole, trigger=Trigger("rollout")
    )
    full = replace(full, post_mortem=replace(full.post_mortem, authors=("On-call lead",)))
    assert of(full, "details") == (Progress.DONE, "8 of 8 known")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", (Progress.NOT_STARTED, "Not started")),
        ("Sign-in failed.", (Progress.PARTLY, "2 words")),
        ("word " * 8, (Progress.DONE, "8 words")),
    ],
)
def test_prose_is_counted_in_words(text: str, expected: tuple[Progress, str]) -> None:
    assert of(with_text(summary=text), "summary") == expected
    assert of(with_text(contributing_factors=text), "contributing factors") == expected
    own = Section("s1", "Vendor", text)
    assert of(with_text(sections=(own,)), section_key("s1")) == expected
    assert of(with_text(lessons=Lessons(text=text)), "lessons") == expected


def test_lessons_and_detection_count_their_questions() -> None:
    lessons = Lessons(went_well="The switch.", lucky="A holiday.", text="More.")
    assert of(with_text(lessons=lessons), "lessons") == (Progress.PARTLY, "2 of 3 answered")
    found = with_incident(detection=Detection(text="An alert."))
    assert of(found, "detection") == (Progress.PARTLY, "1 of 2 written")
    both = with_incident(detection=Detection(text="An alert."), resolution="Switched off.")
    assert of(both, "detection") == (Progress.DONE, "2 of 2 written")


def test_impact_wants_closed_windows_in_their_order() -> None:
    start, end = exactly(NOON), exactly(NOON + timedelta(minutes=30))
    lasting = Impact(windows=(ImpactWindow(start),), measures=(Measure("Refused", "310"),))
    assert of(with_incident(impact=lasting), "impact") == (Progress.PARTLY, "1 of 3 answered")
    closed = replace(lasting, windows=(ImpactWindow(start, end),), text="Sign-in failed.")
    assert of(with_incident(impact=closed), "impact") == (Progress.DONE, "3 of 3 answered")
    turned = replace(lasting, windows=(ImpactWindow(end, start),))
    assert of(with_incident(impact=turned), "impact") == (
        Progress.ATTENTION,
        "1 window ends before the start",
    )


def test_a_timeline_tells_its_gaps_and_entries_without_a_time() -> None:
    log = (event(0), event(10), event(40))
    assert of(with_incident(timeline=log), "timeline") == (
        Progress.ATTENTION,
        "3 events, 1 late update",
    )
    rough = (event(0), event(12), event(40, Precision.DAY), event(50, kind="action"))
    assert of(with_incident(timeline=rough), "timeline") == (Progress.DONE, "4 events")
    assert of(with_incident(timeline=log[:2]), "timeline") == (Progress.DONE, "2 events")
    undated = (*log[:2], Event("e", None, text="Somewhere between."))
    assert of(with_incident(timeline=undated), "timeline") == (
        Progress.ATTENTION,
        "3 events, 1 without a time",
    )


def test_an_event_without_words_wants_attention() -> None:
    empty = replace(event(5), text=" ")
    assert of(with_incident(timeline=(event(0), empty)), "timeline") == (
        Progress.ATTENTION,
        "1 event says nothing yet",
    )
    assert of(with_incident(timeline=(empty, replace(empty, id="f"))), "timeline") == (
        Progress.ATTENTION,
        "2 events say nothing yet",
    )


def test_a_response_counts_the_steps_of_its_framework() -> None:
    framework = FRAMEWORKS["roll-back"]
    begun = ResponseRecord("roll-back", (StepRecord(framework.steps[0].id, StepState.DONE),))
    total = len(framework.steps)
    assert of(with_incident(response=(begun,)), "response") == (
        Progress.PARTLY,
        f"{framework.name}, 1 of {total}",
    )
    untouched = ResponseRecord("roll-back")
    assert of(with_incident(response=(untouched,)), "response")[0] is Progress.NOT_STARTED
    steps = tuple(StepRecord(s.id, StepState.NOT_APPLICABLE) for s in framework.steps)
    whole = with_incident(response=(ResponseRecord("roll-back", steps),))
    assert of(whole, "response")[0] is Progress.DONE


def test_whys_want_evidence_first_then_roots() -> None:
    begun = (Evidence("link", "Trace"),)
    shown = (Evidence("link", "Trace", "https://traces.example/7"),)
    leaf = WhyNode("b", "Why?", "No test covers it.", stop=Stop(StopReason.FIXABLE))
    tree = WhyTree("t", nodes=(WhyNode("a", "Why?", "It failed.", shown, children=(leaf,)),))
    assert of(with_text(whys=(tree,)), "whys") == (Progress.ATTENTION, "1 why needs evidence")
    tree = WhyTree("t", nodes=(replace(tree.nodes[0], children=(replace(leaf, evidence=begun),)),))
    assert of(with_text(whys=(tree,)), "whys") == (Progress.ATTENTION, "1 why needs evidence")
    proven = replace(leaf, evidence=shown)
    open_end = WhyNode("c", "Why?", "Nobody was told.", shown)
    tree = WhyTree("t", nodes=(replace(tree.nodes[0], children=(proven, open_end)),))
    assert of(with_text(whys=(tree,)), "whys") == (
        Progress.PARTLY,
        "1 of 2 branches end in a root",
    )
    tree = WhyTree("t", nodes=(replace(tree.nodes[0], children=(proven,)),))
    assert of(with_text(whys=(tree,)), "whys")[0] is Progress.DONE


def test_actions_want_a_team_while_they_are_open() -> None:
    owned = ActionItem("a", "Test it", team="Platform", state=ActionState.READY)
    proposed = replace(owned, id="b", state=ActionState.PROPOSED)
    bare = ActionItem("c", "Watch it")
    dropped = replace(bare, id="d", state=ActionState.WONT_DO)
    assert of(replace(EMPTY, actions=(owned, bare)), "actions") == (
        Progress.ATTENTION,
        "1 action without a team",
    )
    assert of(replace(EMPTY, actions=(owned, proposed)), "actions") == (
        Progress.PARTLY,
        "2 of 2 actions open",
    )
    assert of(replace(EMPTY, actions=(owned, dropped)), "actions") == (
        Progress.DONE,
        "1 of 2 actions open",
    )


def test_a_review_tells_where_it_stands() -> None:
    comment = Comment("c", "summary", "Which region?")
    assert of(with_text(comments=(comment,)), "review") == (Progress.ATTENTION, "1 open comment")
    settled = replace(comment, resolved=True)
    asked = Review("r", "Platform", asked_at=NOON)
    assert of(with_text(comments=(settled,), reviews=(asked,)), "review") == (
        Progress.PARTLY,
        "0 of 1 review decided",
    )
    assert of(with_text(status=Status.IN_REVIEW), "review") == (Progress.PARTLY, "In review")
    assert of(with_text(status=Status.REVIEWED), "review") == (Progress.DONE, "Reviewed")


def test_files_are_counted() -> None:
    file = Attachment("f", "graph.png", "0" * 64)
    assert of(replace(EMPTY, attachments=(file,)), "attachments") == (Progress.DONE, "1 file")


def test_unknown_times_are_not_known() -> None:
    unknown = Times(onset=Moment(None, precision=Precision.UNKNOWN))
    assert of(with_incident(times=unknown), "details") == (Progress.PARTLY, "Only the title")
