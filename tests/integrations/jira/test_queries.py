"""Questions: dates in the zone of whoever asks, and texts that cannot break out of their quotes."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrations.jira.queries import OVERLAP, by_labels, by_texts, changed_since, quoted
from tests.jira_fake.jql import Clause, parse

ZONES = ["Etc/UTC", "America/Los_Angeles", "Asia/Kolkata", "Europe/Berlin", "Australia/Lord_Howe"]
MOMENTS = st.datetimes(datetime(2025, 1, 1), datetime(2027, 1, 1)).map(  # noqa: DTZ001 - made aware
    lambda at: at.replace(tzinfo=UTC)
)


def wall(jql: str) -> datetime:
    clause = parse(jql).where
    assert isinstance(clause, Clause)
    return datetime.strptime(str(clause.operands[0]), "%Y-%m-%d %H:%M")  # noqa: DTZ007 - a wall time


@given(MOMENTS, st.sampled_from(ZONES))
def test_nothing_is_missed_however_the_site_reads_the_hour(at: datetime, zone: str) -> None:
    asked = wall(changed_since(at, zone))
    readings = [asked.replace(tzinfo=ZoneInfo(zone), fold=fold) for fold in (0, 1)]
    for read in readings:
        assert read.astimezone(UTC) <= at - OVERLAP
        assert at - read.astimezone(UTC) < OVERLAP + timedelta(hours=2, minutes=1)


@pytest.mark.parametrize("zone", ["Mars/Olympus", "", "../etc/passwd"])
def test_an_unknown_zone_reaches_further_back(zone: str) -> None:
    at = datetime(2026, 3, 2, 9, tzinfo=UTC)
    assert wall(changed_since(at, zone)) <= datetime(2026, 3, 1, 18, 50)  # noqa: DTZ001 - wall time


@given(st.text(st.characters(codec="utf-8")))
def test_a_text_stays_within_its_quotes(text: str) -> None:
    clause = parse(f"labels = {quoted(text)}").where
    assert isinstance(clause, Clause)
    assert clause.operands == (text,)


def test_labels_are_phrases() -> None:
    assert by_labels(["a-1", "a-2"]) == 'labels in ("a-1", "a-2")'
    assert by_texts(["a-1", "a-2"]) == r'description ~ "\"a-1\"" OR description ~ "\"a-2\""'
