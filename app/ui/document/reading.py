"""What a reader sees of one post-mortem: found in the store lane, written out in another."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.ui.document.legible import legible
from app.ui.wording import Wording, count
from integrations.export.wording import duration, grouped
from models.commands import attachments
from models.document import Document
from models.domain.attachment import Attachment
from models.domain.incident import current_events, durations
from models.domain.whys import walk
from models.queries import post_mortems as queries
from models.queries import tracking
from models.queries.health import NONE, Health

if TYPE_CHECKING:
    from app.bootstrap import Workspace
    from models.store.library import Library

_log = logging.getLogger(__name__)

LARGEST_PICTURE = 20 * 1024 * 1024
"""Bytes; a larger file is listed among the attachments and not drawn."""
ROOM = 300_000
"""Letters of the texts of a page: Qt lays out as many paragraphs, or rows of tables, in seconds."""
_EMPTY = '<p class="quiet">Nothing is written yet.</p>'


@dataclass(frozen=True, slots=True)
class Page:
    """The text as HTML, and the content of the pictures it shows by the address it gives them."""

    html: str
    pictures: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Tile:
    """One measure above the text: what, how much, what it rests on."""

    name: str
    value: str
    note: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What the pane shows of a document."""

    document: Document
    page: Page
    tiles: tuple[Tile, ...]
    health: Health = NONE


@dataclass(frozen=True, slots=True)
class Found:
    """A post-mortem as it was at one time, and how its actions stood."""

    document: Document
    health: Health


def read_document(workspace: "Workspace", id: str, wording: Wording) -> Reading:
    """Find a post-mortem and write it out."""
    return written_out(workspace, find_document(workspace, id), wording)


def find_document(workspace: "Workspace", id: str) -> Found:
    """Read what a library holds of a post-mortem."""
    document = queries.by_id(workspace.library, id)
    return Found(document, tracking.health(workspace.library, [id], workspace.due_days)[id])


def written_out(workspace: "Workspace", found: Found, wording: Wording) -> Reading:
    """Make the page and the tiles of what was found; of a long text this takes seconds."""
    document = found.document
    text = page(document, workspace.library, wording)
    return Reading(document, text, tiles(document, wording), found.health)


def page(document: Document, library: "Library", wording: Wording) -> Page:
    """The text as it is exported, with the pictures among the attachments of the library."""
    # Imported with the first text: the list is shown before it.
    from integrations.export.body import body_html
    from integrations.export.pictures import pictures

    wanted = pictures(document.attachments)
    contents = {a: content for a in wanted if (content := _content(a, library)) is not None}
    files = {a.name: _address(a) for a in contents}
    html = body_html(document, files, wording, link_refs=True, room=ROOM)
    return Page(legible(html) or _EMPTY, {_address(a): content for a, content in contents.items()})


def _address(attachment: Attachment) -> str:
    return f"attachment:{attachment.sha256}"


def _content(attachment: Attachment, library: "Library") -> bytes | None:
    """None where a file is too large or cannot be read: the text is shown all the same."""
    file = attachments.path_of(library, attachment.sha256)
    try:
        return file.read_bytes() if file.stat().st_size <= LARGEST_PICTURE else None
    except OSError as error:
        _log.warning("The attachment %s cannot be drawn: %s", attachment.name, error)
        return None


def tiles(document: Document, wording: Wording) -> tuple[Tile, ...]:
    """Times to detect, mitigate and resolve of the first incident, and its first measures."""
    if not document.post_mortem.incidents:
        return ()
    incident = document.post_mortem.incidents[0]
    spans = durations(incident)
    detected = wording.name("detections", incident.detection.source)
    timed = (
        ("Time to detect", "ttd_s", spans.ttd_s, f"by {detected}" if detected else ""),
        ("Time to mitigate", "ttm_s", spans.ttm_s, "user impact over"),
        ("Time to resolve", "ttr_s", spans.ttr_s, "all clear"),
    )
    result = [
        Tile(name, duration(seconds, inexact=key in spans.inexact), note)
        for name, key, seconds, note in timed
        if seconds is not None
    ]
    for measure in incident.impact.measures[: 4 - len(result)]:
        name = wording.name("measures", measure.name)
        result.append(Tile(name, grouped(measure.value), measure.unit))
    return tuple(result)


def head_sentence(document: Document) -> str:
    """What stands beside the ref: how many of what the document holds, for a screen reader."""
    mortem = document.post_mortem
    events = sum(len(current_events(i.timeline)) for i in mortem.incidents)
    whys = sum(1 for tree in mortem.whys for _ in walk(tree))
    parts = (count(events, "event"), count(whys, "why"), count(len(document.actions), "action"))
    return ", ".join(parts)
