"""The real window on a library of its own, perhaps with a post-mortem open in the editor."""

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.ui.editor.page import EditorPage


class Desk:
    """A window to measure in."""

    def __init__(self, folder: Path, id: str = "") -> None:
        """Opens the library in ``folder``, and of it the post-mortem ``id``; index and reads are
        done.
        """
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        for name in ("CONFIG", "CACHE", "STATE"):
            os.environ[f"AFTERWHY_{name}"] = str(folder / name.lower())
        from PySide6.QtWidgets import QApplication

        from app import bootstrap
        from app.ui.application import Desktop, create_application

        existing = QApplication.instance()
        self.app = existing if isinstance(existing, QApplication) else create_application(["bench"])
        self._desktop = Desktop(self.app, lambda: bootstrap.open_workspace(folder / "library"))
        self._desktop.window.show()
        self._desktop.window.resize(1440, 900)
        while self._desktop.screens is None:
            self.run(0.05)
        self.run(0.5)
        self._desktop.runner.drain(120)
        self.run(0.2)  # what came is laid out and painted
        self.screens = self._desktop.screens
        self.screens.context.preferences.set_text("author_asked", "yes")
        if id:
            self.screens.writing.edit(id)
            self.run(1.0)

    @property
    def page(self) -> "EditorPage":
        """The editor."""
        return self.screens.writing.editor

    def run(self, seconds: float) -> None:
        """Let the window live."""
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            self.app.processEvents()
            time.sleep(0.001)

    def close(self) -> None:
        """Write what is left and close."""
        self._desktop.window.close()
        self.app.processEvents()
