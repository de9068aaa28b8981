"""Whole documents: what is understood, and that nothing is lost."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrations.markdown.form import to_markdown
from integrations.markdown.losses import HEADING
from integrations.markdown.reading import Reading, read_document
from integrations.markdown.source import source_from_text
from integrations.markdown.words import missing_words
from models import vocabulary
from models.document import same_content
from models.domain.action import ActionState
from models.domain.moments import Precision
from models.domain.post_mortem import Status
from tests.forms import from_markdown

TERMS = vocabulary.load()

SRE_STYLE = """---
title: Checkout refuses cards
severity: Sev-1
services: [checkout]
author: the payments team
id: 4711
redirect_from: /incidents/4711
weight: 3
---

# Checkout refuses cards (incident 2024-05)

**Date:** 2024-05-03

**Status:** complete

## Issue Summary

Cards were refused for 20 minutes.

## Impact

1,200 orders.

### By region

Only Europe.

## Root Causes

No limit on the pool.

### Trigger

A sale.

## Detection

Support called.

## Lessons Learned

### What went well

* The rollback.

### What went wrong

* The alert.

### Where we got lucky

* It was early.

## Timeline (all times UTC)

10:00 Cards refused

10:20 Rolled back

## Backlog of ideas

Some other text.
"""

FIELDS_AS_BULLETS = """# Incident on 2020-02-12

- **Key events**
  - Fault occurs 2020-02-12 11:45
  - Resolved 2020-02-12 12:07

- **Time to repair**: 0h 16m

- **Impact**:
  - Two clusters were gone

- **Context**: a person ran a command

- **Review actions**:
  - Add a confirmation
"""


def read(text: str, name: str = "a.md") -> Reading:
    return read_document(source_from_text(text, Path(name)), name, TERMS)


def test_a_document_in_sre_style() -> None:
    document = read(SRE_STYLE).document
    mortem = document.post_mortem
    (incident,) = mortem.incidents
    assert mortem.title == "Checkout refuses cards (incident 2024-05)"
    assert (mortem.status, mortem.historical) == (Status.CLOSED, True)
    assert mortem.summary == "Cards were refused for 20 minutes."
    assert mortem.authors == ("the payments team",)
    assert {"4711", "/incidents/4711"} <= set(mortem.aliases)
    assert (incident.severity, incident.services) == ("SEV1", ("checkout",))
    assert incident.impact.text == "1,200 orders.\n\n### By region\n\nOnly Europe."
    assert (incident.trigger.text, incident.detection.text) == ("A sale.", "Support called.")
    assert (mortem.lessons.went_well, mortem.lessons.went_wrong) == (
        "* The rollback.",
        "* The alert.",
    )
    assert mortem.lessons.lucky == "* It was early."
    assert [str(event.at)[:16] for event in incident.timeline] == [
        "2024-05-03 10:00",
        "2024-05-03 10:20",
    ]
    headings = [section.heading for section in mortem.sections]
    assert {"Root Causes", "Backlog of ideas", "Front matter"} <= set(headings)


def test_bullets_with_bold_names_are_sections() -> None:
    document = read(FIELDS_AS_BULLETS).document
    (incident,) = document.post_mortem.incidents
    times = incident.times
    assert incident.impact.text == "- Two clusters were gone"
    assert [action.title for action in document.actions] == ["Add a confirmation"]
    assert times.onset is not None
    assert times.mitigated is not None
    assert times.resolved is not None
    assert str(times.mitigated.at) == "2020-02-12 12:01:00+00:00"
    assert times.mitigated.precision is Precision.APPROXIMATE


BOLD_PARAGRAPHS = """# Search is down (incident #465)

**Date:** 2015-10-21

**Summary:** Search was down.

**Impact:**[^1] 1.2 billion queries.

**Action Items:**

| Action Item | Bug |
|---|---|
| Update the playbook | n/a **DONE** |

## Timeline

2015-10-21 (_all times UTC_)

- 14:54 **OUTAGE BEGINS** melting down

[^1]: Estimated.
"""


def test_paragraphs_with_bold_names_are_sections() -> None:
    document = read(BOLD_PARAGRAPHS).document
    (incident,) = document.post_mortem.incidents
    assert document.post_mortem.summary == "Search was down."
    assert incident.impact.text == "[^1] 1.2 billion queries."
    assert [(a.title, a.state) for a in document.actions] == [
        ("Update the playbook", ActionState.DONE)
    ]
    (event,) = incident.timeline
    assert (str(event.at)[:16], event.precision) == ("2015-10-21 14:54", Precision.EXACT)


PLAIN_TEXT = """Outage report, 12 March 2023

Start: 12/03/2023 09:10 GMT

TIMELINE
09:15 - alert
10:00 - back

What went well:
The alert.

ACTIONS
- add a limit
"""


def test_plain_text_has_headings_in_capitals_or_with_a_colon() -> None:
    document = read(PLAIN_TEXT, "report.txt").document
    (incident,) = document.post_mortem.incidents
    assert document.post_mortem.title == "Outage report, 12 March 2023"
    assert [event.text for event in incident.timeline] == ["alert", "back"]
    assert document.post_mortem.lessons.went_well == "The alert."
    assert [action.title for action in document.actions] == ["add a limit"]
    assert incident.times.onset is not None


def test_without_times_the_day_of_the_title_is_the_onset() -> None:
    (incident,) = read("# Outage of 3 May 2024\n\nText.").document.post_mortem.incidents
    assert incident.times.onset is not None
    assert incident.times.onset.precision is Precision.DAY
    assert str(incident.times.onset.at)[:10] == "2024-05-03"


@pytest.mark.parametrize(
    ("text", "name", "title"),
    [
        ("# One\n\ntext", "x.md", "One"),
        ("One\n===\n\ntext", "x.md", "One"),
        ("---\ntitle: Two\n---\ntext", "x.md", "Two"),
        ("## Summary\n\ntext", "2024-05-03-disk-full.md", "disk full"),
        ("text", "2020-04-15-tls.html.md.erb", "tls"),
        ("text", "PM2022-009 - Bad image", "PM2022-009 - Bad image"),
        ("# Summary\n\ntext\n\n# Impact\n\nx", "disk.md", "disk"),
    ],
)
def test_the_title_is_the_documents_own_or_its_name(text: str, name: str, title: str) -> None:
    assert read(text, name).document.post_mortem.title == title


def test_text_without_headings_is_the_summary() -> None:
    assert read("It fell.\n\nIt rose.").document.post_mortem.summary == "It fell.\n\nIt rose."


def test_the_same_source_gives_the_same_ids() -> None:
    assert read(SRE_STYLE).document == read(SRE_STYLE).document


def test_other_names_of_sections_are_labels_and_no_section_of_their_own() -> None:
    text = (
        "# Mail late\n\n## Issue Summary\n\nIt was.\n\n## Timeline (UTC)\n\nAll times in UTC.\n\n"
        "| Time | What happened |\n|-|-|\n| 2024-05-02 10:00 | late |\n\n"
        "## Lessons Learned\n\n- Watch it\n"
    )
    mortem = read(text).document.post_mortem
    assert not mortem.sections
    labels = ("Issue Summary", "Time What happened", "All times in UTC.", "Lessons Learned")
    assert set(mortem.source_labels) >= set(labels)
    assert "source_labels: [Issue Summary" in to_markdown(read(text).document)


HOSTILE = {
    "a fence that never closes": "# T\n\n## Timeline\n\n```\n10:00 a\n10:01 b\n## x\n",
    "NUL characters": "# T\n\na\0b",
    "bullets without end": "# T\n\n## 5 Whys\n"
    + "\n".join("  " * i + f"- why {i}?" for i in range(300)),
    "quotes without end": "# T\n\n" + ">" * 3000 + " x",
    "headings of every level": "\n".join(f"{'#' * (i % 6 + 1)} Timeline {i}" for i in range(300)),
    "a very long line": "# T\n\n## Timeline\n\n" + "word " * 50_000,
    "brackets": "[" * 5000 + "\n\n# T\n" + "(" * 5000,
    "times only": "# T\n\n## Timeline\n\n" + "10:00 " * 5000,
    "a table of one column": "# T\n\n## Timeline\n\n| a |\n|---|\n| 10:00 |\n",
    "years out of range": "# T\n\n## Timeline\n- 9999-12-31 23:59 a\n- 00:01 b\n"
    "- 0001-01-01 00:00 +05:00 c\n",
    "definitions": "# T\n\n[a]: http://x.example\n\n## Actions\n\n[b]: http://y.example\n",
    "unbalanced emphasis": "# **T\n\n## Actions\n- **a\n- b**\n- *c __d\n",
    "ERB tags": "# T\n\n<%= partial 'x' %>\n\n## Summary\n\n<% if a %>b<% end %>\n",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_documents_lose_nothing(name: str) -> None:
    text = HOSTILE[name].replace("\0", "\u2400")
    assert not missing_words(text, to_markdown(read(text).document))


LINES = st.one_of(
    st.sampled_from(
        [
            *("# Outage", "## Timeline", "## Action items", "## 5 Whys", "## Impact", "### Why?"),
            *(
                "## Root cause",
                "- **Impact**: bad",
                "- 10:00 UTC fell",
                "| Time | Event |",
                "|--|--|",
            ),
            *(
                "| 2024-05-03 10:00 | fell |",
                "1. Why did it fall? A leak.",
                "- [x] Add a limit",
                "```",
            ),
            *(
                "**Severity:** SEV2",
                "Start time: 2024-05-03 10:00",
                "",
                "",
                "---",
                "> quoted",
                "    code",
            ),
            *("A1: because", "Q1: Why?", "_7/5/2023_", "12:11 PM: mail", "[a]: http://x.example"),
        ]
    ),
    st.text(max_size=40).filter(lambda text: "\0" not in text and "\r" not in text),
)


@given(st.lists(LINES, max_size=25).map("\n".join))
def test_no_word_of_any_document_is_lost_and_its_form_reads_back(text: str) -> None:
    reading = read(text)
    form = to_markdown(reading.document)
    assert not missing_words(reading.body, form)
    assert same_content(from_markdown(form), reading.document)


def test_times_without_a_zone_have_that_of_their_neighbours() -> None:
    text = (
        "# Queue stuck on 2024-02-15\n\nSeen at 01:10 CET.\n\n## Timeline\n\n### 16:05 PST\n\n"
        "Stuck.\n\n### 16:10\n\nRestarted.\n\n### 16:30 PST\n\nWell again.\n"
    )
    rows = read(text).document.post_mortem.incidents[0].timeline
    assert [f"{row.at:%d %H:%M}" for row in rows if row.at] == ["16 00:05", "16 00:10", "16 00:30"]


def test_a_column_of_zones_is_used() -> None:
    text = (
        "# Mail late\n\n## Timeline\n\n| Date | Time | Zone | Event |\n|---|---|---|---|\n"
        "| 2024-06-03 | 10:00 | CEST | late |\n| 2024-06-03 | 08:30 | UTC | sent |\n"
    )
    rows = read(text).document.post_mortem.incidents[0].timeline
    assert [(row.text, row.zone, f"{row.at:%H:%M}") for row in rows if row.at] == [
        ("late", "CEST", "08:00"),
        ("sent", "UTC", "08:30"),
    ]


def test_one_order_of_dates_for_a_document_and_a_notice_where_nothing_decides() -> None:
    lines = "- 03/05/2024 10:00 UTC: one\n- 03/06/2024 11:00 UTC: two\n"
    settled = read(f"# Late\n\nDate: 2024-03-05\n\n## Timeline\n\n{lines}")
    rows = settled.document.post_mortem.incidents[0].timeline
    assert [f"{row.at:%m-%d}" for row in rows if row.at] == ["03-05", "03-06"]
    assert settled.notices == ()
    open_order = read(f"# Late\n\n## Timeline\n\n{lines}")
    rows = open_order.document.post_mortem.incidents[0].timeline
    assert [f"{row.at:%m-%d}" for row in rows if row.at] == ["05-03", "06-03"]
    assert {row.precision for row in rows} == {Precision.APPROXIMATE}
    assert "day first" in open_order.notices[0]


def test_a_time_of_the_incident_has_the_year_of_its_document() -> None:
    text = (
        "# Incident on 2024-01-05\n\n- **Key events**\n  - Incident declared: 2023-01-05 08:56\n"
        "  - Resolved 2023-01-06 10:30\n\n- **Impact**: None.\n"
    )
    reading = read(text)
    times = reading.document.post_mortem.incidents[0].times
    known = [m.at for m in (times.acknowledged, times.resolved) if m is not None and m.at]
    assert [f"{at:%Y-%m-%d}" for at in known] == [
        "2024-01-05",
        "2024-01-06",
    ]
    assert len(reading.notices) == 2


@pytest.mark.parametrize(
    ("name", "text", "ref"),
    [
        ("PM2019-004 Mail late.md", "# Mail late\n", "PM-2019-001"),
        ("mail.md", "---\nid: INC-2018-7\n---\n# Mail late\n", "PM-2018-001"),
        ("mail.md", "# Mail late on 2017-01-02\n", ""),
        ("mail.md", "# Mail late\n", ""),
    ],
)
def test_a_source_without_a_date_has_the_year_of_its_name(name: str, text: str, ref: str) -> None:
    assert read(text, name).document.ref == ref


def test_lines_of_bold_fields_reach_their_places() -> None:
    text = (
        "# Mail late\n\n**Date:** 2024-05-02\n**Status:** final\n**Summary:** Mail was late.\n"
        "**Impact:** 900 letters.\n**Trigger:** A sale.\n**Resolution:** More workers.\n"
        "**Detection:** A customer called.\n\n## Timeline\n\n- 10:00 UTC late\n"
    )
    mortem = read(text).document.post_mortem
    (incident,) = mortem.incidents
    assert (mortem.summary, incident.impact.text) == ("Mail was late.", "900 letters.")
    assert (incident.trigger.text, incident.detection.text) == ("A sale.", "A customer called.")
    assert incident.resolution == "More workers."
    assert [f"{e.at:%Y-%m-%d}" for e in incident.timeline if e.at] == ["2024-05-02"]


def test_a_title_that_a_program_puts_in_gives_way_to_the_front_matter() -> None:
    text = "---\ntitle: Mail late\n---\n\n# <%= current_page.data.title %>\n\nText.\n"
    assert read(text, "mail.html.md.erb").document.post_mortem.title == "Mail late"


def test_of_a_row_only_the_cell_without_a_place_is_kept_apart() -> None:
    text = (
        "# T\n\nText.\n\n## Action items\n\n| Action | Owner | Priority |\n|-|-|-|\n"
        "| Limit the pool | ops | High |\n"
    )
    sections = {s.heading: s.markdown for s in read(text).document.post_mortem.sections}
    assert "`High`" in sections[HEADING]
    assert "Limit" not in sections[HEADING]


TABLES = """# Mail late

## Timeline

<table>
  <tr><th>Time (UTC)</th><th>Event</th></tr>

  <tr><td>2024-05-02 10:00</td><td>The queue <b>grew</b></td></tr>
  <tr><td>2024-05-02 10:20</td><td>It was empty</td></tr>
</table>

It was over.

## Action items

<table><thead><tr><th>Action</th><th>Owner</th></tr></thead>
<tr><td>Limit the queue</td><td>mail team</td></tr></table>

## Notes

```html
<table><tr><td>not a table</td></tr></table>
```

<table> without an end
"""


def test_tables_in_html_are_read_as_tables() -> None:
    document = read(TABLES).document
    (incident,) = document.post_mortem.incidents
    assert [event.text for event in incident.timeline] == ["The queue **grew**", "It was empty"]
    assert [(a.title, a.owner or a.team) for a in document.actions] == [
        ("Limit the queue", "mail team")
    ]
    notes = next(s for s in document.post_mortem.sections if s.heading == "Notes")
    assert "<table><tr><td>not a table</td></tr></table>" in notes.markdown
    assert "<table> without an end" in notes.markdown
    assert not missing_words(TABLES, to_markdown(document))
