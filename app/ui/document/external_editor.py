"""Starts the author's own editor on a file."""

import os
import shlex
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import IO, cast

from PySide6.QtCore import QProcess, QUrl
from PySide6.QtGui import QDesktopServices

from models.errors import KnownError

_IN_TERMINAL = frozenset(
    (
        "vi",
        "vim",
        "nvim",
        "nano",
        "pico",
        "micro",
        "hx",
        "helix",
        "kak",
        "joe",
        "ne",
        "mcedit",
        "ed",
    )
)
AT_ONCE_S = 3.0
"""An editor that ends with an error sooner than this was never usable."""
ADVICE = (
    "Set VISUAL or EDITOR to the command of your editor (for example VISUAL=gedit)"
    " and start Afterwhy again."
)
_TERMINALS = ("x-terminal-emulator", "gnome-terminal", "konsole", "xfce4-terminal", "xterm")


def editor_command(file: Path, environment: Mapping[str, str]) -> list[str]:
    """The command for ``$VISUAL`` or ``$EDITOR``; empty where the desktop has to choose.

    An editor that needs a terminal gets one where there is one.
    """
    chosen = environment.get("VISUAL") or environment.get("EDITOR") or ""
    try:
        words = shlex.split(chosen, posix=os.name != "nt")
    except ValueError:
        return []
    if not words or shutil.which(words[0]) is None:
        return []
    if Path(words[0]).stem in _IN_TERMINAL:
        terminal = next((name for name in _TERMINALS if shutil.which(name)), None)
        if terminal is None or os.name == "nt":
            return []
        flag = "--" if terminal == "gnome-terminal" else "-e"
        return [terminal, flag, *words, str(file)]
    return [*words, str(file)]


def start_detached(command: list[str]) -> bool:
    """Start a program that goes on without this one; False where it could not be started."""
    process = QProcess()
    process.setProgram(command[0])
    process.setArguments(command[1:])
    # PySide6 answers a bool here, its type stubs say otherwise.
    return bool(cast("object", process.startDetached()))


class Started:
    """An editor that was started; it goes on when this program ends.

    ``exit_code`` is None while it runs; then ``seconds`` is how long it ran and ``complaint`` the
    last line it wrote to its error stream. ``is_settled``: its end was told to the user.
    """

    def __init__(self, command: list[str]) -> None:
        """Raises ``OSError`` where the program cannot be started."""
        self.command = command
        self.exit_code: int | None = None
        self.is_settled = False
        self.seconds = 0.0
        self.complaint = ""
        self._begun = time.monotonic()
        # A file, not a pipe: an editor that outlives this program may still write to it.
        errors = tempfile.TemporaryFile()  # noqa: SIM115  (closed when the editor ends)
        try:
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=errors,
                start_new_session=True,
            )
        except OSError:
            errors.close()
            raise
        threading.Thread(target=self._wait, args=(process, errors), daemon=True).start()

    @property
    def failed_at_once(self) -> bool:
        """Whether it ended with an error before anybody can have written in it."""
        return bool(self.exit_code) and self.seconds < AT_ONCE_S

    @property
    def was_closed(self) -> bool:
        """Whether it ended after a while. A short success only hands the file to a window."""
        return self.exit_code is not None and self.seconds >= AT_ONCE_S

    def _wait(self, process: subprocess.Popen[bytes], errors: IO[bytes]) -> None:
        code = process.wait()
        with errors:
            errors.seek(max(0, errors.seek(0, os.SEEK_END) - 2000))
            lines = errors.read().decode(errors="replace").split("\n")
        self.complaint = next((line.strip() for line in reversed(lines) if line.strip()), "")
        self.seconds = time.monotonic() - self._begun
        self.exit_code = code


def open_in_editor(file: Path) -> Started | None:
    """Open a file in the author's editor, else in what the desktop opens it with.

    None where the desktop opens it: what it starts cannot be watched. Raises ``KnownError`` where
    neither can be started.
    """
    command = editor_command(file, os.environ)
    if command:
        try:
            return Started(command)
        except OSError as error:
            raise KnownError(
                f"The editor could not be started with “{shlex.join(command)}”: {error.strerror}.",
                kept=f"The text is in {file}; what you save there is taken over.",
                advice=ADVICE,
            ) from error
    if QDesktopServices.openUrl(QUrl.fromLocalFile(str(file))):
        return None
    raise KnownError(
        "No editor could be started.",
        kept=f"The text is in {file}; what you save there is taken over.",
        advice=ADVICE,
    )
