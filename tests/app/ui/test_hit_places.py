"""A hit opens at the very place where the best snippet stands."""

from datetime import UTC, datetime

import pytest

from app.ui.document.places import anchor_of
from models.commands import post_mortems as commands
from models.document import Document, new_id
from models.domain.action import ActionItem
from models.domain.attachment import Attachment
from models.domain.incident import Event, Incident
from models.domain.post_mortem import PostMortem
from models.domain.whys import WhyNode, WhyTree
from models.store.library import Actor
from tests.app.ui.conftest import Bench

FILLER = "\n\n".join(f"Paragraph {number} says nothing of it." for number in range(60))


def _document() -> Document:
    day = datetime(2026, 9, 3, tzinfo=UTC)
    events = tuple(
        Event(new_id(), day.replace(hour=10, minute=n), text=f"Line {n}.") for n in range(40)
    )
    told = Event(new_id(), day.replace(hour=11, minute=7), text="The zebrafish daemon stopped.")
    nodes = tuple(WhyNode(new_id(), "Why?", f"Answer {n}.") for n in range(20))
    answer = WhyNode(new_id(), "Why then?", "Nobody watched the wombat counter.")
    mortem = PostMortem(
        id=new_id(),
        title="Long text",
        summary=FILLER,
        incidents=(Incident(id=new_id(), timeline=(*events, told)),),
        whys=(WhyTree(new_id(), problem="Long text.", nodes=(*nodes, answer)),),
    )
    actions = [ActionItem(new_id(), f"Step {n}") for n in range(20)]
    actions.append(ActionItem(new_id(), "Alert on the axolotl queue"))
    names = [f"picture {n}.png" for n in range(60)]
    names.insert(40, "ocelot queue, depth.png")
    files = tuple(Attachment(new_id(), name, "0" * 64, "image/png", 12) for name in names)
    return Document(mortem, actions=tuple(actions), attachments=files)


@pytest.mark.parametrize("word", ["zebrafish", "wombat", "axolotl", "ocelot"])
def test_enter_on_a_hit_goes_to_its_line(bench: Bench, word: str) -> None:
    library = bench.screens.context.workspace.library
    commands.add(library, _document(), Actor("", "Author"))
    bench.screens.context.changes_committed.emit()
    bench.settle()
    bench.press("Ctrl+K")
    bench.type(word)
    bench.press("Return", "Return")
    bench.settle()
    assert bench.window.current == "document"
    text = bench.screens.document.reading.text
    cursor = text.document().find(word)
    assert not cursor.isNull()
    assert text.viewport().rect().intersects(text.cursorRect(cursor))


def test_a_time_that_no_event_has_leads_to_the_timeline() -> None:
    document = _document()
    (incident,) = document.post_mortem.incidents
    assert anchor_of("Timeline, 11:07", document) == f"timeline-{incident.timeline[-1].id}"
    assert anchor_of("Timeline, 23:59", document) == "timeline"


def test_a_file_that_is_gone_leads_to_the_attachments() -> None:
    document = _document()
    assert anchor_of("Attachments, ocelot queue, depth.png", document) == "attachment-41"
    assert anchor_of("Attachments, gone.png", document) == "attachments"
