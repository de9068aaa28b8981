"""Reading the comments of review copies into their post-mortems."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget

from app.ui.context import Context
from app.ui.wording import count
from integrations.export.wording import Words
from integrations.markdown.encodings import decoded
from integrations.review_copy import placed, read_copy
from models.commands import post_mortems as commands
from models.commenting import with_remarks
from models.errors import InvalidInputError, NotFoundError
from models.queries import post_mortems as queries
from models.store.library import Actor

if TYPE_CHECKING:
    from app.bootstrap import Workspace


@dataclass
class _Read:
    """What came in, in numbers, and what there is to say about it."""

    added: int = 0
    known: int = 0
    refs: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()


def choose_copies(context: Context, window: QWidget) -> None:
    """Ask for review copies, then read their comments."""
    start = context.preferences.text("export_folder", str(Path.home()))
    files, _ = QFileDialog.getOpenFileNames(
        window, "Read the comments of review copies", start, "Review copies (*.html *.md *.json)"
    )
    if files:
        read_comments(context, [Path(file) for file in files])


def read_comments(context: Context, files: Sequence[Path]) -> None:
    """Read copies in the background; each says itself which post-mortem it is of."""

    def read(workspace: "Workspace", actor: Actor) -> _Read:
        done = _Read()
        for file in files:
            _read_one(workspace, actor, file, done)
        return done

    def told(done: _Read) -> None:
        words = f"{count(done.added, 'comment')} added to {', '.join(done.refs)}."
        if done.known:
            words += f" {count(done.known, 'comment')} known already."
        context.messages.toast(" ".join((words, *done.notices[:3])))

    context.write(read, told, failed=context.messages.error)


def _read_one(workspace: "Workspace", actor: Actor, file: Path, done: _Read) -> None:
    returned = read_copy(_text(file))
    try:
        document = queries.by_id(workspace.library, returned.id)
    except NotFoundError as error:
        raise InvalidInputError(
            f"{file.name} is a review copy of a post-mortem that is not in this library.",
            kept="Nothing was read from it.",
            advice="Open the library it was made from.",
        ) from error
    copied = queries.of_version(workspace.library, returned.id, returned.version) or document
    words = Words(workspace.vocabularies, workspace.frameworks)
    returned = placed(returned, document, copied, words)
    joined = with_remarks(document, returned.remarks, workspace.library.now())
    if joined.added:
        commands.merge_save(workspace.library, joined.document, document, actor)
    done.added += len(joined.added)
    done.known += joined.known
    done.refs = tuple(dict.fromkeys((*done.refs, document.ref)))
    moved = ("The place of a comment is gone; it stands on its section." for _ in joined.moved)
    done.notices += (*returned.notices, *moved)


def _text(file: Path) -> str:
    try:
        text, _ = decoded(file.read_bytes())
    except OSError as error:
        raise InvalidInputError(
            f"{file.name} cannot be read: {error.strerror or error}.", kept="Nothing was read."
        ) from error
    return text.replace("\r\n", "\n")
