"""The Markdown form: whatever a document says survives it, and it stays pleasant to read."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from integrations.markdown.form import to_markdown
from integrations.markdown.form_fields import evidence
from models.document import Document, content, to_json
from models.domain.action import ActionItem, ActionState
from models.domain.incident import Event, Evidence, Incident, Times, Trigger
from models.domain.moments import Moment
from models.domain.post_mortem import Comment, Lessons, PostMortem, Section
from models.domain.root import LeafRoot, Root, RootAction
from models.domain.whys import About, Stop, StopReason, WhyNode, WhyTree
from models.errors import InvalidInputError
from tests.forms import from_markdown
from tests.strategies import documents, hostile_text, tame_text

NOW = datetime(2026, 4, 1, 9, tzinfo=UTC)
THEN = datetime(2026, 3, 4, 9, tzinfo=UTC)


@pytest.mark.soak
@given(documents())
def test_a_document_survives(document: Document) -> None:
    text = to_markdown(document)
    again = from_markdown(text)
    assert content(again) == content(document)
    assert again.post_mortem.id == document.post_mortem.id
    assert to_markdown(again) == text


@pytest.mark.soak
@given(documents(hostile_text))
def test_hostile_texts_survive(document: Document) -> None:
    assert content(from_markdown(to_markdown(document))) == content(document)


@given(documents())
def test_an_edit_that_changes_nothing_is_none(document: Document) -> None:
    assert from_markdown(to_markdown(document), document, now=NOW) == document


@given(documents())
def test_other_readers_of_yaml_understand_the_front_matter(document: Document) -> None:
    facts = yaml.safe_load(to_markdown(document).split("\n---\n")[0])
    mortem = document.post_mortem
    assert facts["afterwhy"] == 1
    assert tuple(facts.get("tags", ())) == mortem.tags
    assert facts.get("facilitator", "") == mortem.facilitator
    assert facts.get("historical", False) == mortem.historical
    assert facts.get("review_due") == mortem.review_due


@given(documents(tame_text))
def test_windows_line_ends_change_nothing(document: Document) -> None:
    text = to_markdown(document)
    windows = "\ufeff" + text.replace("\n", "\r\n")
    assert to_json(from_markdown(windows, document)) == to_json(from_markdown(text, document))


@given(documents())
def test_the_form_is_text_that_every_tool_reads(document: Document) -> None:
    text = to_markdown(document)
    assert text.encode().decode() == text
    assert text.splitlines() == text.split("\n")[:-1]


def _document() -> Document:
    pool = WhyNode("n2", "Why was there no limit?", "The client's default is none.")
    whys = WhyTree(
        "t1",
        problem="Saves failed for 38 minutes.",
        nodes=(
            WhyNode(
                "n1",
                "Why did the pool run empty?",
                "Each retry opened a connection.",
                (Evidence("link", "pool dashboard", "https://graphs.example/pool"),),
                children=(
                    replace(pool, stop=Stop(StopReason.FIXABLE)),
                    WhyNode("n3", "Why did all clients retry at once?", joined=True),
                ),
            ),
        ),
    )
    incident = Incident(
        "i1",
        severity="SEV2",
        services=("checkout", "payments"),
        trigger=Trigger("configuration", "The time-out went from 5 s to 1 s."),
        times=Times(onset=Moment(datetime(2026, 3, 3, 14, 2, tzinfo=UTC), "Europe/Berlin")),
        timeline=(
            Event("e1", datetime(2026, 3, 3, 14, 2, tzinfo=UTC), "Europe/Berlin", text="Errors"),
            Event(
                "e2",
                datetime(2026, 3, 3, 14, 9, tzinfo=UTC),
                kind="detected",
                text="The alert fired:\n\n- p99 above 2 s\n- 5xx above 1 %",
            ),
        ),
    )
    return Document(
        PostMortem(
            "3b1d0f7e-8a44-4a54-8a8e-5a6f0b0e7c11",
            "Checkout could not save orders",
            summary="Orders were lost.\n\n```sh\n# not a heading\n```",
            incidents=(incident,),
            whys=(whys,),
            lessons=Lessons(went_well="The rollback took 4 minutes."),
            sections=(
                Section("s1", "Capacity", "### Before\n\n40 %"),
                Section("s2", "Impact", "x"),
            ),
            comments=(Comment("c1", "n2", "Is that so in 5.x, too?", "Reviewer"),),
        ),
        ref="PM-2026-014",
        version=3,
        actions=(
            ActionItem(
                "a1",
                "Limit the retries",
                "A-31",
                ActionState.READY,
                owner="Platform",
                due=date(2026, 4, 2),
            ),
        ),
        roots=(Root("r1", "No limit on retries", "missing limit"),),
        leaf_roots=(LeafRoot("n2", "r1", THEN),),
        root_actions=(RootAction("r1", "a1", THEN),),
    )


FORM = """\
---
afterwhy: 1
id: 3b1d0f7e-8a44-4a54-8a8e-5a6f0b0e7c11
ref: PM-2026-014
status: Draft
state: resolved
severity: SEV2
services: [checkout, payments]
trigger: configuration
times:
  onset: 2026-03-03 15:02 Europe/Berlin (14:02 UTC)
roots:
  R1:
    id: r1
    category: missing limit
---

# Checkout could not save orders

## Summary

Orders were lost.

```sh
# not a heading
```

## Impact

## Trigger

The time-out went from 5 s to 1 s.

## Timeline

- **2026-03-03 15:02 Europe/Berlin (14:02 UTC), note** Errors
- **2026-03-03 14:09 UTC, detected** The alert fired:

  - p99 above 2 s
  - 5xx above 1 %

## Response

## Resolution

## 5 Whys

### Why did it happen?

Saves failed for 38 minutes.

- **1** Why did the pool run empty?
  - because: Each retry opened a connection.
  - evidence (link): [pool dashboard](<https://graphs.example/pool>)
  - **1.1** Why was there no limit?
    - because: The client's default is none.
    - stop: fixable by us
    - root: R1 No limit on retries
  - **1.2 and** Why did all clients retry at once?

## Contributing factors

## Lessons

### What went well

The rollback took 4 minutes.

## Actions

- **A-31** Limit the retries
  - state: ready
  - owner: Platform
  - due: 2026-04-02
  - addresses: R1

## Reviews and comments

- **Comment**
  - on: why 1.1
  - by: Reviewer
  - text: Is that so in 5.x, too?

## Capacity

### Before

40 %

## Impact <!-- custom -->

x
"""


LINKED = """\
    reached:
      '1.1': 2026-03-04 09:00 UTC
    addressed:
      A-31: 2026-03-04 09:00 UTC
action_ids:
  A-31: a1
"""
"""What stands behind the roots besides; a writer may leave it out."""


def test_what_it_looks_like() -> None:
    category = "    category: missing limit\n"
    whole = FORM.replace(category, category + LINKED)
    assert to_markdown(replace(_document(), version=0)) == whole


def test_ids_of_actions_and_dates_of_links_come_along() -> None:
    read = from_markdown(to_markdown(_document()))
    assert [action.id for action in read.actions] == ["a1"]
    assert [(link.root_id, link.since) for link in read.leaf_roots] == [("r1", THEN)]
    assert read.root_actions == _document().root_actions


def test_an_edited_text_takes_no_action_from_another_post_mortem() -> None:
    text = to_markdown(_document())
    base = replace(_document(), actions=(), root_actions=())
    (action,) = from_markdown(text, base, now=NOW).actions
    assert (action.title, action.ref) == ("Limit the retries", "A-31")
    assert action.id != "a1"
    assert [link.since for link in from_markdown(text, base, now=NOW).root_actions] == [NOW]


def test_the_version_is_named() -> None:
    text = to_markdown(_document())
    assert "\nversion: 3\n" in text
    assert from_markdown(text).version == 3


@given(st.text("<>\\\\[]()ab", max_size=12), st.text("<>\\\\[]()ab", max_size=12))
def test_evidence_survives(text: str, target: str) -> None:
    field = evidence("evidence")
    one = Evidence("link", text, target)
    assert field.read(field.write(one)) == one


def test_a_query_stays_readable() -> None:
    written = evidence("evidence").write(Evidence("query", "errors", "status:>=500"))
    assert written.text == r"[errors](<status:\>=500>)"


def test_the_shortest_text() -> None:
    document = from_markdown("---\nafterwhy: 1\n---\n# Saves failed\n\n## Summary\n\nOnce.\n")
    assert document.post_mortem.title == "Saves failed"
    assert document.post_mortem.summary == "Once."
    assert document.post_mortem.incidents == ()
    assert document.version == 0


def test_an_edit_keeps_the_ids_of_what_stays() -> None:
    text = FORM.replace(
        "- **1** Why did", "- **1** Why was the queue full?\n- **2** Why did"
    ).replace("Why was there no limit?", "Why was there no limit on it?")
    text = text.replace(
        "- **2026-03-03 14:09 UTC, detected** The", "- **2026-03-03** x\n- **no time** The"
    )
    edited = from_markdown(text, _document(), now=NOW)
    new, old = edited.post_mortem.whys[0].nodes
    assert (old.id, [node.id for node in old.children]) == ("n1", ["n2", "n3"])
    assert new.id not in ("n1", "n2", "n3")
    first, added, last = edited.post_mortem.incidents[0].timeline
    assert (first.id, last.id) == ("e1", "e2")
    assert added.id not in ("e1", "e2")
    assert edited.post_mortem.comments[0].anchor == "n2"
    assert edited.leaf_roots == _document().leaf_roots
    assert edited.version == 3


def test_a_rewritten_why_between_its_neighbours_is_the_same_why() -> None:
    text = FORM.replace("Why was there no limit?", "How did this go unnoticed?").replace(
        "The client's default is none.", "Nobody looked at idle time."
    )
    (node,) = from_markdown(text, _document()).post_mortem.whys[0].nodes
    assert node.children[0].id == "n2"


def test_a_root_taken_away_ends_its_links() -> None:
    text = FORM.replace("    - root: R1 No limit on retries\n", "").replace(
        "  - addresses: R1\n", ""
    )
    edited = from_markdown(text, _document(), now=NOW)
    assert edited.leaf_roots == (LeafRoot("n2", "r1", THEN, NOW),)
    assert edited.root_actions == (RootAction("r1", "a1", THEN, NOW),)
    assert edited.roots == _document().roots


def test_new_roots_and_actions_are_linked() -> None:
    text = FORM.replace(
        "- **1.2 and** Why did all clients retry at once?",
        "- **1.2 and** Why did all clients retry at once?\n    - root: No jitter",
    ).replace("## Reviews", "- **new** Add jitter\n  - addresses: 1.2, R1\n\n## Reviews")
    edited = from_markdown(text, _document(), now=NOW)
    jitter = edited.roots[1]
    assert jitter.title == "No jitter"
    assert edited.leaf_roots[1] == LeafRoot("n3", jitter.id, NOW)
    action = edited.actions[1]
    assert (action.ref, action.state) == ("", ActionState.PROPOSED)
    assert {(link.root_id, link.action_id) for link in edited.root_actions[1:]} == {
        (jitter.id, action.id),
        ("r1", action.id),
    }


def test_indentation_may_be_wider_or_by_tabs() -> None:
    before, lists = FORM.split("- **1** Why")
    for wide in (lists.replace("  ", "    "), lists.replace("  ", "\t")):
        assert from_markdown(f"{before}- **1** Why{wide}", _document()) == _document()


def test_a_heading_of_ones_own_becomes_a_custom_section() -> None:
    document = from_markdown(FORM.replace("## Capacity", "## What we tried\n\nA lot.\n\n# Money"))
    assert [(s.heading, s.markdown) for s in document.post_mortem.sections] == [
        ("What we tried", "A lot."),
        ("Money", "### Before\n\n40 %"),
        ("Impact", "x"),
    ]


def test_several_incidents_stand_one_after_the_other() -> None:
    document = _document()
    (one,) = document.post_mortem.incidents
    two = replace(one, id="i2", title="Again", timeline=(replace(one.timeline[0], id="e3"),))
    mortem = replace(
        document.post_mortem,
        incidents=(one, two),
        comments=(Comment("c2", "e3", "When?"), Comment("c3", "event 1", "A place, not an event")),
    )
    text = to_markdown(replace(document, post_mortem=mortem))
    assert "more_incidents:\n- incident: Again\n" in text
    assert "\n# Incident 2\n\n## Trigger\n" in text
    assert "  - on: event 2.1\n" in text
    assert '  - on: "event 1"\n' in text
    assert from_markdown(text, replace(document, post_mortem=mortem)).post_mortem == mortem


def test_the_trees_have_their_questions() -> None:
    document = _document()
    trees = tuple(WhyTree(f"t{about}", about) for about in About)
    text = to_markdown(replace(document, post_mortem=replace(document.post_mortem, whys=trees)))
    assert "### Why did we not see it sooner?" in text
    assert "### Why did it take so long to stop?" in text


FAULTS = [
    ("status: Draft", "status: Finished", "Line 5: status: 'Finished' is not one of: Draft"),
    ("status: Draft", "colour: blue", "Line 5: The front matter has no “colour”"),
    ("status: Draft", "title: blue", "Line 5: The front matter has no “title”"),
    ("status: Draft", "status: Draft\nstatus: Draft", "Line 6: “status” is given twice"),
    ("status: Draft", "status: [Draft]", "Line 5: “status” must be one text"),
    ("status: Draft", 'status: "Draft', "is not YAML"),
    ("status: Draft", "status: *draft", "Line 5: .* stands for another value"),
    ("services: [checkout, payments]", "services: {a: b}", "Line 8: “services” must be a list"),
    ("onset: 2026-03-03 15:02", "onset: 2026-03-03 15:12", "Line 11: onset: .* gives two times"),
    ("  onset: 2026", "  begin: 2026", "Line 11: “times” has no “begin”"),
    (
        "onset: 2026-03-03 15:02 Europe/Berlin (14:02 UTC)",
        "onset: 25:00",
        "Line 11: onset: '25:00'",
    ),
    ("(14:02 UTC), note", "(14:02 UTC) [soon], note", "'soon' is neither a zone nor one of exact"),
    ("Europe/Berlin (14:02 UTC), note", "Atlantis, note", "'Atlantis' is not known here"),
    ("**2026-03-03 14:09", "**2026-13-03 14:09", "Line 37: .* is not a time"),
    ("# Checkout could", "Checkout could", "the title is missing"),
    ("- owner: Platform", "- owner: a\n  - owner: b", "“owner” is given twice"),
    ("- state: ready", "- state: open", "'open' is not one of: proposed, ready"),
    ("- due: 2026-04-02", "- due: soon", "'soon' is not a date"),
    ("- addresses: R1", "- addresses: R7", "no why has the root “R7”"),
    ("- on: why 1.1", "- on: why 9", "there is no why 9"),
    ("- stop: fixable by us", "- accepted by: us", "this why has no “stop”"),
    ("afterwhy: 1", "afterwhy: 2", "This text is in form 2, known here is 1"),
    ("## Capacity", "# Incident 3", "the incident before this one is missing"),
]


@pytest.mark.parametrize(("right", "wrong", "sentence"), FAULTS)
def test_a_mistake_is_named_with_its_line(right: str, wrong: str, sentence: str) -> None:
    assert right in FORM
    with pytest.raises(InvalidInputError, match=sentence):
        from_markdown(FORM.replace(right, wrong, 1))


def test_a_name_holds_when_an_event_is_put_before() -> None:
    mortem = replace(_document().post_mortem, comments=(Comment("c1", "e2", "How?"),))
    document = replace(_document(), post_mortem=mortem)
    text = to_markdown(document).replace(
        "## Timeline\n\n", "## Timeline\n\n- **2026-03-03 13:00 UTC** Rollout\n"
    )
    edited = from_markdown(text).post_mortem
    assert edited.comments[0].anchor == edited.incidents[0].timeline[2].id


def test_a_name_that_is_known_elsewhere_says_where_and_no_name_is_listed_twice() -> None:
    with pytest.raises(InvalidInputError) as raised:
        from_markdown(FORM.replace("status: Draft", "title: blue", 1))
    names = raised.value.advice.partition("are: ")[2].rstrip(".").split(", ")
    assert "“# …”" in raised.value.advice
    assert len(names) == len(set(names))


def test_a_number_given_twice_is_no_name() -> None:
    text = FORM.replace("  - **1.2 and**", "  - **1.1 and**")
    with pytest.raises(InvalidInputError, match="2 places called “why 1\\.1”"):
        from_markdown(text)


def test_a_long_timeline_edited_throughout_keeps_its_events() -> None:
    """Every text changes and one entry comes first; compared each with each this took a minute."""
    words = ("pool", "retry", "queue", "alert", "cache", "deploy", "replica", "limit")
    log = tuple(
        Event(
            f"e{n}",
            datetime(2026, 3, 3, n // 60, n % 60, tzinfo=UTC),
            text=" ".join([f"number{n}", *(words[(n * k) % 8] for k in range(1, 20))]),
        )
        for n in range(300)
    )
    document = Document(PostMortem("p1", "Long", incidents=(Incident("i1", timeline=log),)))
    text = (
        to_markdown(document)
        .replace("UTC, note**", "UTC, impact**")
        .replace("## Timeline\n\n", "## Timeline\n\n- **2026-03-02 23:00 UTC** Before all of it\n")
    )
    (incident,) = from_markdown(text, document).post_mortem.incidents
    assert [event.id for event in incident.timeline[1:]] == [event.id for event in log]
