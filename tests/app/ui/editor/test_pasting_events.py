"""A copied chat becomes events of the timeline, by keyboard alone."""

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.ui.editor.timeline.page import TimelinePage
from app.ui.editor.timeline.paste_dialog import PasteDialog
from app.ui.editor.timeline.paste_questions import DAY
from app.ui.editor.timeline.paste_rows import ADD, STAR, note
from app.ui.fitting import clipped
from integrations.timeline.rows import Asked
from models.domain.incident import Event, current_events
from models.domain.moments import Precision
from tests.app.ui.editor.conftest import Form, OpenForm

CHAT = (
    "on-call engineer  14:02\nsave errors above 5%\n"
    "Incident Commander  14:05\nflag set back to 5%\n"
    "database team  14:06\njoined #inc-42.\n"
)
CHANGE = "2026-10-25 02:30 Europe/Berlin the queue grew\n2026-10-25 04:00 UTC all well"


def page_of(form: Form) -> TimelinePage:
    assert isinstance(form.page, TimelinePage)
    return form.page


def opened(form: Form, text: str) -> PasteDialog:
    """Paste into the list of events, as people do."""
    page = page_of(form)
    QGuiApplication.clipboard().setText(text)
    page.list.setFocus()
    QTest.keyClick(page.list, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    dialogs = [d for d in page.window().findChildren(PasteDialog) if d.isVisible()]
    assert dialogs
    return dialogs[-1]


def answer(dialog: PasteDialog, zone: str, day: str) -> None:
    questions = dialog.questions
    if not questions.asking[DAY].isHidden():
        questions.day.line.selectAll()
        QTest.keyClicks(questions.day.line, day)
        QTest.keyClick(questions.day.line, Qt.Key.Key_Return)
    questions.zone.clear()
    QTest.keyClicks(questions.zone, zone)
    QTest.keyClick(questions.zone, Qt.Key.Key_Return)


def texts(form: Form) -> list[str]:
    return [event.text for event in current_events(form.incident.timeline)]


def test_a_pasted_chat_becomes_events_in_one_step(open_form: OpenForm) -> None:
    form = open_form(TimelinePage)
    before = form.draft.document
    dialog = opened(form, CHAT)
    assert dialog.questions.isVisible()
    answer(dialog, "europe/berlin", "2026-11-19")
    assert not dialog.reading.questions
    assert dialog.add_button.accessibleName() == "Add 2 events"

    dialog.table.setFocus()
    dialog.table.setCurrentIndex(dialog.model.index(0, 0))
    QTest.keyClick(dialog.table, Qt.Key.Key_Asterisk)
    QTest.keyClick(dialog.table, Qt.Key.Key_Return)

    added = [e for e in form.incident.timeline if e not in before.post_mortem.incidents[0].timeline]
    assert [(e.at, e.text, e.starred) for e in added] == [
        (datetime(2026, 11, 19, 13, 2, tzinfo=UTC), "save errors above 5%", True),
        (datetime(2026, 11, 19, 13, 5, tzinfo=UTC), "flag set back to 5%", False),
    ]
    assert added[0].evidence[0].text == "on-call engineer  14:02\nsave errors above 5%"
    assert added[0].evidence[0].target == "on-call engineer, Chat message"
    assert form.draft.undo_name == "Add 2 events"
    form.draft.undo()
    assert form.draft.document.post_mortem == before.post_mortem


def test_the_zone_is_proposed_the_next_time_and_counts_when_confirmed(open_form: OpenForm) -> None:
    form = open_form(TimelinePage)
    form.page.context.preferences.set_text("paste_zone", "CET")
    dialog = opened(form, "2026-11-19 14:02 errors\n2026-11-19 14:05 flag off")
    assert dialog.questions.zone.text() == "CET"
    assert dialog.reading.questions
    QTest.keyClick(dialog.questions.zone, Qt.Key.Key_Return)
    assert not dialog.reading.questions
    dialog.reject()


def test_the_day_is_the_incidents_until_another_is_said(open_form: OpenForm) -> None:
    form = open_form(TimelinePage)
    dialog = opened(form, CHAT)
    day = dialog.questions.day
    assert (day.line.text(), day.isVisible()) == ("2026-11-12", True)
    assert "The incident's day is filled in" in dialog.questions.asking[DAY].words.text()
    assert [question.asked for question in dialog.reading.questions] == [Asked.ZONE]
    assert dialog.questions.first_open(dialog.reading.questions) is dialog.questions.zone
    day.line.clear()
    QTest.keyClicks(day.line, "2026-11-20")
    QTest.keyClicks(dialog.questions.zone, "utc")
    QTest.keyClick(dialog.questions.zone, Qt.Key.Key_Return)
    QTest.keyClick(day.line, Qt.Key.Key_Return)
    assert [event.at for event in dialog.model.events()] == [
        datetime(2026, 11, 20, 14, 2, tzinfo=UTC),
        datetime(2026, 11, 20, 14, 5, tzinfo=UTC),
    ]
    dialog.reject()


def test_a_key_adds_the_events_from_the_source_and_from_the_last_answer(
    open_form: OpenForm,
) -> None:
    form = open_form(TimelinePage)
    dialog = opened(form, CHAT)
    dialog.activateWindow()
    QApplication.processEvents()
    zone = dialog.questions.zone
    zone.setFocus()
    zone.clear()
    QTest.keyClicks(zone, "utc")
    QTest.keyClick(zone, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert not dialog.isVisible()
    (added,) = (e for e in form.incident.timeline if e.text == "save errors above 5%")
    assert added.at == datetime(2026, 11, 12, 14, 2, tzinfo=UTC)
    dialog = opened(form, "2026-11-19 16:02 UTC the cache is cold\n16:05 UTC warm again")
    dialog.activateWindow()
    QApplication.processEvents()
    dialog.source.setFocus()
    before = dialog.source.toPlainText()
    QTest.keyClick(dialog.source, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert dialog.source.toPlainText() == before
    assert "the cache is cold" in texts(form)


def test_a_time_that_came_twice_is_chosen_by_its_author(open_form: OpenForm) -> None:
    form = open_form(TimelinePage)
    dialog = opened(form, CHANGE)
    dialog.table.setFocus()
    dialog.table.setCurrentIndex(dialog.model.index(0, 0))
    row = dialog.model.read_row(0)
    assert row is not None
    assert row.moment.at is None
    assert [button.isVisible() for button in dialog.choices] == [True, True]
    assert "1 without a certain time" in dialog.found.text()
    QTest.keyClick(dialog.table, Qt.Key.Key_2)
    chosen = dialog.model.read_row(0)
    assert chosen is not None
    assert chosen.moment.at == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    QTest.keyClick(dialog.table, Qt.Key.Key_Return)
    assert "the queue grew" in texts(form)


def test_an_open_time_is_added_with_the_words_of_its_source(open_form: OpenForm) -> None:
    form = open_form(TimelinePage)
    dialog = opened(form, CHANGE)
    dialog.take()
    event = next(e for e in form.incident.timeline if e.text == "the queue grew")
    assert (event.at, event.precision) == (None, Precision.UNKNOWN)
    assert event.written == "2026-10-25 02:30 Europe/Berlin"


def test_rows_are_ticked_and_get_kinds_and_what_is_there_is_not_ticked(open_form: OpenForm) -> None:
    form = open_form(TimelinePage)
    text = "2026-11-19 14:02 UTC pool is full\n2026-11-19 14:05 UTC pool is fine"
    opened(form, text).take()
    dialog = opened(form, f"{text}\n2026-11-19 14:09 UTC all clear")
    model, table = dialog.model, dialog.table
    assert [model.is_ticked(place) for place in range(3)] == [False, False, True]
    there = model.read_row(0)
    assert there is not None
    assert note(there) == "already in the timeline"
    table.setFocus()
    table.setCurrentIndex(model.index(0, ADD))
    QTest.keyClick(table, Qt.Key.Key_Space)
    QTest.keyClick(table, Qt.Key.Key_K)
    row = model.read_row(0)
    assert row is not None
    assert (model.is_ticked(0), row.kind) == (True, "impact")
    sentence = model.data(model.index(0, STAR), Qt.ItemDataRole.AccessibleTextRole)
    assert str(sentence).startswith("to be added, 19 Nov 14:02, Impact, pool is full")
    dialog.reject()


def test_secrets_are_told_and_masked_before_anything_is_kept(open_form: OpenForm) -> None:
    form = open_form(TimelinePage)
    dialog = opened(form, "2026-11-19 14:02 UTC login with password=hunter2-Tr4w\n14:05 UTC well")
    assert "password" in dialog.secret.accessibleName()
    dialog.secret.buttons[0].click()
    assert dialog.secret.isHidden()
    dialog.take()
    added = [event for event in form.incident.timeline if "login with" in event.text]
    assert "hunter2" not in f"{added[0].text} {added[0].evidence}"
    assert "[password removed]" in added[0].evidence[0].text


def test_a_key_masks_the_source_and_changes_no_kind(open_form: OpenForm) -> None:
    form = open_form(TimelinePage)
    dialog = opened(form, "2026-11-19 14:02 UTC login with password=hunter2-Tr4w\n14:05 UTC well")
    dialog.activateWindow()
    QApplication.processEvents()
    dialog.table.setFocus()
    pressed: list[int] = []
    dialog.table.kind_requested.connect(pressed.append)
    QTest.keySequence(dialog.table, "Ctrl+Alt+K")
    assert "hunter2" not in dialog.source.toPlainText()
    assert dialog.secret.isHidden()
    ticked = len(dialog.model.ticked())
    held = Qt.KeyboardModifier.AltModifier
    for key in (Qt.Key.Key_K, Qt.Key.Key_Space, Qt.Key.Key_2):
        QTest.keyClick(dialog.table, key, held)
    assert not pressed
    assert len(dialog.model.ticked()) == ticked
    dialog.reject()


def test_letters_typed_while_the_dialog_comes_up_change_no_event(open_form: OpenForm) -> None:
    form = open_form(TimelinePage)
    before = form.draft.document
    page_of(form).list.setCurrentIndex(page_of(form).model.index(0, 0))
    dialog = opened(form, CHAT)
    for key in (Qt.Key.Key_N, Qt.Key.Key_K, Qt.Key.Key_S, Qt.Key.Key_Delete, Qt.Key.Key_Asterisk):
        QTest.keyClick(page_of(form).list, key)
    assert form.draft.document is before
    dialog.reject()


def test_masking_the_words_of_an_event_masks_its_sources_as_one_edit(open_form: OpenForm) -> None:
    form = open_form(TimelinePage)
    dialog = opened(form, "2026-11-19 14:02 UTC login with password=hunter2-Tr4w\n14:05 UTC well")
    dialog.take()
    before, field = form.draft.document, page_of(form).composer.text
    page = page_of(form)
    event = page.current
    assert event is not None
    assert "hunter2" in event.text
    assert "hunter2" in event.evidence[0].text
    field.setFocus()
    QTest.keySequence(field, "Ctrl+Alt+K")
    assert page.current is not None
    assert "hunter2" not in f"{page.current.text} {page.current.evidence}"
    assert "[password removed]" in page.current.evidence[0].text
    form.draft.undo()
    assert form.draft.document.post_mortem == before.post_mortem
    QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(field, "The login went wrong")  # now its source alone holds the password
    QTest.keySequence(field, "Ctrl+Alt+K")
    assert "hunter2" not in f"{page.current.text} {page.current.evidence}"
    form.draft.undo()
    assert page.current.text == "The login went wrong"
    assert "hunter2" in page.current.evidence[0].text


def test_lines_left_over_are_told(open_form: OpenForm) -> None:
    form = open_form(TimelinePage)
    dialog = opened(form, "bridge notes\n2026-11-19 14:02 UTC errors\n2026-11-19 14:05 UTC well")
    assert dialog.left_over.text() == "Left over, in no event: “bridge notes”"
    dialog.reject()


def test_several_lines_with_times_in_the_words_of_an_event_are_events(open_form: OpenForm) -> None:
    form = open_form(TimelinePage)
    page = page_of(form)
    page.list.setFocus()
    page.list.setCurrentIndex(page.model.index(0, 0))
    QGuiApplication.clipboard().setText(CHANGE)
    page.composer.text.setFocus()
    QTest.keyClick(page.composer.text, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    dialogs = [d for d in page.window().findChildren(PasteDialog) if d.isVisible()]
    assert len(dialogs) == 1
    dialogs[0].reject()
    QGuiApplication.clipboard().setText(" and the queue")
    QTest.keyClick(page.composer.text, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert "and the queue" in page.composer.text.markdown()


def test_a_long_text_is_read_beside_the_window(open_form: OpenForm) -> None:
    form = open_form(TimelinePage)
    lines = [
        f"2026-11-19 {14 + n // 3600}:{n // 60 % 60:02}:{n % 60:02} UTC pool {n}"
        for n in range(700)
    ]
    dialog = opened(form, "\n".join(lines))
    form.bench.settle()
    assert dialog.add_button.accessibleName() == "Add 700 events"
    dialog.reject()


@pytest.mark.parametrize("percent", [100, 150])
def test_the_dialog_fits(open_form: OpenForm, percent: int) -> None:
    form = open_form(TimelinePage)
    look = form.page.context.look
    look.set_percent(percent)
    try:
        dialog = opened(form, CHAT + CHANGE)
        dialog.resize(1200, 720)
        form.bench.app.processEvents()
        assert clipped(dialog) == []
        dialog.reject()
    finally:
        look.set_percent(100)


def chosen(form: Form, *places: int) -> None:
    page = page_of(form)
    page.list.setFocus()
    page.list.setCurrentIndex(
        page.model.place(current_events(form.incident.timeline)[places[0]].id)
    )
    for _ in places[1:]:
        QTest.keyClick(page.list, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)


def event_at(form: Form, place: int) -> Event:
    return current_events(form.incident.timeline)[place]


def test_several_events_are_starred_and_merged_by_key(open_form: OpenForm) -> None:
    form = open_form(TimelinePage)
    page = page_of(form)
    first, second = event_at(form, 0), event_at(form, 1)
    chosen(form, 0, 1)
    QTest.keyClick(page.list, Qt.Key.Key_Asterisk, Qt.KeyboardModifier.ShiftModifier)
    assert [event_at(form, place).starred for place in (0, 1, 2)] == [True, True, False]
    chosen(form, 0, 1)
    QTest.keyClick(page.list, Qt.Key.Key_M)
    merged = event_at(form, 0)
    assert merged.id == first.id
    assert first.text in merged.text
    assert second.text in merged.text
    assert set(second.evidence) <= set(merged.evidence)
    assert form.draft.undo_name == "Merge 2 events"
    form.draft.undo()
    assert event_at(form, 1).id == second.id


def test_the_source_text_is_shown_on_demand(open_form: OpenForm) -> None:
    form = open_form(TimelinePage)
    page = page_of(form)
    opened(form, "on-call  2026-11-19 14:02 UTC\npool is full\nand stays so").take()
    assert page.source_panel.isHidden()
    QTest.keyClick(page.list, Qt.Key.Key_Space)
    assert page.source_panel.text.toPlainText() == (
        "on-call  2026-11-19 14:02 UTC\npool is full\nand stays so"
    )
    QTest.keyClick(page.list, Qt.Key.Key_Space)
    assert page.source_panel.isHidden()
