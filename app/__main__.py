"""Afterwhy's one entry: a command, or the window when none is given."""

import signal
import sys
from pathlib import Path


def main() -> None:
    """Opens the window for ``afterwhy [--library DIR]`` alone; anything else is a command."""
    try:
        code = _run(sys.argv[1:])
    except KeyboardInterrupt:  # while modules were loading: nothing was begun
        sys.stderr.write("Stopped.\n")
        code = 1
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # what is left to do is to end
    sys.exit(code)


def _run(arguments: list[str]) -> int:
    window, library = _window_wanted(arguments)
    if window:
        from app import display

        why = display.missing()
        if why:
            sys.stderr.write(f"{why} The command line works without one: afterwhy --help\n")
            return 1
        from app.ui.application import run

        return run(library)
    from app.cli.main import run as run_command

    return run_command(arguments)


def _window_wanted(arguments: list[str]) -> tuple[bool, Path | None]:
    if not arguments:
        return True, None
    if len(arguments) == 1 and arguments[0].startswith("--library="):
        arguments = ["--library", arguments[0].partition("=")[2]]
    if len(arguments) == 2 and arguments[0] == "--library":
        folder = arguments[1]
        return bool(folder.strip()) and not folder.startswith("--"), Path(folder)
    return False, None


if __name__ == "__main__":
    main()
