"""The set-up script: when it has nothing to do, when it must act, and what it says then.

The script runs for real on a copy of the files it reads; only the system's commands (``python3``,
``ldd``) are stood in for, through ``PATH``.
"""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="make and sh are for Unix")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout, with a space in its path, whose environment borrows the running interpreter."""
    folder = tmp_path / "a checkout"
    shutil.copytree(ROOT / ".ci", folder / ".ci", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "requirements.lock", "requirements-dev.lock"):
        shutil.copy(ROOT / name, folder)
    binaries = folder / ".venv" / "bin"
    binaries.mkdir(parents=True)
    (binaries / "python").symlink_to(sys.executable)
    return folder


@pytest.fixture
def commands(tmp_path: Path) -> Path:
    """A folder for PATH that holds nothing but what the script itself needs."""
    folder = tmp_path / "commands"
    folder.mkdir()
    for name in ("sh", "dirname", "sed"):
        found = shutil.which(name)
        assert found
        (folder / name).symlink_to(found)
    return folder


def stand_in(folder: Path, name: str, script: str) -> None:
    """Put a command of our making on the PATH."""
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)


def digests(checkout: Path) -> dict[str, str]:
    """The digests by the script's own reckoning."""
    code = "import setup, json; print(json.dumps({n: setup._digest(n) for n in ('run', 'dev')}))"
    done = subprocess.run(
        [sys.executable, "-B", "-c", code],
        cwd=checkout / ".ci",
        capture_output=True,
        text=True,
        check=True,
    )
    parsed: dict[str, str] = json.loads(done.stdout)
    return parsed


def make_ready(checkout: Path, **changed: object) -> None:
    """Write the file that a finished set-up leaves."""
    made: dict[str, object] = {
        "root": str(checkout),
        "python": f"{sys.version_info[0]}.{sys.version_info[1]}",
        "platforms": ["qoffscreen"],
        **digests(checkout),
        **changed,
    }
    (checkout / ".venv" / "ready.json").write_text(json.dumps(made), encoding="utf-8")


def is_ready(checkout: Path, *arguments: str, **environment: str) -> bool:
    """What ``.ci/setup.py --is-ready`` says."""
    done = subprocess.run(
        [
            checkout / ".venv" / "bin" / "python",
            "-I",
            "-S",
            ".ci/setup.py",
            "--is-ready",
            *arguments,
        ],
        cwd=checkout,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert not done.stderr
    return done.returncode == 0


def test_a_finished_setup_has_nothing_to_do(checkout: Path, commands: Path) -> None:
    make_ready(checkout)
    assert is_ready(checkout)
    assert is_ready(checkout, "dev")
    # Without any Python on the PATH only the ready environment can have answered.
    subprocess.run([checkout / ".ci" / "setup"], env={"PATH": str(commands)}, check=True)


def test_running_needs_no_development_tools(checkout: Path) -> None:
    make_ready(checkout, dev=None)
    assert is_ready(checkout)
    assert not is_ready(checkout, "dev")


@pytest.mark.parametrize("name", ["requirements.lock", "pyproject.toml"])
def test_a_changed_file_calls_for_setup(checkout: Path, name: str) -> None:
    make_ready(checkout)
    with (checkout / name).open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    assert not is_ready(checkout)


def test_a_touched_file_does_not(checkout: Path) -> None:
    make_ready(checkout)
    (checkout / "requirements.lock").touch()
    assert is_ready(checkout)


@pytest.mark.parametrize(
    "changed", [{"root": "/elsewhere"}, {"python": "3.10"}, {"platforms": []}, {"run": "0"}]
)
def test_an_environment_made_otherwise_calls_for_setup(
    checkout: Path, changed: dict[str, object]
) -> None:
    make_ready(checkout, **changed)
    assert not is_ready(checkout)


@pytest.mark.parametrize("content", ["", "{", "[]", "null"])
def test_a_broken_record_calls_for_setup(checkout: Path, content: str) -> None:
    (checkout / ".venv" / "ready.json").write_text(content, encoding="utf-8")
    assert not is_ready(checkout)


@pytest.mark.skipif(sys.platform != "linux", reason="Qt's plugins differ elsewhere")
def test_a_first_display_has_its_libraries_checked(checkout: Path) -> None:
    make_ready(checkout)
    assert not is_ready(checkout, DISPLAY=":0")


def test_an_old_python_is_named(checkout: Path, commands: Path) -> None:
    stand_in(commands, "python3", '[ "$1" = --version ] && echo Python 3.9.2; exit 1')
    done = subprocess.run(
        [checkout / ".ci" / "setup"],
        env={"PATH": str(commands)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "needs Python 3.11 or newer; found: Python 3.9.2" in done.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux leaves Qt's libraries to others")
def test_missing_libraries_are_named_by_package(checkout: Path, commands: Path) -> None:
    """Without apt-get the script stops with the exact names, and the environment is not ready."""
    site = "python{}.{}".format(*sys.version_info[:2])
    (checkout / ".venv" / "lib" / site / "site-packages" / "PySide6").mkdir(parents=True)
    make_ready(checkout, platforms=[])
    stand_in(commands, "ldd", "echo 'libEGL.so.1 => not found'; echo 'libodd.so.7 => not found'")
    done = subprocess.run(
        [sys.executable, "-I", "-S", ".ci/setup.py"],
        cwd=checkout,
        env={"PATH": str(commands)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.strip() == (
        "Missing for Qt (names of the Debian packages): libegl1 libodd.so.7"
    )
    assert not is_ready(checkout)
