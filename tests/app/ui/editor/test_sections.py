"""The forms of the sections, by keyboard, on a real draft that saves itself."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QWidget

from app.ui.editor.actions.page import ActionsPage
from app.ui.editor.details.page import DetailsPage
from app.ui.editor.draft import Draft
from app.ui.editor.impact import ImpactPage, WindowRow
from app.ui.editor.response.page import ResponsePage
from app.ui.editor.review.page import ReviewPage
from app.ui.editor.section import SectionPage
from app.ui.editor.timeline.page import TimelinePage
from app.ui.fitting import clipped
from models.document import Document
from models.domain.action import ActionState
from models.domain.incident import Incident, StepState, current_events
from models.domain.post_mortem import Status
from models.queries import post_mortems as queries
from tests.app.ui.conftest import Bench

PAGES: tuple[type[SectionPage], ...] = (
    DetailsPage,
    ImpactPage,
    ResponsePage,
    TimelinePage,
    ActionsPage,
    ReviewPage,
)


class Form:
    """One section on the first example."""

    def __init__(self, bench: Bench, draft: Draft, page: SectionPage) -> None:
        self.bench, self.draft, self.page = bench, draft, page
        draft.changed.connect(self.show)
        page.resize(760, 800)
        page.show()
        page.activateWindow()
        self.show()

    def show(self, place: str = "") -> None:
        self.page.show_document(self.draft.document)
        self.bench.app.processEvents()

    @property
    def incident(self) -> Incident:
        return self.draft.document.post_mortem.incidents[0]

    def write(self, field: QWidget, text: str) -> None:
        """Replace what a field says, as a user does."""
        field.setFocus()
        target = field
        while (proxy := target.focusProxy()) is not None:
            target = proxy
        QTest.keyClick(target, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClicks(target, text)
        self.bench.app.processEvents()

    def stored(self) -> Document:
        """What the library holds once the draft is saved."""
        self.draft.save()
        self.bench.settle()
        library = self.bench.screens.context.workspace.library
        return queries.by_id(library, self.draft.id)


Open = Callable[[type[SectionPage]], Form]


@pytest.fixture
def open_form(bench: Bench) -> Iterator[Open]:
    context = bench.screens.context
    pages: list[SectionPage] = []

    def open_(kind: type[SectionPage]) -> Form:
        first = context.workspace.library
        draft = Draft(context, queries.by_id(first, queries.ids(first)[0]))
        page = kind(context, draft)
        pages.append(page)
        return Form(bench, draft, page)

    yield open_
    bench.settle()
    for page in pages:
        page.close()
        page.deleteLater()


@pytest.mark.parametrize("kind", PAGES)
def test_showing_what_is_shown_changes_nothing(open_form: Open, kind: type[SectionPage]) -> None:
    form = open_form(kind)
    before = form.draft.document

    form.show()
    form.show()

    assert form.draft.document is before
    assert form.draft.undo_name == ""


@pytest.mark.parametrize("kind", PAGES)
@pytest.mark.parametrize("percent", [100, 150])
def test_nothing_is_clipped(open_form: Open, kind: type[SectionPage], percent: int) -> None:
    form = open_form(kind)
    look = form.bench.screens.context.look
    look.set_percent(percent)
    try:
        form.show()
        form.bench.settle()
        assert clipped(form.page) == []
    finally:
        look.set_percent(100)


@pytest.mark.parametrize("kind", PAGES)
def test_every_control_has_a_name(open_form: Open, kind: type[SectionPage]) -> None:
    form = open_form(kind)

    nameless = [
        type(widget).__name__
        for widget in form.page.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.isVisible()
        and not widget.accessibleName()
        and not getattr(widget, "text", str)()
        and type(widget).__name__ not in ("QScrollArea", "QSplitter")
    ]

    assert nameless == []


def test_details_are_typed_into_the_library(open_form: Open) -> None:
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


def test_typing_in_one_field_is_one_step_of_undo(open_form: Open) -> None:
    form = open_form(DetailsPage)
    assert isinstance(form.page, DetailsPage)
    before = form.draft.document.post_mortem.title

    form.write(form.page.title, "Saves failed")
    assert form.draft.undo_name == "Edit title"
    form.draft.undo()

    assert form.page.title.text() == before
    form.draft.redo()
    assert form.page.title.text() == "Saves failed"


def test_a_time_that_cannot_be_read_stays_and_changes_nothing(open_form: Open) -> None:
    form = open_form(DetailsPage)
    assert isinstance(form.page, DetailsPage)
    field = form.page.forms[0].times.fields["onset"]
    before = form.incident.times.onset

    form.write(field.line, "tea time")

    assert form.incident.times.onset == before
    assert field.line.text() == "tea time"
    assert "14:02 UTC" in field.hint.text()


def test_a_severity_shows_its_definition(open_form: Open) -> None:
    form = open_form(DetailsPage)
    assert isinstance(form.page, DetailsPage)
    incident = form.page.forms[0]
    incident.severity.setFocus()

    QTest.keyClick(incident.severity, Qt.Key.Key_End)

    assert form.incident.severity == "SEV4"
    assert "near miss" in incident.definition.text()


def test_an_incident_is_added_and_removed(open_form: Open) -> None:
    form = open_form(DetailsPage)
    assert isinstance(form.page, DetailsPage)

    form.page.add_button.click()
    assert len(form.page.forms) == 2
    form.page.forms[1].remove_button.click()

    assert len(form.page.forms) == 1
    assert form.draft.undo_name == "Remove incident"


def test_impact_windows_and_measures_are_kept(open_form: Open) -> None:
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


def test_a_removed_row_leaves_the_others(open_form: Open) -> None:
    form = open_form(ImpactPage)
    page = form.page
    assert isinstance(page, ImpactPage)
    before = form.incident.impact.measures
    page.measures.add()
    form.write(page.measures.rows[-1], "Refunds")

    page.measures.removers[0].click()

    names = [measure.name for measure in form.incident.impact.measures]
    assert names == [*(measure.name for measure in before[1:]), "Refunds"]


def test_a_framework_is_followed_step_by_step(open_form: Open) -> None:
    form = open_form(ResponsePage)
    page = form.page
    assert isinstance(page, ResponsePage)
    page.framework.chosen.emit("roll-back")
    form.show()

    step = page.forms["contain"]
    step.state.chosen.emit(StepState.DONE.value)
    form.write(step.notes, "The flag went to 0 %.")
    form.write(step.fields["control"], "new-save-path")

    record = form.stored().post_mortem.incidents[0].response[0]
    assert record.framework == "roll-back"
    assert record.steps[0].state is StepState.DONE
    assert record.steps[0].notes == "The flag went to 0 %."
    assert record.steps[0].record == {"control": "new-save-path"}


def test_turning_to_another_framework_keeps_what_was_written(open_form: Open) -> None:
    form = open_form(ResponsePage)
    page = form.page
    assert isinstance(page, ResponsePage)
    page.framework.chosen.emit("roll-back")
    form.show()
    form.write(page.forms["contain"].notes, "Flag off.")

    page.framework.chosen.emit("triage-scale")
    form.show()
    page.framework.chosen.emit("roll-back")
    form.show()

    assert page.forms["contain"].notes.markdown() == "Flag off."


def test_events_are_written_in_the_order_of_time(open_form: Open) -> None:
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


def test_keys_of_the_timeline_turn_the_kind_add_a_source_and_remove(open_form: Open) -> None:
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


def test_an_action_is_written_and_addresses_a_root(open_form: Open) -> None:
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


def test_a_verified_action_asks_for_its_proof(open_form: Open) -> None:
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


def test_reviews_comments_and_status_are_kept(open_form: Open) -> None:
    form = open_form(ReviewPage)
    page = form.page
    assert isinstance(page, ReviewPage)
    page.reviews.add()
    page.comments.add()
    form.write(page.comments.rows[-1], "Which alert was that?")
    form.write(page.due.line, "2026-11-26")
    page.status.chosen.emit(Status.IN_REVIEW.value)

    stored = form.stored().post_mortem
    assert stored.status is Status.IN_REVIEW
    assert stored.status_history[-1].status is Status.IN_REVIEW
    assert str(stored.review_due) == "2026-11-26"
    assert len(stored.reviews) == 1
    assert stored.comments[-1].text == "Which alert was that?"
