"""Afterwhy's one entry: a command, or the window when none is given."""

import sys
from pathlib import Path

from app import display


def main() -> None:
    """Opens the window for ``afterwhy [--library DIR]`` alone; anything else is a command."""
    arguments = sys.argv[1:]
    window, library = _window_wanted(arguments)
    if window:
        why = display.missing()
        if why:
            sys.stderr.write(f"{why} The command line works without one: afterwhy --help\n")
            sys.exit(1)
        from app.ui.application import run

        sys.exit(run(library))
    from app.cli.main import run as run_command

    sys.exit(run_command(arguments))


def _window_wanted(arguments: list[str]) -> tuple[bool, Path | None]:
    if not arguments:
        return True, None
    if len(arguments) == 1 and arguments[0].startswith("--library="):
        arguments = ["--library", arguments[0].partition("=")[2]]
    if len(arguments) == 2 and arguments[0] == "--library" and arguments[1].strip():
        return True, Path(arguments[1])
    return False, None


if __name__ == "__main__":
    main()
