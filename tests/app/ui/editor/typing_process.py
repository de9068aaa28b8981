"""A real window into which somebody types until the process is killed: folder, post-mortem, seed.

Each word is printed with the time (of the machine's monotonic clock) at which it was typed, and
how long the process had waited for a processor until then.
"""

import os
import random
import signal
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.ui.application import Desktop, create_application
from app.ui.ending import Ending

if TYPE_CHECKING:
    from app.bootstrap import Workspace


def waited_s(process: int) -> float:
    """Seconds that the first thread of a process was kept waiting for a processor by others.

    Zero where the system does not tell (anywhere but on Linux).
    """
    told = Path(f"/proc/{process}/schedstat")
    return int(told.read_text().split()[1]) / 1e9 if told.exists() else 0.0


class Typist:
    """Types words into the summary, at the speed of a quick author."""

    def __init__(self, desktop: Desktop, id: str, seed: str) -> None:
        self._desktop = desktop
        self._id = id
        self._draw = random.Random(seed)  # noqa: S311 - repeatable, not secret
        self._number = 0
        self._timer = QTimer(desktop)
        self._timer.timeout.connect(self._begin)
        self._timer.start(20)

    def stop(self) -> None:
        """Take the hands off the keys."""
        self._timer.timeout.disconnect()
        self._timer.stop()

    def _begin(self) -> None:
        screens = self._desktop.screens
        if screens is None:
            return
        self._timer.stop()
        screens.context.preferences.set_text("author_asked", "yes")
        screens.writing.edit(self._id)
        self._timer.timeout.disconnect(self._begin)
        self._timer.timeout.connect(self._type)
        self._timer.start(40)

    def _type(self) -> None:
        screens = self._desktop.screens
        if screens is None or self._desktop.window.current != "editor":
            return
        if self._number == 0:
            screens.writing.editor.reveal("summary")
            focus = QApplication.focusWidget()
            if focus is not None:
                QTest.keySequence(focus, "Ctrl+End")
        focus = QApplication.focusWidget()
        if focus is None:
            return
        self._number += 1
        word = f"word{self._number}"
        QTest.keyClicks(focus, f" {word}")
        sys.stdout.write(f"{word} {time.monotonic()} {waited_s(os.getpid())}\n")
        sys.stdout.flush()
        self._timer.start(self._draw.choice((15, 40, 40, 80, 300)))


def main(folder: str, id: str, seed: str) -> None:
    """Runs until it is killed."""
    app = create_application(sys.argv[:1])

    def open_workspace() -> "Workspace":
        from app import bootstrap

        return bootstrap.open_workspace(Path(folder))

    desktop = Desktop(app, open_workspace)
    Ending(desktop.window)
    desktop.window.show()
    desktop.window.activateWindow()
    typist = Typist(desktop, id, seed)
    # A window that is closing takes no more keys from people, but it would from this one.
    signal.signal(signal.SIGTERM, lambda *_: typist.stop())
    app.exec()


if __name__ == "__main__":
    main(*sys.argv[1:])
