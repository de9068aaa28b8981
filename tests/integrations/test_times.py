"""Dates and times as people write them."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrations.markdown import zones
from integrations.markdown.spans import read_span
from integrations.markdown.stamp_search import split_trailing_stamp
from integrations.markdown.stamps import read_stamp, split_stamp
from integrations.markdown.times import TimeContext, day_first, shown
from integrations.markdown.zones import find_zone, zone_from
from models.domain.moments import Moment, Precision


def context(zone: str = "UTC", day: date | None = date(2024, 2, 15)) -> TimeContext:
    return TimeContext(zone=zone_from(zone), day=day, assumed=False, near=day)


@pytest.mark.parametrize(
    ("text", "expected", "rest"),
    [
        ("2024-03-01 14:05 pods fail", "2024-03-01 14:05 UTC", "pods fail"),
        ("**14:05 UTC** - pods fail", "2024-02-15 14:05 UTC", "pods fail"),
        ("**14:05: pods fail**", "2024-02-15 14:05 UTC", "**pods fail**"),
        ("[14:05] pods fail", "2024-02-15 14:05 UTC", "pods fail"),
        ("`14:05:30` pods fail", "2024-02-15 14:05:30 UTC", "pods fail"),
        ("14:05 CET – pods fail", "2024-02-15 14:05 CET", "pods fail"),
        ("14:05 (UTC+2) pods fail", "2024-02-15 14:05 +02:00", "pods fail"),
        ("2:05 PM PST: pods fail", "2024-02-15 14:05 PST", "pods fail"),
        ("02:05pm pods fail", "2024-02-15 14:05 UTC", "pods fail"),
        ("12:10 AM pods fail", "2024-02-15 00:10 UTC", "pods fail"),
        ("9am pods fail", "2024-02-15 09:00 UTC", "pods fail"),
        ("2-3 PM PT pods fail", "2024-02-15 14:00 PT", "pods fail"),
        ("0930 UTC pods fail", "2024-02-15 09:30 UTC", "pods fail"),
        ("14h30 pods fail", "2024-02-15 14:30 UTC", "pods fail"),
        ("14:05-15:00 pods fail", "2024-02-15 14:05 UTC", "pods fail"),
        ("Feb 16, 10:18 AM | pods fail", "2024-02-16 10:18 UTC", "pods fail"),
        ("16 February 2024 at 10:18: pods fail", "2024-02-16 10:18 UTC", "pods fail"),
        ("February 16, 2024: 3:44pm UTC pods fail", "2024-02-16 15:44 UTC", "pods fail"),
        ("10:18 PM Friday Feb 16th: pods fail", "2024-02-16 22:18 UTC", "pods fail"),
        ("2024-03-01T14:05:00Z pods fail", "2024-03-01 14:05 UTC", "pods fail"),
        ("2024-03-01T14:05:00-05:00 pods fail", "2024-03-01 14:05 -05:00", "pods fail"),
        ("2024-03-01 14.05 pods fail", "2024-03-01 14:05 UTC", "pods fail"),
        ("22:30 UTC (Feb 14) pods fail", "2024-02-14 22:30 UTC", "pods fail"),
        ("14:05 Europe/Berlin pods fail", "2024-02-15 14:05 Europe/Berlin", "pods fail"),
        ("14:05 Pacific Time pods fail", "2024-02-15 14:05 America/Los_Angeles", "pods fail"),
        ("14:05UTC pods fail", "2024-02-15 14:05 UTC", "pods fail"),
        ("14:05 EST pods fail", "2024-02-15 14:05 EST", "pods fail"),
        ("2024-02-15 14:05:01 -0500 pods fail", "2024-02-15 14:05:01 -05:00", "pods fail"),
        ("14:05h pods fail", "2024-02-15 14:05 UTC", "pods fail"),
        ("noon pods fail", "2024-02-15 12:00 UTC", "pods fail"),
    ],
)
def test_exact_times_in_every_notation(text: str, expected: str, rest: str) -> None:
    found = split_stamp(text)
    assert found is not None
    moment = context().read(found[0])
    assert (shown(moment), found[1], moment.precision) == (expected, rest, Precision.EXACT)


@pytest.mark.parametrize(
    ("text", "precision", "expected"),
    [
        ("~14:05 pods fail", Precision.APPROXIMATE, "2024-02-15 14:05 UTC"),
        ("approx. 14:05 pods fail", Precision.APPROXIMATE, "2024-02-15 14:05 UTC"),
        ("around 2 pm pods fail", Precision.APPROXIMATE, "2024-02-15 14:00 UTC"),
        ("23:00 AM pods fail", Precision.APPROXIMATE, "2024-02-15 23:00 UTC"),
        ("2024-07-01 10:00 PST pods fail", Precision.APPROXIMATE, "2024-07-01 10:00 PST"),
        ("2024-02-01 10:00 CEST pods fail", Precision.APPROXIMATE, "2024-02-01 10:00 CEST"),
        ("10:00 CST pods fail", Precision.APPROXIMATE, "2024-02-15 10:00 CST"),
        (
            "2024-10-27 02:30 Europe/Berlin pods",
            Precision.APPROXIMATE,
            "2024-10-27 02:30 Europe/Berlin",
        ),
        ("03/04/2024 10:00 pods", Precision.APPROXIMATE, "2024-04-03 10:00 UTC"),
        ("11/03/202 - pods fail", Precision.DAY, "2024-03-11"),
        ("2024-03-01 --:-- pods fail", Precision.DAY, "2024-03-01"),
        ("2024-03-01: pods fail", Precision.DAY, "2024-03-01"),
        ("2X:XX pods fail", Precision.DAY, "2024-02-15"),
        ("T+5min pods fail", Precision.DAY, "2024-02-15"),
        ("March 2024: pods fail", Precision.MONTH, "2024-03"),
        ("2024-03 pods fail", Precision.MONTH, "2024-03"),
    ],
)
def test_inexact_times_are_marked(text: str, precision: Precision, expected: str) -> None:
    found = split_stamp(text)
    assert found is not None
    moment = context().read(found[0])
    assert (moment.precision, shown(moment)) == (precision, expected)


@pytest.mark.parametrize(
    "text",
    [
        "3 pods failed",
        "0:00abc",
        "1.12.0 upgrade",
        "1/2 of users",
        "May we ask",
        "Sunday",
        "Day 1",
        "UTC",
        "",
    ],
)
def test_other_beginnings_are_no_times(text: str) -> None:
    assert read_stamp(text) is None


@pytest.mark.parametrize("text", ["14:05 est arrivé", "14:05 et al", "14:05 mst-like", "14:05 art"])
def test_words_behind_a_time_are_not_taken_for_zones(text: str) -> None:
    stamp = read_stamp(text)
    assert stamp is not None
    assert stamp.zone is None


def read_all(lines: list[str], start: TimeContext) -> list[Moment]:
    stamps = [split_stamp(line) for line in lines]
    return [start.read(stamp[0]) for stamp in stamps if stamp]


def test_times_after_midnight_belong_to_the_next_day() -> None:
    moments = read_all(["2024-02-15 23:50 a", "00:10 b", "00:05 c"], context())
    assert [shown(m) for m in moments] == [
        "2024-02-15 23:50 UTC",
        "2024-02-16 00:10 UTC",
        "2024-02-16 00:05 UTC",
    ]
    assert all(moment.is_exact for moment in moments)


def test_a_smaller_step_back_is_a_doubtful_next_day() -> None:
    moments = read_all(["2024-02-15 18:00 a", "11:00 b"], context())
    assert shown(moments[1]) == "2024-02-16 11:00 UTC"
    assert moments[1].precision is Precision.APPROXIMATE


def test_without_a_zone_a_time_is_approximate() -> None:
    moment = read_all(["2024-02-15 10:00 a"], TimeContext())[0]
    assert (moment.at, moment.precision) == (
        datetime(2024, 2, 15, 10, tzinfo=UTC),
        Precision.APPROXIMATE,
    )


def test_without_a_date_an_instant_is_not_invented() -> None:
    moment = read_all(["10:00 a"], TimeContext(zone=zone_from("UTC")))[0]
    assert (moment.at, moment.precision) == (None, Precision.UNKNOWN)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("13/02/2024 and 05/02/2024", True),
        ("02/13/2024 and 02/05/2024", False),
        ("01/02/2024", None),
        ("13/02/2024 and 02/13/2024", None),
    ],
)
def test_the_order_of_dates_follows_from_those_that_can_be_read_one_way(
    text: str, expected: bool | None
) -> None:
    assert day_first(text) is expected


def test_a_year_is_taken_from_what_is_near() -> None:
    moments = read_all(["Dec 31 23:00 a", "Jan 1 01:00 b"], context(day=date(2024, 1, 2)))
    assert [shown(m)[:10] for m in moments] == ["2023-12-31", "2024-01-01"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("All times in CET.", "CET"),
        ("Timeline (all times UTC)", "UTC"),
        ("times are GMT+2", "+02:00"),
        ("All times in US/Pacific", "US/Pacific"),
        ("Times shown in Eastern", "America/New_York"),
    ],
)
def test_zones_are_found_in_remarks(text: str, name: str) -> None:
    zone = find_zone(text)
    assert zone is not None
    assert zone.name == name


def test_a_label_may_stand_before_its_time() -> None:
    found = split_trailing_stamp("First detected: 2024-02-15 11:45")
    assert found is not None
    assert found[0] == "First detected"
    assert shown(context().read(found[1])) == "2024-02-15 11:45 UTC"


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("1h 10m", 4200),
        ("about 335 minutes", 20100),
        ("11 Days", 950400),
        ("0:35:00", 2100),
        ("5 hours 26 minutes (10:45 - 16:11 UTC)", 19560),
        ("?", None),
        ("N/A", None),
        ("until 10:00", None),
    ],
)
def test_lengths_of_time(text: str, seconds: int | None) -> None:
    span = read_span(text)
    assert (None if span is None else span.total_seconds()) == seconds


@given(
    st.datetimes(datetime(2000, 1, 1), datetime(2090, 1, 1)).map(  # noqa: DTZ001 - made aware
        lambda at: at.replace(second=0, microsecond=0, tzinfo=UTC)
    ),
    st.sampled_from(["UTC", "CET", "PST", "+05:30", "Europe/London", "GMT"]),
)
def test_what_is_shown_is_read_again(at: datetime, zone: str) -> None:
    moment = Moment(at, zone)
    found = split_stamp(f"{shown(moment)} something")
    assert found is not None
    again = TimeContext().read(found[0])
    assert (again.at, again.zone) == (at, zone) or again.precision is Precision.APPROXIMATE


@given(st.text(alphabet="0123456789:-/. TZamputcCETOct~,()*", max_size=60))
def test_any_text_can_be_tried(text: str) -> None:
    found = split_stamp(text)
    if found is not None:
        context().read(found[0])


def test_a_row_without_a_zone_has_that_of_the_row_before() -> None:
    moments = read_all(["2024-02-15 09:00 PST a", "09:05 b", "18:10 UTC c"], TimeContext())
    assert [shown(m) for m in moments] == [
        "2024-02-15 09:00 PST",
        "2024-02-15 09:05 PST",
        "2024-02-15 18:10 UTC",
    ]
    assert [m.is_exact for m in moments] == [True, False, True]


def test_a_stated_zone_holds_behind_a_row_with_another() -> None:
    moments = read_all(["2024-02-15 09:00 UTC a", "11:00 b"], context("CET"))
    assert shown(moments[1]) == "2024-02-15 11:00 CET"


def test_a_row_out_of_order_stays_on_its_day() -> None:
    moments = read_all(["2024-02-15 14:00 a", "10:00 b", "14:20 c"], context())
    assert [shown(m)[5:16] for m in moments] == ["02-15 14:00", "02-15 10:00", "02-15 14:20"]
    assert [m.is_exact for m in moments] == [True, False, True]


def test_dates_near_the_day_of_the_text_settle_the_order_of_all() -> None:
    text = "06/03/2024 10:00 one, 06/04/2024 11:00 two"
    assert day_first(text, near=date(2024, 6, 3)) is False
    assert day_first(text, near=date(2024, 3, 6)) is True
    assert day_first(text, near=date(2020, 3, 6)) is None
    assert day_first("- 6/3 10:00 one\n- 6/4 11:00 two", near=date(2024, 6, 3)) is False


def test_a_mistyped_year_is_mended_and_told() -> None:
    lines = ["2024-01-03 10:00 a", "2023-01-04 09:00 b", "2022-06-01 09:00 issued"]
    reader = context(day=date(2024, 1, 3))
    moments = read_all(lines, reader)
    assert [shown(m)[:10] for m in moments] == ["2024-01-03", "2024-01-04", "2022-06-01"]
    assert not moments[1].is_exact
    assert reader.notices == [
        "2023-01-04 was read as 2024-01-04: the dates around it have that year."
    ]


def test_the_names_of_zones_are_listed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    zone_from("Europe/Berlin")

    def list_again() -> set[str]:
        raise AssertionError("a key in a time field opened 600 files")

    monkeypatch.setattr(zones, "available_timezones", list_again)
    assert zone_from("Europe/Nowhere") is None
    assert zone_from("Asia/Tokyo") is not None
