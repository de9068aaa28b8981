"""The main job without a window: what ``make run`` does where there is no display.

Everything goes through the same commands that people and scripts use, each in a process of its
own, so the tour shows what an installation really does. It never touches the user's own files.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click

QUERY = "retry"
"""A word that several of the sample's post-mortems turn on."""

SHOTS = Path("build", "shots")


def main() -> None:
    """Make the sample library, search it, show similar failures, render every screen."""
    with TemporaryDirectory(prefix="afterwhy-") as folder:
        library = Path(folder, "library")
        own = {f"AFTERWHY_{kind}": str(Path(folder, kind)) for kind in ("CACHE", "CONFIG", "STATE")}
        environment = {**os.environ, **own}
        _show_library(library, environment)
        ref = _show_search(library, environment)
        _show_similar(library, environment, ref)
    _render_screens()
    click.echo("\nThe sample library was temporary and is gone. To keep one of your own:")
    click.echo("  .venv/bin/afterwhy init --sample")


def _show_library(library: Path, environment: Mapping[str, str]) -> None:
    _ask(library, environment, "init", "--sample")
    listed = _ask(library, environment, "list")
    click.echo(f"Made a sample library of {listed['total']} post-mortems in {library}")
    for entry in listed["post_mortems"]:
        click.echo(f"  {entry['ref']}  {entry['severity'] or '':5} {entry['title']}")


def _show_search(library: Path, environment: Mapping[str, str]) -> str:
    found = _ask(library, environment, "search", QUERY, "--limit", "5")
    click.echo(f"\nSearched for “{QUERY}”: {found['total']} found in {found['took_ms']:.0f} ms")
    for hit in found["hits"]:
        click.echo(f"  {hit['ref']}  {hit['title']}")
    return str(found["hits"][0]["ref"])


def _show_similar(library: Path, environment: Mapping[str, str], ref: str) -> None:
    similar = _ask(library, environment, "similar", ref, "--limit", "3")
    click.echo(f"\nFailures similar to {ref}:")
    for hit in similar["hits"]:
        click.echo(f"  {hit['ref']}  {hit['title']}")
        for reason in hit["reasons"]:
            click.echo(f"               {reason}")


def _render_screens() -> None:
    command = [sys.executable, "-m", "app.ui.shots", "--out", str(SHOTS)]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    click.echo("\nRendering every screen ...")
    _finish(subprocess.run(command, env=environment, capture_output=True, text=True, check=False))
    shots = sorted(SHOTS.glob("*.png"))
    click.echo(f"Rendered {len(shots)} pictures to {SHOTS.resolve()}")


def _ask(library: Path, environment: Mapping[str, str], *arguments: str) -> dict[str, Any]:
    """One command's JSON answer."""
    command = [sys.executable, "-m", "app", "--library", str(library), *arguments, "--json"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    answer: dict[str, Any] = json.loads(_finish(done))
    return answer


def _finish(done: subprocess.CompletedProcess[str]) -> str:
    """The output of a command that worked; else its message and exit code end the tour."""
    if done.returncode:
        click.echo(f"This failed: {' '.join(done.args)}\n{done.stderr}", err=True)
        sys.exit(done.returncode)
    return done.stdout


if __name__ == "__main__":
    main()
