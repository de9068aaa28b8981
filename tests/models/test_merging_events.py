"""Telling several entries of the event log as one."""

from datetime import UTC, datetime

from models.document import Document
from models.domain.incident import Event, Evidence, Incident
from models.domain.post_mortem import PostMortem
from models.domain.whys import WhyNode, WhyTree
from models.editing.events import add_events, merge_events, star_events


def at(minute: int) -> datetime:
    return datetime(2026, 11, 19, 14, minute, tzinfo=UTC)


QUOTE = Evidence("quote", "lead 14:05: flag off", "Slack")
FIRST = Event("a", at(2), kind="note", text="Errors.", evidence=(Evidence("link", "log", "x"),))
SECOND = Event("b", at(5), kind="action", text="Flag off.", evidence=(QUOTE,), starred=True)
THIRD = Event("c", at(9), text="Well again.", evidence=(Evidence("event", "", "b"),))


def document(*events: Event) -> Document:
    why = WhyNode("n", answer="x", children=(WhyNode("m", evidence=(Evidence("event", "", "b"),)),))
    mortem = PostMortem(
        "1", title="x", incidents=(Incident("i"),), whys=(WhyTree("t", nodes=(why,)),)
    )
    return add_events(Document(mortem), "i", events)


def log(of: Document) -> tuple[Event, ...]:
    return of.post_mortem.incidents[0].timeline


def test_merged_entries_are_one_with_all_words_and_sources() -> None:
    merged = merge_events(document(FIRST, SECOND, THIRD), "i", {"b", "a"})
    one, other = log(merged)
    assert (one.id, one.at, one.kind, one.starred) == ("a", at(2), "action", True)
    assert one.text == "Errors.\n\n14:05 UTC: Flag off."
    assert one.evidence == (*FIRST.evidence, QUOTE)
    assert other.id == "c"


def test_what_named_a_merged_entry_names_the_one_that_is_left() -> None:
    merged = merge_events(document(FIRST, SECOND, THIRD), "i", {"a", "b"})
    assert log(merged)[1].evidence[0].target == "a"
    assert merged.post_mortem.whys[0].nodes[0].children[0].evidence[0].target == "a"


def test_a_single_entry_is_not_merged() -> None:
    before = document(FIRST, SECOND)
    assert merge_events(before, "i", {"a"}) is before


def test_entries_are_starred_together() -> None:
    starred = star_events(document(FIRST, SECOND, THIRD), "i", {"a", "c"}, starred=True)
    assert [event.starred for event in log(starred)] == [True, True, True]
    bare = star_events(starred, "i", {"b"}, starred=False)
    assert [event.starred for event in log(bare)] == [True, False, True]
