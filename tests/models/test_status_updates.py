"""Status updates that were late."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import frameworks, vocabulary
from models.domain.incident import Event, Incident, ResponseRecord, StatusUpdate, Times
from models.domain.moments import Moment, Precision
from models.frameworks import Framework, Step
from models.status_updates import Overdue, overdue_updates, update_limit
from models.vocabulary import Term, Vocabulary
from tests.strategies import incidents

NINE = datetime(2026, 11, 19, 9, tzinfo=UTC)
LIMIT = timedelta(minutes=15)
SEVERITIES = vocabulary.load().severities


def at(minutes: float) -> datetime:
    return NINE + timedelta(minutes=minutes)


def update(minutes: float, promised: float | None = None) -> StatusUpdate:
    due = None if promised is None else at(promised)
    return StatusUpdate(f"u{minutes:g}", at(minutes), next_promised=due)


def message(minutes: float, precision: Precision = Precision.EXACT) -> Event:
    return Event(f"e{minutes:g}", at(minutes), precision=precision, kind="communication", text="x")


def late(incident: Incident) -> list[tuple[str, str, float | None, bool]]:
    """Messages around, minutes late, whether promised."""
    return [
        (o.before, o.after, None if o.late_s is None else o.late_s / 60, o.promised)
        for o in overdue_updates(incident, LIMIT)
    ]


def test_a_gap_above_the_limit_is_overdue_and_one_of_just_the_limit_is_not() -> None:
    assert late(Incident("i", updates=(update(0), update(15), update(31)))) == [
        ("u15", "u31", 1, False)
    ]


def test_events_and_updates_of_one_minute_are_one_message() -> None:
    one = Incident("i", updates=(update(0), update(14)), timeline=(message(0.5), message(28)))
    assert late(one) == []


def test_a_promise_moves_the_time_that_the_next_is_due() -> None:
    assert late(Incident("i", updates=(update(0, 45), update(40)))) == []
    assert late(Incident("i", updates=(update(0, 10), update(12)))) == [("u0", "u12", 2, True)]


def test_a_promise_holds_until_another_update_whatever_else_was_said() -> None:
    between = Incident("i", updates=(update(0, 45), update(60)), timeline=(message(5),))
    assert late(between) == [("e5", "u60", 15, True)]
    replaced = Incident("i", updates=(update(0, 45), update(5, 60), update(60)))
    assert late(replaced) == []


def test_a_promise_that_nothing_follows_was_not_kept() -> None:
    (found,) = overdue_updates(Incident("i", updates=(update(0, 15),)), LIMIT)
    assert found == Overdue("u0", at(0), at(15), True)
    assert found.late_s is None


def test_after_the_all_clear_only_what_was_promised_is_due() -> None:
    def over(*updates: StatusUpdate) -> Incident:
        return Incident("i", updates=updates, times=Times(resolved=Moment(at(20))))

    assert late(over(update(0), update(10), update(600))) == []
    assert late(over(update(0), update(10, 60), update(600))) == [("u10", "u600", 540, True)]
    assert late(over(update(0))) == [("u0", "", None, False)]


def test_inexact_times_are_no_proof() -> None:
    rough = (message(0), message(40, Precision.APPROXIMATE))
    assert late(Incident("i", timeline=rough)) == []


@given(incidents(), st.integers(1, 600))
def test_what_is_overdue_is_true(incident: Incident, minutes: int) -> None:
    limit = timedelta(minutes=minutes)
    found = overdue_updates(incident, limit)
    known = {u.id for u in incident.updates} | {e.id for e in incident.timeline}
    for one in found:
        assert {one.before, one.after or one.before} <= known
        assert one.until is None or one.until.replace(second=0, microsecond=0) > one.due
    assert [one.since for one in found] == sorted(one.since for one in found)


def own(minutes: int | None) -> Framework:
    return Framework("own", "Own", (Step("a", "A", "A", "g", "d"),), update_minutes=minutes)


@pytest.mark.parametrize(
    ("own_minutes", "severity", "expected"),
    [(30, "SEV1", 30), (None, "SEV1", 20), (None, "", 15), (None, "SEV9", 15)],
)
def test_the_rhythm_is_the_frameworks_else_the_severitys_else_fifteen_minutes(
    own_minutes: int | None, severity: str, expected: int
) -> None:
    team = Vocabulary("severities", (Term("SEV1", "SEV1", update_minutes=20),))
    followed = Incident("i", severity=severity, response=(ResponseRecord("own"),))
    assert update_limit(followed, {"own": own(own_minutes)}, team) == timedelta(minutes=expected)


def test_both_frameworks_promise_an_update_every_fifteen_minutes() -> None:
    known = frameworks.load()
    for name in known:
        incident = Incident("i", severity="SEV1", response=(ResponseRecord(name),))
        assert update_limit(incident, known, SEVERITIES) == LIMIT
