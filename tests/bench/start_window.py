"""Opens the real window and says when it was first painted and when its list could be used."""

import json
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from app.ui.application import Desktop, create_application

if TYPE_CHECKING:
    from app.bootstrap import Workspace


def _now_ms() -> float:
    return (time.time() - float(os.environ["BENCH_STARTED"])) * 1000


def main() -> None:
    """Runs until the first rows are shown."""
    app = create_application(sys.argv[:1])

    def open_workspace() -> "Workspace":
        from app import bootstrap

        return bootstrap.open_workspace(Path(sys.argv[1]))

    desktop = Desktop(app, open_workspace)
    seen: dict[str, float] = {}

    def painted() -> None:
        seen.setdefault("painted_ms", _now_ms())
        wait.start(1)

    def watch() -> None:
        if desktop.screens is not None:
            wait.stop()
            desktop.screens.library.rows_read.connect(shown)

    def shown(_count: int) -> None:
        seen.setdefault("interactive_ms", _now_ms())
        QTimer.singleShot(0, desktop.window.close)

    wait = QTimer()
    wait.timeout.connect(watch)
    desktop.window.painted.connect(painted)
    desktop.window.show()
    app.exec()
    sys.stdout.write(json.dumps(seen) + "\n")


if __name__ == "__main__":
    main()
