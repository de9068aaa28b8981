"""What an all clear rests on, and what a step's record must hold."""

from dataclasses import replace

import pytest

from models import frameworks, response
from models.document import Document
from models.domain.action import ActionItem, ActionState
from models.domain.incident import (
    Event,
    Evidence,
    Incident,
    ResponseRecord,
    RoleHolding,
    StatusUpdate,
    StepRecord,
    StepState,
    Times,
)
from models.domain.moments import Moment
from models.domain.post_mortem import PostMortem
from models.domain.whys import About, Stop, StopReason, WhyNode, WhyTree
from models.frameworks import Framework, RecordKind
from models.response import Gap, resolution_gaps
from tests.models.examples import NOON

KNOWN = frameworks.load()
LATER = NOON.replace(hour=13)


def document(incident: Incident, *actions: ActionItem) -> Document:
    return Document(PostMortem("p", "T", incidents=(incident,)), actions=actions)


def fields(*gaps: Gap) -> list[tuple[str, str]]:
    return [(gap.section, gap.field) for gap in gaps]


def watched(framework: Framework) -> ResponseRecord:
    """Every signal with its baseline and what it is now, and a whole observation window."""
    steps = []
    for step in framework.steps:
        record: dict[str, str] = {}
        for wanted in step.record:
            if wanted.kind is RecordKind.TELEMETRY:
                record |= {wanted.key("baseline"): "1", wanted.key("now"): "1"}
            if wanted.kind is RecordKind.WINDOW:
                record |= {wanted.key("from"): "x", wanted.key("to"): "y", wanted.id: "90%"}
        steps.append(StepRecord(step.id, record=record))
    return ResponseRecord(framework.id, tuple(steps))


@pytest.mark.parametrize("framework", KNOWN.values(), ids=list(KNOWN))
def test_a_framework_asks_for_window_and_baseline_until_both_are_there(
    framework: Framework,
) -> None:
    bare = Incident("i", response=(ResponseRecord(framework.id),))
    found = resolution_gaps(document(bare), KNOWN)
    asked = [
        f"{framework.id}/{step.id}/{wanted.id}"
        for kind in (RecordKind.WINDOW, RecordKind.TELEMETRY)
        for step in framework.steps
        for wanted in step.record
        if wanted.kind is kind
    ]
    assert fields(*found) == [("response", place) for place in asked]
    assert all(gap.record == "i" and gap.words for gap in found)
    assert resolution_gaps(document(replace(bare, response=(watched(framework),))), KNOWN) == ()


def test_a_window_without_its_traffic_is_named_as_that() -> None:
    whole = watched(KNOWN["roll-back"])
    monitor = response.record_of(whole, "monitor")
    record = {k: v for k, v in monitor.record.items() if k != "observation window"}
    cut = replace(whole, steps=(replace(monitor, record=record),))
    (gap,) = resolution_gaps(document(Incident("i", response=(cut,))), KNOWN)
    assert gap.field == "roll-back/monitor/observation window"
    assert gap.words.endswith("say which traffic it had")


def test_a_step_that_did_not_apply_asks_for_nothing() -> None:
    skipped = ResponseRecord(
        "roll-back", (StepRecord("monitor", StepState.NOT_APPLICABLE, reason="No traffic"),)
    )
    times = Times(mitigated=Moment(NOON), resolved=Moment(LATER))
    seen = Event("e", LATER, kind="recovered", evidence=(Evidence("link", "Graph"),))
    incident = Incident("i", times=times, timeline=(seen,), response=(skipped,))
    assert resolution_gaps(document(incident), KNOWN) == ()


def test_without_a_framework_times_and_a_recovery_with_evidence_show_it() -> None:
    bare = Incident("i")
    found = resolution_gaps(document(bare), KNOWN)
    assert fields(*found) == [("details", "times"), ("timeline", "recovered")]
    at_once = replace(bare, times=Times(mitigated=Moment(NOON), resolved=Moment(NOON)))
    assert fields(*resolution_gaps(document(at_once), KNOWN)) == fields(*found)
    over = replace(bare, times=Times(mitigated=Moment(NOON), resolved=Moment(LATER)))
    assert fields(*resolution_gaps(document(over), KNOWN)) == [("timeline", "recovered")]


@pytest.mark.parametrize("state", list(ActionState))
def test_each_hotfix_needs_an_action_that_will_be_done(state: ActionState) -> None:
    event = Event("e", NOON, kind="hotfix", text="Limit raised\nby hand")
    action = ActionItem("a", "Move the limit into the configuration", state=state)
    quiet = watched(KNOWN["roll-back"])
    bare = Incident("i", timeline=(event,), response=(quiet,))
    (gap,) = resolution_gaps(document(bare, action), KNOWN)
    assert (gap.section, gap.record, gap.field) == ("response", "e", "hotfix")
    assert "“Limit raised by hand”" in gap.words
    linked = replace(event, evidence=response.with_follow_up(event, action))
    found = resolution_gaps(document(replace(bare, timeline=(linked,)), action), KNOWN)
    assert len(found) == (state is ActionState.WONT_DO)
    assert resolution_gaps(document(replace(bare, timeline=(linked,))), KNOWN), "action is gone"
    assert response.with_follow_up(linked, None) == ()


def test_a_withdrawn_hotfix_needs_nothing() -> None:
    event = Event("e", NOON, kind="hotfix", text="Limit raised by hand")
    gone = Event("f", NOON, kind="hotfix", corrects="e")
    incident = Incident("i", timeline=(event, gone), response=(watched(KNOWN["roll-back"]),))
    assert resolution_gaps(document(incident), KNOWN) == ()


# What `frameworks.md` says each row must hold, as values of a record and facts of the incident.
UPDATE = StatusUpdate("u", NOON, "Support", "Saves fail", LATER)
ROLES = tuple(
    RoleHolding(role, "Team", NOON) for role in ("Incident Commander", "Comms Lead", "Triage Lead")
)
ROOT = WhyTree(
    "t", About.OCCURRENCE, "", (WhyNode("n", "Why?", "So.", stop=Stop(StopReason.FIXABLE)),)
)


def telemetry(*names: str) -> dict[str, str]:
    parts = {"baseline": "410", "peak": "6200", "now": "430", "unit": "ms"}
    return {f"{name} {part}": value for name in names for part, value in parts.items()}


WINDOW = {
    "observation window from": "2026-11-19 14:51 UTC",
    "observation window to": "2026-11-19 15:31 UTC",
    "observation window": "92% of the daily peak",
}
LAYERS = ("client", "edge", "gateway", "application", "cache", "queue", "database", "third party")
ROWS: dict[tuple[str, str], list[dict[str, str]]] = {
    ("roll-back", "contain"): [
        {
            "control": "new-save-path",
            "share from": "100%",
            "share to": "0%",
            "share at": "2026-11-19 14:46 UTC",
            "blast radius before": "38% of saves",
            "blast radius after": "0.1% of saves",
        }
    ],
    ("roll-back", "restore"): [
        {
            "way": "rolled back",
            "build": "9f1c2ab",
            "method": "blue-green swap",
            "completed at": "2026-11-19 14:58 UTC",
        },
        {
            "way": "went forward",
            "forward mitigation": "Column dropped",
            "disabled": "Sync",
            "migration script": "0142_down",
            "completed at": "2026-11-19 14:58 UTC",
        },
    ],
    ("roll-back", "data"): [
        {
            "checked by": "Data platform",
            "partial writes result": "found",
            "partial writes": "212",
            "schema result": "ruled out",
            "drift result": "found",
            "repair plan": "Replay",
            "repaired at": "2026-11-19 15:20 UTC",
        }
    ],
    ("roll-back", "communicate"): [{"customer script": "Your profile is safe."}],
    ("roll-back", "monitor"): [telemetry("p99 latency", "5xx rate", "pools") | WINDOW],
    ("roll-back", "analyse"): [{"testing gap": "No old account", "meeting": "20 November"}],
    ("roll-back", "correct"): [
        {
            "missing test": "A-31",
            "automatic rollback": "A-12",
            "alert thresholds": "A-34",
            "sprints": "A-31 in 43",
        }
    ],
    ("triage-scale", "throttle"): [
        {
            "circuit breakers": "Retries",
            "load shed": "1 in 5",
            "rate limits from": "900",
            "rate limits to": "400",
            "rate limits at": "2026-11-27 16:12 UTC",
            "degraded services": "Wish lists",
        }
    ],
    ("triage-scale", "roles"): [{"handovers": "On the bridge"}],
    ("triage-scale", "isolate"): [
        {
            key: value
            for layer in LAYERS
            for key, value in (
                (f"{layer} finding", "found" if layer == "database" else "ruled out"),
                (f"{layer} at", "2026-11-27 16:18 UTC"),
                (layer, "Pool gauge"),
            )
        }
    ],
    ("triage-scale", "reroute"): [
        {
            "recent deploys": "One",
            "rollback from": "119",
            "rollback to": "118",
            "rollback at": "2026-11-27 16:36 UTC",
            "scale out": "Not used",
            "traffic moved": "Not used",
        }
    ],
    ("triage-scale", "telemetry"): [
        telemetry("CPU", "IOPS", "error rate", "connection latency") | WINDOW
    ],
    ("triage-scale", "sync"): [
        {
            "what happened": "Some checkouts end in an error page.",
            "mitigation status": "Rolled back.",
            "support script": "Please try again.",
        }
    ],
}


def test_every_step_of_both_frameworks_stands_in_the_table() -> None:
    assert list(ROWS) == [(f.id, s.id) for f in KNOWN.values() for s in f.steps]


@pytest.mark.parametrize(
    ("place", "record"), [(place, record) for place, all_ in ROWS.items() for record in all_]
)
def test_a_row_is_whole_with_all_that_it_must_hold_and_with_nothing_less(
    place: tuple[str, str], record: dict[str, str]
) -> None:
    step = KNOWN[place[0]].step(place[1])
    assert step is not None
    whole = Incident("i", updates=(UPDATE,), roles=ROLES)
    mortem = Document(PostMortem("p", "T", incidents=(whole,), whys=(ROOT,)))
    keys = {wanted.key(part.name) for wanted in step.record for part in wanted.parts}
    assert set(record) <= keys, "each value has a control of its own"
    assert response.missing(step, StepRecord(step.id, record=record), whole, mortem) == ()
    bare = Document(PostMortem("p", "T", incidents=(Incident("i"),)))
    asked = [wanted.label for wanted in step.record if wanted.is_asked({})]
    found = response.missing(step, StepRecord(step.id), Incident("i"), bare)
    assert list(found) == asked


def test_roles_and_whys_are_whole_when_the_document_has_them() -> None:
    roles = KNOWN["triage-scale"].step("roles")
    assert roles is not None
    two = Incident("i", roles=ROLES[:2])
    assert response.missing(roles, StepRecord("roles"), two, document(two))[0] == (
        "Roles and hand-overs"
    )


def test_what_was_written_stays_asked_for_when_another_way_was_chosen() -> None:
    step = KNOWN["roll-back"].step("restore")
    assert step is not None
    fields_ = {wanted.id: wanted for wanted in step.record}
    assert not fields_["disabled"].is_asked({"way": "rolled back"})
    assert fields_["disabled"].is_asked({"way": "rolled back", "disabled": "Sync"})


def test_a_record_is_told_in_a_line() -> None:
    steps = {step.id: step for framework in KNOWN.values() for step in framework.steps}

    def said(step: str, field: str, record: dict[str, str]) -> str:
        return next(one for one in steps[step].record if one.id == field).said(record)

    record = telemetry("p99 latency") | {"p99 latency": "Dashboard"}
    assert said("monitor", "p99 latency", record) == (
        "baseline 410, peak 6200, now 430 ms: Dashboard"
    )
    assert said("isolate", "cache", {"cache finding": "ruled out", "cache": "No evictions"}) == (
        "ruled out: No evictions"
    )
    assert said("contain", "share", {"share from": "100%", "share to": "0%"}) == "from 100%, to 0%"
    assert said("contain", "control", {"control": "new-save-path"}) == "new-save-path"
    assert said("monitor", "pools", {"pools unit": "%"}) == "%"
    assert said("communicate", "flash update", {}) == ""
