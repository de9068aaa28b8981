"""The texts that editors work on, as files, and what each was made from.

Beside ``PM-2026-001.md`` lies ``PM-2026-001.json``: the text that was taken over last and what it
said. So a text that was refused, or saved while nobody watched, is found again after a restart, and
a colleague's change in between is still joined with it.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from app.ui.document.external_editor import Started
from integrations.markdown.form import to_editor_text, to_markdown
from models import codec
from models.document import Document
from models.errors import InvalidInputError, KnownError, NotFoundError
from models.merging import Conflict
from models.queries import post_mortems as queries

if TYPE_CHECKING:
    from app.bootstrap import Workspace

_STAMP = re.compile(r"-\d{14}$")


@dataclass(frozen=True)
class Origin:
    """What a text was made from, and as what it was taken over last."""

    base: Document
    applied: str


@dataclass
class Session:
    """One post-mortem whose text is in a file.

    ``held`` is a text of an earlier run that waits for the author's word; ``editor`` the program
    the file is open in; ``conflicts`` what others changed in different ways, until it is decided.
    """

    base: Document
    file: Path
    applied: str
    held: str = ""
    editor: Started | None = field(default=None, compare=False)
    conflicts: tuple[Conflict, ...] = ()

    @property
    def id(self) -> str:
        """The id of the post-mortem."""
        return self.base.post_mortem.id


def read_text(file: Path) -> str | None:
    """What the editor saved; None while the file is being replaced."""
    try:
        return file.read_text(encoding="utf-8-sig").replace("\r\n", "\n")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise KnownError(
            f"The file {file} cannot be read: {error}.",
            kept="The library holds what was saved before.",
            advice="Save it as text in UTF-8.",
        ) from error


def write_origin(session: Session) -> None:
    """Note what the text of a session was made from."""
    text = codec.dumps(Origin(session.base, session.applied))
    session.file.with_suffix(".json").write_text(text, encoding="utf-8")


def write_new(base: Document, folder: Path, workspace: "Workspace") -> Session:
    """Write the text of a document to its file, with the questions of its template."""
    text = to_editor_text(base, workspace.templates.get(base.post_mortem.template))
    folder.mkdir(parents=True, exist_ok=True)
    session = Session(base, folder / f"{base.ref}.md", text)
    session.file.write_text(session.applied, encoding="utf-8", newline="\n")
    write_origin(session)
    return session


def remove(session: Session) -> None:
    """The text is of no more use: remove its files."""
    session.file.unlink(missing_ok=True)
    session.file.with_suffix(".json").unlink(missing_ok=True)


def pending(workspace: "Workspace", folder: Path) -> list[Session]:
    """Texts in a folder that nobody took over, oldest name first.

    A text of a post-mortem that this library does not have cannot be taken over; it is left out.
    """
    files = sorted(folder.glob("*.md")) if folder.is_dir() else []
    found = (_session(workspace, file) for file in files)
    return [session for session in found if session is not None and _is_pending(session)]


def _is_pending(session: Session) -> bool:
    """Whether the file says something else than what was taken over; then it is held."""
    try:
        text = read_text(session.file)
    except KnownError:
        return True
    if text is None or text.strip() == session.applied.strip():
        return False
    session.held = text
    return True


def _session(workspace: "Workspace", file: Path) -> Session | None:
    """The session of a file of an earlier run; None for one whose post-mortem is gone."""
    try:
        origin = codec.loads(Origin, file.with_suffix(".json").read_text(encoding="utf-8"))
        return Session(origin.base, file, origin.applied)
    except (OSError, UnicodeDecodeError, InvalidInputError):
        ref = _STAMP.sub("", file.stem)
    try:
        base = queries.by_id(workspace.library, queries.resolve(workspace.library, ref))
    except NotFoundError:
        return None
    return Session(base, file, to_markdown(base))
