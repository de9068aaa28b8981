"""Starts the author's own editor on a file."""

import os
import shlex
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import cast

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


def open_in_editor(file: Path) -> None:
    """Open a file in the author's editor, else in what the desktop opens it with.

    Raises ``KnownError`` where neither can be started.
    """
    command = editor_command(file, os.environ)
    if command and start_detached(command):
        return
    if QDesktopServices.openUrl(QUrl.fromLocalFile(str(file))):
        return
    raise KnownError(
        "No editor could be started.",
        kept=f"The text is in {file}; what you save there is taken over.",
        advice="Set VISUAL or EDITOR to the editor of your choice.",
    )
