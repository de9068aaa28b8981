"""The first story, from an empty library to Reviewed, with the keyboard alone: saves of profiles
fail after a rollout to all accounts; ROLL-BACK.
"""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication, QImage

from integrations.markdown.form_times import moment_text
from models.completeness import Progress, completeness
from models.document import Document, same_content
from models.domain.incident import current_events
from models.domain.post_mortem import Status
from models.domain.whys import About, StopReason, addresses
from tests.app.ui.conftest import Bench
from tests.app.ui.editor import steps
from tests.app.ui.editor.keyboard import Keyboard

TITLE = "Profile saves fail after the new save path goes to 100%"
CHAT = """\
Latency alert  15:08
The latency alert pages on-call.
Incident Commander  15:46
Contain first: the flag goes to 0%, nobody patches live code.
Platform on-call  15:49
The share of failing saves is back at its usual level.
Customer support  15:52
joined #inc-profile-saves.
"""


def write_details(keys: Keyboard) -> None:
    """What broke where and when, and who took part."""
    keys.choose("Severity", "SEV1")
    keys.fill("Services", "profile-api, account-web")
    keys.fill("Layers", "application, database")
    keys.choose("Trigger", "Rollout")
    keys.choose("Detected by", "Alert")
    keys.fill("Trigger in words", "The flag new-save-path went from 5% to 100% in one step.")
    keys.fill("Onset", "2026-11-19 14:02 UTC")
    keys.fill("Detected", "15:08 Europe/Berlin")
    keys.fill("Acknowledged", "09:11 America/New_York")
    keys.fill("Mitigated", "14:49 UTC")
    keys.fill("Resolved", "about 15:31 UTC")
    keys.fill("Introduced", "2026-11-17")
    steps.hold_role(keys, "TPM Accounts", "2026-11-19 14:11", "Incident Commander")
    keys.fill("Until", "2026-11-19 15:00")
    steps.hold_role(keys, "Platform on-call", "2026-11-19 15:00", "Incident Commander")
    steps.hold_role(keys, "Customer support", "2026-11-19 14:13", "Comms Lead")
    keys.fill("Authors", "TPM Accounts, Profile team")
    keys.fill("Facilitator", "Quality engineering")
    keys.fill("Tags", "rollout, data-integrity")


def write_summary(keys: Keyboard) -> None:
    """Prose in Markdown; its last sentence is put another way, as the dock offers it."""
    keys.press("Ctrl+2")
    keys.type(
        "For 47 minutes customers could **not save** their profiles.\n\n"
        "The flag `new-save-path` had gone to all accounts; setting it back to 0% ended it.\n\n"
        "The team should have tested old accounts."
    )
    steps.put_wording_in(keys, "14:08", "the latency alert", "to look at the database")


def write_impact(keys: Keyboard) -> None:
    """Two windows and two measures with units."""
    keys.press("Ctrl+3")
    keys.type("Saving a name or a photo ended in an error; reading profiles worked.")
    steps.impact_window(keys, "2026-11-19 14:02", "14:49", "38% of all saves")
    steps.impact_window(keys, "2026-11-19 14:49", "about 15:31", "212 profiles without a photo")
    steps.measure(keys, "Failed requests", "18,420", "requests", "Gateway log, PUT /profile")
    steps.measure(keys, "p99 latency at peak", "6,200", "ms")


def write_detection(keys: Keyboard) -> None:
    """How it was noticed and ended."""
    keys.press("Ctrl+4")
    keys.fill("How was it noticed?", "The latency alert paged after six minutes.")
    keys.fill("What ended it?", "1. The flag went to 0%.\nA job repaired 212 profiles.")


def write_timeline(keys: Keyboard) -> None:
    """What the chat kept, and the onset by hand, with a source of its own."""
    keys.press("Ctrl+5")
    steps.paste_chat(
        keys, CHAT, "2026-11-19", "Europe/Berlin", ("Detected", "Decision", "Recovered")
    )
    steps.event(keys, "2026-11-19 14:02 UTC", "Impact", "Saves begin to fail.")
    keys.press("Home", "S")
    keys.choose("Kind of source", "Link")
    keys.fill("What the source is called", "Alert: p99 of profile-api")
    keys.fill("Where the source is", "https://metrics.example.com/alerts/7731")
    keys.press("Esc")


ROLL_BACK: steps.Steps = {
    "Rapid traffic containment": (
        ("Flag or canary", "new-save-path"),
        ("Share of traffic, from", "100%"),
        ("Share of traffic, to", "0%"),
        ("Share of traffic, when", "14:46"),
        ("Blast radius, before", "38% of saves"),
        ("Blast radius, after", "0.1% of saves"),
    ),
    "Operational rollback": (
        ("why it did not apply", "The old path was still there."),
        ("Way to the stable state", "Contained by the flag alone"),
        ("Completed", "14:49"),
    ),
    "Log and lock data integrity": (
        ("Checked by", "Data platform"),
        ("Partial writes, result", "Found"),
        ("Partial writes, how many, shown by what", "212, by comparing two stores"),
        ("Corrupt schema, result", "Ruled out"),
        ("Repair plan", "Replay the write-ahead copy"),
        ("Repaired", "15:20"),
    ),
    "Lead cross-functional communication": (("Script for customers", "Your profile is safe."),),
    "Bootstrap post-stabilisation monitoring": (
        ("5xx rate, baseline", "0.1"),
        ("5xx rate, peak", "38"),
        ("5xx rate, now", "0.1"),
        ("Observation window, from", "14:51"),
        ("Observation window, to", "15:31"),
        ("Observation window, traffic in it", "92% of the daily peak"),
    ),
    "Analyse the root cause": (("Testing gap", "No fixture without preferences"),),
    "Corrective action items": (("Sprints", "All in sprint 43"),),
}


def write_updates(keys: Keyboard) -> None:
    """What went out while it lasted."""
    audience = "Status page, support"
    steps.update(
        keys, "2026-11-19 14:15", audience, "Some saves fail. We go back.", "2026-11-19 14:30"
    )
    steps.update(keys, "2026-11-19 14:30", audience, "The old path is back.", "2026-11-19 14:45")


def write_response(keys: Keyboard) -> None:
    """Every step of ROLL-BACK with what it asks to be kept, and the updates that went out."""
    keys.press("Ctrl+6")
    keys.tick("ROLL-BACK")
    steps.record_response(
        keys,
        ROLL_BACK,
        at="14:46",
        by="Platform on-call",
        beside={"Lead cross-functional communication": write_updates},
    )


def write_whys(keys: Keyboard) -> None:
    """A tree that branches and joins, each leaf with another stop reason."""
    keys.press("Ctrl+7", "Home", "F2")
    keys.type("Saves of profiles failed for 47 minutes.")
    keys.press("Return")
    steps.why(keys, "Return", "The new save path wrote records without preferences.")
    steps.prove(keys, "Quote", "The validator refused every one of them.", "On-call, in the call")
    steps.why(keys, "Return", "Accounts from before 2019 have no preferences.")
    steps.prove(keys, "Link", "Schema of 2018", "https://docs.example.com/profile/2018")
    steps.end_in_root(keys, "Evidence exhausted", "No record says why they were left out.")
    steps.why(keys, "Shift+Return", "The new path has no fallback for a missing field.")
    keys.press("A")
    steps.prove(keys, "Query", "Saves without preferences", "count(preferences is null)")
    steps.end_in_root(keys, "Fixable by us", "The path is ours.")
    keys.press("Home")
    steps.why(keys, "Return", "The flag reached all accounts in one step.")
    steps.prove(keys, "Link", "History of the flag", "https://flags.example.com/new-save-path")
    steps.why(keys, "Return", "The flag service knows no steps between 5% and 100%.")
    steps.end_in_root(
        keys, "Outside our control", "We change vendors next year.", "Head of Platform"
    )


def write_detection_tree(keys: Keyboard) -> None:
    """The second tree: why was it not seen sooner? Its root gets an action at once."""
    keys.press("Shift+Tab", "Shift+Tab")
    keys.go_to("Tree: Why it happened (5)")
    keys.press("Right")
    keys.go_to("5 Whys")
    keys.press("Home", "F2")
    keys.type("It took six minutes to see it.")
    keys.press("Return")
    steps.why(keys, "Return", "The alert watches latency, not failed saves.")
    keys.press("E")
    keys.settle()
    keys.go_to("Kind: Link")
    keys.press("Right", "Right", "Right", "Right")
    keys.choose("The event", "14:08 The latency alert pages on-call.")
    keys.push("Done")
    keys.settle()
    steps.end_in_root(keys, "Fixable by us", "")
    steps.countermeasure(keys, "Alert on failed saves within a minute")


def write_lessons(keys: Keyboard) -> None:
    """Contributing factors, then the lessons; what went wrong is left for later."""
    keys.press("Ctrl+8")
    keys.type("Fixtures were all made after 2019\n- The canary watched latency alone")
    keys.press("Alt+PgDown")
    keys.fill("What went well", "The switch worked at the first try.")
    keys.fill("Where we got lucky", "It was not the evening peak.")


def write_actions(keys: Keyboard) -> None:
    """The action of the tree gets a date, but no team yet; another one closes the fallback."""
    keys.press("Alt+PgDown", "Home", "Return")
    keys.choose("Type", "Detect")
    keys.choose("Priority", "P1")
    keys.fill("Due date", "2026-12-04")
    keys.choose("State", "Ready")
    keys.fill("Done when", "A drill pages within a minute.")
    keys.go_to("Actions")
    keys.press("N")
    keys.type("Fall back to empty preferences on both paths")
    keys.choose("State", "In progress")
    keys.choose("Type", "Prevent")
    keys.fill("Accountable team", "Profile team")
    keys.fill("Due date", "2026-11-28")
    keys.tick("Addresses root 1.2  The new path has no fallback for a missing field.")
    keys.fill("Notes on the action", "Both paths, *and* the repair job.")


def write_review(keys: Keyboard) -> None:
    """By when it is read."""
    keys.press("Alt+PgDown")
    keys.fill("Review due", "2026-11-26")
    keys.fill("Review meeting", "2026-11-25 15:00 Europe/Berlin")


def write_own_section(keys: Keyboard) -> None:
    """A section that no template knows."""
    keys.press("Ctrl+Shift+A")
    keys.type("What support told customers")
    keys.go_to("What support told customers")
    keys.type("Your profile is safe; enter again what you changed after 14:02 UTC.")


def attach(keys: Keyboard) -> None:
    """A picture from the clipboard."""
    picture = QImage(40, 30, QImage.Format.Format_RGB32)
    picture.fill(0x2B6CB0)
    QGuiApplication.clipboard().setImage(picture)
    keys.press(*["Alt+PgDown"] * 3)
    keys.press("Ctrl+V")
    keys.settle()
    keys.press("Home", "F2", "Ctrl+A")
    keys.type("error-rate.png")
    keys.press("Return")


def close_gaps(keys: Keyboard) -> None:
    """The checklist names what is left; Enter goes to each, until nothing is."""
    left = steps.asked(keys)
    assert [words[:26] for words in left] == [  # an action has its number once it is saved
        "Show that why 2.1 is so: a",
        "Say which team answers for",
        "Say where a tool, a docume",
        "Say which role reads it: s",
    ]
    keys.press("Return")
    keys.go_to("5 Whys")
    steps.prove(keys, "Link", "Manual of the flag service", "https://flags.example.com/manual")
    for words in ("Observability", "The first update went out after 13 minutes."):
        left.pop(0)
        assert len(steps.asked(keys)) == len(left)
        keys.press("Return")
        keys.type(words)
    keys.fill("Other lessons", "> Contain first, explain afterwards.")
    left.pop(0)
    assert steps.asked(keys) == left
    keys.press("Return", "Return")
    keys.choose("Reviewer", "Subject expert")


STORY = (
    write_details,
    write_summary,
    write_impact,
    write_detection,
    write_timeline,
    write_response,
    write_whys,
    write_detection_tree,
    write_lessons,
    write_actions,
    write_review,
    write_own_section,
    attach,
    close_gaps,
)


def be_reviewed(keys: Keyboard, folder: Path) -> None:
    """The reviewer comments on a copy in a text editor; what came back is settled, then agreed."""
    steps.pass_gate(keys, "Ask for review")
    keys.press("Esc")
    keys.settle()
    copy = steps.export_review_copy(keys, folder)
    remarks = {"Summary": "How many accounts are from before 2019?", "why 1.2": "Since when?"}
    steps.write_into(copy, "Subject expert", remarks)
    steps.read_comments(keys, copy)
    keys.press("Ctrl+Return")
    keys.settle()
    assert steps.asked(keys) == [
        "Settle the comment “How many accounts are from before 2019?”.",
        "Settle the comment “Since when?”.",
        "Subject expert has not answered yet.",
    ]
    keys.press("Return")
    keys.tick("Settled: the comment on Summary")
    assert len(steps.asked(keys)) == 2
    keys.press("Return")
    keys.tick("Settled: the comment on why 1.2")
    assert steps.asked(keys) == ["Subject expert has not answered yet."]
    keys.press("Return")
    keys.push("Agreed, Subject expert")
    keys.type("Clear and deep enough.")
    steps.pass_gate(keys, "Mark reviewed")


def check(document: Document) -> None:
    """Every section holds what was typed."""
    mortem = document.post_mortem
    (incident,) = mortem.incidents
    assert [change.severity for change in incident.severity_history] == ["SEV2", "SEV1"]
    times = incident.times
    assert [moment_text(m) for m in (times.detected, times.acknowledged, times.resolved) if m] == [
        "2026-11-19 15:08 Europe/Berlin (14:08 UTC)",
        "2026-11-19 09:11 America/New_York (14:11 UTC)",
        "about 2026-11-19 15:31 UTC",
    ]
    assert [role.holder for role in incident.roles] == [
        "TPM Accounts",
        "Platform on-call",
        "Customer support",
    ]
    events = current_events(incident.timeline)
    assert [(e.kind, f"{e.at:%d %H:%M}") for e in events] == [
        ("impact", "19 14:02"),
        ("detected", "19 14:08"),
        ("decision", "19 14:46"),
        ("recovered", "19 14:49"),
    ]
    assert [measure.unit for measure in incident.impact.measures] == ["requests", "ms"]
    (record,) = incident.response
    assert all(step.notes and step.record and step.at for step in record.steps)
    kept = {key: value for step in record.steps for key, value in step.record.items()}
    assert kept["share at"] == "2026-11-19 14:46 UTC"
    assert kept["partial writes result"] == "found"
    assert (kept["5xx rate peak"], kept["5xx rate unit"]) == ("38", "%")
    assert kept["observation window to"] == "2026-11-19 15:31 UTC"
    assert len(incident.updates) == 2
    first, second = mortem.whys
    assert (first.about, second.about) == (About.OCCURRENCE, About.DETECTION)
    whys = addresses(mortem.whys)
    assert list(whys) == ["1", "1.1", "1.2", "2", "2.1", "detection:1"]
    assert whys["1.2"].joined
    assert {place: node.stop.reason for place, node in whys.items() if node.stop} == {
        "1.1": StopReason.EXHAUSTED,
        "1.2": StopReason.FIXABLE,
        "2.1": StopReason.OUTSIDE,
        "detection:1": StopReason.FIXABLE,
    }
    assert whys["detection:1"].evidence[0].target == events[1].id
    addressed = {
        action.title: [
            document.node_addresses()[node.id]
            for node in whys.values()
            if (root := document.root_of(node.id)) and root.id in document.roots_of(action.id)
        ]
        for action in document.actions
    }
    assert addressed == {
        "Alert on failed saves within a minute": ["detection:1"],
        "Fall back to empty preferences on both paths": ["1.2"],
    }
    assert [own.heading for own in mortem.sections] == ["What support told customers"]
    assert [file.name for file in document.attachments] == ["error-rate.png"]


def check_review(document: Document) -> None:
    """Hints applied, comments of a colleague settled, each gate passed with nothing missing."""
    mortem = document.post_mortem
    reworded = "At 14:08 the team saw the latency alert and chose to look at the database."
    assert reworded in mortem.summary
    assert "should have" not in mortem.summary
    assert [(c.anchor, c.role, c.text, c.resolved) for c in mortem.comments] == [
        ("summary", "Subject expert", "How many accounts are from before 2019?", True),
        (addresses(mortem.whys)["1.2"].id, "Subject expert", "Since when?", True),
    ]
    (review,) = mortem.reviews
    assert (review.role, review.decision) == ("Subject expert", "Agreed")
    statuses = [(entry.status, entry.reason) for entry in mortem.status_history]
    assert statuses == [(Status.DRAFT, ""), (Status.IN_REVIEW, ""), (Status.REVIEWED, "")]


@pytest.mark.timeout(120)
def test_from_nothing_to_reviewed(open_bench: Callable[..., Bench], tmp_path: Path) -> None:
    bench = open_bench(empty=True)
    keys = Keyboard(bench)
    steps.begin(keys, "Incident Commander", TITLE, "SEV2", "profile-api")
    for step in STORY:
        step(keys)
    be_reviewed(keys, tmp_path / "review")
    keys.press("Esc")
    keys.settle()
    assert bench.window.current == "library"

    document = steps.written(bench)
    states = completeness(document, bench.screens.context.workspace.frameworks)
    open_ = {key: one.words for key, one in states.items() if one.progress is not Progress.DONE}
    assert open_ == {"timeline": "4 events, 1 late update"}  # which stays true
    check(document)
    check_review(document)

    steps.export(keys, tmp_path / "markdown", "Markdown")
    steps.export(keys, tmp_path / "json", "Markdown", *["Right"] * 4)
    steps.export(keys, tmp_path / "html", "JSON", *["Left"] * 3)
    for name in ("markdown", "json"):
        again = steps.brought_in(bench, tmp_path / name, tmp_path / f"{name} library")
        assert same_content(again, document)
    (page,) = (tmp_path / "html").rglob("*.html")
    assert "What support told customers" in page.read_text(encoding="utf-8")
