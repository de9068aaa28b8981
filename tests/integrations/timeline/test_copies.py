"""Copies out of Teams, drawn tables and HTML: rows, authors, and nothing of the chat's own."""

import pytest

from integrations.timeline.pages import as_text
from tests.integrations.timeline.test_formats import read, told

TEAMS = (
    "Thursday, November 19, 2026\nSomebody Quick\n2:02 PM\nsaves fail\n1 Like 1 like reaction.\n"
    "Comms Lead\n2:05 PM\nLooking\nat it\nSomebody Quick\n2:09 PM\nflag off\nLast read\n"
)


def test_names_above_their_times_are_authors_and_marks_are_nobodys_words() -> None:
    reading = read(TEAMS, "UTC")
    assert [(row.author, row.text) for row in reading.rows] == [
        ("Somebody Quick", "saves fail"),
        ("Comms Lead", "Looking\nat it"),
        ("Somebody Quick", "flag off"),
    ]
    assert reading.rows[0].source == "Somebody Quick\n2:02 PM\nsaves fail"
    marks = [rest.text for rest in reading.rests if rest.read_as == "mark of the chat"]
    assert marks == ["1 Like 1 like reaction.", "Last read"]


def test_names_above_days_and_times_are_authors() -> None:
    text = "Somebody Quick\nThursday 14:02\nsaves fail\nComms Lead\nThursday 14:05\nLooking"
    assert [row.author for row in read(text, "UTC").rows] == ["Somebody Quick", "Comms Lead"]


def test_words_with_capitals_above_a_follow_up_are_no_name() -> None:
    text = "Comms Lead  2:02 PM\nsaves fail\n2:03\nmore fail\n2:04\nmany\nThanks All\n2:05\nwell"
    rows = read(text, "UTC").rows
    assert {row.author for row in rows} == {"Comms Lead"}
    assert rows[2].text == "many\nThanks All"


EXPECTED = [("2026-11-19 14:02 UTC", "alert"), ("2026-11-19 14:05 UTC", "flag off")]
DRAWN = {
    "a database's": (
        "+-------+----------+\n| Time  | Event    |\n+-------+----------+\n"
        "| 14:02 | alert    |\n| 14:05 | flag     |\n|       | off      |\n+-------+----------+\n"
    ),
    "a grid with a rule below each row": (
        "+-------+----------+\n| Time  | Event    |\n+=======+==========+\n| 14:02 | alert    |\n"
        "+-------+----------+\n| 14:05 | flag     |\n|       | off      |\n+-------+----------+\n"
    ),
    "a box": (
        "┌───────┬──────────┐\n│ Time  │ Event    │\n├───────┼──────────┤\n"
        "│ 14:02 │ alert    │\n│ 14:05 │ flag off │\n└───────┴──────────┘\n"
    ),
    "a database's without a frame": (
        " Time  | Event\n-------+----------\n 14:02 | alert\n 14:05 | flag off\n"
    ),
}


@pytest.mark.parametrize("name", DRAWN)
def test_a_drawn_table_has_rows(name: str) -> None:
    assert told(DRAWN[name], "UTC") == EXPECTED
    assert not read(DRAWN[name], "UTC").leftovers


def test_many_rules_are_read_at_once() -> None:
    assert not read("+--+--+\n|a|b|\n" * 3_000, "UTC").rows


@pytest.mark.parametrize(
    "page",
    [
        (
            "<table><tr><th>Time (UTC)</th><th>What</th></tr><tr><td>14:02</td><td>alert</td></tr>"
            "<tr><td>14:05</td><td>flag off</td></tr></table>"
        ),
        "<!DOCTYPE html><html><body><p>14:02 UTC alert</p><p>14:05 UTC flag off</p></body></html>",
        "<ul>\n<li><b>14:02 UTC</b> alert</li>\n<li>14:05 UTC flag off</li></ul>",
    ],
)
def test_html_is_read_as_what_it_shows(page: str) -> None:
    assert told(as_text(page)) == EXPECTED


@pytest.mark.parametrize("text", ["<165>1 2026-11-19T14:02:01Z web-1 x", "a <b>c</b>", "<x>1</x>"])
def test_what_is_no_page_stays_as_it_is(text: str) -> None:
    assert as_text(text) == text


def test_without_a_row_all_words_are_left_over() -> None:
    assert [rest.text for rest in read("All times in UTC").leftovers] == ["All times in UTC"]
