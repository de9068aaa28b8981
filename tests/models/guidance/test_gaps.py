"""Every rule of guidance: what it finds, where it leads, and what to close first."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.completeness import Progress, completeness
from models.document import Document
from models.domain.action import ActionState
from models.domain.incident import (
    Detection,
    Event,
    Evidence,
    Impact,
    ImpactWindow,
    IncidentState,
    ResponseRecord,
    StepRecord,
    StepState,
    Times,
    Trigger,
)
from models.domain.moments import exactly
from models.domain.post_mortem import Comment, Lessons, Review, Section, Status
from models.guidance.gaps import gaps, next_gap, section_states
from models.guidance.rules import RULES
from tests import strategies
from tests.models.guidance.examples import (
    AROUND,
    INCIDENT,
    NOON,
    WHOLE,
    found,
    incident,
    later,
    open_rules,
    text,
)

WHY = WHOLE.post_mortem.whys[0]
ACTION = WHOLE.actions[0]


def times(**fields: object) -> Document:
    return incident(times=replace(INCIDENT.times, **fields))  # type: ignore[arg-type]


def impact(**fields: object) -> Document:
    return incident(impact=replace(INCIDENT.impact, **fields))  # type: ignore[arg-type]


def lessons(**fields: str) -> Document:
    return text(lessons=replace(WHOLE.post_mortem.lessons, **fields))


def whys(**fields: object) -> Document:
    return text(whys=(replace(WHY, **fields),))  # type: ignore[arg-type]


def leaf(**fields: object) -> Document:
    return whys(nodes=(replace(WHY.nodes[0], **fields),))  # type: ignore[arg-type]


def action(**fields: object) -> Document:
    return replace(WHOLE, actions=(replace(ACTION, **fields),))  # type: ignore[arg-type]


def events(*some: Event) -> Document:
    return incident(timeline=some)


SIX_OF_SEVEN = tuple(
    StepRecord(step.id, StepState.DONE) for step in AROUND.frameworks["roll-back"].steps[:-1]
)
LACKING: list[tuple[str, Document, str]] = [
    ("times out of order", times(detected=exactly(later(-5))), "details/incident"),
    (
        "window turned round",
        impact(windows=(ImpactWindow(exactly(later(9)), exactly(NOON)),)),
        "impact/incident",
    ),
    ("title", text(title=" "), "details"),
    ("incident", text(incidents=()), "details"),
    ("severity", incident(severity=""), "details/incident"),
    ("onset", times(onset=None), "details/incident"),
    ("detected", times(detected=None), "details/incident"),
    ("mitigated", times(mitigated=None), "details/incident"),
    ("resolved", times(resolved=None), "details/incident"),
    ("still live", incident(state=IncidentState.LIVE), "details/incident"),
    ("services", incident(services=()), "details/incident"),
    ("trigger", incident(trigger=Trigger()), "details/incident"),
    ("summary", text(summary=""), "summary"),
    ("short summary", text(summary="Mails came late."), "summary"),
    ("impact", impact(text=""), "impact/incident"),
    ("impact window", impact(windows=()), "impact/incident"),
    ("open window", impact(windows=(ImpactWindow(exactly(NOON)),)), "impact/incident"),
    ("measure", impact(measures=()), "impact/incident"),
    ("timeline", events(), "timeline/incident"),
    ("short timeline", events(INCIDENT.timeline[0]), "timeline/incident"),
    ("silent event", events(*INCIDENT.timeline, Event("mute", later(40))), "mute"),
    ("undated event", events(*INCIDENT.timeline, Event("when", None, text="Told.")), "when"),
    ("detection", incident(detection=Detection("alert")), "detection/incident-detection"),
    ("resolution", incident(resolution=""), "detection/incident-resolution"),
    (
        "response step",
        incident(response=(ResponseRecord("roll-back", SIX_OF_SEVEN),)),
        "response/correct",
    ),
    ("whys", whys(nodes=()), "tree"),
    ("problem", whys(problem=""), "tree"),
    ("answer", leaf(answer=" "), "leaf"),
    ("evidence", leaf(evidence=()), "leaf"),
    ("stop", leaf(stop=None), "leaf"),
    ("countermeasure", replace(WHOLE, root_actions=()), "leaf"),
    ("countermeasure", action(state=ActionState.WONT_DO), "leaf"),
    ("factors", text(contributing_factors=""), "contributing factors"),
    ("went well", lessons(went_well=""), "lessons/went well"),
    ("went wrong", lessons(went_wrong=""), "lessons/went wrong"),
    ("lucky", lessons(lucky=""), "lessons/lucky"),
    ("actions", replace(WHOLE, actions=(), root_actions=()), "actions"),
    ("nameless action", action(title=""), "action"),
    ("action without a team", action(team=""), "action"),
    ("undecided action", action(state=ActionState.PROPOSED), "action"),
    ("unfinished action", WHOLE, "action"),
    ("own section", text(sections=(Section("own", "Costs"),)), "own"),
    ("authors", text(authors=()), "details"),
    ("facilitator", text(facilitator=""), "details"),
    ("open comment", text(comments=(Comment("remark", "summary", "Since when?"),)), "remark"),
    ("reviewer", text(reviews=()), "review"),
    ("reviewer without a role", text(reviews=(Review("who", ""),)), "who"),
    ("unanswered review", WHOLE, "review"),
    (
        "changes asked",
        text(reviews=(Review("review", "Support", NOON, "Changes asked"),)),
        "review",
    ),
    ("all clear", WHOLE, "timeline/incident/recovered"),
    (
        "hotfix",
        events(*INCIDENT.timeline, Event("fix", later(9), kind="hotfix", text="Queue doubled.")),
        "response/fix/hotfix",
    ),
    ("not reviewed", WHOLE, "review"),
]
"""What a rule finds, in which document, and the place it leads to."""


def test_nothing_is_missing_in_the_whole_one_that_its_author_can_close() -> None:
    assert open_rules(WHOLE) == set()


@pytest.mark.parametrize(("rule", "document", "place"), LACKING)
def test_what_is_missing_is_named_with_its_place(rule: str, document: Document, place: str) -> None:
    gap = found(document)[rule]
    assert gap.place == place
    assert gap.short
    assert gap.sentence.endswith((".", "?"))
    assert "{" not in gap.short + gap.sentence


def test_every_rule_has_an_example_here() -> None:
    assert {rule for rule, _, _ in LACKING} | {"lessons", "reopened action"} == set(RULES)


def test_a_gap_names_what_it_is_about() -> None:
    assert found(leaf(evidence=()))["evidence"].short == "No evidence for 1"
    assert found(action(team=""))["action without a team"].short == "A-1 has no team"
    mute = found(events(*INCIDENT.timeline, Event("mute", later(40))))["silent event"]
    assert mute.sentence == "The event at 12:40 UTC says nothing yet: what happened?"


def test_of_several_incidents_the_gap_says_which() -> None:
    other = replace(INCIDENT, id="other", title="Second wave", severity="")
    gap = found(text(incidents=(INCIDENT, other)))["severity"]
    assert gap.sentence == "Choose how bad it was for users of Second wave."
    assert (gap.incident, gap.place) == ("other", "details/other")
    assert found(incident(severity=""))["severity"].sentence == "Choose how bad it was for users."


def test_only_what_the_template_asks_for_is_missing() -> None:
    small = found(text(summary="", contributing_factors=""), "lightweight-sev3")
    assert "summary" in small
    assert "factors" not in small
    small = found(text(lessons=Lessons()), "lightweight-sev3")
    assert "lessons" in small
    assert "went well" not in small
    # what was begun all the same is held to the same rules
    assert "evidence" in found(leaf(evidence=()), "customer-facing")


def test_nothing_is_asked_of_an_imported_one() -> None:
    assert gaps(text(historical=True, summary="", incidents=()), AROUND) == ()


def test_while_it_is_live_mitigation_comes_before_causes() -> None:
    document = incident(state=IncidentState.LIVE, impact=Impact(), times=Times())
    rules = [gap.rule for gap in gaps(replace(document, root_actions=()), AROUND)]
    assert rules.index("countermeasure") > rules.index("impact")
    assert "mitigated" not in rules
    assert "resolved" not in rules
    late = [gap.section for gap in gaps(replace(document, root_actions=()), AROUND)]
    assert late[-1] in ("review", "actions")


def test_actions_of_another_post_mortem_are_not_asked_for() -> None:
    bare = action(team="", state=ActionState.PROPOSED)
    around = replace(AROUND, borrowed=frozenset({"action"}))
    rules = {gap.rule for gap in gaps(bare, around)}
    assert not rules & {"action without a team", "undecided action", "unfinished action"}


def test_an_action_that_was_opened_again_is_the_next_thing() -> None:
    around = replace(AROUND, reopened=frozenset({"action"}))
    gap = next_gap(gaps(WHOLE, around))
    assert gap is not None
    assert (gap.rule, gap.place, gap.short) == ("reopened action", "action", "A-1 was opened again")
    assert "unfinished action" not in {one.rule for one in gaps(WHOLE, around)}
    for about in (action(state=ActionState.VERIFIED), WHOLE):
        borrowed = frozenset({"action"}) if about is WHOLE else frozenset[str]()
        left = gaps(about, replace(around, borrowed=borrowed))
        assert "reopened action" not in {one.rule for one in left}


def test_the_all_clear_rests_on_what_the_response_holds() -> None:
    shown = replace(INCIDENT.timeline[1], evidence=(Evidence("link", "Queue length"),))
    assert "all clear" not in found(events(INCIDENT.timeline[0], shown))
    gap = found(WHOLE)["all clear"]
    assert gap.short == "No baseline evidence"
    assert gap.sentence.endswith("shows that the signals are back?")
    fix = Event("fix", later(9), kind="hotfix", text="Queue doubled.")
    linked = replace(fix, evidence=(Evidence("action", "", "action"),))
    assert "hotfix" in found(events(*INCIDENT.timeline, fix))
    assert "hotfix" not in found(events(*INCIDENT.timeline, linked))


# -- what to close first ---------------------------------------------------------------------------


def test_next_leads_to_the_most_useful_gap_and_goes_round() -> None:
    document = text(summary="", contributing_factors="", authors=())
    some = gaps(document, AROUND)
    assert [gap.rule for gap in some if not gap.waits] == ["summary", "factors", "authors"]
    first = next_gap(some)
    assert first is not None
    assert first.rule == "summary"
    second = next_gap(some, passed={first.key})
    assert second is not None
    assert second.rule == "factors"
    assert next_gap(some, passed={gap.key for gap in some}) == first


def test_what_is_missing_where_one_is_comes_first() -> None:
    some = gaps(text(summary="", authors=()), AROUND)
    here = next_gap(some, here="details")
    assert here is not None
    assert here.rule == "authors"
    elsewhere = next_gap(some, here="details", passed={here.key})
    assert elsewhere is not None
    assert elsewhere.rule == "summary"


def test_next_does_not_lead_to_what_only_others_can_do() -> None:
    assert next_gap(gaps(WHOLE, AROUND)) is None


def test_a_section_says_what_is_missing_in_words() -> None:
    document = impact(measures=())
    states = section_states(document, AROUND, gaps(document, AROUND))
    assert states["impact"].words == "No number"
    assert states["impact"].progress is Progress.PARTLY
    assert "partly: 2 of 3 answered. Missing: Give one number" in states["impact"].sentence
    assert states["summary"].words == "16 words"
    document = times(mitigated=None, resolved=None)
    states = section_states(document, AROUND, gaps(document, AROUND))
    assert states["details"].words == "No end for users, 1 more"


def test_a_section_that_lacks_something_is_not_done() -> None:
    document = replace(WHOLE, root_actions=())
    assert completeness(document, AROUND.frameworks)["whys"].progress is Progress.DONE
    states = section_states(document, AROUND, gaps(document, AROUND))
    assert states["whys"].progress is Progress.PARTLY
    assert states["whys"].words == "1 has no action"


@given(strategies.documents(), st.sampled_from(list(Status)))
def test_every_gap_of_any_document_leads_to_a_section(document: Document, status: Status) -> None:
    mortem = replace(document.post_mortem, historical=False, status=status)
    document = replace(document, post_mortem=mortem)
    some = gaps(document, AROUND)
    keys = completeness(document, AROUND.frameworks).keys()
    assert {gap.section for gap in some} <= keys
    assert all(gap.place and gap.short and gap.sentence for gap in some)
    seen: set[tuple[str, str]] = set()
    while (gap := next_gap(some, passed=seen)) is not None and gap.key not in seen:
        seen.add(gap.key)
    assert seen == {one.key for one in some if not one.waits}
