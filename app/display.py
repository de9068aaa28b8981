"""Whether a window can be opened here, found out before Qt is loaded (which would abort)."""

import os
import socket
import sys
from pathlib import Path

_TIMEOUT_S = 2.0
"""An X server that does not take a connection in this time is not there."""


def missing() -> str:
    """Why no window can be opened here, as a sentence; "" where one can."""
    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM"):
        return ""
    wayland, display = os.environ.get("WAYLAND_DISPLAY"), os.environ.get("DISPLAY")
    if wayland and _wayland_answers(wayland):
        return ""
    if display and _x_answers(display):
        return ""
    if not wayland and not display:
        return "No display (DISPLAY and WAYLAND_DISPLAY are empty)."
    return f"The display {display or wayland} does not answer."


def _wayland_answers(name: str) -> bool:
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    return _connects(socket.AF_UNIX, str(Path(runtime, name)))


def _x_answers(display: str) -> bool:
    """``host:number.screen``; without a host it is the socket that every local server has."""
    host, _, rest = display.rpartition(":")
    number = rest.partition(".")[0]
    if not number.isdigit():
        return Path(display).is_socket()  # macOS-style launchd path, or a name Qt will explain
    if host in ("", "unix"):
        path = f"/tmp/.X11-unix/X{number}"  # noqa: S108  (X11's fixed place)
        return _connects(socket.AF_UNIX, path) or _connects(socket.AF_UNIX, f"\0{path}")
    return _connects(socket.AF_INET, (host, 6000 + int(number)))


def _connects(family: socket.AddressFamily, address: str | tuple[str, int]) -> bool:
    try:
        with socket.socket(family, socket.SOCK_STREAM) as connection:
            connection.settimeout(_TIMEOUT_S)
            connection.connect(address)
    except OSError:
        return False
    return True


if __name__ == "__main__":
    why = missing()
    if why:
        sys.stdout.write(f"{why} The main job runs here instead, without a window.\n")
        sys.exit(1)
