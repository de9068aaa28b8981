"""The forms of the sections, by keyboard, on a real draft that saves itself."""

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit

from app.ui.editor.actions.page import ActionsPage
from app.ui.editor.details.page import DetailsPage
from app.ui.editor.fields.columns import Columns
from app.ui.editor.fields.evidence import EvidenceRow
from app.ui.editor.fields.line import LineField
from app.ui.editor.impact import ImpactPage, WindowRow
from app.ui.editor.prose.edit import ProseEdit
from app.ui.editor.response.page import ResponsePage
from app.ui.editor.review.page import ReviewPage
from app.ui.editor.review.relations import RelationDialog, RelationRow
from app.ui.editor.section import SectionPage
from app.ui.editor.timeline.page import TimelinePage
from app.ui.fitting import clipped
from models.domain.action import ActionState
from models.domain.incident import Evidence, current_events
from models.domain.post_mortem import Status
from models.domain.root import RelationKind
from tests.app.ui.editor.conftest import OpenForm

PAGES: tuple[type[SectionPage], ...] = (
    DetailsPage,
    ImpactPage,
    ResponsePage,
    TimelinePage,
    ActionsPage,
    ReviewPage,
)


@pytest.mark.parametrize("kind", PAGES)
def test_showing_what_is_shown_changes_nothing(
    open_form: OpenForm, kind: type[SectionPage]
) -> None:
    form = open_form(kind)
    before = form.draft.document

    form.show()
    form.show()

    assert form.draft.document is before
    assert form.draft.undo_name == ""


@pytest.mark.parametrize("percent", [100, 150])
def test_nothing_is_clipped(open_form: OpenForm, percent: int) -> None:
    forms = [open_form(kind) for kind in PAGES]
    look = forms[0].bench.screens.context.look
    look.set_percent(percent)
    try:
        for form in forms:
            form.show()
        forms[0].bench.settle()
        assert {form.page.key: found for form in forms if (found := clipped(form.page))} == {}
    finally:
        look.set_percent(100)


def test_details_are_typed_into_the_library(open_form: OpenForm) -> None:
    form = open_form(DetailsPage)
    page = form.page
    assert isinstance(page, DetailsPage)
    incident = page.forms[0]

    form.write(page.title, "Saving a profile failed")
    form.write(incident.services, "profile-api, edge")
    form.write(incident.times.fields["mitigated"].line, "14:49")
    form.write(page.tags, "rollout, rollout, data")

    stored = form.stored().post_mortem
    assert stored.title == "Saving a profile failed"
    assert stored.incidents[0].services == ("profile-api", "edge")
    onset, mitigated = stored.incidents[0].times.onset, stored.incidents[0].times.mitigated
    assert onset is not None
    assert onset.at is not None
    assert mitigated is not None
    assert mitigated.at == onset.at.replace(hour=14, minute=49)
    assert stored.tags == ("rollout", "data")


def test_typing_in_one_field_is_one_step_of_undo(open_form: OpenForm) -> None:
    form = open_form(DetailsPage)
    assert isinstance(form.page, DetailsPage)
    before = form.draft.document.post_mortem.title

    form.write(form.page.title, "Saves failed")
    assert form.draft.undo_name == "Edit title"
    form.draft.undo()

    assert form.page.title.text() == before
    form.draft.redo()
    assert form.page.title.text() == "Saves failed"


def test_a_time_that_cannot_be_read_stays_and_changes_nothing(open_form: OpenForm) -> None:
    form = open_form(DetailsPage)
    assert isinstance(form.page, DetailsPage)
    field = form.page.forms[0].times.fields["onset"]
    before = form.incident.times.onset

    form.write(field.line, "tea time")

    assert form.incident.times.onset == before
    assert field.line.text() == "tea time"
    assert "14:02 UTC" in field.hint.text()


def test_a_severity_shows_its_definition(open_form: OpenForm) -> None:
    form = open_form(DetailsPage)
    assert isinstance(form.page, DetailsPage)
    incident = form.page.forms[0]
    incident.severity.setFocus()

    QTest.keyClick(incident.severity, Qt.Key.Key_End)

    assert form.incident.severity == "SEV4"
    assert "near miss" in incident.definition.text()


def test_an_incident_is_added_and_removed(open_form: OpenForm) -> None:
    form = open_form(DetailsPage)
    assert isinstance(form.page, DetailsPage)

    form.page.add_button.click()
    assert len(form.page.forms) == 2
    form.page.forms[1].remove_button.click()

    assert len(form.page.forms) == 1
    assert form.draft.undo_name == "Remove incident"


def test_impact_windows_and_measures_are_kept(open_form: OpenForm) -> None:
    form = open_form(ImpactPage)
    page = form.page
    assert isinstance(page, ImpactPage)
    form.write(page.text, "Saves failed; reading worked.")

    page.windows.add()
    row = page.windows.rows[-1]
    assert isinstance(row, WindowRow)
    form.write(row.start, "2026-11-12 14:02")
    form.write(row.end, "14:49")
    page.measures.add()
    form.write(page.measures.rows[-1], "Support contacts")

    impact = form.stored().post_mortem.incidents[0].impact
    assert impact.text == "Saves failed; reading worked."
    assert page.lasted.text() == "47 min"
    end = impact.windows[-1].end
    assert end is not None
    assert end.at == datetime(2026, 11, 12, 14, 49, tzinfo=UTC)
    assert impact.measures[-1].name == "Support contacts"


def test_a_removed_row_leaves_the_others(open_form: OpenForm) -> None:
    form = open_form(ImpactPage)
    page = form.page
    assert isinstance(page, ImpactPage)
    before = form.incident.impact.measures
    page.measures.add()
    form.write(page.measures.rows[-1], "Refunds")

    page.measures.removers[0].click()

    names = [measure.name for measure in form.incident.impact.measures]
    assert names == [*(measure.name for measure in before[1:]), "Refunds"]


def test_events_are_written_in_the_order_of_time(open_form: OpenForm) -> None:
    form = open_form(TimelinePage)
    page = form.page
    assert isinstance(page, TimelinePage)
    page.list.setFocus()

    QTest.keyClick(page.list, Qt.Key.Key_N)
    form.write(page.composer.text, "Paged again")
    form.write(page.composer.at.line, "2020-01-01 09:00 Europe/Berlin")

    first = current_events(form.stored().post_mortem.incidents[0].timeline)[0]
    assert first.text == "Paged again"
    assert first.at == datetime(2020, 1, 1, 8, 0, tzinfo=UTC)
    assert first.zone == "Europe/Berlin"
    assert page.current is not None
    assert page.current.id == first.id


def test_keys_of_the_timeline_turn_the_kind_add_a_source_and_remove(open_form: OpenForm) -> None:
    form = open_form(TimelinePage)
    page = form.page
    assert isinstance(page, TimelinePage)
    page.list.setFocus()
    page.list.setCurrentIndex(page.model.index(0, 0))
    event = page.current
    assert event is not None

    QTest.keyClick(page.list, Qt.Key.Key_K)
    QTest.keyClick(page.list, Qt.Key.Key_S)

    assert page.current is not None
    assert page.current.kind != event.kind
    assert len(page.current.evidence) == len(event.evidence) + 1
    page.list.setFocus()
    QTest.keyClick(page.list, Qt.Key.Key_Delete)
    assert event.id not in [one.id for one in page.model.events()]
    form.draft.undo()
    assert event.id in [one.id for one in page.model.events()]


def test_an_action_is_written_and_addresses_a_root(open_form: OpenForm) -> None:
    form = open_form(ActionsPage)
    page = form.page
    assert isinstance(page, ActionsPage)
    page.list.setFocus()

    QTest.keyClick(page.list, Qt.Key.Key_N)
    form.write(page.form.title, "Alert on failed saves within 2 min")
    form.write(page.form.team, "Observability")
    form.write(page.form.due.line, "2026-12-01")
    page.form.findChildren(QCheckBox)[0].click()
    page.form.state.chosen.emit(ActionState.READY.value)

    stored = form.stored()
    action = stored.actions[-1]
    assert action.title == "Alert on failed saves within 2 min"
    assert action.team == "Observability"
    assert str(action.due) == "2026-12-01"
    assert action.state is ActionState.READY
    assert action.ref
    assert len(stored.roots_of(action.id)) == 1


def test_a_verified_action_asks_for_its_proof(open_form: OpenForm) -> None:
    form = open_form(ActionsPage)
    page = form.page
    assert isinstance(page, ActionsPage)
    page.list.setCurrentIndex(page.model.index(0, 0))
    assert not page.form.evidence.isVisible()

    page.form.state.chosen.emit(ActionState.VERIFIED.value)
    form.write(page.form.evidence, "Drill of 3 March")

    proof = form.stored().actions[0].verification
    assert proof is not None
    assert proof.evidence == "Drill of 3 March"


def test_reviews_comments_and_status_are_kept(open_form: OpenForm) -> None:
    form = open_form(ReviewPage)
    page = form.page
    assert isinstance(page, ReviewPage)
    page.reviews.add()
    page.comments.add()
    form.write(page.comments.rows[-1], "Which alert was that?")
    form.write(page.due.line, "2026-11-26")
    asked: list[tuple[str, str]] = []
    page.gate_requested.connect(lambda *gate: asked.append(gate))
    page.status.chosen.emit(Status.IN_REVIEW.value)  # goes through the gate before it

    stored = form.stored().post_mortem
    assert asked == [("ask for review", "")]
    assert page.status.key == stored.status.value == Status.DRAFT.value
    assert str(stored.review_due) == "2026-11-26"
    assert len(stored.reviews) == 1
    assert stored.comments[-1].text == "Which alert was that?"


def test_a_form_that_is_gone_takes_up_no_other_text_size(open_form: OpenForm) -> None:
    form = open_form(ImpactPage)
    look = form.bench.screens.context.look
    prose = ProseEdit(look, "Gone")
    prose.show()
    prose.deleteLater()
    form.bench.app.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    look.set_percent(125)  # an error in a slot fails the test
    look.set_percent(100)
    assert form.page.isVisible()


def test_a_role_that_is_handed_over_has_the_day_of_the_incident(open_form: OpenForm) -> None:
    form = open_form(DetailsPage)
    assert isinstance(form.page, DetailsPage)
    roles = form.page.forms[0].roles
    roles.add()
    for field, text in (("Held by", "Support"), ("Since", "14:10"), ("Until", "15:00")):
        lines = roles.findChildren(LineField)
        form.write(next(one for one in lines if one.accessibleName().startswith(field)), text)

    (holding,) = form.stored().post_mortem.incidents[0].roles
    assert holding.holder == "Support"
    assert holding.since == datetime(2026, 11, 12, 14, 10, tzinfo=UTC)
    assert holding.until == datetime(2026, 11, 12, 15, 0, tzinfo=UTC)


def test_a_severity_that_changed_shows_its_history(open_form: OpenForm) -> None:
    form = open_form(DetailsPage)
    assert isinstance(form.page, DetailsPage)
    past = form.page.forms[0].past
    assert not past.isVisible()

    form.page.forms[0].severity.chosen.emit("SEV3")
    form.stored()
    form.show()

    assert past.text().startswith("So far: SEV1 since ")
    assert "; SEV3 since " in past.text()


def test_a_source_is_chosen_from_what_there_is(open_form: OpenForm) -> None:
    form = open_form(TimelinePage)
    page = form.page
    assert isinstance(page, TimelinePage)
    page.list.setCurrentIndex(page.model.index(0, 0))
    page.composer.sources.add()
    row = page.composer.sources.rows[-1]
    assert isinstance(row, EvidenceRow)

    form.write(row.target, "https://example.com")
    row.kind.setFocus()
    QTest.keyClicks(row.kind, "Ev")
    row.choice.setFocus()
    QTest.keyClick(row.choice, Qt.Key.Key_End)

    last = page.model.events()[-1]
    assert page.current is not None
    assert page.current.evidence[-1] == Evidence("event", "", last.id)
    assert "15:31" in row.choice.currentText()
    assert not row.target.isVisible()
    row.kind.setFocus()
    QTest.keyClick(row.kind, Qt.Key.Key_Up)
    assert row.choice.currentText() == "No file is attached yet"


def test_a_relation_is_found_by_words_and_ended_by_undo(open_form: OpenForm) -> None:
    other = open_form(ReviewPage).stored()
    form = open_form(ReviewPage)
    page = form.page
    assert isinstance(page, ReviewPage)

    page.relations.add_button.click()
    form.bench.settle()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, RelationDialog)
    assert QApplication.focusWidget() is dialog.pick.line
    QTest.keyClicks(dialog.pick.line, f"{other.ref} profile")
    QTest.keyClick(dialog.pick.line, Qt.Key.Key_Return)
    (row,) = page.relations.rows
    assert isinstance(row, RelationRow)
    row.kind.setFocus()
    QTest.keyClick(row.kind, Qt.Key.Key_Home)
    form.write(row.note, "The same flag")

    (relation,) = form.stored().relations
    assert (relation.ref, relation.id) == (other.ref, other.post_mortem.id)
    assert (relation.kind, relation.note) == (RelationKind.REPEAT_OF, "The same flag")
    page.relations.removers[0].click()
    assert form.stored().relations == ()
    assert form.draft.undo_name == "Remove relation"
    form.draft.undo()
    assert form.stored().relations[0].note == "The same flag"


def test_a_low_window_leaves_room_for_the_events(open_form: OpenForm) -> None:
    form = open_form(TimelinePage)
    page = form.page
    assert isinstance(page, TimelinePage)
    assert page.band.isVisible()
    page.list.setCurrentIndex(page.model.index(3, 0))

    page.resize(760, 400)
    form.bench.app.processEvents()

    assert not page.band.isVisible()
    assert clipped(page) == []
    row = page.list.visualRect(page.list.currentIndex())
    assert row.intersects(page.list.viewport().rect())


def test_four_columns_become_two_rows_of_two(open_form: OpenForm) -> None:
    form = open_form(ReviewPage)
    fields = [QLineEdit() for _ in range(4)]
    columns = Columns(form.bench.screens.context.look, *fields, least=170)
    columns.resize(600, 200)  # room for three
    columns.show()
    form.bench.app.processEvents()

    assert len({field.y() for field in fields}) == 2
    assert fields[1].y() == fields[0].y() < fields[2].y() == fields[3].y()
    columns.close()
