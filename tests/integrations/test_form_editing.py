"""The Markdown form in an editor: guidance that never becomes content, and lenient reading."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrations.markdown import form_tables as tables
from integrations.markdown.form import (
    Reading,
    read_form,
    to_editor_text,
    to_markdown,
)
from integrations.markdown.form_guidance import NOTATION
from models import templates
from models.document import Document, content
from models.domain.action import ActionState
from models.domain.incident import Incident, Times
from models.domain.moments import Moment, Precision
from models.domain.post_mortem import PostMortem, Section
from models.domain.whys import WhyTree
from models.errors import InvalidInputError
from models.templates import Template, start
from tests.forms import from_markdown
from tests.strategies import documents, hostile_text

AT = datetime(2026, 11, 19, 14, 2, tzinfo=UTC)
TEMPLATES = templates.load()
TEMPLATE = TEMPLATES["blameless-5-whys"]
HEAD = "---\nafterwhy: 1\ntimes:\n  onset: 2026-11-19 14:02 UTC\n---\n\n# Saves failed\n\n"


def read(body: str) -> Reading:
    return read_form(HEAD + body)


def kept(reading: Reading) -> list[tuple[str, str]]:
    return [(s.heading, s.markdown) for s in reading.document.post_mortem.sections]


# -- guidance --------------------------------------------------------------------------------------


@pytest.mark.soak
@given(documents(), st.sampled_from([None, *TEMPLATES.values()]))
def test_guidance_is_no_part_of_a_document(document: Document, template: Template | None) -> None:
    assert from_markdown(to_editor_text(document, template), document) == document


@given(documents(st.one_of(hostile_text, st.text("<!-> aftrwhy:\n", max_size=40))))
def test_texts_that_look_like_guidance_survive(document: Document) -> None:
    assert content(from_markdown(to_editor_text(document, TEMPLATE))) == content(document)


def test_a_text_that_quotes_guidance_survives() -> None:
    quoted = "Write\n<!-- afterwhy: this -->\nor &#60;!-- afterwhy: that -->"
    document = Document(
        PostMortem("p", quoted, summary=quoted, sections=(Section("s", "A", quoted),))
    )
    assert from_markdown(to_markdown(document), document) == document


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_new_document_asks_the_questions_of_its_template(name: str) -> None:
    template = TEMPLATES[name]
    document = Document(start(template, title="Saves failed", at=AT))
    text = to_editor_text(document, template)
    for section in template.sections:
        for question in section.questions:
            assert f"<!-- afterwhy: {question} -->" in text
    assert "afterwhy: " not in to_markdown(document).replace("afterwhy: 1", "")
    assert from_markdown(text, document) == document


def test_a_section_that_is_written_asks_nothing() -> None:
    mortem = replace(start(TEMPLATE, title="Saves failed", at=AT), summary="Orders were lost.")
    text = to_editor_text(Document(mortem), TEMPLATE)
    assert "What stopped it?" not in text
    assert "Which framework was followed" in text


def test_a_team_template_guides_its_own_sections(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "ours.toml").write_text(
        'id = "ours"\nname = "Ours"\n[[sections]]\nplace = "custom"\nheading = "Ledger"\n'
        'questions = ["Which bookings --> are wrong?"]\nexample = "None\\nof them."\n',
        encoding="utf-8",
    )
    template = templates.load(tmp_path)["ours"]
    document = Document(start(template, title="Saves failed", at=AT))
    text = to_editor_text(document, template)
    assert "## Ledger\n\n<!-- afterwhy: Which bookings -> are wrong? -->" in text
    assert "<!-- afterwhy: For example: None of them. -->" in text
    assert from_markdown(text, document) == document


@pytest.mark.parametrize("section", NOTATION)
def test_the_notation_shown_is_the_forms_own(section: str) -> None:
    """Every example is taken without a notice, and written back line by line."""
    headings = {"whys": "5 Whys\n\n### Why did it happen?"}
    example = "\n".join(NOTATION[section])
    whys = "## 5 Whys\n\n### Why did it happen?\n\n" + "\n".join(NOTATION["whys"])
    body = f"## {headings.get(section, section.capitalize())}\n\n{example}\n"
    reading = read(body if section == "whys" else f"{whys}\n\n{body}")
    assert reading.notices == ()
    written = to_markdown(reading.document)
    for line in NOTATION[section]:
        shown = line.partition(": ")[0].partition(" (")[0].strip()
        assert shown in written


def test_only_its_own_comments_are_taken_out() -> None:
    reading = read(
        "## Summary\n\n<!-- afterwhy: What? -->\n<!-- ours: keep -->\nLost.<!-- afterwhy: x -->\n"
    )
    assert reading.document.post_mortem.summary == "<!-- ours: keep -->\nLost."


def test_words_written_into_a_broken_comment_are_kept() -> None:
    reading = read("## Summary\n\n<!-- afterwhy: What?\nOrders were lost.\n-->\n")
    assert "Orders were lost." in reading.document.post_mortem.summary
    document = reading.document
    assert from_markdown(to_markdown(document), document) == document


# -- other notations -------------------------------------------------------------------------------


def test_a_table_in_the_timeline_is_read() -> None:
    reading = read(
        "## Timeline\n\n| Time | Event |\n|---|---|\n| 14:02 | First errors |\n"
        "| 14:09 | The alert fired |\n\n- **2026-11-19 14:20 UTC, action** Rolled back\n"
        "- 14:30 All orders saved\n15:00 Support told\n"
    )
    (incident,) = reading.document.post_mortem.incidents
    assert [(e.at, e.precision, e.text) for e in incident.timeline] == [
        (AT.replace(minute=2), Precision.EXACT, "First errors"),
        (AT.replace(minute=9), Precision.EXACT, "The alert fired"),
        (AT.replace(minute=20), Precision.EXACT, "Rolled back"),
        (AT.replace(minute=30), Precision.EXACT, "All orders saved"),
        (AT.replace(hour=15, minute=0), Precision.EXACT, "Support told"),
    ]
    assert reading.notices == ()


def test_times_are_of_the_day_and_zone_of_the_entry_before() -> None:
    body = "## Timeline\n\n- **2026-03-03 23:50 Europe/Berlin, note** Late\n- 00:10 Next day\n"
    (incident,) = read(body).document.post_mortem.incidents
    last = incident.timeline[1]
    assert (last.at, last.zone) == (datetime(2026, 3, 3, 23, 10, tzinfo=UTC), "Europe/Berlin")


def test_a_time_of_no_known_day_is_told() -> None:
    text = "---\nafterwhy: 1\n---\n# X\n\n## Timeline\n\n- 14:02 First errors\n"
    reading = read_form(text)
    (incident,) = reading.document.post_mortem.incidents
    assert (incident.timeline[0].at, incident.timeline[0].text) == (None, "First errors")
    assert "14:02" in incident.timeline[0].written
    (notice,) = reading.notices
    assert notice == (
        "Line 8: no day is known for “14:02”. "
        "It is kept without a time; write its date in front of it."
    )


def test_a_plain_line_is_kept_in_a_section_of_its_own() -> None:
    reading = read("## Timeline\n\nA remark.\n\n- **2026-11-19 14:20 UTC, note** Rolled back\n")
    assert kept(reading) == [("Timeline", "A remark.")]
    (notice,) = reading.notices
    assert notice == (
        "Line 11: “A remark.” is no entry of “Timeline”. "
        "It is kept as text in a section of its own called “Timeline”."
    )
    again = to_markdown(reading.document).replace("## Timeline\n\n-", "## Timeline\n\nMore.\n\n-")
    assert kept(read_form(again, reading.document)) == [("Timeline", "A remark.\n\nMore.")]


def test_plain_whys_are_read() -> None:
    reading = read(
        "## 5 Whys\n\n### Why did it happen?\n\nSaves failed.\n\n"
        "- Why did saves fail? The pool ran empty.\n"
        "  - Why did it? Each retry opened a connection.\n"
        "- **2** Why for so long?\n  Nothing watched it.\n"
        "  - Why did nothing? Nobody owned it.\n"
    )
    (tree,) = reading.document.post_mortem.whys
    assert tree.problem == "Saves failed."
    one, two = tree.nodes
    assert (one.question, one.answer) == ("Why did saves fail?", "The pool ran empty.")
    assert one.children[0].answer == "Each retry opened a connection."
    assert "Nothing watched it." in f"{two.answer} {two.children}"
    assert "Nobody owned it." in f"{two.children}"


def test_a_why_with_two_answers_has_both() -> None:
    reading = read("## 5 Whys\n\n- **1** Why?\n  - because: One.\n  - because: Two.\n")
    assert reading.document.post_mortem.whys[0].nodes[0].answer == "One.\n\nTwo."


def test_a_heading_between_plain_whys_is_kept() -> None:
    reading = read("## 5 Whys\n\n- mike\n\n### Ledger\n\n- quebec\n  - echo: foxtrot\n")
    assert "Ledger" in to_markdown(reading.document)


def test_a_list_in_the_words_of_a_problem_stays_there() -> None:
    tree = WhyTree("t", problem="- Why? Because.\n- Why?\n\n| a |\n|---|\n\n1. one")
    document = Document(PostMortem("p", "X", whys=(tree,)))
    assert from_markdown(to_markdown(document), document) == document


def test_plain_actions_are_read() -> None:
    reading = read(
        "## Actions\n\nJust a line.\n\n- Add an alert (owner: Payments)\n"
        "- [x] Roll back\n\n| Action | Owner | Due |\n|---|---|---|\n"
        "| Limit retries | Platform | 2026-12-17 |\n"
    )
    found = [(a.title, a.owner, a.state) for a in reading.document.actions]
    assert found == [
        ("Add an alert", "Payments", ActionState.PROPOSED),
        ("Roll back", "", ActionState.DONE),
        ("Limit retries", "Platform", ActionState.PROPOSED),
    ]
    assert kept(reading) == [("Actions", "Just a line.")]


def test_a_mistyped_field_is_kept_and_told() -> None:
    reading = read("## Actions\n\n- **new** Limit retries\n  - ownr: Platform\n")
    assert reading.document.actions[0].text == "- ownr: Platform"
    assert reading.notices == (
        "Line 12: “- ownr: Platform” is not a field here. It is kept in the text of its entry.",
    )


def test_impact_and_roles_take_plain_lines() -> None:
    reading = read(
        "## Impact\n\n- **Measure** Orders\n  - value: 5\n\nNo card was charged.\n\n"
        "## Roles\n\nIncident Commander: Payments on call\n\n"
        "| Role | Held by |\n|---|---|\n| Scribe | SRE |\n\nNobody else.\n"
    )
    (incident,) = reading.document.post_mortem.incidents
    assert incident.impact.text == "No card was charged."
    assert [(r.role, r.holder) for r in incident.roles] == [
        ("Incident Commander", "Payments on call"),
        ("Scribe", "SRE"),
    ]
    assert kept(reading) == [("Roles", "Nobody else.")]


def test_text_above_the_first_section_begins_the_summary() -> None:
    reading = read("Nobody could pay.\n\n## Summary\n\nFor an hour.\n")
    assert reading.document.post_mortem.summary == "Nobody could pay.\n\nFor an hour."
    assert reading.notices == (
        "Line 9: “Nobody could pay.” stands above the first section. It is kept in “Summary”.",
    )


def test_a_section_that_stands_twice_is_one() -> None:
    reading = read(
        "## Lessons\n\nA.\n\n### What went well\n\nB.\n\n## Actions\n\n- **new** Limit retries\n\n"
        "## Lessons\n\nC.\n\n## Actions\n\n- **new** Add an alert\n"
    )
    lessons = reading.document.post_mortem.lessons
    assert (lessons.text.split(), lessons.went_well) == (["A.", "C."], "B.")
    assert [a.title for a in reading.document.actions] == ["Limit retries", "Add an alert"]
    assert reading.notices[0] == (
        "Line 21: “Lessons” stands on line 9, too. Both are read as one section."
    )


def test_a_code_block_without_an_end_ends_with_its_section() -> None:
    reading = read("## Summary\n\n```sh\n# list\nls\n\n## Resolution\n\nRestarted.\n")
    mortem = reading.document.post_mortem
    assert mortem.summary == "```sh\n# list\nls\n\n```"
    assert mortem.incidents[0].resolution == "Restarted."
    assert reading.notices == (
        "Line 11: “```sh” opens a code block that has no end. It ends with its section.",
    )


@pytest.mark.parametrize(
    "heading",
    ["Status updates", "Response", "Reviews and comments", "Related post-mortems", "Attachments"],
)
def test_words_in_no_notation_are_kept_beside_their_section(heading: str) -> None:
    reading = read(f"## {heading}\n\nWe told all customers.\n\n- 14:15 again\n")
    assert kept(reading) == [(heading, "We told all customers.\n\n- 14:15 again")]
    (notice,) = reading.notices
    assert notice.startswith(f"Line 11: “We told all customers.” is no entry of “{heading}”.")


def test_a_status_update_without_a_readable_time_keeps_its_words() -> None:
    reading = read("## Status updates\n\n- **2026-11-19 noon** Payments fail\n")
    (update,) = reading.document.post_mortem.incidents[0].updates
    assert (update.at, update.text) == (None, "**2026-11-19 noon** Payments fail")
    assert "“2026-11-19 noon” is not a time" in reading.notices[0]


def test_lines_below_an_entry_stay_with_it() -> None:
    reading = read(
        "## Status updates\n\n- **2026-11-19 14:15 UTC** Payments fail\n  - to: customers\n\n"
        "## Response\n\n### roll-back\n\n- **Step** R\n  - who: SRE\n\n"
        "## Reviews and comments\n\n- **Comment** Is that so?\n  - text: In 5.x?\n  - hm\n\n"
        "## Related post-mortems\n\n- **related** The pool ran empty\n  - because: same pool\n"
    )
    mortem = reading.document.post_mortem
    assert mortem.incidents[0].updates[0].text == "Payments fail\n- to: customers"
    assert mortem.incidents[0].response[0].steps[0].notes == "- who: SRE"
    assert mortem.comments[0].text == "Is that so?\n\nIn 5.x?\n\n- hm"
    assert reading.document.relations[0].note == "- because: same pool"
    assert kept(reading) == []


def test_each_incident_has_its_own_day() -> None:
    day = Moment(datetime(2026, 12, 1, 9, tzinfo=UTC))
    incidents = (Incident("1"), Incident("2", title="Again", times=Times(onset=day)))
    text = to_markdown(Document(PostMortem("p", "X", incidents=incidents)))
    reading = read_form(f"{text}\n## Timeline\n\n09:30 Errors\n")
    (event,) = reading.document.post_mortem.incidents[1].timeline
    assert event.at == datetime(2026, 12, 1, 9, 30, tzinfo=UTC)


_LINES = st.lists(
    st.sampled_from(
        [
            *("| Time | Event |", "|---|---|", "| 14:02 | alpha |", "", "bravo", "  charlie"),
            *("- delta", "  - echo: foxtrot", "- **2026-11-19 14:02 UTC, note** golf", "1. hotel"),
            *("- **1** Why india?", "  - because: juliett", "  - **1.1** Why kilo?", "- [ ] lima"),
            *("- **new** mike", "  - owner: november", "- **Measure** oscar", "  - value: papa"),
            *("- **Role** quebec", "> romeo", "### sierra", "    tango", "Why uniform? Victor."),
            *(
                "- **Comment** whiskey",
                "- **Step** xray",
                "```",
                "~~~sh",
                "## 5 Whys",
                "## Response",
            ),
            *("### Why did it happen?", "### What went well", "## Summary", "## Status updates"),
        ]
    ),
    max_size=12,
    unique_by=lambda line: line or object(),
)
_WORDS = re.findall(
    r"[a-z]{4,}",
    """alpha bravo charlie delta echo foxtrot golf hotel india juliett
    kilo lima mike november oscar papa quebec romeo sierra tango uniform victor whiskey xray""",
)


@pytest.mark.soak
@given(_LINES, st.sampled_from(["", *tables.SECTIONS.values()]))
def test_no_line_is_refused_and_no_word_lost(lines: list[str], heading: str) -> None:
    body = "\n".join(lines)
    reading = read(f"## {heading}\n\n{body}\n" if heading else f"{body}\n")
    written = to_markdown(reading.document)
    for word in _WORDS:
        assert written.casefold().count(word) >= min(1, body.casefold().count(word))
    assert from_markdown(written, reading.document) == reading.document


@pytest.mark.parametrize(
    "body",
    [
        "## Timeline\n\n- **2026-13-03 14:09 UTC, note** x\n",
        "## Actions\n\n- **new** x\n  - state: open\n",
        "## Trigger\n\nx\n\n# Incident 7\n",
    ],
)
def test_a_contradiction_is_told_in_separate_sentences(body: str) -> None:
    with pytest.raises(InvalidInputError) as caught:
        read(body)
    error = caught.value
    assert str(error).startswith("Line ")
    for part in (str(error), error.kept, error.advice):
        assert not part or part.endswith(".")
    assert error.kept == "Nothing was changed."
