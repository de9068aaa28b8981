"""Zones asked for in the paste dialog: what is none is named at its field."""

from datetime import UTC, datetime

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.ui.editor.timeline.page import TimelinePage
from integrations.timeline.rows import Asked
from tests.app.ui.editor.conftest import OpenForm
from tests.app.ui.editor.test_pasting_events import opened

TEXT = "2026-11-19 14:02 IST errors\n2026-11-19 14:05 flag off"


def test_an_unknown_zone_and_a_contradiction_are_named_at_their_fields(open_form: OpenForm) -> None:
    dialog = opened(open_form(TimelinePage), TEXT)
    questions = dialog.questions
    every, ist = questions.asking[Asked.ZONE, ""], questions.asking[Asked.ZONE, "IST"]
    assert (every.isVisible(), ist.isVisible(), every.fault.isVisible()) == (True, True, False)
    assert ist.field.accessibleName() == "Time zone of IST"
    questions.zone.clear()
    QTest.keyClicks(questions.zone, "Nowhere/Zone")
    QTest.keyClick(questions.zone, Qt.Key.Key_Return)
    assert every.fault.isVisible()
    assert every.fault.text().startswith("“Nowhere/Zone” is no time zone that is known here.")
    assert questions.zone.accessibleDescription() == every.fault.text()
    questions.zone.clear()
    QTest.keyClicks(questions.zone, "utc")
    QTest.keyClick(questions.zone, Qt.Key.Key_Return)
    assert every.fault.isHidden()
    QTest.keyClicks(ist.field, "Europe/Berlin")
    QTest.keyClick(ist.field, Qt.Key.Key_Return)
    assert ist.fault.text() == "“IST” is no time of Europe/Berlin"
    QTest.keyClick(ist.field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(ist.field, "asia/kolkata")
    QTest.keyClick(ist.field, Qt.Key.Key_Return)
    assert ist.fault.isHidden()
    assert [event.at for event in dialog.model.events()] == [
        datetime(2026, 11, 19, 8, 32, tzinfo=UTC),
        datetime(2026, 11, 19, 14, 5, tzinfo=UTC),
    ]
    dialog.reject()


def test_pasted_html_is_shown_as_text_and_read(open_form: OpenForm) -> None:
    page = "<table><tr><th>Time (UTC)</th><th>What</th></tr><tr><td>2026-11-19 14:02</td>"
    page += "<td>errors</td></tr><tr><td>14:05</td><td>flag off</td></tr></table>"
    dialog = opened(open_form(TimelinePage), page)
    assert [row.text for row in dialog.reading.rows] == ["errors", "flag off"]
    shown = dialog.source.toPlainText()
    assert "<t" not in shown
    assert shown[dialog.reading.rows[0].start :].startswith("| 2026-11-19 14:02 | errors")
    dialog.reject()


def test_the_time_of_an_event_has_room_for_what_was_understood(open_form: OpenForm) -> None:
    form = open_form(TimelinePage)
    opened(form, "2026-11-19 14:02 Europe/Berlin errors\n2026-11-19 14:05 Europe/Berlin ok").take()
    page = form.page
    assert isinstance(page, TimelinePage)
    line = page.composer.at.line
    assert line.text() == "2026-11-19 14:02 Europe/Berlin (13:02 UTC)"
    page.composer.resize(720, page.composer.height())
    QApplication.processEvents()
    assert line.fontMetrics().horizontalAdvance(line.text()) < line.width() - 20
