"""From process start to the first painted window and to a usable list, beside a bare window."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

from models import sample
from models.commands import samples
from models.store.library import open_library
from tests.bench.figures import Figures, ratio, summed_up

_RUNS = 9


def measure(folder: Path) -> Figures:
    """Starts both in turn, several times, each in a process of its own, offscreen."""
    library = open_library(folder / "library")
    samples.add(library, sample.documents())
    library.close()
    environment = os.environ | {
        "QT_QPA_PLATFORM": "offscreen",
        "AFTERWHY_CACHE": str(folder / "cache"),
        "AFTERWHY_CONFIG": str(folder / "config"),
        "AFTERWHY_STATE": str(folder / "state"),
    }
    window = ["tests.bench.start_window", str(folder / "library")]
    bare = ["tests.bench.start_bare"]
    for command in (window, bare):
        _start(command, environment)  # once before, so that files are in the system's cache
    runs = [(_start(window, environment), _start(bare, environment)) for _ in range(_RUNS)]
    painted = summed_up(ours["painted_ms"] for ours, _ in runs)
    interactive = summed_up(ours["interactive_ms"] for ours, _ in runs)
    yardstick = summed_up(other["painted_ms"] for _, other in runs)
    return {
        "painted_ms": painted,
        "interactive_ms": interactive,
        "bare_window_ms": yardstick,
        "painted_ratio": ratio(painted["p50"], yardstick["p50"]),
        "interactive_ratio": ratio(interactive["p50"], yardstick["p50"]),
    }


def _start(command: list[str], environment: dict[str, str]) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-m", *command],
        env=environment | {"BENCH_STARTED": str(time.time())},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    figures: dict[str, float] = json.loads(done.stdout.strip().splitlines()[-1])
    return figures
