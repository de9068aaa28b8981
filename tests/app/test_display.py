"""A window is only tried where a display answers; Qt would abort the process."""

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from app import display

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="X11 and Wayland")


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)


def test_no_display_and_a_dead_one_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "are empty" in display.missing()
    monkeypatch.setenv("DISPLAY", ":7977")
    assert display.missing() == "The display :7977 does not answer."
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert display.missing() == ""


def test_a_display_that_answers_is_taken(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-7")
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as server:
        server.bind(str(tmp_path / "wayland-7"))
        server.listen()
        assert display.missing() == ""
    assert "does not answer" in display.missing()


def test_the_window_without_a_display_is_a_sentence() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "app"], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 1
    assert done.stderr.startswith("No display")
    assert "Traceback" not in done.stderr
