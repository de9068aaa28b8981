"""What a paste leaves open is asked or offered, and never chosen."""

from datetime import UTC, date, datetime

import pytest

from integrations.markdown.times import shown
from integrations.markdown.zones import zone_from
from integrations.timeline.reading import read_events, with_choice
from integrations.timeline.resolving import Answers
from integrations.timeline.rows import Asked
from models.domain.incident import Event
from models.domain.moments import Precision

DAY = date(2026, 11, 19)


def test_without_zone_and_day_both_are_asked_for_once() -> None:
    text = "14:02 errors\n14:05 flag off"
    asked = read_events(text)
    assert [question.asked for question in asked.questions] == [Asked.ZONE, Asked.DAY]
    assert asked.open_rows == 2
    assert all(row.moment.at is None for row in asked.rows)
    asked = read_events(text, Answers(day=DAY))
    assert [(q.asked, q.rows, q.seen) for q in asked.questions] == [(Asked.ZONE, 2, "14:02")]
    assert not read_events(text, Answers(day=DAY, zone=zone_from("CET"))).questions


def test_the_source_words_of_an_open_time_are_kept() -> None:
    (row,) = read_events("14:02 errors").rows
    event = row.event(lambda: "1")
    assert (event.at, event.precision, event.written) == (None, Precision.UNKNOWN, "14:02")
    assert event.evidence[0].text == "14:02 errors"


def test_a_zone_that_the_text_names_holds_for_all_its_times() -> None:
    reading = read_events("All times in CET.\n14:02 errors\n14:05 UTC flag off", Answers(day=DAY))
    assert [shown(row.moment) for row in reading.rows] == [
        "2026-11-19 14:02 CET",
        "2026-11-19 14:05 UTC",
    ]
    assert [(rest.text, rest.read_as) for rest in reading.rests] == [("All times in CET.", "zone")]


def test_a_zone_of_one_line_is_not_that_of_its_neighbour() -> None:
    reading = read_events("14:02 UTC errors\n14:05 flag off", Answers(day=DAY))
    assert [row.moment.at is None for row in reading.rows] == [False, True]
    assert [question.asked for question in reading.questions] == [Asked.ZONE]


@pytest.mark.parametrize(
    ("name", "zone"),
    [("CST", "America/Chicago"), ("IST", "Asia/Kolkata"), ("MST", "America/Denver")],
)
def test_an_abbreviation_of_several_zones_is_asked_for(name: str, zone: str) -> None:
    text = f"14:02 {name} errors"
    (row,) = read_events(text, Answers(day=DAY)).rows
    assert (row.waits_for, row.doubt) == ((Asked.ZONE,), f"“{name}” is several zones")
    (row,) = read_events(text, Answers(day=DAY, zone=zone_from(zone))).rows
    assert shown(row.moment) == f"2026-11-19 14:02 {zone}"


@pytest.mark.parametrize(
    ("text", "doubt", "instants"),
    [
        ("2026-10-25 02:30 Europe/Berlin x", "came twice", ["00:30", "01:30"]),
        ("2026-03-29 02:30 Europe/Berlin x", "was skipped", ["00:30", "01:30"]),
        ("2026-11-01 01:30 America/New_York x", "came twice", ["05:30", "06:30"]),
        ("2026-07-01 09:00 PST x", "was not in force", ["17:00", "16:00"]),
    ],
)
def test_a_time_at_a_clock_change_is_offered_in_both_ways(
    text: str, doubt: str, instants: list[str]
) -> None:
    (row,) = read_events(text).rows
    assert row.moment.at is None
    assert doubt in row.doubt
    chosen = [with_choice(row, place) for place in (0, 1)]
    assert [f"{one.moment.at:%H:%M}" for one in chosen] == instants
    assert [choice.words[:9] for choice in row.choices] == [f"{at} UTC" for at in instants]
    assert not any(one.choices or one.doubt for one in chosen)


def test_an_asked_zone_does_not_choose_at_a_clock_change_either() -> None:
    (row,) = read_events(
        "02:30 x", Answers(day=date(2026, 10, 25), zone=zone_from("Europe/Berlin"))
    ).rows
    assert row.moment.at is None
    assert len(row.choices) == 2


@pytest.mark.parametrize(
    "text", ["2026-10-25 02:30 CEST x", "2026-10-25T02:30:00+01:00 x", "1793148000 x"]
)
def test_an_offset_or_an_epoch_is_certain_at_a_clock_change(text: str) -> None:
    (row,) = read_events(text).rows
    assert row.moment.is_exact


def test_day_or_month_first_is_asked_where_no_date_decides() -> None:
    text = "03/04/2026 14:02 UTC errors\n04/04/2026 09:00 UTC flag off"
    assert [question.asked for question in read_events(text).questions] == [Asked.ORDER]
    days = [shown(row.moment)[:10] for row in read_events(text, Answers(day_first=True)).rows]
    assert days == ["2026-04-03", "2026-04-04"]
    decided = read_events(text + "\n13/04/2026 09:00 UTC closed")
    assert not decided.questions


def test_a_year_is_asked_for_unless_a_day_nearby_is_known() -> None:
    text = "Nov 19 14:02:01 UTC pool is full"
    assert [question.asked for question in read_events(text).questions] == [Asked.DAY]
    (row,) = read_events(text, Answers(near=date(2024, 11, 20))).rows
    assert shown(row.moment) == "2024-11-19 14:02:01 UTC"


def test_times_past_midnight_belong_to_the_next_day() -> None:
    rows = read_events("23:50 deploy\n00:10 errors", Answers(day=DAY, zone=zone_from("UTC"))).rows
    assert [shown(row.moment) for row in rows] == ["2026-11-19 23:50 UTC", "2026-11-20 00:10 UTC"]


def test_a_list_with_the_newest_first_is_read_from_below() -> None:
    text = "00:30 flag off\n00:10 errors\n23:50 deploy"
    rows = read_events(text, Answers(day=DAY, zone=zone_from("UTC"))).rows
    assert [(shown(row.moment)[8:16], row.text) for row in rows] == [
        ("19 23:50", "deploy"),
        ("20 00:10", "errors"),
        ("20 00:30", "flag off"),
    ]


@pytest.mark.parametrize("time", ["~14:02 UTC", "14:02-ish UTC", "about 14:02 UTC"])
def test_an_inexact_time_stays_inexact(time: str) -> None:
    (row,) = read_events(f"{time} errors", Answers(day=DAY, zone=zone_from("UTC"))).rows
    assert (row.moment.precision, row.text) == (Precision.APPROXIMATE, "errors")


def test_a_weekday_of_another_day_is_not_exact() -> None:
    (row,) = read_events("Sunday 02:30 UTC errors", Answers(day=DAY)).rows
    assert (shown(row.moment), row.moment.precision) == (
        "2026-11-22 02:30 UTC",
        Precision.APPROXIMATE,
    )


def test_rows_are_ordered_by_utc_over_zones() -> None:
    text = "2026-11-19 15:00 CET b\n2026-11-19 13:30 UTC a\n2026-11-19 10:00 EST c"
    assert [row.text for row in read_events(text).rows] == ["a", "b", "c"]


def test_what_is_told_twice_is_noticed() -> None:
    at = datetime(2026, 11, 19, 14, 2, tzinfo=UTC)
    known = Event("1", at, text="Errors on saving profiles")
    text = (
        "2026-11-19 14:02:40 UTC errors on saving profiles\n"
        "2026-11-19 14:05 UTC flag off\n"
        "2026-11-19 15:05 CET flag off\n"
        "2026-11-19 14:09 UTC flag off"
    )
    rows = read_events(text, known=[known]).rows
    assert [row.same_as for row in rows] == ["already in the timeline", "", "the same as row 2", ""]
    added = [row.event(lambda: "2") for row in read_events(text).rows]
    assert all(row.same_as for row in read_events(text, known=added).rows)


def test_what_the_chat_itself_says_is_read_and_not_proposed() -> None:
    rows = read_events("database team  14:02\njoined #inc-42.", Answers(day=DAY)).rows
    assert [(row.text, row.is_usual) for row in rows] == [("joined #inc-42.", False)]


def test_a_time_of_twelve_hours_without_its_half_is_offered_in_both() -> None:
    text = "on-call  11:58 AM\nerrors\n12:03\nmore errors\n1:05\nflag off\n3:15\nwell\n"
    rows = read_events(text, Answers(day=DAY, zone=zone_from("UTC"))).rows
    assert [shown(row.moment)[11:16] for row in rows] == ["11:58", "12:03", "", ""]
    assert [row.doubt for row in rows] == ["", "", "AM or PM?", "AM or PM?"]
    assert [choice.words for choice in rows[2].choices] == ["01:05 UTC (AM)", "13:05 UTC (PM)"]
    padded = read_events("2:02 PM errors\n03:15 well", Answers(day=DAY, zone=zone_from("UTC"))).rows
    assert not any(row.choices for row in padded)


def test_a_date_in_a_sentence_is_not_the_day_of_the_times() -> None:
    asked = read_events("copied on 2026-11-22\n14:02 UTC errors")
    assert [question.asked for question in asked.questions] == [Asked.DAY]
    (row,) = read_events("Timeline of 2026-11-19\n14:02 UTC errors").rows
    assert shown(row.moment) == "2026-11-19 14:02 UTC"


def test_lines_without_a_time_belong_to_the_row_above_or_are_left_over() -> None:
    reading = read_events(
        "notes of the bridge\n14:02 UTC errors\n  on saving\n\n# Later", Answers(day=DAY)
    )
    assert [row.text for row in reading.rows] == ["errors\n  on saving"]
    assert [rest.text for rest in reading.leftovers] == ["notes of the bridge", "# Later"]


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("03/04/2026 14:02 errors", [Asked.ZONE, Asked.ORDER]),
        ("14:02 CST errors", [Asked.ZONE, Asked.DAY]),
        ("14:02 UTC errors", [Asked.DAY]),
        ("All times in CET.\n14:02 errors", [Asked.DAY]),
        ("Today at 2:02 PM errors", [Asked.ZONE, Asked.COPIED]),
    ],
)
def test_everything_that_is_missing_is_asked_in_one_go(text: str, asked: list[Asked]) -> None:
    assert [question.asked for question in read_events(text).questions] == asked


def test_the_line_that_marks_unread_messages_is_in_no_quote() -> None:
    text = "Ann Lee  2:02 PM\nerrors rise\nNew\nBo Li  2:05 PM\nNew\nflag off\n\nNew\n"
    reading = read_events(text, Answers(day=DAY, zone=zone_from("UTC")))
    assert [row.source for row in reading.rows] == [
        "Ann Lee  2:02 PM\nerrors rise",
        "Bo Li  2:05 PM\nNew\nflag off",
    ]
    assert not reading.leftovers
