"""Tokens in the system's own keychain, and nowhere else.

Nothing of it is loaded before a token is asked for. A keychain that cannot be used (none on this
machine, locked, broken, or one that writes plain files) is like one with nothing in it; ``absent``
says so in words, and the token is asked for each time or comes from the environment.
"""

import logging
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE = "Afterwhy"
"""What the keychain files tokens under, beside the account."""
NOT_KEYCHAINS = ("keyrings.alt", "keyring.backends.fail", "keyring.backends.null")
"""Stand-ins of ``keyring`` and its files, plain or behind a password of their own."""

log = logging.getLogger(__name__)


def absent() -> str:
    """Why no token can be kept on this machine, "" where one can."""
    if _backends():
        return ""
    return (
        "This system has no keychain that can be used, so the token is not kept: "
        "it is asked for each time, or taken from AFTERWHY_JIRA_TOKEN."
    )


def kept(account: str) -> str | None:
    """The token of an account, None where none is kept or the keychain does not open."""
    for backend in _backends():
        try:
            token = backend.get_password(SERVICE, account)
        except Exception as error:  # noqa: BLE001 - a backend raises whatever its system does
            _tell("be read", error)
            continue
        if token:
            return token
    return None


def keep(account: str, token: str) -> bool:
    """Keeps a token; False where no keychain takes it."""
    for backend in _backends():
        try:
            backend.set_password(SERVICE, account, token)
        except Exception as error:  # noqa: BLE001 - as above
            _tell("be written", error)
            continue
        return True
    return False


def forget(account: str) -> None:
    """Removes an account's token wherever it is kept."""
    for backend in _backends():
        try:
            if backend.get_password(SERVICE, account) is not None:
                backend.delete_password(SERVICE, account)
        except Exception as error:  # noqa: BLE001 - as above
            _tell("be cleared", error)


def _backends() -> "list[KeyringBackend]":
    """The keychain that the system or its user chose; a chain of several link by link."""
    import keyring

    try:
        chosen = keyring.get_keyring()
        chain = getattr(chosen, "backends", None)
    except Exception as error:  # noqa: BLE001 - as above; a setting may name one that is not there
        _tell("be opened", error)
        return []
    links = list(chain) if isinstance(chain, list | tuple) else [chosen]
    return [link for link in links if not type(link).__module__.startswith(NOT_KEYCHAINS)]


def _tell(what: str, error: Exception) -> None:
    """Names the error's kind only: nobody knows what a backend writes into its sentence."""
    log.warning("The system's keychain cannot %s (%s).", what, type(error).__name__)
