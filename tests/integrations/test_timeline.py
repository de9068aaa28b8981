"""Timelines in the layouts of other people's documents."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrations.markdown.blocks import read_sections
from integrations.markdown.events import Row, kind_of
from integrations.markdown.timeline import TimelineReading, read_timeline
from integrations.markdown.timeline_rows import has_timeline
from integrations.markdown.times import TimeContext, shown
from integrations.markdown.words import missing_words
from models.domain.moments import Precision


def reading(text: str, context: TimeContext | None = None) -> TimelineReading:
    return read_timeline(read_sections(text).sections[0], context or TimeContext())


def lines(rows: list[Row]) -> list[str]:
    return [f"{shown(row.moment)} | {row.text}" for row in rows]


TWO_ROWS = ["2024-05-03 22:50 CET | Pods fail", "2024-05-04 00:10 CET | Rolled back"]

LAYOUTS = {
    "table": """
        ## Timeline
        All times in CET.

        | Time | Event |
        |:-----|-------|
        | 2024-05-03 22:50 | Pods fail |
        | 00:10 | Rolled back |
        """,
    "table with a zone and a date in its titles": """
        ## Timeline
        | Day | Date (2024) | Time (CET) | Event |
        |-----|-------------|------------|-------|
        | Fri | May 3 | 22:50 | Pods fail |
        | Sat | May 4 | 00:10 | Rolled back |
        """,
    "table without titles": """
        ## Timeline (CET)
        | | |
        |-|-|
        | 2024-05-03 22:50 | Pods fail |
        | 2024-05-04 00:10 | Rolled back |
        """,
    "bullets": """
        ## Timeline (all times CET)
        - 2024-05-03 22:50: Pods fail
        - 00:10: Rolled back
        """,
    "bold times": """
        ## Timeline
        * **2024-05-03 22:50 CET** - Pods fail
        * **2024-05-04 00:10 CET** - Rolled back
        """,
    "nested bullets below days": """
        ## Timeline
        Times are in CET.
        - **2024-05-03**
          - 22:50 Pods fail
        - **2024-05-04**
          - 00:10 Rolled back
        """,
    "days as headings": """
        ## Timeline
        All times CET
        ### 3 May 2024
        - 22:50 Pods fail
        ### 4 May 2024
        - 00:10 Rolled back
        """,
    "times as headings": """
        ## Timeline
        All times in CET

        ### May 3 2024 22:50
        Pods fail

        ### 00:10
        Rolled back
        """,
    "paragraphs": """
        ## Timeline (all times CET)
        05/03/2024 10:50 PM - Pods fail

        05/04/2024 12:10 AM - Rolled back

        Unrelated: 05/25/2024 is the date of the review.
        """,
    "days as paragraphs": """
        ## Timeline (CET) 5/3/24-5/14/24
        _5/3/24_

        10:50 PM: Pods fail

        _5/4/24_

        12:10 AM: Rolled back
        """,
    "lines of one paragraph": """
        ## Timeline, all times CET
        2024-05-03 22:50 Pods fail
        2024-05-04 00:10 Rolled back
        """,
    "a log in a code block": """
        ## Timeline
        All times CET

        ```
        2024-05-03 22:50 Pods fail
        2024-05-04 00:10 Rolled back
        ```
        """,
    "a time, then its text": """
        ## Timeline
        2024-05-03 22:50 CET

        Pods fail

        2024-05-04 00:10 CET

        Rolled back
        """,
    "labels before their times": """
        ## Key events (CET)
        - Pods fail 2024-05-03 22:50
        - Rolled back: 2024-05-04 00:10
        """,
}


def dedented(text: str) -> str:
    return "\n".join(line.removeprefix("        ") for line in text.strip("\n").split("\n"))


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_gives_the_same_rows(layout: str) -> None:
    text = dedented(LAYOUTS[layout])
    context = TimeContext(day_first=False)
    assert lines(reading(text, context).rows) == TWO_ROWS


def test_zones_of_summer_written_as_winter_are_doubtful() -> None:
    (row,) = reading("## Timeline\n- 2024-07-03 10:00 CET a").rows
    assert row.moment.precision is Precision.APPROXIMATE


def test_all_times_approximate() -> None:
    (row,) = reading("## Timeline (UTC). All times approximate\n- 2024-07-03 10:00 a").rows
    assert row.moment.precision is Precision.APPROXIMATE


def test_further_columns_are_kept_with_their_titles_and_links_as_evidence() -> None:
    text = "## Timeline\n| Time (UTC) | Event | Who | Data link |\n|--|--|--|--|\n"
    row = reading(
        text + "| 2024-05-03 10:00 | Pods fail | on-call | [graph](https://g.example/1) |"
    ).rows[0]
    assert row.text == "Pods fail — Who: on-call"
    assert [(e.kind, e.text, e.target) for e in row.evidence] == [
        ("link", "graph", "https://g.example/1"),
    ]


def test_a_time_that_cannot_be_read_is_kept_in_its_words() -> None:
    text = "## Timeline\n| Time | Event |\n|--|--|\n| 20202-01-16 12:00 | Pods fail |"
    (row,) = reading(text).rows
    assert (row.moment.at, row.words, row.text) == (None, ("20202-01-16 12:00",), "Pods fail")


def test_what_stands_between_two_rows_belongs_to_the_first() -> None:
    text = "## Timeline\n- 2024-05-03 10:00 UTC a\n\n![graph](a.png)\n\n- 10:05 UTC b\n\nThe end."
    found = reading(text)
    assert [row.text for row in found.rows] == ["a\n\n![graph](a.png)", "b"]
    assert found.rest == ["The end."]


def test_nested_bullets_stay_with_their_row() -> None:
    found = reading("## Timeline\n- 2024-05-03 10:00 UTC a\n  - detail one\n  - detail two\n")
    assert [row.text for row in found.rows] == ["a\n- detail one\n- detail two"]


def test_sections_with_another_role_are_handed_back() -> None:
    found = reading("## Timeline\n- 2024-05-03 10:00 a\n\n### What went well\n- the alert")
    assert [section.title for section in found.sections] == ["What went well"]


def test_a_table_of_measures_is_no_timeline() -> None:
    section = read_sections("| Metric | Value |\n|--|--|\n| Time in SEV-1 | 30 min |\n")
    assert not has_timeline(section.blocks)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Alert fired for checkout", "detected"),
        ("Status page updated", "communication"),
        ("Decided to fail over", "decision"),
        ("Rolled back to 1.2", "action"),
        ("Service fully restored", "recovered"),
        ("Root cause identified: no limit", "finding"),
        ("Users see an outage", "impact"),
        ("Temporary fix in place", "hotfix"),
        ("Coffee", "note"),
        ("https://deployed.example/alert", "note"),
    ],
)
def test_kinds_are_guessed_from_the_first_telling_word(text: str, kind: str) -> None:
    assert kind_of(text) == kind


CELL = st.text(alphabet="abc 0123456789:-.|`*_()[]#>~", max_size=30)


@given(st.lists(st.tuples(st.sampled_from(["- ", "* ", "1. ", "### ", "| ", "", "  - "]), CELL)))
def test_no_word_of_any_timeline_is_lost(parts: list[tuple[str, str]]) -> None:
    text = "## Timeline\n\n" + "\n".join(start + cell for start, cell in parts)
    section = read_sections(text).sections[0]
    found = read_timeline(section, TimeContext())
    kept = [" ".join([*row.words, row.text, str(row.evidence)]) for row in found.rows]
    kept += [*found.rest, *found.labels, *(s.with_heading for s in found.sections)]
    assert not missing_words(section.text, "\n\n".join(kept))
