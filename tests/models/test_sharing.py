"""What is equal is the same object, and nothing else changes."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from models import codec
from models.document import Document
from models.domain.incident import Event, Incident
from models.domain.post_mortem import PostMortem, Section
from models.sharing import shared

SECTIONS = tuple(Section(str(n), f"Part {n}", "word " * 50) for n in range(3))
EVENTS = tuple(Event(str(n), None, text=f"Seen {n}") for n in range(3))
KNOWN = Document(
    PostMortem("p", "Slow", sections=SECTIONS, incidents=(Incident("i", timeline=EVENTS),))
)


def again(document: Document) -> Document:
    return codec.loads(Document, codec.dumps(document))


def test_what_is_equal_is_the_same_object() -> None:
    assert shared(again(KNOWN), KNOWN) is KNOWN
    mortem = replace(KNOWN.post_mortem, sections=(SECTIONS[0], replace(SECTIONS[2], heading="x")))
    found = shared(again(replace(KNOWN, post_mortem=mortem, version=7)), KNOWN)
    assert found == replace(KNOWN, post_mortem=mortem, version=7)
    assert found.post_mortem.incidents is KNOWN.post_mortem.incidents
    assert found.post_mortem.sections[0] is SECTIONS[0]
    assert found.post_mortem.sections[1].markdown is SECTIONS[2].markdown


@given(st.permutations(EVENTS), st.lists(st.sampled_from("abc"), max_size=4))
def test_sharing_changes_nothing(events: list[Event], tags: list[str]) -> None:
    incident = replace(KNOWN.post_mortem.incidents[0], timeline=tuple(events))
    mortem = replace(KNOWN.post_mortem, incidents=(incident,), tags=tuple(tags))
    document = replace(KNOWN, post_mortem=mortem)
    found = shared(again(document), KNOWN)
    assert found == document
    assert all(event in EVENTS for event in found.post_mortem.incidents[0].timeline)
    assert {id(e) for e in found.post_mortem.incidents[0].timeline} == {id(e) for e in EVENTS}
