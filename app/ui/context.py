"""What every screen works with, handed over in its constructor."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from app.ui.editor.language.language import Language
from app.ui.editor.prose.spelling import Spelling
from app.ui.index_state import IndexState
from app.ui.look import Look
from app.ui.messages import Messages
from app.ui.preferences import Preferences, config_folder
from app.ui.tasks import Job, TaskRunner
from app.ui.wording import Wording
from models.store.library import Actor

if TYPE_CHECKING:
    from app.bootstrap import Workspace

T = TypeVar("T")

READ_ONLY = "This library is read-only"
"""Why nothing can be written; the reason of everything that is disabled for it."""


class Context(QObject):
    """The open library, the look of the window, and the ways to read and to write.

    Signals
    -------
    changes_committed():
        Something was written; views read again, the index catches up.
    autosaved():
        A draft was written; ``changes_committed`` follows when nothing was typed for a while.
    writes_much(bool):
        This window begins to write many post-mortems, or has ended; ``changes_committed`` follows.
    """

    changes_committed = Signal()
    autosaved = Signal()
    writes_much = Signal(bool)

    def __init__(
        self,
        look: Look,
        runner: TaskRunner,
        preferences: Preferences,
        messages: Messages,
        workspace: "Workspace",
        *,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self.look = look
        self.runner = runner
        self.preferences = preferences
        self.messages = messages
        self.workspace = workspace
        self.wording = Wording(workspace.vocabularies, workspace.frameworks)
        self.actor: Actor = workspace.actor
        self.index_state = IndexState(self)
        self.spelling = Spelling(runner, preferences, config_folder(), self)
        self.language = Language(runner, messages, config_folder(), self)

    def read(
        self,
        work: Callable[["Workspace"], T],
        done: Callable[[T], None],
        *,
        failed: Callable[[BaseException], None] | None = None,
    ) -> None:
        """Read the library in the store lane."""
        self.runner.submit("store", self._with_workspace(work), done, failed=failed)

    def write(
        self,
        work: Callable[["Workspace", Actor], T],
        done: Callable[[T], None] | None = None,
        *,
        failed: Callable[[BaseException], None] | None = None,
    ) -> None:
        """Write to the library in the store lane; then everybody who shows it reads again."""
        if not self.workspace.library.writable:
            self.messages.toast(f"{READ_ONLY}. Nothing was changed.")
            return
        actor, workspace = self.actor, self.workspace

        def carry_out(job: Job) -> T:
            return work(workspace, actor)

        def written(result: T) -> None:
            if done is not None:
                done(result)
            self.changes_committed.emit()

        self.runner.submit("store", carry_out, written, failed=failed)

    def rebuild_index(self, then: Callable[[], None]) -> None:
        """Make an index anew that cannot answer, and go on."""
        workspace = self.workspace
        self.runner.submit("index", lambda job: workspace.index.rebuild(), lambda _: then())

    def _with_workspace(self, work: Callable[["Workspace"], T]) -> Callable[[Job], T]:
        workspace = self.workspace
        return lambda job: work(workspace)
