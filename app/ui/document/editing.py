"""Editing in the author's own editor: every save there is a save here."""

import dataclasses
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Slot

from app import settings
from app.ui.context import Context
from app.ui.document import kept_text
from app.ui.document.external_editor import ADVICE, Started, open_in_editor
from app.ui.document.kept_text import Session, read_text
from app.ui.tasks import Job, Throttle
from integrations.markdown.form import Reading, read_form
from models.commands import post_mortems as commands
from models.document import Document
from models.errors import InvalidInputError, KnownError, StaleWriteError
from models.queries import post_mortems as queries
from models.store.library import Actor

if TYPE_CHECKING:
    from app.bootstrap import Workspace

SETTLE_MS = 300
"""Editors write in several steps; read the file when it has been quiet for so long."""
WATCH_MS = 250
"""How often to look whether an editor has ended."""


def read_changed(text: str, base: Document, workspace: "Workspace") -> Reading:
    """The document of an edited text, still the same post-mortem, and what to say about it."""
    now, terms = workspace.library.now(), workspace.vocabularies
    reading = read_form(text, base, now=now, terms=terms)
    changed = reading.document
    mortem = dataclasses.replace(changed.post_mortem, id=base.post_mortem.id)
    changed = dataclasses.replace(changed, post_mortem=mortem, version=base.version)
    return dataclasses.replace(reading, document=changed)


def _sentence(text: str) -> str:
    """With a full stop, so that another sentence can follow."""
    return f"{text}." if text and text[-1] not in ".!?" else text


class ExternalEditing(QObject):
    """Writes post-mortems to files, watches the files, and takes over what is saved there."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._context = context
        self._folder = settings.state_folder() / "editing" / context.workspace.library.id
        self._sessions: dict[str, Session] = {}
        self._kept: list[Session] = []
        self._watcher = QFileSystemWatcher(self)
        self._watcher.fileChanged.connect(self._touched)
        self._watcher.directoryChanged.connect(self._touched)
        self._throttle = Throttle(self.take_over, SETTLE_MS, self)
        self._timer = QTimer(self)
        self._timer.setInterval(WATCH_MS)
        self._timer.timeout.connect(self._look_at_editors)

    @property
    def sessions(self) -> dict[str, Session]:
        """What is open, by the id of the post-mortem."""
        return self._sessions

    def edit(self, id: str) -> None:
        """Open a post-mortem in the author's editor."""
        if id in self._sessions:
            self._open(self._sessions[id])
            return
        folder = self._folder

        def prepare(workspace: "Workspace") -> tuple[Session, bool]:
            kept = next((s for s in kept_text.pending(workspace, folder) if s.id == id), None)
            if kept is not None:
                return kept, True
            base = queries.by_id(workspace.library, id)
            return kept_text.write_new(base, folder, workspace), False

        def begin(prepared: tuple[Session, bool]) -> None:
            session, is_kept = prepared
            if is_kept:
                self._open_kept(session)
            else:
                self._begin(session)

        self._context.read(prepare, begin)

    def find_kept(self) -> None:
        """Say which texts of earlier runs are not in the library."""
        folder = self._folder

        def offer(found: list[Session]) -> None:
            self._kept = [session for session in found if session.id not in self._sessions]
            self._offer_next()

        self._context.read(lambda workspace: kept_text.pending(workspace, folder), offer)

    def stop(self, id: str) -> None:
        """Take over what is left, then forget the file."""
        session = self._sessions.get(id)
        if session is None:
            return
        session.held = ""
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

    # -- texts of earlier runs -----------------------------------------------------------------

    def _offer_next(self) -> None:
        if self._kept and not self._sessions:
            self._offer(self._kept[0], opened=False)

    def _offer(self, session: Session, *, opened: bool) -> None:
        """Ask what becomes of a text that was saved in an editor and never taken over."""
        others = len(self._kept) - 1
        rest = f" {others} more are kept like it." if others > 0 else ""
        if opened:
            where = "It is open in your editor now; save it there, or apply it as it is."
            first = ("Apply", lambda: self._apply_kept(session))
        else:
            where = f"It is kept in {session.file}"
            first = ("Apply again", lambda: self._apply_kept(session))
        self._context.messages.banner(
            "amber",
            f"{session.base.ref}: a text from your editor is not in the library yet",
            where + rest,
            first,
            ("Open it", lambda: self._open_kept(session)),
            ("Discard", lambda: self._discard(session)),
        )

    def _claim(self, session: Session) -> Session:
        """The text is dealt with now; it takes part in editing like any other."""
        self._kept = [other for other in self._kept if other.file != session.file]
        return self._sessions.setdefault(session.id, session)

    def _open_kept(self, session: Session) -> None:
        self._begin(self._claim(session))

    def _apply_kept(self, session: Session) -> None:
        session = self._claim(session)
        session.held = ""
        self._watch(session)
        self._take_over(session, then_stop=session.editor is None)

    def _discard(self, session: Session) -> None:
        session = self._claim(session)
        path, text = session.file, session.file.read_bytes() if session.file.exists() else b""
        self._forget(session)

        def undo() -> None:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text)
            kept_text.write_origin(session)
            self.find_kept()

        self._context.messages.toast(f"The kept text of {session.base.ref} is discarded.", undo)

    # -- one session ---------------------------------------------------------------------------

    def _begin(self, session: Session) -> None:
        self._sessions[session.id] = session
        self._watch(session)
        self._open(session)

    def _open(self, session: Session) -> None:
        try:
            session.editor = open_in_editor(session.file)
        except KnownError as error:
            self._context.messages.error(error)
            return
        self._timer.start()
        self._say_state(session)

    def _say_state(self, session: Session) -> None:
        """Whether the text is open in an editor, and what ends that."""
        if session.held:
            self._offer(session, opened=True)
            return
        editor = session.editor
        done = ("Done", lambda: self.stop(session.id))
        if editor is not None and editor.was_closed:
            self._context.messages.banner(
                "blue",
                f"Your editor has closed; {session.base.ref} is saved",
                f"The file stays watched until you are done with it: {session.file}",
                done,
                ("Open again", lambda: self._open(session)),
            )
            return
        self._context.messages.banner(
            "blue",
            f"{session.base.ref} is open in your editor",
            f"Every save there is saved here. The file is {session.file}",
            done,
        )

    @Slot()
    def _look_at_editors(self) -> None:
        """Say so where an editor could not run or was closed."""
        running = False
        for session in list(self._sessions.values()):
            editor = session.editor
            if editor is None or editor.is_settled:
                continue
            if editor.exit_code is None:
                running = True
                continue
            editor.is_settled = True
            if editor.failed_at_once:
                self._say_failed(session, editor)
            elif editor.was_closed:
                self._take_over(session, then_stop=False, closed=True)
        if not running:
            self._timer.stop()

    def _say_failed(self, session: Session, editor: Started) -> None:
        said = f" It said: {editor.complaint.rstrip('.')}." if editor.complaint else ""
        self._context.messages.banner(
            "red",
            f"The editor ended at once with exit code {editor.exit_code}",
            f"Tried: {shlex.join(editor.command)}.{said} What you save in {session.file} is taken"
            f" over all the same. {ADVICE}",
            ("Try again", lambda: self._open(session)),
            ("Done", lambda: self.stop(session.id)),
        )

    def _watch(self, session: Session) -> None:
        """Watch file and folder: most editors replace the file, which ends a watch on it."""
        paths = [str(session.file), str(session.file.parent)]
        known = {*self._watcher.files(), *self._watcher.directories()}
        if missing := [path for path in paths if path not in known and Path(path).exists()]:
            self._watcher.addPaths(missing)

    def _take_over(self, session: Session, *, then_stop: bool, closed: bool = False) -> None:
        context = self._context

        def write(workspace: "Workspace", actor: Actor) -> tuple[Reading, str] | None:
            text = read_text(session.file)
            if text is None or text in (session.applied, session.held):
                return None
            reading = read_changed(text, session.base, workspace)
            commands.replace(workspace.library, reading.document, actor, base=session.base)
            saved = queries.by_id(workspace.library, session.id)
            kept_text.write_origin(Session(saved, session.file, text))
            return dataclasses.replace(reading, document=saved), text

        def done(result: tuple[Reading, str] | None) -> None:
            if result is not None:
                session.base, session.applied = result[0].document, result[1]
                session.held = ""
                context.messages.toast(f"{session.base.ref} saved from your editor.")
                context.changes_committed.emit()
            if then_stop and not session.held:
                self._forget(session)
            elif result is not None or closed:
                self._say_state(session)
            if result is not None and result[0].notices:
                self._say_kept(session, result[0].notices)

        def failed(error: BaseException) -> None:
            self._explain(session, error)

        actor, workspace = context.actor, context.workspace

        def work(job: Job) -> tuple[Reading, str] | None:
            return write(workspace, actor)

        context.runner.submit("store", work, done, failed=failed)

    def _say_kept(self, session: Session, notices: tuple[str, ...]) -> None:
        """Saved, but not all of it stands where its author may look for it."""
        is_open = session.id in self._sessions
        self._context.messages.banner(
            "amber",
            f"{session.base.ref} is saved; some of it was kept as text",
            " ".join(notices),
            *([("Done", lambda: self.stop(session.id))] if is_open else []),
        )

    def _forget(self, session: Session) -> None:
        self._sessions.pop(session.id, None)
        self._watcher.removePath(str(session.file))
        kept_text.remove(session)
        self._context.messages.solved()
        self._offer_next()

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
                f"{_sentence(error.advice)} Mend it in your editor and save again.".strip(),
                ("Open it", lambda: self._open(session)),
                ("Discard this text", lambda: self._discard(session)),
            )
        else:
            messages.error(error)

    def _save_on_top(self, session: Session) -> None:
        """Make the text in the file the newest, whatever was written meanwhile."""

        def read_again(base: Document) -> None:
            session.base = base
            self._context.messages.solved()
            self._take_over(session, then_stop=False)

        id = session.id
        self._context.read(lambda workspace: queries.by_id(workspace.library, id), read_again)

    @Slot(str)
    def _touched(self, path: str) -> None:
        self._throttle.request()
