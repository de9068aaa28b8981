"""Taking over the text of an editor: read, compared, stored. For the store lane."""

import dataclasses
from typing import TYPE_CHECKING

from app.ui.document import kept_text
from app.ui.document.differences import Told, told
from app.ui.document.kept_text import Session, read_text
from integrations.markdown.form import Reading, read_form
from models.commands import post_mortems as commands
from models.commands.post_mortems import Saved
from models.differences import differences
from models.document import Document
from models.queries import post_mortems as queries
from models.store.library import Actor

if TYPE_CHECKING:
    from app.bootstrap import Workspace


def take_over(
    session: Session, workspace: "Workspace", actor: Actor
) -> tuple[Reading, str, Saved] | None:
    """Store what an editor saved: the post-mortem as it is now, the text, the save; or no news.

    Raises ``StaleWriteError`` where somebody wrote meanwhile, ``InvalidInputError`` for a text
    that contradicts itself.
    """
    text = read_text(session.file)
    if text is None or text in (session.applied, session.held):
        return None
    reading = _read(text, session.base, workspace)
    saved = commands.replace(workspace.library, reading.document, actor, base=session.base)
    stored = queries.by_id(workspace.library, session.id)
    kept_text.write_origin(Session(stored, session.file, text))
    return dataclasses.replace(reading, document=stored), text, saved


def compare(session: Session, workspace: "Workspace") -> Told:
    """What would change if the text of an editor became the newest, whatever was written since."""
    here = queries.by_id(workspace.library, session.id)
    text = read_text(session.file)
    mine = here if text is None else _read(text, here, workspace).document
    same = "The library says what your text says."
    return told(differences(here, mine), "In the library", "In your editor", same=same)


def _read(text: str, base: Document, workspace: "Workspace") -> Reading:
    """The document of an edited text, still the same post-mortem, and what to say about it."""
    now, terms = workspace.library.now(), workspace.vocabularies
    reading = read_form(text, base, now=now, terms=terms)
    changed = reading.document
    mortem = dataclasses.replace(changed.post_mortem, id=base.post_mortem.id)
    changed = dataclasses.replace(changed, post_mortem=mortem, version=base.version)
    return dataclasses.replace(reading, document=changed)
