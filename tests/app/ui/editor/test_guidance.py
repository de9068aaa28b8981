"""Guidance in the window: what is missing, the way there, and the gates, by keyboard."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from app.ui.editor.guidance.checklist import ChecklistDialog
from app.ui.editor.guidance.questions import Questions
from app.ui.fitting import clipped
from models.commands import linking, tracking
from models.document import Document
from models.domain.incident import Evidence, IncidentState
from models.domain.post_mortem import Status
from models.domain.root import RootAction
from models.editing.parts import with_text
from models.store.library import Actor
from models.tracking.tickets import Ticket
from tests.app.ui.editor.conftest import Desk
from tests.app.ui.editor.keyboard import Keyboard


def checklist(desk: Desk) -> ChecklistDialog:
    """The checklist that is open."""
    shown = [one for one in desk.bench.window.findChildren(ChecklistDialog) if one.isVisible()]
    assert len(shown) == 1
    return shown[0]


def asked(desk: Desk) -> list[str]:
    """What the checklist of the gate ahead names."""
    Keyboard(desk.bench).press("Ctrl+Shift+R")
    dialog = checklist(desk)
    model = dialog.list.choices
    return [model.entry(model.index(n, 0)).title for n in range(model.rowCount())]


def step_text(desk: Desk, key: str) -> str:
    steps = desk.page.side.stepper.steps
    index = steps.index(steps.place_of(key), 0)
    return str(steps.data(index, Qt.ItemDataRole.AccessibleTextRole))


def test_the_sections_say_what_is_missing_in_words(desk: Desk) -> None:
    said = step_text(desk, "impact")
    assert said.startswith("Impact, PM or TPM, partly: 1 of 3 answered. Missing: Say what users")
    steps = desk.page.side.stepper.steps
    assert steps.entry(steps.index(steps.place_of("impact"), 0)).state.words == (
        "What users met, 1 more"
    )
    library, actor = desk.bench.screens.context.workspace.library, Actor()
    action = desk.draft.document.actions[0]
    linking.link_ticket(library, Ticket(action.id, "", "1", "PAY-1"), actor)
    for state in ("done", "in progress"):
        tracking.take_in(library, action.id, {"state": state}, actor)
    desk.bench.screens.context.changes_committed.emit()
    desk.bench.settle()
    assert f"{action.ref} had ended and was opened again" in step_text(desk, "actions")


def test_next_leads_through_what_is_missing_and_then_to_the_gate(desk: Desk) -> None:
    keys, foot = Keyboard(desk.bench), desk.page.work.foot
    assert foot.next.text() == "Next: No authors"  # of the section that is shown
    keys.press("F9")
    assert keys.place == "Authors"
    keys.type("Profile team")
    keys.press("F9")
    assert keys.place == "Impact"
    assert desk.page.walk.key == "impact"
    keys.type("Nobody could save.")
    keys.press("F9")
    assert keys.place == "Add impact window"
    keys.press("F9")  # left for later
    assert desk.page.walk.key != "impact"
    assert not desk.page.work.foot.next.text().endswith("No impact window")


def test_the_gaps_are_closed_one_by_one_and_it_is_reviewed(desk: Desk) -> None:
    keys = Keyboard(desk.bench)
    left = asked(desk)
    assert len(left) == 8
    assert left[0].startswith("Say what users could not do")
    keys.press("Return")  # goes to the first gap
    assert keys.place == "Impact"
    keys.type("Nobody could save a profile.")
    assert len(asked(desk)) == 7
    keys.press("Return", "Return")
    keys.fill("Impact started", "2026-11-12 14:02 UTC")
    keys.fill("Impact stopped", "14:49")
    left = asked(desk)
    assert left[0] == "Show that why 1 is so: a log line, a graph, a quote."
    keys.press("Return")
    assert desk.page.walk.key == "whys"
    close_whys(desk)
    left = asked(desk)
    assert [words.split(":")[0] for words in left] == [
        "Say where a tool, a document or a limit got in the way.",
        "Name the authors by role or team.",
        "Say which role reads it",
    ]
    keys.press("Return")
    assert keys.place == "What went wrong"
    keys.type("The flag had no owner.")
    asked(desk)
    keys.press("Return")
    keys.type("Profile team")
    asked(desk)
    keys.press("Return", "Return")  # the button that adds a review
    keys.choose("Reviewer", "Facilitator")
    assert asked(desk) == []
    keys.press("Return")
    desk.bench.settle()
    stored = desk.saved().post_mortem
    assert stored.status is Status.IN_REVIEW
    assert stored.status_history[-1].reason == ""
    assert stored.reviews[0].asked_at is not None
    assert desk.page.guidance.gate_button.text().strip() == "Mark reviewed"

    assert asked(desk) == ["Facilitator has not answered yet."]
    keys.press("Return")
    keys.push("Agreed, Facilitator")
    keys.type("Clear and deep enough.")
    assert asked(desk) == []
    keys.press("Return")
    desk.bench.settle()
    stored = desk.saved().post_mortem
    assert stored.status is Status.REVIEWED
    assert stored.reviews[0].decision == "Agreed"
    assert stored.reviews[0].decided_at is not None
    assert stored.reviews[0].text == "Clear and deep enough."


def close_whys(desk: Desk) -> None:
    """Evidence and a countermeasure: what the sections of the whys have tests of their own for."""

    def change(document: Document) -> Document:
        (tree,) = document.post_mortem.whys
        shown = (Evidence("link", "Log query", "https://logs.example/7"),)
        (top,) = tree.nodes
        below = tuple(replace(node, evidence=shown) for node in top.children)
        tree = replace(tree, nodes=(replace(top, evidence=shown, children=below),))
        document = with_text(document, whys=(tree,))
        root, action = document.roots[0], document.actions[0]
        now = desk.bench.screens.context.workspace.library.now()
        return replace(document, root_actions=(RootAction(root.id, action.id, now),))

    desk.draft.edit("Close the whys", change)
    desk.bench.settle()


def test_going_on_regardless_needs_a_reason_and_keeps_it(desk: Desk) -> None:
    keys = Keyboard(desk.bench)
    asked(desk)
    keys.push("Ask all the same")
    assert checklist(desk).isVisible()  # asks for the reason first
    assert keys.place == "Reason for going on"
    keys.type("The meeting is today.")
    keys.push("Ask all the same")
    desk.bench.settle()
    entry = desk.saved().post_mortem.status_history[-1]
    assert entry.status is Status.IN_REVIEW
    assert entry.reason.startswith("The meeting is today. Still open: What users met, No impact")
    assert entry.at == desk.bench.screens.context.workspace.library.now()
    keys.press("Ctrl+Z")
    assert desk.saved().post_mortem.status is Status.DRAFT
    assert desk.stored.post_mortem.status_history[-2] == entry  # histories only grow
    desk.page.show_section("review")
    told = [label.text() for label in desk.page.work.forms.page.findChildren(QLabel)]  # type: ignore[union-attr]
    assert entry.reason in told


def test_enter_after_the_reason_goes_on(desk: Desk) -> None:
    keys = Keyboard(desk.bench)
    asked(desk)
    keys.go_to("Reason for going on")
    keys.press("Return")
    assert checklist(desk).isVisible()  # nothing is said yet
    keys.type("The meeting is today.")
    keys.press("Return")
    desk.bench.settle()
    assert desk.saved().post_mortem.status is Status.IN_REVIEW


def test_not_now_changes_nothing(desk: Desk) -> None:
    asked(desk)
    Keyboard(desk.bench).press("Esc")
    assert desk.draft.document is desk.draft.stored


def test_the_all_clear_goes_through_its_gate(desk: Desk) -> None:
    keys = Keyboard(desk.bench)
    keys.choose("State of the incident", "Mitigated")
    keys.press("Down", "End")  # at Resolved, not chosen
    assert not [one for one in desk.bench.window.findChildren(ChecklistDialog) if one.isVisible()]
    keys.press("Return")
    dialog = checklist(desk)
    assert dialog.windowTitle() == "Set to resolved"
    assert incident_state(desk) is IncidentState.MITIGATED
    keys.go_to("Reason for going on")
    keys.type("Traffic is low until Monday.")
    keys.push("Resolve all the same")
    desk.bench.settle()
    incident = desk.saved().post_mortem.incidents[0]
    assert incident.state is IncidentState.RESOLVED
    last = incident.state_history[-1]
    assert last.state is IncidentState.RESOLVED
    assert last.reason.startswith("Traffic is low until Monday. Still open: ")


def incident_state(desk: Desk) -> IncidentState:
    return desk.draft.document.post_mortem.incidents[0].state


def test_every_place_that_guidance_names_can_be_reached(desk: Desk) -> None:
    guiding = desk.page.guidance.guiding
    draft = desk.draft
    incident = replace(
        draft.document.post_mortem.incidents[0], severity="", services=(), timeline=()
    )
    draft.edit("Empty", lambda d: with_text(d, incidents=(incident,), summary="", reviews=()))
    desk.bench.settle()
    seen = set()
    for _ in range(40):
        gap = next((g for g in guiding._gaps if g.key not in seen and not g.waits), None)  # noqa: SLF001
        if gap is None:
            break
        seen.add(gap.key)
        guiding.lead_to(gap)
        assert desk.page.walk.key == gap.section
        focus = desk.bench.focus()
        assert desk.page.work.isAncestorOf(focus)
        if gap.field:
            assert focus.accessibleName() == gap.field
    assert len(seen) > 10


def test_a_comment_on_any_place_and_the_way_there(desk: Desk) -> None:
    keys = Keyboard(desk.bench)
    keys.press("Ctrl+2", "Ctrl+Alt+M")
    assert desk.page.walk.key == "review"
    keys.type("Since when exactly?")
    comment = desk.saved().post_mortem.comments[-1]
    assert (comment.anchor, comment.text) == ("summary/summary", "Since when exactly?")
    keys.push("Go to Summary")
    assert desk.page.walk.key == "summary"
    desk.page.reveal(comment.id)
    keys.tick("Settled: the comment on Summary")
    assert desk.saved().post_mortem.comments[-1].resolved


def test_questions_fold_and_the_example_touches_no_text(desk: Desk) -> None:
    bench = desk.bench
    bench.press("Ctrl+2")
    questions = desk.page.work.questions
    assert "What stopped it?" in shown(questions)
    bench.press("Ctrl+Shift+E")
    assert "one in five sign-ins" in shown(questions)
    questions.fold_button.click()
    assert "What stopped it?" not in shown(questions)
    bench.press("Alt+PgDown")
    assert "In which windows" not in shown(desk.page.work.questions)  # folded everywhere
    assert desk.draft.document is desk.draft.stored


def test_an_example_that_is_asked_for_is_shown_in_a_low_window_too(desk: Desk) -> None:
    desk.page.show_section("whys")
    questions = desk.page.work.questions
    questions.fit(is_low=True)
    assert not questions.isVisible()
    desk.bench.press("Ctrl+Shift+E")
    assert len(shown(questions)) > 40


def shown(questions: Questions) -> str:
    return "\n".join(label.text() for label in questions.findChildren(QLabel) if label.isVisible())


def test_a_review_that_is_due_is_mentioned(desk: Desk) -> None:
    reminder = desk.page.side.findChildren(QLabel)
    assert "Review overdue by 5 days, 15 Nov" in [label.text() for label in reminder]


@pytest.mark.parametrize("percent", [100, 150])
def test_the_checklist_fits_a_small_window(desk: Desk, percent: int) -> None:
    bench = desk.bench
    bench.window.resize(1240, 760)
    bench.desktop.look.set_percent(percent)
    try:
        bench.settle()
        asked(desk)
        bench.settle()
        dialog: QWidget = checklist(desk)
        assert clipped(dialog) == []
        assert dialog.height() <= bench.window.height()
        dialog.close()
    finally:
        bench.desktop.look.set_percent(100)


def test_no_question_is_asked_twice(desk: Desk) -> None:
    look = desk.page.work
    for step in desk.page.walk.steps:
        desk.page.reveal(step.key)
        words = "\n".join(one.text() for one in look.findChildren(QLabel) if one.isVisibleTo(look))
        for question in step.guidance.questions:
            assert words.count(question) <= 1, f"{step.heading}: {question}"
