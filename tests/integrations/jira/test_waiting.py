"""Pauses that a site asks for, in seconds or as a date, read by our clock."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from threading import Event

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrations.jira.remote import CancelledError
from integrations.jira.waiting import LONGEST_PAUSE_S, asked_pause, interruptible

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)).map(  # noqa: DTZ001 - made aware
    lambda at: at.replace(microsecond=0, tzinfo=UTC)
)


@given(st.integers(0, 86_400))
def test_seconds(seconds: int) -> None:
    assert asked_pause(str(seconds), "", NOW) == NOW + timedelta(seconds=seconds)


@given(MOMENTS, st.integers(0, 86_400))
def test_a_date_is_read_by_the_clock_that_wrote_it(there: datetime, seconds: int) -> None:
    until = format_datetime(there + timedelta(seconds=seconds), usegmt=True)
    date = format_datetime(there, usegmt=True)
    assert asked_pause(until, date, NOW) == NOW + timedelta(seconds=seconds)


@given(st.text() | st.floats().map(str) | st.integers().map(str), st.text(max_size=5))
def test_whatever_stands_there_asks_for_a_day_at_most(retry_after: str, date: str) -> None:
    until = asked_pause(retry_after, date, NOW)
    assert until is None or NOW <= until <= NOW + timedelta(seconds=LONGEST_PAUSE_S)


@pytest.mark.parametrize("text", ["", "soon", "nan", "inf", "2026-03-02"])
def test_what_says_nothing_is_nothing(text: str) -> None:
    assert asked_pause(text, "", NOW) is None


def test_what_fails_in_its_thread_fails_where_it_is_waited_for() -> None:
    def work() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        interruptible(work, cancelled=Event(), hang_up=lambda: None, seconds=9)


def test_what_nobody_can_break_off_is_left_behind() -> None:
    """As the look-up of a name without a network: the caller goes on all the same."""
    cancelled, over, ended = Event(), Event(), Event()

    def work() -> None:
        cancelled.set()
        over.wait(50)
        ended.set()

    with pytest.raises(CancelledError):
        interruptible(work, cancelled=cancelled, hang_up=lambda: None, seconds=50)
    assert not ended.is_set()
    over.set()
    assert ended.wait(50)


def test_too_long_is_too_long() -> None:
    over = Event()
    with pytest.raises(TimeoutError):
        interruptible(lambda: over.wait(50), cancelled=Event(), hang_up=over.set, seconds=0.01)
