"""Editing in the author's own editor: every save there is a save here."""

import dataclasses
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QFileSystemWatcher, QObject, Slot

from app import settings
from app.ui.context import Context
from app.ui.document.external_editor import open_in_editor
from app.ui.tasks import Job, Throttle
from integrations.markdown.form import from_markdown, to_markdown
from models.commands import post_mortems as commands
from models.document import Document
from models.errors import InvalidInputError, KnownError, StaleWriteError
from models.queries import post_mortems as queries
from models.store.library import Actor

if TYPE_CHECKING:
    from app.bootstrap import Workspace

SETTLE_MS = 300
"""Editors write in several steps; read the file when it has been quiet for so long."""


@dataclass
class Session:
    """One post-mortem that is open in an editor. ``base`` is what the text was made from."""

    base: Document
    file: Path
    applied: str


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


def changed_document(text: str, base: Document, workspace: "Workspace") -> Document:
    """The document of an edited text, still the same post-mortem."""
    changed = from_markdown(text, base, now=workspace.library.now())
    mortem = dataclasses.replace(changed.post_mortem, id=base.post_mortem.id)
    return dataclasses.replace(changed, post_mortem=mortem, version=base.version)


class ExternalEditing(QObject):
    """Writes post-mortems to files, watches the files, and takes over what is saved there."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._context = context
        self._folder = settings.state_folder() / "editing"
        self._sessions: dict[str, Session] = {}
        self._watcher = QFileSystemWatcher(self)
        self._watcher.fileChanged.connect(self._touched)
        self._watcher.directoryChanged.connect(self._touched)
        self._throttle = Throttle(self.take_over, SETTLE_MS, self)

    @property
    def sessions(self) -> dict[str, Session]:
        """What is open, by the id of the post-mortem."""
        return self._sessions

    def edit(self, id: str) -> None:
        """Open a post-mortem in the author's editor."""
        if id in self._sessions:
            self._open(self._sessions[id])
            return
        folder = self._folder / self._context.workspace.library.id

        def prepare(workspace: "Workspace") -> Session:
            base = queries.by_id(workspace.library, id)
            text = to_markdown(base)
            file = folder / f"{base.ref}.md"
            folder.mkdir(parents=True, exist_ok=True)
            if file.exists() and read_text(file) != text:
                # Saved after the last session ended: kept, since nobody took it over.
                file.replace(
                    file.with_name(f"{base.ref}-{workspace.library.now():%Y%m%d%H%M%S}.md")
                )
            file.write_text(text, encoding="utf-8", newline="\n")
            return Session(base, file, text)

        self._context.read(prepare, self._begin)

    def stop(self, id: str) -> None:
        """Take over what is left, then forget the file."""
        session = self._sessions.get(id)
        if session is None:
            return
        self._take_over(session, then_stop=True)

    def close(self) -> None:
        """The window closes: take over everything once more."""
        for session in list(self._sessions.values()):
            self._take_over(session, then_stop=True)

    @Slot()
    def take_over(self) -> None:
        """Save what was changed in any of the files."""
        for session in list(self._sessions.values()):
            self._watch(session)
            self._take_over(session, then_stop=False)

    # -- one session ---------------------------------------------------------------------------

    def _begin(self, session: Session) -> None:
        self._sessions[session.base.post_mortem.id] = session
        self._watch(session)
        self._open(session)

    def _open(self, session: Session) -> None:
        self._say_open(session)
        try:
            open_in_editor(session.file)
        except KnownError as error:
            self._context.messages.error(error)

    def _say_open(self, session: Session) -> None:
        id = session.base.post_mortem.id
        self._context.messages.banner(
            "blue",
            f"{session.base.ref} is open in your editor",
            f"Every save there is saved here. The file is {session.file}",
            ("Done", lambda: self.stop(id)),
        )

    def _watch(self, session: Session) -> None:
        """Watch file and folder: most editors replace the file, which ends a watch on it."""
        paths = [str(session.file), str(session.file.parent)]
        known = {*self._watcher.files(), *self._watcher.directories()}
        if missing := [path for path in paths if path not in known and Path(path).exists()]:
            self._watcher.addPaths(missing)

    def _take_over(self, session: Session, *, then_stop: bool) -> None:
        context = self._context

        def write(workspace: "Workspace", actor: Actor) -> tuple[Document, str] | None:
            text = read_text(session.file)
            if text is None or text == session.applied:
                return None
            changed = changed_document(text, session.base, workspace)
            commands.replace(workspace.library, changed, actor, base=session.base)
            return queries.by_id(workspace.library, session.base.post_mortem.id), text

        def done(result: tuple[Document, str] | None) -> None:
            if result is not None:
                session.base, session.applied = result
                context.messages.toast(f"{session.base.ref} saved from your editor.")
                context.changes_committed.emit()
            if then_stop:
                self._forget(session)
            elif result is not None:
                self._say_open(session)

        def failed(error: BaseException) -> None:
            self._explain(session, error)

        actor, workspace = context.actor, context.workspace

        def work(job: Job) -> tuple[Document, str] | None:
            return write(workspace, actor)

        context.runner.submit("store", work, done, failed=failed)

    def _forget(self, session: Session) -> None:
        self._sessions.pop(session.base.post_mortem.id, None)
        self._watcher.removePath(str(session.file))
        session.file.unlink(missing_ok=True)
        self._context.messages.solved()

    def _explain(self, session: Session, error: BaseException) -> None:
        messages, ref = self._context.messages, session.base.ref
        if isinstance(error, StaleWriteError):
            messages.banner(
                "amber",
                f"{ref} was changed here while you edited it",
                "Nothing is lost: both texts are kept, yours is in the file and in the history.",
                ("Save mine on top", lambda: self._save_on_top(session)),
            )
        elif isinstance(error, InvalidInputError):
            messages.banner(
                "amber",
                f"{ref} is not saved yet: {error}",
                f"{error.advice} Mend it in your editor and save again.",
                ("Open it", lambda: self._open(session)),
            )
        else:
            messages.error(error)

    def _save_on_top(self, session: Session) -> None:
        """Make the text in the file the newest, whatever was written meanwhile."""

        def read_again(base: Document) -> None:
            session.base = base
            self._context.messages.solved()
            self._take_over(session, then_stop=False)

        id = session.base.post_mortem.id
        self._context.read(lambda workspace: queries.by_id(workspace.library, id), read_again)

    @Slot(str)
    def _touched(self, path: str) -> None:
        self._throttle.request()
