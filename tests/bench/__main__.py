"""``make bench``: every figure as JSON on standard output, and as a table on standard error."""

import argparse
import json
import platform
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from tests.bench import (
    editor,
    importing,
    jira,
    key_presses,
    language,
    responsiveness,
    searching,
    startup,
    why_tree,
)
from tests.bench.figures import Figures

if TYPE_CHECKING:
    from collections.abc import Callable


LONG = ("search_50k",)
"""Parts of a quarter of an hour and more, measured only when asked for."""


def main() -> None:
    """Runs the parts asked for (all but the long ones by default), each in a folder of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parts: dict[str, Callable[[Path], Figures]] = {
        "startup": startup.measure,
        "search_1k": lambda folder: searching.measure(1_000, folder),
        "search_10k": lambda folder: searching.measure(10_000, folder),
        "search_50k": lambda folder: searching.measure(50_000, folder),
        "import": importing.measure,
        "typing": key_presses.measure,
        "editor": editor.measure,
        "language": language.measure,
        "why_tree": why_tree.measure,
        "jira": jira.measure,
        "responsiveness": responsiveness.measure,
    }
    parser.add_argument("parts", nargs="*", choices=[[], *parts], help="what to measure")
    wanted = parser.parse_args().parts or [name for name in parts if name not in LONG]
    figures: Figures = {"machine": platform.platform(), "python": platform.python_version()}
    for name in wanted:
        click.echo(f"measuring {name} ...", err=True)
        with TemporaryDirectory(prefix="afterwhy-bench-") as folder:
            figures[name] = parts[name](Path(folder))
    click.echo(json.dumps(figures, indent=2))
    _table(figures)


def _table(figures: Figures) -> None:
    for part, values in figures.items():
        if not isinstance(values, dict):
            continue
        click.echo(f"\n{part}", err=True)
        for name, value in values.items():
            shown = value
            if isinstance(value, dict):
                shown = "  ".join(f"{key} {entry}" for key, entry in value.items())
            click.echo(f"  {name:28} {shown}", err=True)


if __name__ == "__main__":
    main()
