"""Taking over the text of an editor: read, joined, stored. For the store lane."""

import dataclasses
from typing import TYPE_CHECKING

from app.ui.document import kept_text
from app.ui.document.kept_text import Session, read_text
from integrations.markdown.form import Reading, read_form
from models.commands import post_mortems as commands
from models.commands.post_mortems import Merged
from models.document import Document
from models.store.library import Actor

if TYPE_CHECKING:
    from app.bootstrap import Workspace


def take_over(
    session: Session, workspace: "Workspace", actor: Actor
) -> tuple[Reading, str, Merged] | None:
    """Store what an editor saved: the post-mortem as the text says it, the text, the save; or no
    news.

    What others wrote meanwhile is joined with it. Raises ``InvalidInputError`` for a text that
    contradicts itself.
    """
    text = read_text(session.file)
    if text is None or text in (session.applied, session.held):
        return None
    reading = _read(text, session.base, workspace)
    merged = commands.merge_save(workspace.library, reading.document, session.base, actor)
    # The next text is compared with this one: it does not have what others wrote.
    kept_text.write_origin(Session(reading.document, session.file, text))
    return reading, text, merged


def _read(text: str, base: Document, workspace: "Workspace") -> Reading:
    """The document of an edited text, still the same post-mortem, and what to say about it."""
    now, terms = workspace.library.now(), workspace.vocabularies
    reading = read_form(text, base, now=now, terms=terms)
    changed = reading.document
    mortem = dataclasses.replace(changed.post_mortem, id=base.post_mortem.id)
    changed = dataclasses.replace(changed, post_mortem=mortem, version=base.version)
    return dataclasses.replace(reading, document=changed)
