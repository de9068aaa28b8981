"""Abbreviations of several zones: each asked for by itself, an answer that contradicts refused."""

from datetime import date

import pytest

from integrations.markdown.times import shown
from integrations.markdown.zones import Zone, zone_from
from integrations.timeline.reading import read_events
from integrations.timeline.resolving import Answers
from integrations.timeline.rows import Asked

WINTER, SUMMER = date(2026, 11, 19), date(2026, 7, 1)


def zone(name: str) -> Zone:
    found = zone_from(name)
    assert found is not None
    return found


def test_each_abbreviation_is_asked_for_by_itself_whatever_the_zone_of_the_others() -> None:
    text = "14:02 IST alert\n14:05 CST rollback\n14:10 well"
    reading = read_events(text, Answers(day=WINTER, zone=zone("Europe/Berlin")))
    assert [(q.asked, q.about, q.rows) for q in reading.questions] == [
        (Asked.ZONE, "CST", 1),
        (Asked.ZONE, "IST", 1),
    ]
    assert reading.questions[1].words == (
        "Which “IST” is “14:02 IST”: Asia/Kolkata, Europe/Dublin or Asia/Jerusalem?"
    )
    zones = {"IST": zone("Asia/Kolkata"), "CST": zone("America/Chicago")}
    answered = read_events(text, Answers(day=WINTER, zone=zone("Europe/Berlin"), zones=zones))
    assert not answered.questions
    assert [shown(row.moment)[11:] for row in answered.rows] == [
        "14:02 Asia/Kolkata",
        "14:10 Europe/Berlin",
        "14:05 America/Chicago",
    ]


def test_without_a_day_what_is_missing_is_asked_in_one_go() -> None:
    asked = read_events("14:02 IST alert\n14:05 well", Answers(zone=zone("UTC"))).questions
    assert [(q.asked, q.about) for q in asked] == [(Asked.ZONE, "IST"), (Asked.DAY, "")]


@pytest.mark.parametrize(
    ("text", "day", "answer", "instants"),
    [
        ("14:02 IST x", WINTER, "Asia/Kolkata", ["08:32"]),
        ("14:02 IST x", WINTER, "Asia/Jerusalem", ["12:02"]),
        ("14:02 IST x", SUMMER, "Europe/Dublin", ["13:02"]),
        ("14:02 IST x", WINTER, "+05:30", ["08:32"]),
        ("14:02 CST x", WINTER, "Asia/Shanghai", ["06:02"]),
        ("14:02 MST x", SUMMER, "America/Phoenix", ["21:02"]),
        ("14:02 MST x", WINTER, "Asia/Kuala_Lumpur", ["06:02"]),
        ("01:30 CST x", date(2026, 11, 1), "America/Chicago", ["07:30"]),
        ("14:02 CST x", SUMMER, "America/Chicago", ["20:02", "19:02"]),
        ("14:02 IST x", WINTER, "Europe/Dublin", ["13:02", "14:02"]),
    ],
)
def test_an_answer_gives_the_instant_or_both(
    text: str, day: date, answer: str, instants: list[str]
) -> None:
    name = text.split()[1]
    (row,) = read_events(text, Answers(day=day, zones={name: zone(answer)})).rows
    moments = [choice.moment for choice in row.choices] or [row.moment]
    assert [f"{moment.at:%H:%M}" for moment in moments] == instants


@pytest.mark.parametrize("answer", ["Europe/Berlin", "UTC", "CET", "America/Sao_Paulo"])
def test_an_answer_that_contradicts_the_text_is_refused(answer: str) -> None:
    (row,) = read_events("14:02 IST x", Answers(day=WINTER, zones={"IST": zone(answer)})).rows
    assert (row.moment.at, row.choices) == (None, ())
    assert (row.waits_for, row.abbreviation) == ((Asked.ZONE,), "IST")
    assert row.doubt == f"“IST” is no time of {zone(answer).name}"
    (question,) = read_events(
        "14:02 IST x", Answers(day=WINTER, zones={"IST": zone(answer)})
    ).questions
    assert question.words.startswith(f"{row.doubt}. Which “IST”")


def test_all_times_in_an_abbreviation_are_asked_for_and_answered() -> None:
    text = "All times in IST.\n14:02 x"
    assert [q.about for q in read_events(text, Answers(day=WINTER)).questions] == ["IST"]
    (row,) = read_events(text, Answers(day=WINTER, zones={"IST": zone("Asia/Kolkata")})).rows
    assert shown(row.moment) == "2026-11-19 14:02 Asia/Kolkata"
