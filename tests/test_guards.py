"""The guards of the test run itself do guard."""

import os
import socket
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from platformdirs import user_cache_path, user_data_path


@pytest.mark.parametrize("host", ["198.51.100.7", "2001:db8::1", "post-mortems.example"])
def test_the_network_is_refused(host: str) -> None:
    with pytest.raises(PermissionError, match="only the loopback"):
        socket.create_connection((host, 443), timeout=1)


def test_the_loopback_is_allowed() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname(), timeout=5) as client,
    ):
        assert client.getpeername() == server.getsockname()


def test_user_folders_lie_in_the_tests_home(home: Path) -> None:
    assert user_data_path("afterwhy").is_relative_to(home)
    assert user_cache_path("afterwhy").is_relative_to(home)
    assert not [name for name in os.environ if name.startswith("AFTERWHY_")]


@given(st.text())
def test_properties_may_use_the_home(text: str) -> None:
    """Hypothesis reports function-scoped fixtures it cannot reset; the home must not count."""
    assert isinstance(text, str)
