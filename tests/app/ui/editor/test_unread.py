"""What was typed as a time and is none is never lost without a word."""

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.ui.editor.actions.page import ActionsPage
from app.ui.editor.details.page import DetailsPage
from app.ui.editor.impact import ImpactPage, WindowRow
from app.ui.editor.timeline.page import TimelinePage
from integrations.markdown.form_times import read_moment
from models.domain.incident import current_events
from tests.app.ui.editor.conftest import Desk, OpenForm


def test_a_time_that_is_none_becomes_a_comment_until_it_is_mended(open_form: OpenForm) -> None:
    form = open_form(DetailsPage)
    assert isinstance(form.page, DetailsPage)
    onset = form.page.forms[0].times.fields["onset"]
    before = form.incident.times.onset

    form.write(onset.line, "tea time")
    form.page.title.setFocus()

    stored = form.stored().post_mortem
    assert [c.text for c in stored.comments] == ["Typed as “Onset” and not understood: tea time"]
    assert [c.anchor for c in stored.comments] == ["details"]
    assert stored.incidents[0].times.onset == before
    assert onset.line.text() == "tea time"

    form.write(onset.line, "tea")
    form.page.title.setFocus()
    (comment,) = form.stored().post_mortem.comments
    assert comment.text.endswith(": tea")

    form.write(onset.line, "2026-11-12 14:00")
    stored = form.stored().post_mortem
    assert stored.comments == ()
    assert stored.incidents[0].times.onset != before
    form.draft.undo()
    form.draft.undo()
    assert form.draft.document.post_mortem.comments[0].text.endswith(": tea")


def test_a_time_of_an_event_that_is_none_stays_in_the_authors_words(open_form: OpenForm) -> None:
    form = open_form(TimelinePage)
    page = form.page
    assert isinstance(page, TimelinePage)
    page.list.setCurrentIndex(page.model.index(1, 0))
    event = page.current
    assert event is not None

    form.write(page.composer.at.line, "after lunch")
    page.list.setFocus()

    log = {e.id: e for e in current_events(form.stored().post_mortem.incidents[0].timeline)}
    assert (log[event.id].at, log[event.id].written) == (None, "after lunch")
    assert form.draft.document.post_mortem.comments == ()
    page.list.setCurrentIndex(page.model.index(0, 0))
    assert page.composer.at.line.text().startswith("2026-11-12 14:02")
    page.list.setCurrentIndex(page.model.place(event.id))
    assert page.composer.at.line.text() == "after lunch"
    assert page.composer.at.hint.isVisible()

    form.write(page.composer.at.line, "14:06")
    log = {e.id: e for e in current_events(form.stored().post_mortem.incidents[0].timeline)}
    assert (log[event.id].at, log[event.id].written) == (event.at, "")


def test_what_stands_in_a_row_stays_in_it_when_another_is_removed(open_form: OpenForm) -> None:
    form = open_form(ImpactPage)
    page = form.page
    assert isinstance(page, ImpactPage)
    page.windows.add()
    page.windows.add()
    first, second = page.windows.rows
    assert isinstance(first, WindowRow)
    assert isinstance(second, WindowRow)
    form.write(second.start, "at some time")

    page.windows.removers[0].click()

    assert page.windows.rows == (second,)
    assert second.start.line.text() == "at some time"
    assert page.windows.removers[0].accessibleName() == "Remove impact window 1"


def test_it_does_not_move_to_another_action(open_form: OpenForm) -> None:
    form = open_form(ActionsPage)
    page = form.page
    assert isinstance(page, ActionsPage)
    page.list.setCurrentIndex(page.model.index(0, 0))

    form.write(page.form.due.line, "soon")
    page.list.setFocus()
    page.list.setCurrentIndex(page.model.index(1, 0))

    assert page.form.due.line.text() == ""
    (comment,) = form.draft.document.post_mortem.comments
    assert comment.text == "Typed as “Due date” and not understood: soon"


@pytest.mark.parametrize("leave", ["Ctrl+2", "Esc", "Ctrl+Q"])
def test_leaving_by_any_way_keeps_it(desk: Desk, leave: str) -> None:
    bench = desk.bench
    field = bench.focus()
    while field.accessibleName() != "Onset":
        QTest.keyClick(field, Qt.Key.Key_Tab)
        field = bench.focus()
    bench.press("Ctrl+A")
    desk.write("when it rained")
    draft = desk.draft
    bench.press(leave)
    (comment,) = draft.document.post_mortem.comments
    assert comment.text.endswith("when it rained")
    if leave == "Ctrl+Q":
        assert draft.stored is draft.document


def test_the_beginning_of_a_text_is_not_its_value(open_form: OpenForm) -> None:
    form = open_form(DetailsPage)
    assert isinstance(form.page, DetailsPage)
    onset = form.page.forms[0].times.fields["onset"]
    before = form.incident.times.onset
    name = form.draft.undo_name
    onset.line.setFocus()
    onset.line.selectAll()

    QTest.keyClicks(onset.line, "2026-02")
    assert form.incident.times.onset == before
    onset.pause.timeout.emit()
    assert form.incident.times.onset == read_moment("2026-02")
    QTest.keyClicks(onset.line, "-30")
    assert form.incident.times.onset == before
    form.page.title.setFocus()

    assert form.incident.times.onset == before
    assert onset.line.text() == "2026-02-30"
    assert onset.hint.text().startswith("There is no 2026-02-30: February 2026 has 28 days.")
    assert onset.hint.text().endswith("It is kept as an open comment.")
    (comment,) = form.stored().post_mortem.comments
    assert comment.text.endswith("2026-02-30")
    assert form.draft.undo_name != name


def test_undo_takes_back_what_is_typed_before_anything_else(open_form: OpenForm) -> None:
    form = open_form(DetailsPage)
    assert isinstance(form.page, DetailsPage)
    onset = form.page.forms[0].times.fields["onset"]
    shown, before = onset.line.text(), form.draft.document
    onset.line.setFocus()
    onset.line.selectAll()

    QTest.keyClicks(onset.line, "2026-02-3")
    QTest.keySequence(onset.line, "Ctrl+Z")
    form.page.title.setFocus()

    assert onset.line.text() == shown
    assert form.draft.document is before


def test_a_time_without_a_zone_has_that_of_the_times_around_it(open_form: OpenForm) -> None:
    form = open_form(DetailsPage)
    assert isinstance(form.page, DetailsPage)
    fields = form.page.forms[0].times.fields
    form.write(fields["detected"].line, " ")
    form.write(fields["onset"].line, "2026-11-20 14:02 CET")

    form.write(fields["detected"].line, "14:10")

    assert fields["detected"].line.text() == "2026-11-20 14:10 CET (13:10 UTC)"
    detected = form.incident.times.detected
    assert detected is not None
    assert (detected.at, detected.zone) == (datetime(2026, 11, 20, 13, 10, tzinfo=UTC), "CET")


def test_a_time_belongs_to_the_event_it_was_typed_for(open_form: OpenForm) -> None:
    form = open_form(TimelinePage)
    page = form.page
    assert isinstance(page, TimelinePage)
    page.list.setCurrentIndex(page.model.index(0, 0))
    first = page.current
    assert first is not None
    page.composer.at.setFocus()
    page.composer.at.line.selectAll()

    QTest.keyClicks(page.composer.at.line, "14:05 Europe/Berlin")
    page.add()

    log = {e.id: e for e in current_events(form.draft.document.post_mortem.incidents[0].timeline)}
    assert log[first.id].zone == "Europe/Berlin"
    new = page.current
    assert new is not None
    assert new.id != first.id
    form.write(page.composer.at, "14:20")
    assert page.composer.at.line.text() != "14:20"
