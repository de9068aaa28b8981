"""The second seed's story, a checkout that collapses at a peak: TRIAGE-SCALE by keyboard alone."""

from PySide6.QtWidgets import QComboBox

from models import frameworks
from models.response import missing, resolution_gaps
from tests.app.ui.editor.conftest import Desk
from tests.app.ui.editor.keyboard import Keyboard

FRAMEWORK = frameworks.load()["triage-scale"]
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
STEPS: dict[str, tuple[tuple[str, str], ...]] = {
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


def roles(keys: Keyboard) -> None:
    for role in ("TPM Billing", "Support operations", "Checkout engineering"):
        keys.push("Add role")  # the row is for the next role that nobody holds
        keys.fill("Held by a team or role", role)
        keys.fill("Since", "16:07")


def updates(keys: Keyboard) -> None:
    for at, text in (("16:10", "Checkout is failing."), ("16:24", "A limit holds load back.")):
        keys.push("Add update")
        keys.fill("Update sent", at)
        keys.fill("Update in words", text)


def test_every_step_is_recorded_by_keyboard_alone(desk: Desk) -> None:
    keys = Keyboard(desk.bench)
    keys.press("Ctrl+6")
    keys.tick("TRIAGE-SCALE")
    for number, (title, values) in enumerate(STEPS.items()):
        keys.choose(f"{title}: state", "Done")
        keys.fill(f"{title}: when", "16:12")
        keys.fill(f"{title}: by", "Checkout engineering")
        if title == "Role delegation":
            roles(keys)
        if title == "External and internal sync":
            updates(keys)
        for field, value in values:
            keys.go_to(f"{title}: {field}")
            choosing = isinstance(keys.focus, QComboBox)
            (keys.choose if choosing else keys.fill)(f"{title}: {field}", value)
        if number + 1 < len(STEPS):
            following = list(STEPS)[number + 1]
            keys.push(f"Next: {following[0]}: {following}")

    document = desk.saved()
    incident = document.post_mortem.incidents[0]
    (record,) = incident.response
    steps = {step.step: step for step in record.steps}
    assert list(steps) == [step.id for step in FRAMEWORK.steps]
    for step in FRAMEWORK.steps:
        assert missing(step, steps[step.id], incident, document) == (), step.id
    assert [(r.role, r.holder) for r in incident.roles[-3:]] == [
        ("Incident Commander", "TPM Billing"),
        ("Comms Lead", "Support operations"),
        ("Triage Lead", "Checkout engineering"),
    ]
    known = frameworks.load()
    assert not [gap for gap in resolution_gaps(document, known) if gap.field != "hotfix"]
