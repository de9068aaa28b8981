"""Editing in the author's own editor: every save there is a save here."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Slot
from PySide6.QtWidgets import QWidget

from app import settings
from app.ui import changing
from app.ui.context import Context
from app.ui.document import kept_text, taking_over, two_versions
from app.ui.document.editing_notices import EditingNotices
from app.ui.document.external_editor import open_in_editor
from app.ui.document.kept_text import Session
from app.ui.editor.conflicts import TWO_AUTHORS
from app.ui.pacing import Throttle
from integrations.markdown.form import Reading
from models.commands.post_mortems import Merged
from models.errors import KnownError
from models.queries import post_mortems as queries

if TYPE_CHECKING:
    from app.bootstrap import Workspace

SETTLE_MS = 300
"""Editors write in several steps; read the file when it has been quiet for so long."""
WATCH_MS = 250
"""How often to look whether an editor has ended."""


class ExternalEditing(QObject):
    """Writes post-mortems to files, watches the files, and takes over what is saved there."""

    def __init__(self, context: Context, window: QWidget) -> None:
        super().__init__(context)
        self._context = context
        self._window = window
        self._notices = EditingNotices(context.messages, self)
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
            self.open(self._sessions[id])
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
                self.open_kept(session)
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
        self._notices.say_waiting(session, len(self._kept) - 1, opened=opened)

    def _claim(self, session: Session) -> Session:
        """The text is dealt with now; it takes part in editing like any other."""
        self._kept = [other for other in self._kept if other.file != session.file]
        return self._sessions.setdefault(session.id, session)

    def open_kept(self, session: Session) -> None:
        """Go on with a text of an earlier run."""
        self._begin(self._claim(session))

    def apply_kept(self, session: Session) -> None:
        """Take over a text of an earlier run."""
        session = self._claim(session)
        session.held = ""
        self._watch(session)
        self._take_over(session, then_stop=session.editor is None)

    def discard(self, session: Session) -> None:
        """Remove a file and its text, with Undo."""
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
        self.open(session)

    def open(self, session: Session) -> None:
        """Open a file in the editor and watch whether that runs."""
        try:
            session.editor = open_in_editor(session.file)
        except KnownError as error:
            self._context.messages.error(error)
            return
        self._timer.start()
        self._say_state(session)

    def _say_state(self, session: Session) -> None:
        if session.held:
            self._offer(session, opened=True)
        else:
            self._notices.say_open(session)

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
                self._notices.say_failed(session, editor)
            elif editor.was_closed:
                self._take_over(session, then_stop=False, closed=True)
        if not running:
            self._timer.stop()

    def _watch(self, session: Session) -> None:
        """Watch file and folder: most editors replace the file, which ends a watch on it."""
        paths = [str(session.file), str(session.file.parent)]
        known = {*self._watcher.files(), *self._watcher.directories()}
        if missing := [path for path in paths if path not in known and Path(path).exists()]:
            self._watcher.addPaths(missing)

    def _take_over(self, session: Session, *, then_stop: bool, closed: bool = False) -> None:
        context = self._context
        actor, workspace = context.actor, context.workspace

        def done(result: tuple[Reading, str, Merged] | None) -> None:
            if result is not None:
                session.base, session.applied = result[0].document, result[1]
                session.held = ""
                session.conflicts += result[2].conflicts
                words = f"{session.base.ref} saved from your editor."
                changing.say_saved(context, result[2].saved, words)
                context.changes_committed.emit()
            if then_stop and not session.held:
                self._forget(session)
            elif result is not None or closed:
                self._say_state(session)
            if result is not None:
                self._say_about(session, result[0].notices)

        context.runner.submit(
            "store",
            lambda job: taking_over.take_over(session, workspace, actor),
            done,
            failed=lambda error: self._notices.say_refused(session, error),
        )

    def _say_about(self, session: Session, notices: tuple[str, ...]) -> None:
        """Say what is not as its author may expect."""
        if session.conflicts:
            self._notices.say_conflicts(session, notices)
        elif notices:
            is_open = session.id in self._sessions
            self._notices.say_partly(session, notices, is_open=is_open)

    def _forget(self, session: Session) -> None:
        self._sessions.pop(session.id, None)
        self._watcher.removePath(str(session.file))
        kept_text.remove(session)
        self._context.messages.solved()
        self._offer_next()

    def compare(self, session: Session) -> None:
        """Show what others changed, too, and let the author decide."""
        two_versions.compare(
            self._context,
            self._window,
            session.id,
            session.conflicts,
            sides=TWO_AUTHORS,
            settled=lambda: self.keep(session),
        )

    def keep(self, session: Session) -> None:
        """The author has decided: say how it goes on."""
        session.conflicts = ()
        self._context.messages.solved()
        if session.id in self._sessions:
            self._say_state(session)

    @Slot(str)
    def _touched(self, path: str) -> None:
        self._throttle.request()
