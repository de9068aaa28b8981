"""What holds for every test: an own home, no network, no screen, no leaked settings."""

import os
import sys
from ipaddress import ip_address
from pathlib import Path

import pytest
from hypothesis import settings

from tests import SOAK

# Qt reads these once, before the first window; a test never opens one on the developer's screen.
os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ.pop("QT_STYLE_OVERRIDE", None)

# The sample is the same on every run: what a rare example would show is looked for by the soak,
# not by whoever's unrelated change happens to draw it.
settings.register_profile("sample", deadline=None, derandomize=True, max_examples=25)
settings.register_profile("soak", deadline=None, print_blob=True, max_examples=5000)
settings.load_profile("soak" if SOAK else "sample")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests with time limits of their own take long: begun first, none of them ends alone."""
    items.sort(key=lambda item: item.get_closest_marker("timeout") is None)


def _is_loopback(host: object) -> bool:
    if isinstance(host, bytes):
        host = host.decode("ascii", "replace")
    if host in (None, "", "localhost"):
        return True
    try:
        return ip_address(str(host)).is_loopback
    except ValueError:
        return False


def _refuse_network(event: str, args: tuple[object, ...]) -> None:
    """Audit hook: a name look-up or a connection beyond this machine fails the test that tries it.

    A hook rather than a patched ``socket``: it also holds in threads and for C callers of Python's
    sockets, and no test can undo it.
    """
    if event == "socket.getaddrinfo":
        host = args[0]
    elif event in ("socket.connect", "socket.sendto") and isinstance(args[1], tuple):
        host = args[1][0]
    else:
        return
    if not _is_loopback(host):
        raise PermissionError(f"a test tried to reach {host!r}; only the loopback is allowed")


sys.addaudithook(_refuse_network)


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder of its own for each test, with every platform's user folders inside it."""
    folder = tmp_path_factory.mktemp("home")
    for name in os.environ:
        if name.startswith("AFTERWHY_") or name in ("EDITOR", "VISUAL"):
            monkeypatch.delenv(name)
    for name, place in {
        "HOME": "",
        "USERPROFILE": "",
        "APPDATA": "roaming",
        "LOCALAPPDATA": "local",
        "XDG_DATA_HOME": ".local/share",
        "XDG_STATE_HOME": ".local/state",
        "XDG_CONFIG_HOME": ".config",
        "XDG_CACHE_HOME": ".cache",
    }.items():
        monkeypatch.setenv(name, str(folder / place))
    return folder
