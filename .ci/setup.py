"""Makes ``.venv`` ready from the hash-locked versions; called by ``.ci/setup``.

Standard library only, since it runs before anything is installed. ``.venv/ready.json`` says what
the environment was made from. It is removed before a change and written after it, so an
interrupted set-up is seen, and the environment made anew.
"""

import compileall
import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, NoReturn

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / "bin" / "python"
READY = VENV / "ready.json"
LOCKS = {"run": ROOT / "requirements.lock", "dev": ROOT / "requirements-dev.lock"}
PACKAGES = ("app", "models", "search", "integrations", "resources")

# Which Debian package brings the shared library that Qt misses (Debian 12; later ones provide
# the same names).
DEBIAN_PACKAGES = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libGLX.so.0": "libgl1",
    "libOpenGL.so.0": "libopengl0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libz.so.1": "zlib1g",
    "libX11.so.6": "libx11-6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libSM.so.6": "libsm6",
    "libICE.so.6": "libice6",
    "libxcb.so.1": "libxcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xinerama.so.0": "libxcb-xinerama0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
}


def main(arguments: list[str]) -> None:
    """Make the environment ready, or with ``--is-ready`` say by the exit code whether it is."""
    level = "dev" if "dev" in arguments else "run"
    if "--is-ready" in arguments:
        if not _is_ready(level):
            sys.exit(1)
        _compile_own_code()
        return
    # Any file of the checkout can carry the lock; this one is always there.
    with Path(__file__).open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not _is_ready(level):  # a parallel set-up may have finished meanwhile
            _make_ready(level)


def _is_ready(level: str) -> bool:
    made = _made_from()
    return (
        made.get("root") == str(ROOT)
        and made.get("python") == _python_of_venv()
        and made.get(level) == _digest(level)
        and set(_platforms()) <= set(made.get("platforms", []))
    )


def _made_from() -> dict[str, Any]:
    try:
        made = json.loads(READY.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return {}
    return made if isinstance(made, dict) else {}


def _python_of_venv() -> str | None:
    """The version of the environment's interpreter; None where it does not run."""
    if Path(sys.prefix) == VENV or Path(sys.executable) == VENV_PYTHON:
        return _running_python()
    try:
        return _output(VENV_PYTHON, "-c", "import sys; print('%d.%d' % sys.version_info[:2])")
    except (OSError, subprocess.CalledProcessError):
        return None


def _running_python() -> str:
    return f"{sys.version_info[0]}.{sys.version_info[1]}"


def _digest(level: str) -> str:
    """What the packages of a level are made from."""
    content = LOCKS[level].read_bytes() + (ROOT / "pyproject.toml").read_bytes()
    return hashlib.sha256(content).hexdigest()


def _platforms() -> list[str]:
    """Names of the Qt platform plugins that this session will load."""
    if sys.platform != "linux":
        return []
    return [
        "qoffscreen",
        *(["qxcb"] if os.environ.get("DISPLAY") else []),
        *(["qwayland"] if os.environ.get("WAYLAND_DISPLAY") else []),
    ]


def _make_ready(level: str) -> None:
    made = _made_from()
    python = _python_of_venv()
    if made.get("root") != str(ROOT) or made.get("python") != python:
        made = {}
    READY.unlink(missing_ok=True)
    if not made:
        made = {"root": str(ROOT), "python": _make_venv()}
    if made.get(level) != _digest(level):
        _install(level)
        made[level] = _digest(level)
        if level == "dev":  # its lock holds everything that running needs
            made["run"] = _digest("run")
    _compile_own_code()
    _record(made)
    _provide_qt_libraries()
    _record(made | {"platforms": sorted({*made.get("platforms", []), *_platforms()})})


def _record(made: dict[str, Any]) -> None:
    unfinished = READY.with_suffix(".new")
    unfinished.write_text(json.dumps(made, indent=1), encoding="utf-8")
    unfinished.replace(READY)


def _make_venv() -> str | None:
    if VENV.exists():
        _say("The environment in .venv is unfinished or was made elsewhere; making it anew.")
        shutil.rmtree(VENV)
    try:
        import ensurepip  # noqa: F401 - Debian leaves it out of python3
    except ImportError:
        _apt_install([f"python3.{sys.version_info[1]}-venv"], "to make .venv")
    _say(f"Making .venv with Python {_running_python()}.")
    _run(sys.executable, "-m", "venv", VENV)
    return _python_of_venv()


def _install(level: str) -> None:
    lock = LOCKS[level]
    _say(f"Installing what {lock.name} lists; the first time this downloads about 150 MB.")
    pip = (VENV_PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    _run(*pip, "--require-hashes", "-r", lock)
    # The build backend came with the lock, so nothing arrives unhashed.
    _run(*pip, "--no-deps", "--no-build-isolation", "--no-index", "-e", ROOT)


def _compile_own_code() -> None:
    """Write byte code also where PYTHONDONTWRITEBYTECODE keeps Python from doing so."""
    for package in PACKAGES:
        compileall.compile_dir(ROOT / package, quiet=1)


def _provide_qt_libraries() -> None:
    missing = _missing_libraries()
    if not missing:
        return
    packages = sorted({DEBIAN_PACKAGES.get(name, name) for name in missing})
    _apt_install(packages, "for Qt")
    missing = _missing_libraries()
    if missing:
        _stop(f"Qt still misses {', '.join(missing)}. Install what brings them and run make again.")


def _missing_libraries() -> list[str]:
    """Shared libraries that Qt's modules and this session's platform plugins ask for in vain."""
    if sys.platform != "linux" or not shutil.which("ldd"):
        return []
    qt = next(VENV.glob("lib/python*/site-packages/PySide6"))
    plugins = qt / "Qt" / "plugins" / "platforms"
    files = [
        *(
            qt / f"Qt{module}.abi3.so"
            for module in ("Core", "Gui", "Widgets", "Svg", "PrintSupport")
        ),
        *(file for name in _platforms() for file in plugins.glob(f"lib{name}*.so")),
    ]
    lines = _output("ldd", *files).splitlines()
    return sorted({line.split()[0] for line in lines if line.endswith("not found")})


def _apt_install(packages: list[str], purpose: str) -> None:
    command = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    if not shutil.which("apt-get"):
        _stop(f"Missing {purpose} (names of the Debian packages): {' '.join(packages)}")
    as_root: list[str] = []
    if os.geteuid() != 0:
        if not shutil.which("sudo"):
            _stop(f"Missing {purpose}. As root, run: {' '.join(command)}")
        as_root = ["sudo"] if sys.stdin.isatty() else ["sudo", "-n"]
    _say(f"Installing {purpose} with {' '.join([*as_root, 'apt-get'])}: {' '.join(packages)}")
    as_root += ["env", "DEBIAN_FRONTEND=noninteractive"]
    # An unreachable third-party source fails the update but need not fail the installation.
    subprocess.run([*as_root, "apt-get", "update", "-qq"], stdout=subprocess.DEVNULL, check=False)
    with_options = ["apt-get", "-qq", "-o", "Dpkg::Use-Pty=0", *command[1:]]
    if subprocess.run([*as_root, *with_options], stdout=subprocess.DEVNULL, check=False).returncode:
        _stop(f"That did not work. As root, run: {' '.join(command)}")


def _run(*command: str | Path) -> None:
    result = subprocess.run(command, check=False)
    if result.returncode:
        _stop(f"This failed, see above: {' '.join(map(str, command))}")


def _output(*command: str | Path) -> str:
    result = subprocess.run(command, check=True, capture_output=True, text=True)
    return result.stdout.strip()


def _say(sentence: str) -> None:
    # Standard output belongs to the command that make runs next.
    sys.stderr.write(f"{sentence}\n")


def _stop(sentence: str) -> NoReturn:
    sys.exit(sentence)


if __name__ == "__main__":
    main(sys.argv[1:])
