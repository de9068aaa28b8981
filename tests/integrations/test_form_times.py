"""Times of the Markdown form."""

from datetime import UTC, datetime

import pytest
from hypothesis import given

from integrations.markdown.form_times import moment_text, read_day, read_instant, read_moment
from models.domain.moments import UNKNOWN, Moment, Precision
from models.errors import InvalidInputError
from tests.strategies import moments

AT = datetime(2026, 3, 3, 23, 30, tzinfo=UTC)


@given(moments())
def test_a_moment_comes_back(moment: Moment) -> None:
    text = moment_text(moment)
    assert read_moment(text) == moment
    assert not set(text) & set("*\n")


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (Moment(AT), "2026-03-03 23:30 UTC"),
        (Moment(AT, "Europe/Berlin"), "2026-03-04 00:30 Europe/Berlin (2026-03-03 23:30 UTC)"),
        (Moment(AT, "+02:00"), "2026-03-04 01:30 +02:00 (2026-03-03 23:30 UTC)"),
        (Moment(AT, "PST"), "2026-03-03 15:30 PST (23:30 UTC)"),
        (Moment(AT, "ship time"), "2026-03-03 23:30 UTC [zone: ship time]"),
        (Moment(AT.replace(second=5)), "2026-03-03 23:30:05 UTC"),
        (Moment(AT, precision=Precision.APPROXIMATE), "about 2026-03-03 23:30 UTC"),
        (Moment(AT, precision=Precision.DAY), "2026-03-03 23:30 UTC [day]"),
        (Moment(datetime(2026, 3, 3, tzinfo=UTC), precision=Precision.DAY), "2026-03-03"),
        (Moment(datetime(2026, 3, 1, tzinfo=UTC), precision=Precision.MONTH), "2026-03"),
        (UNKNOWN, "unknown"),
        (Moment(None), "no time [exact]"),
    ],
)
def test_what_times_look_like(moment: Moment, text: str) -> None:
    assert moment_text(moment) == text
    assert read_moment(text) == moment


def test_a_person_may_leave_out_utc() -> None:
    berlin = Moment(AT, "Europe/Berlin")
    assert read_moment("2026-03-04 00:30 Europe/Berlin") == berlin
    assert read_moment("2026-03-03T23:30") == Moment(AT)
    assert read_moment("no time") == UNKNOWN


def test_brackets_decide_the_hour_that_came_twice() -> None:
    first = datetime(2025, 10, 26, 0, 30, tzinfo=UTC)
    for at in (first, first.replace(hour=1)):
        moment = Moment(at, "Europe/Berlin")
        assert moment_text(moment).startswith("2025-10-26 02:30 Europe/Berlin")
        assert read_moment(moment_text(moment)) == moment


@pytest.mark.parametrize(
    "text",
    [
        "soon",
        "",
        "2026-13-01",
        "2026-02-30 10:00 UTC",
        "2026-03-03 25:00 UTC",
        "2026-03-03 10:00 Nowhere/Land",
        "2026-03-03 10:00 Europe/Berlin (10:00 UTC)",
        "2026-03-03 10:00 UTC [sometimes]",
        "0001-01-01 00:30 +02:00",
    ],
)
def test_impossible_times_are_refused(text: str) -> None:
    with pytest.raises(InvalidInputError):
        read_moment(text)


def test_instants_and_days() -> None:
    assert read_instant("2026-03-04 00:30 +01:00") == AT
    assert read_day(" 2026-03-03 ").isoformat() == "2026-03-03"
    with pytest.raises(InvalidInputError, match="a date and a time are needed"):
        read_instant("unknown")
    with pytest.raises(InvalidInputError, match="is not a date"):
        read_day("tomorrow")


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("03/04/2026", "Write 2026-04-03 (3 April) or 2026-03-04 (4 March)."),
        ("19.11.26", "Write 2026-11-19 (19 November)."),
        ("4/4/2026", "Write 2026-04-04 (4 April)."),
        ("31/31/2026", "Write it like 2026-03-03."),
    ],
)
def test_of_a_day_in_figures_it_is_said_what_it_can_mean(text: str, advice: str) -> None:
    with pytest.raises(InvalidInputError) as caught:
        read_day(text)
    assert caught.value.advice == advice
