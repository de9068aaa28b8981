"""The tour that stands in for the window where there is no display."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from models import sample


@pytest.mark.timeout(180)
def test_the_tour_does_the_main_job_and_leaves_the_home_alone(tmp_path: Path, home: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "app.tour"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    said = done.stdout.splitlines()
    assert said[0].startswith("Made a sample library")
    assert f"Made a sample library of {len(sample.documents())} post-mortems" in done.stdout
    assert "Searched for" in done.stdout
    assert "Failures similar to PM-" in done.stdout
    shots = list((tmp_path / "build" / "shots").glob("*.png"))
    assert f"Rendered {len(shots)} pictures to {tmp_path / 'build' / 'shots'}" in said
    assert len(shots) >= len(["library", "search", "first run", "import", "settings"]) * 2
    assert not list(home.rglob("afterwhy"))
