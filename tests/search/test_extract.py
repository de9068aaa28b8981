"""A document of the library in the form that is indexed."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given

from models.document import Document
from models.domain.action import ActionItem, ActionState
from models.domain.incident import Event, Incident, Times, Trigger
from models.domain.moments import Moment, Precision
from models.domain.post_mortem import PostMortem, Section, Status
from models.domain.root import LeafRoot, Root
from models.domain.whys import About, WhyNode, WhyTree
from search.extract import extract, plain
from search.schema import row_of
from tests.models.tracking.examples import THIRD, day
from tests.strategies import documents

AT = datetime(2024, 3, 1, 23, 30, tzinfo=UTC)


def document() -> Document:
    """A document with something in each part that matters here."""
    incident = Incident(
        "i",
        severity="SEV2",
        services=("checkout",),
        layers=("database",),
        trigger=Trigger("rollout", "Release 41"),
        times=Times(onset=Moment(AT, "Europe/Berlin")),
        timeline=(
            Event("e1", AT, zone="Europe/Berlin", text="Pool **empty**"),
            Event("e2", AT, zone="-05:00", text="Paged"),
            Event("e3", AT, zone="PST", text="Rolled back"),
            Event("e4", AT, precision=Precision.DAY, text="Reviewed"),
            Event("e5", None, precision=Precision.UNKNOWN, written="later", text="Closed"),
        ),
    )
    whys = (
        WhyTree("t1", About.OCCURRENCE, "Pool dry", (WhyNode("n1", "Why?", "It was small"),)),
        WhyTree("t2", About.DETECTION, "Slow", (WhyNode("n2", "Why?", "No alert"),)),
    )
    mortem = PostMortem(
        "p",
        "Checkout down",
        status=Status.IN_REVIEW,
        summary="See [the ticket](https://x.example/browse/PAY-1?a=1) and `code`.",
        incidents=(incident,),
        whys=whys,
        sections=(Section("s", "Cost", "| a | b |\n|---|---|\n| 5 | 6 |"),),
        tags=("pool",),
        aliases=("INC-9",),
    )
    actions = (
        ActionItem("a1", "Alert on use", ref="A-1", state=ActionState.READY, ready_at=AT),
        ActionItem("a2", "Grow the pool", ref="A-2", state=ActionState.DONE, due=date(2024, 1, 1)),
        ActionItem("a3", "Drill", ref="A-3", due=date(2024, 5, 1)),
    )
    roots = (Root("r1", "No alert"), Root("r2", "Old"))
    links = (LeafRoot("n2", "r1", AT), LeafRoot("n1", "r2", AT, until=AT + timedelta(days=1)))
    return Document(mortem, "PM-2024-001", 1, actions, roots, links)


def test_sections_are_named_as_people_cite_them() -> None:
    sections = {s.name: s.text for s in extract(document(), {}).sections}
    assert sections["Summary"] == "See the ticket and code."
    assert sections["5 Whys, 1"] == "Why?\n\nIt was small"
    assert sections["5 Whys, detection, 1"] == "Why?\n\nNo alert"
    assert sections["Timeline, 00:30"] == "Pool empty"
    assert sections["Timeline, 18:30"] == "Paged"
    assert sections["Timeline, 23:30"] == "Rolled back"
    assert sections["Timeline, 01 Mar"] == "Reviewed"
    assert sections["Timeline, later"] == "Closed"
    assert sections["Actions, A-1"] == "Alert on use"
    assert sections["Cost"].split() == ["a", "b", "5", "6"]
    assert sections["Links"] == "https://x.example/browse/PAY-1?a=1"


def test_filters_get_their_values() -> None:
    found = extract(document(), {"SEV2": 30})
    assert found.ref == "PM-2024-001"
    assert (found.severity, found.status) == ("SEV2", "In review")
    assert (found.services, found.layers, found.triggers) == (
        ("checkout",),
        ("database",),
        ("rollout",),
    )
    assert found.occurred_at == AT
    assert found.occurred_on == date(2024, 3, 2), "the day it was in Berlin"
    assert [root.id for root in found.roots] == ["r1"]
    assert {"is:in-review", "has:open-actions", "action:done", "has:roots"} <= set(found.flags)
    assert [(action.ref, action.is_open, action.began) for action in found.actions] == [
        ("A-1", True, AT),
        ("A-2", False, None),
        ("A-3", True, None),
    ]
    past = replace(document(), post_mortem=replace(document().post_mortem, historical=True))
    assert extract(past, {}).actions == (), "what became of them is seldom known here"
    assert not {"is:historical", "is:repeat", "has:attachments"} & set(found.flags)
    assert found.open_due == (date(2024, 3, 31), date(2024, 5, 1))


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("## Head\n\n- **one**\n- _two_ `three`", "Head\n\none\ntwo three"),
        ("![alt](a.png) <b>bold</b> ~~gone~~", "alt  bold  gone"),
        ("snake_case 2*3 a*b*c", "snake_case 2*3 a*b*c"),
        ("> quoted\n1. first", "quoted\n1. first"),
    ],
)
def test_plain_text(markdown: str, text: str) -> None:
    assert plain(markdown) == text


@given(documents())
def test_any_document_can_be_indexed(drawn: Document) -> None:
    found = extract(drawn, {"SEV1": 15})
    assert found.id == drawn.post_mortem.id
    assert all(section.text.strip() for section in found.sections)
    assert row_of(found)["card"]["title"] == drawn.post_mortem.title


@pytest.mark.parametrize("piece", ["[", "[x](", "[x](   ", "<!--", "<a ", " - ", "*a", "|---"])
def test_marks_without_an_end_are_passed_over_once(piece: str) -> None:
    """Looking to the end from each of them would take hours, not the limit of a test."""
    text = piece * (4_000_000 // len(piece))
    found = plain(f"{text} end")
    assert len(found) <= len(text) + 4
    assert found.endswith("end")


def test_what_a_sprint_did_to_an_action_is_indexed() -> None:
    found = extract(document(), {}, {"a1": THIRD, "a2": THIRD})
    assert "action:slipped" in found.flags
    assert found.actions[0].sprints == (
        (day(2, 1), day(2, 20)),
        (day(3, 1), day(3, 20)),
        (day(4, 1), None),
    )
    assert "action:slipped" not in extract(document(), {}, {"a2": THIRD}).flags, "it is done"
