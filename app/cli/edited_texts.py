"""Texts that stand in an editor: they lie in the state folder, so that none goes with its process.

Each has a folder of its own with a lock that the operating system lets go of when ``edit`` ends,
however it ends. In it lie the text, as it was given to the editor, and what it was made from.
"""

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from app import settings
from models import codec
from models.document import Document, new_id
from models.domain.attachment import file_name
from models.errors import InvalidInputError, LibraryError

_GIVEN, _BASE, _LOCK = "given.txt", "base.json", "lock"
_STALE_S = 24 * 3600
"""So old is a text without a change that no editor has open any more."""


@dataclass(frozen=True)
class EditedText:
    """A text that an editor has, had, or gets again; this process holds its lock.

    ``given`` is the text as the editor got it, ``base`` the post-mortem that it was made from.
    """

    folder: Path
    base: Document
    given: str
    lock: FileLock

    @property
    def file(self) -> Path:
        """The text itself."""
        return self.folder / f"{file_name(self.base.ref)}.md"

    @property
    def is_changed(self) -> bool:
        """Whether the author wrote anything; also where that cannot be read any more."""
        try:
            return self.file.read_bytes() != self.given.encode()
        except FileNotFoundError:
            return False
        except OSError:
            return True

    @property
    def changed_at(self) -> datetime:
        """When the author last saved it in the editor."""
        return datetime.fromtimestamp(self.file.stat().st_mtime, UTC)

    def leave(self) -> None:
        """Lets go of it: the next ``edit`` of the post-mortem finds it."""
        self.lock.release()

    def forget(self) -> None:
        """Removes it: the library has its words, or there were none."""
        self.lock.release()
        shutil.rmtree(self.folder, ignore_errors=True)


def begin(library_id: str, base: Document, text: str) -> EditedText:
    """A text for an editor. Raises ``LibraryError`` where the state folder cannot hold it."""
    folder = _folder(library_id, base.post_mortem.id) / new_id()
    with _writing(folder):
        folder.mkdir(parents=True)
        begun = EditedText(folder, base, text, _locked(folder))
        (folder / _GIVEN).write_bytes(text.encode())
        (folder / _BASE).write_text(codec.dumps(base), encoding="utf-8")
        begun.file.write_bytes(text.encode())
    return begun


def left(library_id: str, post_mortem_id: str) -> list[EditedText]:
    """The texts that were not saved when their ``edit`` ended, the newest first."""
    home = _folder(library_id, post_mortem_id)
    try:
        folders = [folder for folder in home.iterdir() if (folder / _LOCK).is_file()]
    except OSError:
        return []  # none was ever kept here, or none can be read
    found = [text for folder in folders if (text := _claimed(folder)) is not None]
    return sorted(found, key=lambda text: text.changed_at, reverse=True)


def applied(file: Path) -> None:
    """A file was applied by itself; if it was kept here, the library has its words now."""
    folder = file.resolve().parent
    if folder.is_relative_to(_home().resolve()) and (text := _claimed(folder)) is not None:
        text.forget()


def _claimed(folder: Path) -> EditedText | None:
    """The text in a folder; None where another process has it or nobody wrote anything."""
    try:
        lock = _locked(folder)
    except (Timeout, OSError):
        return None
    try:
        base = codec.loads(Document, (folder / _BASE).read_text(encoding="utf-8"))
        text = EditedText(folder, base, (folder / _GIVEN).read_bytes().decode(), lock)
    except (OSError, ValueError, InvalidInputError):  # its ``edit`` was killed while it began
        lock.release()
        return None
    if text.is_changed:
        return text
    lock.release()
    if time.time() - (folder / _GIVEN).stat().st_mtime > _STALE_S:
        text.forget()
    return None


def _locked(folder: Path) -> FileLock:
    lock = FileLock(folder / _LOCK)
    lock.acquire(timeout=0)
    return lock


def _home() -> Path:
    return settings.state_folder() / "edits"


def _folder(library_id: str, post_mortem_id: str) -> Path:
    return _home() / file_name(library_id) / file_name(post_mortem_id)


@contextmanager
def _writing(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        with suppress(OSError):
            shutil.rmtree(folder)
        raise LibraryError(
            f"The text cannot be kept in {folder}: {error.strerror or error}.",
            kept="Nothing was changed.",
            advice="Make room and check that you may write there, or set AFTERWHY_STATE to "
            "another folder.",
        ) from error
