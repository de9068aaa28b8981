"""The second story, from an empty library to Closed, with the keyboard alone: a checkout answers
500 at the peak of the year; TRIAGE-SCALE.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from models import frameworks
from models.document import Document, same_content
from models.domain.action import ActionState
from models.domain.incident import IncidentState
from models.domain.post_mortem import Status
from models.response import follow_ups, hotfixes, missing, resolution_gaps
from tests.app.ui.conftest import Bench
from tests.app.ui.editor import steps
from tests.app.ui.editor.keyboard import Keyboard

TITLE = "Checkout answers 500 at the Black Friday peak"
FRAMEWORK = frameworks.load()["triage-scale"]
CHAT = """\
Error rate alert  16:06
Checkout pages on-call: one request in three fails.
Checkout engineering  16:18
Circuit breaker of payment retries opened.
Database engineering  16:29
Found: the connection pool is at 100%, the database at 31% CPU.
Checkout engineering  16:31
Pool raised to 120 by hand on two nodes.
Checkout engineering  16:41
Errors are back at 0.2%.
"""
KINDS = ("Detected", "Action", "Finding", "Hotfix", "Recovered")


def write_details(keys: Keyboard) -> None:
    """What broke where and when; who took part is told by the response."""
    keys.choose("State of the incident", "Mitigated")
    keys.fill("Services", "checkout, billing-core")
    keys.fill("Layers", "database, application")
    keys.choose("Trigger", "Configuration change")
    keys.choose("Detected by", "Alert")
    keys.fill("Trigger in words", "Pool revision 119 went out at 15:52, before the peak.")
    keys.fill("Onset", "2026-11-19 16:04 UTC")
    keys.fill("Detected", "16:06")
    keys.fill("Acknowledged", "16:07")
    keys.fill("Mitigated", "16:41")
    keys.fill("Facilitator", "Quality engineering")


def write_texts(keys: Keyboard) -> None:
    """Summary, impact and detection."""
    keys.press("Ctrl+2")
    keys.type(
        "For 37 minutes one checkout in three ended in an error page. "
        "Going back to the earlier pool configuration ended it."
    )
    keys.press("Ctrl+3")
    keys.type("Paying failed at the last step; baskets were kept.")
    steps.impact_window(keys, "2026-11-19 16:04", "16:41", "31% of checkouts")
    steps.measure(keys, "Failed requests", "41,200", "requests", "Gateway log")
    keys.press("Ctrl+4")
    keys.fill("How was it noticed?", "The error rate alert paged after two minutes.")
    keys.fill("What ended it?", "Pool revision 118 came back at 16:36 UTC.")


def write_timeline(keys: Keyboard) -> None:
    """What the bridge wrote; one row of it is a temporary hotfix."""
    keys.press("Ctrl+5")
    steps.paste_chat(keys, CHAT, "2026-11-19", "UTC", KINDS)
    steps.event(keys, "2026-11-19 16:04", "Impact", "Checkouts begin to fail.")


LAYERS = (
    ("Client", "Ruled out", "All versions fail alike"),
    ("CDN edge", "Ruled out", "Hit rate 94%"),
    ("Load balancer or gateway", "Ruled out", "All targets healthy"),
    ("Application", "Suspected", "Threads wait for connections"),
    ("Cache", "Ruled out", "No evictions"),
    ("Queue", "Ruled out", "Consumers keep up"),
    ("Database, its pool and replicas", "Found", "Pool at 100%, CPU at 31%"),
    ("Third party", "Ruled out", "Provider answers in 180 ms"),
)
SIGNALS = (
    ("CPU", ("38", "44", "39")),
    ("IOPS", ("4100", "4300", "4200")),
    ("Error rate", ("0.2", "31", "0.2")),
    ("Connection latency", ("3", "9800", "4")),
)
TRIAGE_SCALE: steps.Steps = {
    "Throttling, blast radius": (
        ("Circuit breakers", "Payment retries, 16:18 UTC"),
        ("Rate limits, from", "900"),
        ("Rate limits, to", "400"),
        ("Rate limits, when", "16:12"),
        ("Load shed", "1 in 5 new sessions"),
        ("Degraded services", "Wish lists"),
    ),
    "Role delegation": (("How it was handed over", "On the bridge"),),
    "Isolate the layer": tuple(
        (f"{layer}, {part}", value)
        for layer, finding, evidence in LAYERS
        for part, value in (("finding", finding), ("evidence", evidence))
    ),
    "Alternate routing or rollback": (
        ("Recent deploys", "Pool configuration at 15:52 UTC"),
        ("Rollback, from", "revision 119"),
        ("Rollback, to", "revision 118"),
        ("Rollback, when", "16:36"),
        ("Scale-out, in words", "Not used: the pool was the limit"),
        ("Traffic moved, in words", "Held ready, not needed"),
    ),
    "Gather telemetry and verify": (
        *(
            (f"{signal}, {part}", value)
            for signal, values in SIGNALS
            for part, value in zip(("baseline", "peak", "now"), values, strict=True)
        ),
        ("Observation window, from", "16:41"),
        ("Observation window, to", "17:41"),
        ("Observation window, traffic in it", "The evening peak, limits lifted"),
    ),
    "External and internal sync": (
        ("What happened", "Some checkouts end in an error page."),
        ("Mitigation status", "Rolled back at 16:36 UTC."),
        ("Script for support", "Please try again from the basket."),
    ),
}


def hold_roles(keys: Keyboard) -> None:
    """One decides, one talks, one leads the search."""
    for holder in ("TPM Billing", "Support operations", "Checkout engineering"):
        steps.hold_role(keys, holder, "16:07")


def write_updates(keys: Keyboard) -> None:
    """Every quarter of an hour, and the last one says so."""
    audience = "Leadership, support"
    steps.update(keys, "2026-11-19 16:10", audience, "Checkout is failing.", "2026-11-19 16:25")
    steps.update(keys, "2026-11-19 16:24", audience, "A limit holds load.", "2026-11-19 16:39")
    steps.update(keys, "2026-11-19 16:38", audience, "Errors are falling.", "2026-11-19 16:53")
    steps.update(keys, "2026-11-19 16:50", audience, "Checkout works again. This is the last one.")


def write_response(keys: Keyboard) -> None:
    """Every step of TRIAGE-SCALE, the layers one by one, the signals before, then and now."""
    keys.press("Ctrl+6")
    keys.tick("TRIAGE-SCALE")
    steps.record_response(
        keys,
        TRIAGE_SCALE,
        at="16:12",
        by="Checkout engineering",
        beside={"Role delegation": hold_roles, "External and internal sync": write_updates},
    )


def write_whys(keys: Keyboard) -> None:
    """Each of two branches ends in a root; the one that is ours gets an action."""
    keys.press("Ctrl+7", "Home", "F2")
    keys.type("One checkout in three failed for 37 minutes.")
    keys.press("Return")
    steps.why(keys, "Return", "Requests waited for a connection until they timed out.")
    steps.prove(keys, "Query", "Wait for a connection, p99", "histogram(pool_wait_ms)")
    steps.why(keys, "Return", "The pool had shrunk from 120 to 40 connections.")
    steps.prove(keys, "Link", "Revision 119", "https://config.example.com/pool/119")
    steps.end_in_root(keys, "Fixable by us", "")
    steps.countermeasure(keys, "Test pool limits at peak load before a configuration goes out")
    keys.press("Home", "Down")
    steps.why(keys, "Return", "Retries tripled the load on what was left.")
    steps.prove(keys, "Quote", "Payment retries are three a second.", "Gateway log, 16:15")
    steps.end_in_root(keys, "Outside our control", "The provider sets them.", "Head of Billing")


def write_rest(keys: Keyboard) -> None:
    """Factors, lessons, and who answers for the action."""
    keys.press("Ctrl+8")
    keys.type("The load test ran at half the peak")
    keys.press("Alt+PgDown")
    keys.fill("Other lessons", "Limits are part of a release, and are tested like one.")
    keys.press("Alt+PgDown", "Home", "Return")
    keys.choose("Type", "Prevent")
    keys.fill("Accountable team", "Billing core")
    keys.fill("Due date", "2026-12-01")
    keys.choose("State", "Ready")


def resolve(keys: Keyboard) -> None:
    """The all clear asks for an action that replaces the hotfix; then nothing is missing."""
    hotfix = "The temporary hotfix “Pool raised to 120 by hand on two nodes.”"
    assert request_all_clear(keys) == [f"{hotfix} has no structural action."]
    keys.press("Return")
    assert keys.place == "Hotfix 1: replaced by"
    keys.choose("Hotfix 1: replaced by", "New action")
    assert request_all_clear(keys) == []
    keys.push("Set to resolved")
    keys.settle()
    keys.fill("Resolved", "17:30")


def request_all_clear(keys: Keyboard) -> list[str]:
    """Choose Resolved in the details; what the checklist before it names."""
    keys.press("Ctrl+1")
    keys.choose("State of the incident", "Resolved")
    keys.settle()
    return steps.named()


def ask_for_review(keys: Keyboard) -> None:
    """What is left is named: the team of the new action, the authors, and who reads it."""
    left = steps.asked(keys)
    assert [words[:26] for words in left] == [  # an action has its number once it is saved
        "Say which team answers for",
        "Name the authors by role o",
        "Say which role reads it: s",
    ]
    keys.press("Return")
    keys.type("Database engineering")
    keys.fill("Due date", "2026-12-08")
    keys.choose("State", "Ready")
    assert steps.asked(keys) == left[1:]
    keys.press("Return")
    keys.type("TPM Billing, Checkout engineering")
    assert steps.asked(keys) == left[2:]
    keys.press("Return", "Return")
    keys.choose("Reviewer", "Facilitator")
    steps.pass_gate(keys, "Ask for review")


def be_reviewed(keys: Keyboard) -> None:
    """Answered, reviewed."""
    assert steps.asked(keys) == ["Facilitator has not answered yet."]
    keys.press("Return")
    keys.push("Agreed, Facilitator")
    keys.type("The layers are told one by one: good.")
    steps.pass_gate(keys, "Mark reviewed")


def close(keys: Keyboard) -> None:
    """Both actions are still to be done; closing all the same needs a reason, which is kept."""
    assert len(steps.asked(keys)) == 2
    keys.fill("Reason for going on", "Both actions are in the plan of the next sprint.")
    keys.push("Close all the same")
    keys.settle()


STORY = (
    write_details,
    write_texts,
    write_timeline,
    write_response,
    write_whys,
    write_rest,
    resolve,
    ask_for_review,
    be_reviewed,
    close,
)


def check(document: Document) -> None:
    """The response is recorded whole, and each step of its end is in the histories."""
    mortem = document.post_mortem
    (incident,) = mortem.incidents
    (record,) = incident.response
    kept = {step.step: step for step in record.steps}
    assert list(kept) == [step.id for step in FRAMEWORK.steps]
    for step in FRAMEWORK.steps:
        assert missing(step, kept[step.id], incident, document) == (), step.id
    assert [(r.role, r.holder) for r in incident.roles] == [
        ("Incident Commander", "TPM Billing"),
        ("Comms Lead", "Support operations"),
        ("Triage Lead", "Checkout engineering"),
    ]
    assert [f"{one.at:%H:%M}" for one in incident.updates if one.at] == [
        "16:10",
        "16:24",
        "16:38",
        "16:50",
    ]
    assert resolution_gaps(document, frameworks.load()) == ()
    (hotfix,) = hotfixes(incident)
    (action,) = follow_ups(hotfix, document)
    assert action.title == "Replace the hotfix: Pool raised to 120 by hand on two nodes."
    assert (action.team, action.state) == ("Database engineering", ActionState.READY)
    assert incident.state is IncidentState.RESOLVED
    assert incident.state_history[-1].reason == ""
    assert [entry.status for entry in mortem.status_history] == [
        Status.DRAFT,
        Status.IN_REVIEW,
        Status.REVIEWED,
        Status.CLOSED,
    ]
    assert mortem.status_history[-1].reason.startswith(
        "Both actions are in the plan of the next sprint. Still open: "
    )


@pytest.mark.timeout(120)
def test_from_nothing_to_closed(open_bench: Callable[..., Bench], tmp_path: Path) -> None:
    bench = open_bench(empty=True)
    keys = Keyboard(bench)
    steps.begin(keys, "TPM Billing", TITLE, "SEV1", "checkout")
    for step in STORY:
        step(keys)
    keys.press("Esc")
    keys.settle()
    assert bench.window.current == "library"
    document = steps.written(bench)
    check(document)
    steps.export(keys, tmp_path / "markdown", "Markdown")
    again = steps.brought_in(bench, tmp_path / "markdown", tmp_path / "other library")
    assert same_content(again, document)
