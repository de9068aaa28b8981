"""Choosing a template later: other sections, other questions, every word where it was."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication

from app.ui.editor.prose_sections import ProsePage
from app.ui.editor.template_choice import TemplateDialog
from models import templates
from models.domain.incident import Detection, Impact
from models.editing.parts import with_lessons, with_text
from tests.app.ui.editor.conftest import Desk
from tests.app.ui.editor.keyboard import Keyboard

KNOWN = templates.load()
ALWAYS = ["Details", "Review", "Attachments"]


def headings(desk: Desk) -> list[str]:
    return [step.heading for step in desk.page.walk.steps]


@pytest.fixture
def empty(desk: Desk) -> Desk:
    """One in which little is written: title, timeline, whys, and a lesson."""
    mortem = desk.draft.document.post_mortem
    incident = mortem.incidents[0]
    bare = replace(
        incident, impact=Impact(), detection=Detection(), resolution="", updates=(), response=()
    )
    desk.draft.edit(
        "Prepare",
        lambda d: with_lessons(
            with_text(d, summary="", incidents=(bare,), contributing_factors="", sections=()),
            lucky="It rained.",
        ),
    )
    desk.bench.app.processEvents()
    return desk


def change(desk: Desk, name: str) -> None:
    keys = Keyboard(desk.bench)
    keys.command("Change template")
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, TemplateDialog)
    for _ in KNOWN:
        if dialog.chosen.name != name:
            keys.press("Down")
    keys.push("Change")
    keys.settle()
    assert not dialog.isVisible()


def test_another_template_is_chosen_by_keyboard_and_taken_back(empty: Desk) -> None:
    before, document = headings(empty), empty.draft.document
    change(empty, "Lightweight, for SEV3")
    assert empty.saved().post_mortem.template == "lightweight-sev3"
    shown = [*ALWAYS[:1], "What happened", "Timeline", "Why", "What we learned", "Actions"]
    assert headings(empty) == [*shown, *ALWAYS[1:]]
    assert empty.draft.undo_name == "Change template to Lightweight, for SEV3"

    empty.draft.undo()
    empty.bench.settle()
    assert headings(empty) == before
    assert empty.draft.document.post_mortem == document.post_mortem


def test_what_holds_something_stays_visible_under_its_heading(empty: Desk) -> None:
    change(empty, "Customer-facing")
    assert headings(empty) == [
        *("Details", "What happened", "Who was affected", "When", "Why it happened"),
        *("What we did", "5 Whys", "Lessons", "Actions"),
        *("What we are changing", "What you may need to do", "Review", "Attachments"),
    ]
    empty.page.show_section("lessons")
    empty.draft.edit("Empty it", lambda d: with_lessons(d, lucky=""))
    empty.bench.app.processEvents()
    assert "Lessons" in headings(empty), "a section does not go while somebody writes in it"
    assert empty.page.walk.key == "lessons"


def test_every_template_shows_every_word(desk: Desk) -> None:
    kept = desk.draft.document
    for template in KNOWN.values():
        dialog = TemplateDialog(desk.bench.screens.context, desk.draft, desk.bench.window)
        dialog.choices[template.id].click()
        dialog.change_button.click()
        desk.bench.app.processEvents()
        assert desk.draft.document.post_mortem.template in (template.id, "")
        mortem = desk.draft.document.post_mortem
        assert mortem.summary == kept.post_mortem.summary
        assert mortem.incidents == kept.post_mortem.incidents
        assert {"Details", "Review", "Attachments"} <= set(headings(desk))
        keys = {step.key for step in desk.page.walk.steps}
        assert {"summary", "impact", "timeline", "whys", "actions"} <= keys


def test_a_place_in_a_section_that_is_left_out_can_be_reached(empty: Desk) -> None:
    change(empty, "Lightweight, for SEV3")
    assert "Response" not in headings(empty)
    empty.page.reveal("response/roll-back")
    assert empty.page.walk.key == "response"
    assert headings(empty)[-4:] == ["Actions", "Response", "Review", "Attachments"]


def test_the_forms_ask_what_the_new_template_asks(empty: Desk) -> None:
    empty.page.show_section("summary")
    change(empty, "Lightweight, for SEV3")
    form = empty.page.work.forms.page
    assert isinstance(form, ProsePage)
    example = KNOWN["lightweight-sev3"].sections[0].example
    assert form.edits[0].placeholderText() == f"For example: {example}"
