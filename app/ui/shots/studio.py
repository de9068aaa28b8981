"""A window on the sample library, to be arranged and photographed."""

from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget

from app.ui.application import Desktop
from app.ui.context import Context
from app.ui.fitting import clipped
from app.ui.screens import Screens
from models.queries import post_mortems as queries

SIZE = (1440, 900)
SAMPLE = "PM-2026-014"
_QUALITY = 60  # of packing, not of the picture: as small, and twice as fast


class Studio:
    """A window on a library, to be arranged and photographed."""

    def __init__(self, app: QApplication, folder: Path) -> None:
        from app import bootstrap

        self._app = app
        self.folder = folder.parent
        self.desktop = Desktop(app, lambda: bootstrap.open_workspace(folder))
        self.desktop.window.show()
        self.desktop.window.resize(*SIZE)
        self.settle()

    @property
    def context(self) -> Context:
        """What the screens work with."""
        return self.screens.context

    @property
    def screens(self) -> Screens:
        """The screens of the open library."""
        if self.desktop.screens is None:
            raise RuntimeError("the library did not open")
        return self.desktop.screens

    @property
    def sample_id(self) -> str:
        """The sample that the design's pictures show."""
        return queries.resolve(self.context.workspace.library, SAMPLE)

    def settle(self) -> None:
        """Let everything that was begun end."""
        for _ in range(8):
            self._app.processEvents()
            self.desktop.runner.drain()
        self._app.processEvents()

    def take(self, widget: QWidget, file: Path) -> list[str]:
        """Photograph a window and return what did not fit."""
        self.settle()
        file.parent.mkdir(parents=True, exist_ok=True)
        if not widget.grab().save(str(file), quality=_QUALITY):
            raise OSError(f"{file} could not be written")
        return [f"{file.stem}: {fault}" for fault in clipped(widget)]

    def close(self) -> None:
        """Close the window, end its work, and leave nothing behind that later ones restyle."""
        self.desktop.window.close()
        self._app.processEvents()
        for thing in (self.desktop.window, self.desktop.look, self.desktop):
            thing.deleteLater()
        self._app.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def last_shown(studio: Studio, kind: type[QWidget]) -> QWidget:
    shown = [w for w in studio.desktop.window.findChildren(kind) if w.isVisible()]
    return shown[-1]
