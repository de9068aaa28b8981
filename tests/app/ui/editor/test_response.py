"""The response section: frameworks step by step, hotfixes, updates that were late."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget

from app.ui.editor.fields.choice import ChoiceField
from app.ui.editor.fields.line import LineField
from app.ui.editor.fields.typed import TypedField
from app.ui.editor.response.elsewhere import IncidentForm
from app.ui.editor.response.page import ResponsePage
from app.ui.editor.response.updates import UpdateRow
from models import frameworks
from models.domain.action import ActionItem
from models.domain.incident import (
    Event,
    ResponseRecord,
    StatusUpdate,
    StepRecord,
    StepState,
)
from models.domain.moments import Moment
from models.editing.parts import with_incident
from models.frameworks import PARTS, Framework, PartKind, RecordKind
from models.response import follow_ups, missing, record_of
from tests.app.ui.editor.conftest import Form, OpenForm

KNOWN = frameworks.load()
AT = datetime(2026, 11, 12, 14, 10, tzinfo=UTC)


def opened(open_form: OpenForm, **fields: object) -> tuple[Form, ResponsePage]:
    form = open_form(ResponsePage)
    if fields:
        change(form, **fields)
    page = form.page
    assert isinstance(page, ResponsePage)
    return form, page


def change(form: Form, **fields: object) -> None:
    form.draft.edit("Prepare", lambda d: with_incident(d, form.incident.id, **fields))


def record(form: Form, step: str, framework: str = "roll-back") -> StepRecord:
    stored = form.stored().post_mortem.incidents[0]
    return record_of(next(r for r in stored.response if r.framework == framework), step)


def text(line: QWidget) -> str:
    assert isinstance(line, LineField)
    return line.text()


def pick(box: QWidget, key: str) -> None:
    assert isinstance(box, ChoiceField)
    box.setCurrentIndex(box.findData(key))
    box.activated.emit(box.currentIndex())


def test_a_framework_is_followed_step_by_step(open_form: OpenForm) -> None:
    form, page = opened(open_form)
    page.boxes["roll-back"].click()

    steps = page.form_of("roll-back").steps
    assert [step.is_open for step in steps.values()] == [True, *[False] * 6]
    body = steps["contain"].open()
    pick(body.state, StepState.DONE.value)
    form.write(body.notes, "The flag went to 0 %.")
    form.write(body.controls["control"], "new-save-path")
    form.write(body.controls["share to"], "0%")
    form.write(body.controls["share at"], "2026-11-12 14:46 UTC")

    kept = record(form, "contain")
    assert (kept.state, kept.notes) == (StepState.DONE, "The flag went to 0 %.")
    assert kept.record == {
        "control": "new-save-path",
        "share to": "0%",
        "share at": "2026-11-12 14:46 UTC",
    }
    words = steps["contain"].state_words.text()
    assert words == "Done. Not kept yet: share of traffic, blast radius"

    body.next_button.click()
    assert [step.is_open for step in steps.values()] == [False, True, *[False] * 5]


def values(kind: PartKind, options: tuple[str, ...]) -> str:
    if kind is PartKind.TIME:
        return "2026-11-12 14:46 UTC"
    return options[0] if options else "410"


@pytest.mark.parametrize(
    ("framework", "step"),
    [(f, s.id) for f in KNOWN.values() for s in f.steps],
    ids=lambda value: value if isinstance(value, str) else value.id,
)
def test_every_row_of_both_tables_is_recorded_by_controls_of_its_kind(
    open_form: OpenForm, framework: Framework, step: str
) -> None:
    form, page = opened(open_form, response=(ResponseRecord(framework.id),))
    action = ActionItem("action", "Sample the fixtures")
    form.draft.edit("Prepare", lambda d: replace(d, actions=(*d.actions, action)))
    wanted = framework.step(step)
    assert wanted is not None
    body = page.form_of(framework.id).steps[step].open()
    expected: dict[str, str] = {}
    for field in wanted.record:
        for part in field.parts:
            key, value = field.key(part.name), values(part.kind, part.options or field.options)
            control = body.controls[key]
            assert isinstance(control, TypedField) == (part.kind is PartKind.TIME)
            if not control.isVisibleTo(page):
                assert field.when
                continue
            if isinstance(control, ChoiceField):
                if part.kind is PartKind.ACTION:
                    place = control.findText("Sample the fixtures", Qt.MatchFlag.MatchContains)
                    value = control.itemData(place)
                pick(control, value)
            else:
                form.write(control, value)
            expected[key] = value
    kept = record(form, step, framework.id)
    assert kept.record == expected
    document = form.draft.document
    elsewhere = {f.label for f in wanted.record if not f.parts}
    assert set(missing(wanted, kept, form.incident, document)) <= elsewhere


def test_an_action_is_known_by_its_title_until_it_has_a_name(open_form: OpenForm) -> None:
    correct = StepRecord("correct", record={"missing test": "Sample the fixtures"})
    form, page = opened(open_form, response=(ResponseRecord("roll-back", (correct,)),))
    action = ActionItem("action", "Sample the fixtures", ref="OPS-1")
    form.draft.edit("Prepare", lambda d: replace(d, actions=(*d.actions, action)))
    box = page.form_of("roll-back").steps["correct"].open().controls["missing test"]
    assert isinstance(box, ChoiceField)
    assert box.currentText().endswith(" Sample the fixtures")
    nameless = replace(action, id="other", ref="")
    form.draft.edit("Prepare", lambda d: replace(d, actions=(nameless,)))
    other = page.form_of("roll-back").steps["correct"].open().controls["alert thresholds"]
    assert isinstance(other, ChoiceField)
    assert other.currentText() == "no action yet"


def test_a_unit_is_kept_with_what_was_measured(open_form: OpenForm) -> None:
    form, page = opened(open_form, response=(ResponseRecord("roll-back"),))
    body = page.form_of("roll-back").steps["monitor"].open()
    form.write(body.controls["p99 latency peak"], "6200")
    assert record(form, "monitor").record == {
        "p99 latency peak": "6200",
        "p99 latency unit": "ms",
    }
    form.write(body.controls["p99 latency unit"], "s")
    form.write(body.controls["p99 latency now"], "0.4")
    assert record(form, "monitor").record["p99 latency unit"] == "s"


def test_the_other_way_is_asked_for_when_it_is_chosen(open_form: OpenForm) -> None:
    form, page = opened(open_form, response=(ResponseRecord("roll-back"),))
    body = page.form_of("roll-back").steps["restore"].open()

    def shown() -> set[str]:
        return {key for key, control in body.controls.items() if control.isVisibleTo(page)}

    assert shown() == {"way", "completed at"}
    pick(body.controls["way"], "went forward")
    form.write(body.controls["disabled"], "Preference sync")
    assert shown() == {"way", "completed at", "forward mitigation", "disabled", "migration script"}
    pick(body.controls["way"], "rolled back")
    assert shown() == {"way", "completed at", "build", "method", "disabled"}, "no word is hidden"


def test_roles_and_updates_of_a_step_are_those_of_the_incident(open_form: OpenForm) -> None:
    form, page = opened(open_form, roles=(), updates=(), response=(ResponseRecord("triage-scale"),))
    body = page.form_of("triage-scale").steps["roles"].open()
    (roles,) = body.elsewhere
    assert isinstance(roles, IncidentForm)
    for _ in range(4):
        roles.records.add()
    held = [holding.role for holding in form.incident.roles]
    assert held == ["Incident Commander", "Comms Lead", "Triage Lead", ""]

    (updates,) = page.form_of("triage-scale").steps["sync"].open().elsewhere
    assert isinstance(updates, IncidentForm)
    updates.records.add()
    (row,) = updates.records.rows
    assert isinstance(row, UpdateRow)
    form.write(row.at.line, "2026-11-12 14:11 UTC")
    assert [update.at for update in form.incident.updates] == [AT.replace(minute=11)]
    assert row.promised.line.placeholderText() == "15 minutes after this one"
    assert not page.updates.isVisibleTo(page), "they are asked for once"


def test_several_frameworks_stand_side_by_side(open_form: OpenForm) -> None:
    form, page = opened(open_form)
    for id in KNOWN:
        page.boxes[id].click()
    form.write(page.form_of("roll-back").steps["contain"].open().notes, "Flag off.")
    form.write(page.form_of("triage-scale").steps["isolate"].open().notes, "Pool empty.")
    assert record(form, "contain").notes == "Flag off."
    assert record(form, "isolate", "triage-scale").notes == "Pool empty."

    page.boxes["roll-back"].click()
    assert [r.framework for r in form.incident.response] == ["triage-scale"]
    assert form.draft.undo_name == "Remove the record of ROLL-BACK"
    form.draft.undo()
    assert record(form, "contain").notes == "Flag off."
    assert page.boxes["roll-back"].isChecked()


def test_what_no_framework_asks_for_can_still_be_read_and_written(open_form: OpenForm) -> None:
    old = StepRecord("monitor", record={"p99 latency": "410 ms, 6.2 s", "heap": "80%"})
    gone = ResponseRecord("own-one", (StepRecord("first", record={"a": "b"}),))
    twice = ResponseRecord("roll-back", (old, StepRecord("monitor", notes="Again")))
    form, page = opened(open_form, response=(twice, gone, ResponseRecord("roll-back")))
    body = page.followed[0].steps["monitor"].open()
    assert text(body.controls["p99 latency"]) == "410 ms, 6.2 s"
    assert text(body.controls["heap"]) == "80%"
    assert text(page.followed[1].steps["first"].open().controls["a"]) == "b"
    assert page.boxes["own-one"].isChecked()

    form.write(body.controls["heap"], "81%")
    form.write(page.followed[2].steps["contain"].open().notes, "Second record")
    stored = form.stored().post_mortem.incidents[0].response
    assert [r.framework for r in stored] == ["roll-back", "own-one", "roll-back"]
    assert stored[0].steps[0].record == {"p99 latency": "410 ms, 6.2 s", "heap": "81%"}
    assert stored[0].steps[1].notes == "Again"
    assert stored[2].steps == (StepRecord("contain", notes="Second record"),)


def test_a_time_that_is_none_stays_as_it_was_written(open_form: OpenForm) -> None:
    old = StepRecord("contain", record={"share at": "shortly after lunch"})
    _, page = opened(open_form, response=(ResponseRecord("roll-back", (old,)),))
    time = page.form_of("roll-back").steps["contain"].open().controls["share at"]
    assert isinstance(time, TypedField)
    assert time.line.text() == "shortly after lunch"
    assert time.line.property("wrong")


def test_a_hotfix_names_the_action_that_replaces_it(open_form: OpenForm) -> None:
    event = Event("fix", AT, kind="hotfix", text="Limit raised by hand")
    form, page = opened(open_form, timeline=(event,))
    number = len(form.draft.document.actions)

    pick(page.hotfixes.boxes["fix"], "new action")
    (action,) = follow_ups(form.incident.timeline[0], form.draft.document)
    assert action.title == "Replace the hotfix: Limit raised by hand"
    assert len(form.draft.document.actions) == number + 1

    pick(page.hotfixes.boxes["fix"], "")
    assert form.incident.timeline[0].evidence == ()
    form.draft.undo()
    assert page.hotfixes.boxes["fix"].key == action.id


def test_a_late_update_is_told(open_form: OpenForm) -> None:
    def at(minute: int, promised: int | None = None) -> StatusUpdate:
        due = None if promised is None else AT.replace(minute=promised)
        return StatusUpdate(f"u{minute}", AT.replace(minute=minute), "Support", "x", due)

    form, page = opened(open_form, timeline=(), updates=(at(0, 10), at(20), at(50, 55)))
    assert page.overdue.text().split("\n") == [
        "No update for 20 min; one was promised for 14:10 UTC (14:00 to 14:20 UTC)",
        "No update for 30 min, 15 min more than agreed (14:20 to 14:50 UTC)",
        "No update after 14:50 UTC; one was promised for 14:55 UTC",
    ]
    change(form, updates=())
    assert not page.overdue.isVisibleTo(page)


def test_a_gap_leads_to_its_control(open_form: OpenForm) -> None:
    form, page = opened(open_form, response=tuple(map(ResponseRecord, KNOWN)))
    page.reveal("triage-scale/telemetry/IOPS")
    body = page.form_of("triage-scale").steps["telemetry"].open()
    assert page.focusWidget() is body.controls["IOPS baseline"]
    form.bench.app.processEvents()
    area = page.area.viewport()
    place = body.controls["IOPS baseline"].mapTo(area, QPoint())
    assert area.rect().contains(place), "a step that was opened just now is scrolled to"
    page.reveal("monitor")
    assert page.form_of("roll-back").steps["monitor"].is_open


def test_an_update_is_found_in_the_step_that_asks_for_it(open_form: OpenForm) -> None:
    update = StatusUpdate("told", AT, "Support", "We know.")
    form, page = opened(open_form, updates=(update,), response=(ResponseRecord("roll-back"),))
    page.reveal("told")
    form.bench.app.processEvents()
    step = page.form_of("roll-back").steps["communicate"]
    assert step.is_open
    focus = page.focusWidget()
    assert focus is not None
    assert step.isAncestorOf(focus)
    change(form, response=())
    page.reveal("told")
    focus = page.focusWidget()
    assert focus is not None
    assert page.updates.isAncestorOf(focus)


def test_every_kind_of_part_has_a_control() -> None:
    assert {p.kind for parts in PARTS.values() for p in parts} == set(PartKind)
    assert set(PARTS) | {RecordKind.ROLES, RecordKind.UPDATES, RecordKind.WHYS} == set(RecordKind)


def test_an_entry_that_a_step_suggests_stands_in_the_timeline(open_form: OpenForm) -> None:
    form, page = opened(open_form, response=(ResponseRecord("roll-back"),))
    requested: list[str] = []
    page.place_requested.connect(requested.append)
    step = page.form_of("roll-back").steps["restore"]
    lines = step.open().log_lines
    assert lines.entries.actions()[0].text().startswith("Roll back to {build}")
    lines.entries.actions()[0].trigger()
    moment = Moment(AT, "Europe/Berlin")
    step.open().at.edited.emit(moment)
    lines.entries.actions()[2].trigger()
    log = form.stored().post_mortem.incidents[0].timeline[-2:]
    assert [(event.kind, event.text) for event in log] == [
        ("decision", "Roll back to {build} by {method}"),
        ("action", "{build} serves all traffic"),
    ]
    assert [event.at for event in log] == [None, AT], "it is over: the step or the author says when"
    assert requested == [f"timeline/{event.id}" for event in log]
    assert form.draft.undo_name == "Add event"
