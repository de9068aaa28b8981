"""Starts the window: shell first, everything heavy afterwards and off its thread."""

import logging
import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from app import settings
from app.ui.collecting import Collector
from app.ui.ending import Ending
from app.ui.look import Look
from app.ui.preferences import Preferences
from app.ui.shell.window import MainWindow
from app.ui.tasks import Job, TaskRunner
from app.ui.typography import load_fonts

if TYPE_CHECKING:
    from app.bootstrap import Workspace
    from app.ui.screens import Screens

_log = logging.getLogger(__name__)


def create_application(arguments: list[str]) -> QApplication:
    """The one ``QApplication``, in Fusion style with the fonts loaded."""
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(
        Qt.HighDpiScaleFactorRoundingPolicy.PassThrough
    )
    app = QApplication(arguments)
    app.setApplicationName("afterwhy")
    app.setApplicationDisplayName("Afterwhy")
    app.setStyle("Fusion")
    load_fonts()
    return app


SWITCH_S = 0.0001
"""How long a worker may keep Python to itself while the window waits for it. One turn of the event
loop may ask for it a hundred times (each size and each row that Python paints), so that Python's
own 5 ms would be half a second.
"""


class Desktop(QObject):
    """One run of the window: opens the library after the first paint, ends tidily.

    ``open_workspace`` runs in the store lane.
    """

    def __init__(self, app: QApplication, open_workspace: Callable[[], "Workspace"]) -> None:
        super().__init__(app)
        sys.setswitchinterval(SWITCH_S)
        self._open_workspace = open_workspace
        self._collector = Collector(self)
        self.preferences = Preferences(settings.config_folder())
        self.look = Look(app, self.preferences, settings.cache_folder() / "style")
        self.window = MainWindow(self.look, self.preferences)
        self.runner = TaskRunner(self.window.messages.error, self)
        self.screens: Screens | None = None
        self.window.painted.connect(self._open)
        self.window.closing.connect(self.close)

    @Slot()
    def _open(self) -> None:
        """After the first paint: import, open, then fill the shell."""
        self.runner.submit("store", self._prepare, self._fill, failed=self._fail)
        self.runner.submit(
            "search",
            lambda job: self.look.icons.import_library(),
            lambda _: self.look.activate_icons(),
        )

    def _prepare(self, job: Job) -> "Workspace":
        import app.ui.screens  # noqa: F401  (its imports are what takes long)

        workspace = self._open_workspace()
        # Read here what the first screen needs, so that it does not wait for it.
        _ = workspace.vocabularies, workspace.frameworks
        return workspace

    def _fill(self, workspace: "Workspace") -> None:
        from app.ui.screens import Screens

        self.screens = Screens(self.window, self.look, self.runner, self.preferences, workspace)
        self.screens.begin()

    def _fail(self, error: BaseException) -> None:
        self.window.show_failure(error, self._open)

    @Slot()
    def close(self) -> None:
        """Finish what is being written, then let go of the library."""
        if self.screens is not None:
            self.screens.writing.close()
        self.runner.close()
        if self.screens is not None:
            self.screens.let_go()
        self._collector.stop()


def run(library: Path | None = None) -> int:
    """Open the window on a library and return the exit code."""
    app = create_application(sys.argv[:1])

    def open_workspace() -> "Workspace":
        from app import bootstrap

        return bootstrap.open_workspace(library)

    desktop = Desktop(app, open_workspace)
    _surface_exceptions(desktop)
    Ending(desktop.window)
    desktop.window.show()
    return app.exec()


def _surface_exceptions(desktop: Desktop) -> None:
    """Whatever nobody expected reaches the log and the window, and does not end the program."""

    def surface(
        kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        _log.error("unexpected", exc_info=(kind, error, trace))
        desktop.window.messages.error(error)

    sys.excepthook = surface
