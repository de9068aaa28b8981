"""Times in forms that few write, and what only looks like a time: never words of another event."""

from datetime import date

import pytest

from integrations.markdown.times import shown
from integrations.markdown.zones import zone_from
from integrations.timeline.reading import read_events
from integrations.timeline.resolving import Answers
from integrations.timeline.rows import ReadRow
from models.domain.moments import Precision

ANSWERS = Answers(day=date(2026, 11, 19), zone=zone_from("UTC"))


def below(line: str) -> ReadRow:
    """The row of a line that stands below another event."""
    reading = read_events(f"14:00 UTC alert\n{line}", ANSWERS)
    assert [row.text for row in reading.rows if "14:00 UTC" in row.source] == ["alert"]
    (row,) = (row for row in reading.rows if row.source == line)
    return row


@pytest.mark.parametrize(
    ("line", "at", "words"),
    [
        ('[19/Nov/2026:15:02:03 +0100] "GET /" 500', "2026-11-19 15:02:03 +01:00", '"GET /" 500'),
        ("14.25 Uhr flag off", "2026-11-19 14:25 UTC", "flag off"),
        ("14:25 Uhr flag off", "2026-11-19 14:25 UTC", "flag off"),
        ("15 Uhr flag off", "2026-11-19 15:00 UTC", "flag off"),
        ("24:00 flag off", "2026-11-20 00:00 UTC", "flag off"),
        ("2026-11-19 24:00 flag off", "2026-11-20 00:00 UTC", "flag off"),
    ],
)
def test_a_rare_form_of_a_time_is_read(line: str, at: str, words: str) -> None:
    row = below(line)
    assert (shown(row.moment), row.text) == (at, words)
    assert row.moment.is_exact


@pytest.mark.parametrize(
    ("line", "doubt", "words"),
    [
        ("25:99 impossible", "“25:99” is no time that is known here", "impossible"),
        ("26:00 UTC late", "“26:00” is no time that is known here", "UTC late"),
        ("[14:02:61Z] odd", "“14:02:61Z” is no time that is known here", "odd"),
        ("2026-13-45 14:00 odd", "“2026-13-45 14:00” is no time that is known here", "odd"),
        ("14時02分 alert", "“14時02分” is no time that is known here", "alert"),
        ("2026-02-30 14:00 odd", "there is no 30 February 2026", "odd"),
        ("Feb 29 2025 10:00 odd", "there is no 29 February 2025", "odd"),
        ("31/11/2026 10:00 odd", "there is no 31 November", "odd"),
    ],
)
def test_what_only_looks_like_a_time_is_a_flagged_row(line: str, doubt: str, words: str) -> None:
    row = below(line)
    assert (row.moment.at, row.doubt, row.text) == (None, doubt, words)


@pytest.mark.parametrize(
    "line", ["10.0.0.12:8080 refused", "00:1a:2b:3c:4d:5e up", "1:100000 lost", "v2.14.1 is out"]
)
def test_an_address_is_no_time(line: str) -> None:
    (row,) = read_events(f"14:00 UTC alert\n{line}", ANSWERS).rows
    assert row.text == f"alert\n{line}"


def test_a_leap_second_is_not_exact() -> None:
    row = below("2026-11-19T14:02:60Z odd")
    assert shown(row.moment) == "2026-11-19 14:02:59 UTC"
    assert (row.moment.precision, row.doubt) == (Precision.APPROXIMATE, "not exact in the source")


@pytest.mark.parametrize(
    ("line", "end"),
    [
        ("between 14:00 and 14:05 spikes", "14:05"),
        ("14:10-14:25 spikes", "14:25"),
        ("2:00 to 2:30 pm spikes", "14:30"),
    ],
)
def test_a_span_is_inexact_and_keeps_its_end(line: str, end: str) -> None:
    row = below(line)
    assert (row.moment.precision, row.text) == (Precision.APPROXIMATE, "spikes")
    assert row.doubt == f"a span of time, until {end}"
    assert row.event(lambda: "1").written == row.written
    assert end[3:] in row.written


def test_neither_24_hours_nor_noon_is_am_or_pm() -> None:
    rows = read_events("11:00 am alert\nnoon deploy\n24:00 end\n0:30 well", ANSWERS).rows
    assert [shown(row.moment)[8:16] for row in rows] == [
        *("19 11:00", "19 12:00", "20 00:00", "20 00:30")
    ]


@pytest.mark.parametrize("end", ["\r", "\r\n", "\n", "\r\r"])
def test_lines_end_in_any_way(end: str) -> None:
    text = end.join(("bridge notes", "14:02 alert", "14:05 rollback", ""))
    reading = read_events(text, ANSWERS)
    assert [row.text for row in reading.rows] == ["alert", "rollback"]
    assert [rest.text for rest in reading.leftovers] == ["bridge notes"]
