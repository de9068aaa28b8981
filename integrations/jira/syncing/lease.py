"""One sync at a time, and only from the place where the library lives."""

import platform
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from integrations.jira.syncing.report import Agree, Asked, Question
from models.commands import tracking as commands
from models.document import new_id
from models.errors import KnownError
from models.queries import tracking as queries
from models.store.library import Library


class SyncRunningError(KnownError):
    """Another process syncs this library now."""


@contextmanager
def held(library: Library) -> Iterator[None]:
    """Keeps other processes and threads from syncing the library meanwhile.

    A lock of the operating system: one that was killed holds it no longer.

    Raises:
        SyncRunningError: somebody else does.
    """
    lock = FileLock(library.folder / "sync.lock", timeout=0, thread_local=False)
    try:
        lock.acquire()
    except Timeout as error:
        raise SyncRunningError(
            "Another Afterwhy is syncing this library with Jira.",
            kept="Nothing was sent.",
            advice="Wait until it is finished, then sync again.",
        ) from error
    try:
        yield
    finally:
        lock.release()


def at_home(library: Library, agree: Agree) -> bool:
    """Whether this is the library that was synced last, and not a copy of it.

    Two copies that both send would tell Jira different things. Whoever says that this one is to
    go on gives it a replica id of its own.
    """
    here, known = _here(library), queries.home(library)
    if here == known:
        return True
    if not known:
        commands.claim(library, here)
        return True
    text = (
        "This library was copied or moved since it was synced last. If both copies send to Jira, "
        "they undo each other's changes. Sync from this one from now on?"
    )
    if not agree(Question(Asked.COPIED_LIBRARY, text)):
        return False
    commands.claim(library, here, replica=new_id())
    return True


def _here(library: Library) -> str:
    """The machine and the folder."""
    machine = Path("/etc/machine-id")
    try:
        name = machine.read_text(encoding="ascii").strip()
    except OSError:
        # Only Linux has the file; a computer's name differs by network behind its first part.
        name = platform.node().partition(".")[0]
    return f"{name} {library.folder.resolve()}"
