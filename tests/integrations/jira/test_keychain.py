"""Tokens are kept by the system's keychain, or not at all."""

import logging
import subprocess
import sys
from collections.abc import Iterator

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked

from integrations.jira import keychain

SECRET = "example-token"  # noqa: S105 - opens nothing


class Chain(KeyringBackend):
    """A keychain in memory, which may be locked."""

    priority = 1

    def __init__(self) -> None:
        self.held: dict[tuple[str, str], str] = {}
        self.locked = False

    def _open(self) -> dict[tuple[str, str], str]:
        if self.locked:
            raise KeyringLocked(f"locked while {SECRET} was asked for")
        return self.held

    def get_password(self, service: str, username: str) -> str | None:
        return self._open().get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._open()[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self._open()[service, username]


class PlainFile(Chain):
    """What writes tokens into a file."""


class NoKeychain(Chain):
    """What stands in where there is none."""


PlainFile.__module__ = "keyrings.alt.file"
NoKeychain.__module__ = "keyring.backends.fail"


class Several(Chain):
    """A chain of links."""

    def __init__(self, *links: KeyringBackend) -> None:
        super().__init__()
        self.backends = list(links)


def use(backend: KeyringBackend) -> None:
    keyring.set_keyring(backend)


@pytest.fixture(autouse=True)
def _own_keychain() -> Iterator[None]:
    before = keyring.get_keyring()
    yield
    keyring.set_keyring(before)


def test_a_token_is_kept_and_forgotten() -> None:
    use(Chain())
    assert keychain.absent() == ""
    assert keychain.kept("a@site") is None
    assert keychain.keep("a@site", SECRET)
    assert keychain.kept("a@site") == SECRET
    assert keychain.kept("b@site") is None
    keychain.forget("a@site")
    keychain.forget("a@site")
    assert keychain.kept("a@site") is None


@pytest.mark.parametrize("backend", [NoKeychain(), PlainFile(), Several(PlainFile())])
def test_without_a_keychain_it_says_so_and_keeps_nothing(backend: KeyringBackend) -> None:
    use(backend)
    assert "no keychain" in keychain.absent()
    assert not keychain.keep("a", SECRET)
    assert keychain.kept("a") is None
    assert not getattr(backend, "held", None)


def test_a_plain_file_in_a_chain_is_left_out() -> None:
    file, chain = PlainFile(), Chain()
    use(Several(file, chain))
    assert keychain.keep("a", SECRET)
    assert (file.held, list(chain.held.values())) == ({}, [SECRET])


def test_a_locked_keychain_is_like_an_empty_one_and_names_no_token(
    caplog: pytest.LogCaptureFixture,
) -> None:
    chain = Chain()
    chain.locked = True
    use(chain)
    with caplog.at_level(logging.DEBUG):
        assert keychain.kept("a") is None
        assert not keychain.keep("a", SECRET)
        keychain.forget("a")
    assert "KeyringLocked" in caplog.text
    assert SECRET not in caplog.text


def test_neither_the_keychain_nor_the_network_is_loaded_before_it_is_needed() -> None:
    asked = (
        "import sys, integrations.jira.keychain, integrations.jira.site;"
        "print([m for m in ('keyring', 'jira', 'requests', 'urllib3') if m in sys.modules])"
    )
    shown = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, check=True, timeout=60
    )
    assert shown.stdout.strip() == "[]"
