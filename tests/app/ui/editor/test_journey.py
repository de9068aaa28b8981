"""A whole post-mortem written in the window with the keyboard alone, from an empty library."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QGuiApplication, QImage

from integrations.markdown import apply as importing
from integrations.markdown import plan as planning
from integrations.markdown.form_times import moment_text
from models.completeness import Progress, completeness
from models.document import Document, same_content
from models.domain.post_mortem import Status
from models.domain.whys import About, StopReason, addresses
from models.queries import post_mortems as queries
from models.store.library import Actor, open_library
from tests.app.ui.conftest import Bench
from tests.app.ui.editor.conftest import Desk
from tests.app.ui.editor.keyboard import Keyboard

TITLE = "Profile saves fail after the new save path goes to 100%"


def begin(keys: Keyboard) -> None:
    """Ctrl+N in an empty library; the author is a role."""
    keys.press("Ctrl+N")
    keys.settle()
    keys.fill("Role", "Incident Commander")
    keys.press("Return")
    keys.settle()
    keys.fill("What happened, in one line", TITLE)
    keys.choose("Template", "Blameless 5 Whys")
    keys.choose("Severity", "SEV2")
    keys.fill("Services, separated by commas", "profile-api")
    keys.press("Return")
    keys.settle()


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
    keys.push("Add role")
    keys.choose("Role", "Incident Commander")
    keys.fill("Held by a team or role", "TPM Accounts")
    keys.fill("Since", "2026-11-19 14:11")
    keys.fill("Until", "2026-11-19 15:00")
    keys.push("Add role")
    keys.choose("Role", "Incident Commander")
    keys.fill("Held by a team or role", "Platform on-call")
    keys.fill("Since", "2026-11-19 15:00")
    keys.push("Add role")
    keys.choose("Role", "Comms Lead")
    keys.fill("Held by a team or role", "Customer support")
    keys.fill("Authors", "TPM Accounts, Profile team")
    keys.fill("Facilitator", "Quality engineering")
    keys.fill("Tags", "rollout, data-integrity")


def write_summary(keys: Keyboard) -> None:
    """Prose in Markdown."""
    keys.press("Ctrl+2")
    keys.type(
        "For 47 minutes customers could **not save** their profiles.\n\n"
        "The flag `new-save-path` had gone to all accounts; setting it back to 0% ended it."
    )


def write_impact(keys: Keyboard) -> None:
    """Two windows and two measures with units."""
    keys.press("Ctrl+3")
    keys.type("Saving a name or a photo ended in an error; reading profiles worked.")
    keys.push("Add impact window")
    keys.fill("Impact started", "2026-11-19 14:02")
    keys.fill("Impact stopped", "14:49")
    keys.fill("What was affected in this window", "38% of all saves")
    keys.push("Add impact window")
    keys.fill("Impact started", "2026-11-19 14:49")
    keys.fill("Impact stopped", "about 15:31")
    keys.fill("What was affected in this window", "212 profiles without a photo")
    keys.push("Add measure")
    keys.fill("Measure", "Failed requests")
    keys.fill("Number", "18,420")
    keys.fill("Unit", "requests")
    keys.fill("Where the number comes from", "Gateway log, route PUT /profile")
    keys.push("Add measure")
    keys.fill("Measure", "p99 latency at peak")
    keys.fill("Number", "6,200")
    keys.fill("Unit", "ms")


def write_detection(keys: Keyboard) -> None:
    """How it was noticed and ended."""
    keys.press("Ctrl+4")
    keys.fill("How was it noticed?", "The latency alert paged after six minutes.")
    keys.fill("What ended it?", "1. The flag went to 0%.\nA job repaired 212 profiles.")


def write_timeline(keys: Keyboard) -> None:
    """Events at their times, each of another kind, one with a source."""
    keys.press("Ctrl+5")
    events = (
        ("2026-11-19 14:02 UTC", "Impact", "Saves begin to fail."),
        ("15:08 Europe/Berlin", "Detected", "The latency alert pages on-call."),
        ("14:46 UTC", "Decision", "Contain first: the flag goes to 0%, nobody patches live code."),
        ("about 14:49 UTC", "Recovered", "The share of failing saves is back at its usual level."),
    )
    for number, (at, kind, text) in enumerate(events):
        keys.press("N")
        keys.type(text)
        keys.press("Esc", "K", *["K"] * number)
        if kind == "Recovered":
            keys.choose("Kind", kind)
        keys.fill("Time", at)
        keys.press("Esc")
    keys.press("Home", "Down", "S")
    keys.choose("Kind of source", "Link")
    keys.fill("What the source is called", "Alert: p99 of profile-api")
    keys.fill("Where the source is", "https://metrics.example.com/alerts/7731")
    keys.press("Esc")


def write_response(keys: Keyboard) -> None:
    """Every step of ROLL-BACK with what it asks to be kept, and the updates that went out."""
    keys.press("Ctrl+6")
    keys.tick("ROLL-BACK")
    for number, (title, values) in enumerate(ROLL_BACK):
        applied = title != "Operational rollback"
        keys.choose(f"{title}: state", "Done" if applied else "Did not apply")
        if not applied:
            keys.fill(f"{title}: why it did not apply", "The old path was still there.")
        keys.fill(f"{title}: when", "14:46")
        keys.fill(f"{title}: by", "Platform on-call")
        if title == "Lead cross-functional communication":
            write_updates(keys)
        for field, value in values:
            (keys.choose if value in CHOSEN else keys.fill)(f"{title}: {field}", value)
        keys.fill(f"{title}: notes", "Done while the call went on.")
        if number + 1 < len(ROLL_BACK):
            following = ROLL_BACK[number + 1][0]
            keys.push(f"Next: {following[0]}: {following}")


CHOSEN = ("Found", "Ruled out", "Contained by the flag alone")
ROLL_BACK = (
    (
        "Rapid traffic containment",
        (
            ("Flag or canary", "new-save-path"),
            ("Share of traffic, from", "100%"),
            ("Share of traffic, to", "0%"),
            ("Share of traffic, when", "14:46"),
            ("Blast radius, before", "38% of saves"),
            ("Blast radius, after", "0.1% of saves"),
        ),
    ),
    (
        "Operational rollback",
        (("Way to the stable state", "Contained by the flag alone"), ("Completed", "14:49")),
    ),
    (
        "Log and lock data integrity",
        (
            ("Checked by", "Data platform"),
            ("Partial writes, result", "Found"),
            ("Partial writes, how many, shown by what", "212, by comparing two stores"),
            ("Corrupt schema, result", "Ruled out"),
            ("Repair plan", "Replay the write-ahead copy"),
            ("Repaired", "15:20"),
        ),
    ),
    ("Lead cross-functional communication", (("Script for customers", "Your profile is safe."),)),
    (
        "Bootstrap post-stabilisation monitoring",
        (
            ("5xx rate, baseline", "0.1"),
            ("5xx rate, peak", "38"),
            ("5xx rate, now", "0.1"),
            ("Observation window, from", "14:51"),
            ("Observation window, to", "15:31"),
            ("Observation window, traffic in it", "92% of the daily peak"),
        ),
    ),
    ("Analyse the root cause", (("Testing gap", "No fixture without preferences"),)),
    ("Corrective action items", (("Sprints", "All in sprint 43"),)),
)


def write_updates(keys: Keyboard) -> None:
    """What was said while the incident lasted, in the step that asks for it."""
    for at, text, promised in (
        ("2026-11-19 14:15", "Some profile changes are not saved. We go back.", "14:30"),
        ("2026-11-19 14:30", "The old path is back; we watch.", "14:45"),
    ):
        keys.push("Add update")
        keys.fill("Update sent", at)
        keys.fill("Audience", "Status page, support")
        keys.fill("Next update promised", f"2026-11-19 {promised}")
        keys.fill("Update in words", text)


def write_whys(keys: Keyboard) -> None:
    """A tree that branches and joins, each leaf with another stop reason."""
    keys.press("Ctrl+7", "Home", "F2")
    keys.type("Saves of profiles failed for 47 minutes.")
    keys.press("Return", "Return")  # done; a why below
    keys.type("The new save path wrote records without preferences.")
    keys.press("Return")
    prove(keys, "Quote", "The validator refused every one of them.", "On-call, in the call")
    keys.press("Return")
    keys.type("Accounts from before 2019 have no preferences.")
    keys.press("Return")
    prove(keys, "Link", "Schema of 2018", "https://docs.example.com/profile/2018")
    end_in_root(keys, "Evidence exhausted", "No record says why they were left out.")
    keys.press("Shift+Return")
    keys.type("The new path has no fallback for a missing field.")
    keys.press("Return", "A")
    prove(keys, "Query", "Saves without preferences", "count(preferences is null)")
    end_in_root(keys, "Fixable by us", "The path is ours.")
    keys.press("Home", "Return")
    keys.type("The flag reached all accounts in one step.")
    keys.press("Return")
    prove(keys, "Link", "History of the flag", "https://flags.example.com/new-save-path")
    keys.press("Return")
    keys.type("The flag service knows no steps between 5% and 100%.")
    keys.press("Return")
    prove(keys, "Link", "Manual of the flag service", "https://flags.example.com/manual")
    end_in_root(keys, "Outside our control", "We change vendors next year.", "Head of Platform")


def write_detection_tree(keys: Keyboard) -> None:
    """The second tree: why was it not seen sooner? Its root gets an action at once."""
    keys.press("Shift+Tab", "Shift+Tab")
    keys.go_to("Tree: Why it happened (5)")
    keys.press("Right")
    keys.go_to("5 Whys")
    keys.press("Home", "F2")
    keys.type("It took six minutes to see it.")
    keys.press("Return", "Return")
    keys.type("The alert watches latency, not failed saves.")
    keys.press("Return", "E")
    keys.settle()
    keys.go_to("Kind: Link")
    keys.press("Right", "Right", "Right", "Right")
    keys.choose("The event", "14:08 The latency alert pages on-call.")
    keys.push("Done")
    keys.settle()
    end_in_root(keys, "Fixable by us", "")
    keys.press("C")
    keys.settle()
    keys.fill("Action", "Alert on failed saves within a minute")
    keys.press("Return")
    keys.settle()


def prove(keys: Keyboard, kind: str, text: str, target: str) -> None:
    """Add evidence to the current why."""
    captions = {
        "Link": ("What it shows", "Its address"),
        "Quote": (
            "The words, as they were said or written",
            "Where: the role, the channel, the time",
        ),
        "Query": ("What it shows", "The query"),
    }
    keys.press("E")
    keys.settle()
    keys.go_to("Kind: Link")
    keys.press(*["Right"] * list(captions).index(kind))
    for caption, words in zip(captions[kind], (text, target), strict=True):
        keys.fill(caption, words)
    keys.push("Done")
    keys.settle()


def end_in_root(keys: Keyboard, reason: str, words: str, accepted_by: str = "") -> None:
    """Say why the current chain ends."""
    captions = {
        "Fixable by us": "What makes it ours to fix (may stay empty)",
        "Outside our control": "Why the risk is accepted",
        "Evidence exhausted": "What was looked for and is not there",
    }
    keys.press("R")
    keys.settle()
    keys.press(*["Down"] * list(captions).index(reason))
    if accepted_by:
        keys.fill("Accepted by which role", accepted_by)
    keys.fill(captions[reason], words)
    keys.push("Mark as root")
    keys.settle()


def write_lessons(keys: Keyboard) -> None:
    """Contributing factors, then the four parts of the lessons."""
    keys.press("Ctrl+8")
    keys.type("Fixtures were all made after 2019\n- The canary watched latency alone")
    keys.press("Alt+PgDown")
    keys.fill("What went well", "The switch worked at the first try.")
    keys.fill("What went wrong", "The first update went out after 13 minutes.")
    keys.fill("Where we got lucky", "It was not the evening peak.")
    keys.fill("Other lessons", "> Contain first, explain afterwards.")


def write_actions(keys: Keyboard) -> None:
    """The action of the tree gets a team and a date; another addresses the root of the fallback."""
    keys.press("Alt+PgDown", "Home", "Return")
    keys.choose("Type", "Detect")
    keys.choose("Priority", "P1")
    keys.fill("Accountable team", "Observability")
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
    """Who reads it, by when, and a remark."""
    keys.press("Alt+PgDown")
    keys.fill("Review due", "2026-11-26")
    keys.fill("Review meeting", "2026-11-25 15:00 Europe/Berlin")
    keys.push("Add review")
    keys.choose("Reviewer", "Subject expert")
    keys.fill("Decision", "Changes asked")
    keys.fill("Review in words", "Say which accounts were hit.")
    keys.push("Add comment")
    keys.type("Which alert was that?")
    keys.tick("Settled: the comment on the whole document")


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


def be_reviewed(keys: Keyboard) -> None:
    """Nothing is missing: ask, answer, and mark it as reviewed."""
    keys.press("Ctrl+Shift+R")
    keys.push("Ask for review")
    keys.settle()
    keys.press("Ctrl+Shift+R", "Return")  # to who has not answered yet
    keys.push("Agreed, Subject expert")
    keys.press("Ctrl+Shift+R")
    keys.push("Mark reviewed")
    keys.settle()


def export(keys: Keyboard, folder: Path, last: str, *turns: str) -> None:
    """Ctrl+E; from the form that was used last to another; a folder."""
    keys.press("Ctrl+E")
    keys.settle()
    keys.go_to(f"Form: {last}")
    keys.press(*turns)
    keys.fill("Folder", str(folder))
    keys.push("Export")
    keys.settle()


STEPS = (
    begin,
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
    be_reviewed,
)


def written(bench: Bench) -> Document:
    """The one post-mortem of the library."""
    (document,) = queries.every(bench.screens.context.workspace.library)
    return document


def brought_in(bench: Bench, exported: Path, folder: Path) -> Document:
    """What a fresh library holds after importing a folder."""
    terms = bench.screens.context.workspace.vocabularies
    library = open_library(folder)
    plan = planning.plan(library, [exported], terms)
    (done,) = importing.apply(library, plan, Actor(), terms).imported
    assert not done.in_part
    return queries.document(library, done.ref)


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
    assert [(e.kind, f"{e.at:%d %H:%M}") for e in incident.timeline] == [
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
    assert whys["detection:1"].evidence[0].target == incident.timeline[1].id
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


def test_a_whole_post_mortem_by_keyboard(open_bench: Callable[..., Bench], tmp_path: Path) -> None:
    bench = open_bench(empty=True)
    keys = Keyboard(bench)
    for step in STEPS:
        step(keys)
    keys.press("Esc")
    keys.settle()
    assert bench.window.current == "library"

    document = written(bench)
    states = completeness(document, bench.screens.context.workspace.frameworks)
    open_ = {key: one.words for key, one in states.items() if one.progress is not Progress.DONE}
    assert open_ == {"timeline": "4 events, 1 late update"}  # which stays true
    check(document)
    statuses = [(entry.status, entry.reason) for entry in document.post_mortem.status_history]
    assert statuses == [(Status.DRAFT, ""), (Status.IN_REVIEW, ""), (Status.REVIEWED, "")]

    keys.press("Ctrl+Return")
    keys.settle()
    export(keys, tmp_path / "markdown", "Markdown")
    export(keys, tmp_path / "json", "Markdown", *["Right"] * 4)
    export(keys, tmp_path / "html", "JSON", *["Left"] * 3)
    for name in ("markdown", "json"):
        again = brought_in(bench, tmp_path / name, tmp_path / f"{name} library")
        assert same_content(again, document)
    (page,) = (tmp_path / "html").rglob("*.html")
    assert "What support told customers" in page.read_text(encoding="utf-8")


def test_own_sections_are_added_renamed_moved_and_removed_by_keyboard(desk: Desk) -> None:
    keys = Keyboard(desk.bench)
    for heading in ("Vendor", "Costs"):
        keys.press("Ctrl+Shift+A")
        keys.type(heading)
        keys.go_to(heading)
        keys.type(f"About the {heading.lower()}.")
    keys.command("Rename the section")
    keys.type("What it cost")
    keys.command("Move the section up")
    own = desk.saved().post_mortem.sections
    assert [(one.heading, one.markdown) for one in own] == [
        ("What it cost", "About the costs."),
        ("Vendor", "About the vendor."),
    ]
    keys.command("Remove the section")
    assert [one.heading for one in desk.saved().post_mortem.sections] == ["Vendor"]
    keys.press("Ctrl+Z")
    assert desk.saved().post_mortem.sections == own


def test_undo_in_a_line_is_the_documents(desk: Desk) -> None:
    keys = Keyboard(desk.bench)
    before = desk.draft.document
    keys.fill("Title", "Saves failed")
    keys.fill("Services", "edge")
    keys.press("Ctrl+Z")
    assert desk.draft.document.post_mortem.title == "Saves failed"
    assert desk.draft.document.post_mortem.incidents == before.post_mortem.incidents
    keys.press("Ctrl+Z")
    assert desk.draft.document.post_mortem == before.post_mortem
    keys.press("Ctrl+Shift+Z")
    assert desk.draft.document.post_mortem.title == "Saves failed"
