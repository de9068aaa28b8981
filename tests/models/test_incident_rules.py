"""Durations, the timeline and what was so at a time."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given

from models.domain.histories import severity_at, status_at
from models.domain.incident import (
    Detection,
    Event,
    Impact,
    ImpactWindow,
    Incident,
    SeverityChange,
    Times,
    current_events,
    durations,
    occurred,
)
from models.domain.moments import UNKNOWN, Moment, Precision
from models.domain.post_mortem import PostMortem, Status, StatusChange
from tests.strategies import incidents, logs

T = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)


def at(minutes: float, precision: Precision = Precision.EXACT) -> Moment:
    return Moment(T + timedelta(minutes=minutes), precision=precision)


FULL = Times(at(-600), at(0), at(4), at(6), at(30), at(90))


def test_durations_are_measured_from_onset_and_detection() -> None:
    found = durations(Incident("i", times=FULL, detection=Detection("alert")))
    assert (found.ttd_s, found.tta_s, found.ttm_s, found.ttr_s) == (240, 120, 1800, 5400)
    assert found.inexact == ()


@pytest.mark.parametrize(("source", "tta"), [("alert", 120), ("", 120), ("customer report", None)])
def test_without_an_alert_there_is_no_time_to_acknowledge(source: str, tta: float | None) -> None:
    assert durations(Incident("i", times=FULL, detection=Detection(source))).tta_s == tta


def test_inexact_times_mark_what_rests_on_them() -> None:
    times = Times(onset=at(0), detected=at(4, Precision.APPROXIMATE), resolved=at(90))
    found = durations(Incident("i", times=times))
    assert found.inexact == ("ttd_s",)
    assert (found.ttd_s, found.ttr_s) == (240, 5400)


@pytest.mark.parametrize("unknown", [None, UNKNOWN, at(4, Precision.UNKNOWN), at(-1)])
def test_unknown_and_reversed_times_give_no_duration(unknown: Moment | None) -> None:
    found = durations(Incident("i", times=Times(onset=at(0), detected=unknown)))
    assert found.ttd_s is None
    assert found.inexact == ()


def test_no_time_at_all_is_a_duration_of_nothing_not_zero() -> None:
    same = Times(onset=at(0), detected=at(0))
    assert durations(Incident("i", times=same)).ttd_s == 0
    assert durations(Incident("i")).ttd_s is None


def test_impact_is_the_sum_of_its_windows() -> None:
    windows = (ImpactWindow(at(0), at(10)), ImpactWindow(at(20), at(25)))
    found = durations(Incident("i", impact=Impact(windows)))
    assert found.impact_s == 900
    assert found.inexact == ()


def test_a_window_that_has_no_end_marks_the_impact() -> None:
    windows = (ImpactWindow(at(0), at(10)), ImpactWindow(at(20), None))
    found = durations(Incident("i", impact=Impact(windows)))
    assert (found.impact_s, found.inexact) == (600, ("impact_s",))
    assert durations(Incident("i", impact=Impact((ImpactWindow(at(0)),)))).impact_s is None


@given(incidents())
def test_durations_are_never_negative_and_marks_name_what_is_there(incident: Incident) -> None:
    found = durations(incident)
    for name in ("ttd_s", "tta_s", "ttm_s", "ttr_s", "impact_s"):
        value = getattr(found, name)
        assert value is None or value >= 0
        assert value is not None or name not in found.inexact


def test_an_incident_happened_at_its_onset_else_at_its_first_known_time() -> None:
    event = Event("e", T - timedelta(hours=1))
    assert occurred(Incident("i", times=FULL, timeline=(event,))) == at(0)
    assert occurred(Incident("i", times=Times(mitigated=at(3)))) == at(3)
    assert occurred(Incident("i", times=Times(introduced=at(3)), timeline=(event,))) == at(-60)
    assert occurred(Incident("i")) is None


def event(name: str, minutes: float | None = None, *, corrects: str = "", text: str = "x") -> Event:
    when = None if minutes is None else T + timedelta(minutes=minutes)
    return Event(name, when, text=text, corrects=corrects or None)


def names(*log: Event) -> str:
    return " ".join(entry.id for entry in current_events(log))


def test_the_timeline_follows_utc_and_keeps_what_has_no_time_behind_its_neighbour() -> None:
    assert names(event("b", 5), event("a", 1)) == "a b"
    assert names(event("b", 5), event("note"), event("a", 1), event("end")) == "a end b note"
    assert names(event("first"), event("a", 1)) == "first a"
    assert names(event("a", 1), event("b", 1)) == "a b"


def test_a_correction_takes_the_place_of_what_it_corrects() -> None:
    assert names(event("a"), event("b"), event("c", corrects="a")) == "c b"
    assert names(event("a", 1), event("b", 2), event("c", 3, corrects="a")) == "b c"
    chain = (event("a"), event("b"), event("c", corrects="a"), event("d", corrects="c"))
    assert names(*chain) == "d b"


def test_a_correction_without_words_withdraws() -> None:
    withdrawn = (event("a", 1), event("b", 2), event("c", 1, corrects="a", text=""))
    assert names(*withdrawn) == "b"


def test_what_corrects_nothing_known_loses_no_entry() -> None:
    assert names(event("a", corrects="a")) == "a"
    assert names(event("a", corrects="b"), event("b", corrects="a")) == "b"
    assert names(event("a", corrects="elsewhere", text="")) == "a"


@given(logs())
def test_a_timeline_is_ordered_and_holds_each_entry_once(log: tuple[Event, ...]) -> None:
    shown = current_events(log)
    assert len({e.id for e in shown}) == len(shown)
    known = [e.at for e in shown if e.at is not None]
    assert all(one <= next_ for one, next_ in pairwise(known))
    touched = {e.corrects for e in log} | {e.id for e in log if e.corrects}
    assert {e.id for e in log} - touched <= {e.id for e in shown}


def test_severity_and_status_can_be_asked_as_of_a_time() -> None:
    hour = timedelta(hours=1)
    changes = (SeverityChange("SEV1", T + hour), SeverityChange("SEV3", T))
    incident = Incident("i", severity="SEV1", severity_history=changes)
    assert severity_at(incident, T - hour) == ""
    assert severity_at(incident, T) == "SEV3"
    assert severity_at(incident, T + 2 * hour) == "SEV1"
    assert severity_at(Incident("i", severity="SEV2"), T) == "SEV2"
    history = (StatusChange(Status.DRAFT, T), StatusChange(Status.CLOSED, T))
    mortem = PostMortem("p", "t", status=Status.CLOSED, status_history=history)
    assert status_at(mortem, T - hour) is None
    assert status_at(mortem, T) is Status.CLOSED
