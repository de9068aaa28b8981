"""What outlives a crash: which post-mortems were open, and words that were not in the library yet.

Below the state folder every run has a folder of its own with a lock that the operating system
lets go of when the process ends, however it ends. In it stand, for each open post-mortem, a marker
and, while saving fails or takes long, a copy of the whole document.
"""

import logging
import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from models import codec
from models.document import Document, new_id
from models.errors import InvalidInputError
from models.whole_files import write_whole

_log = logging.getLogger(__name__)
_COPY = ".copy.json"
_MARKER = ".open.json"


@dataclass(frozen=True, slots=True)
class Marker:
    """A post-mortem that was open: since when, and the revision that was its newest then."""

    id: str
    ref: str
    opened_at: datetime
    revision: int = 0


@dataclass(frozen=True, slots=True)
class Copy:
    """Words that were not saved: the document, what it was made from, and when."""

    document: Document
    base: Document
    at: datetime


@dataclass(frozen=True)
class Left:
    """What a run that ended without closing left behind for one post-mortem."""

    marker: Marker
    folder: Path
    copy: Copy | None = None


class RecoveryCopies:
    """The folder of this run. Files are made whole or not at all."""

    def __init__(self, state_folder: Path, library_id: str) -> None:
        self._all = state_folder / "recovery" / library_id
        self._own = self._all / new_id()
        self._lock: FileLock | None = None
        self._claims: dict[Path, FileLock] = {}

    def opened(self, marker: Marker) -> None:
        """A post-mortem is being edited."""
        self._write(f"{marker.id}{_MARKER}", codec.dumps(marker))

    def closed(self, id: str) -> None:
        """It is not any more, and everything is saved."""
        (self._own / f"{id}{_MARKER}").unlink(missing_ok=True)
        self.saved(id)

    def keep(self, copy: Copy) -> Path:
        """Keep words that are not in the library; returns the file."""
        return self._write(f"{copy.document.post_mortem.id}{_COPY}", codec.dumps(copy))

    def saved(self, id: str) -> None:
        """The library has the words: a copy is of no more use."""
        (self._own / f"{id}{_COPY}").unlink(missing_ok=True)

    def close(self) -> None:
        """The run ends in order; what is not saved stays for the next one."""
        self.abandon()
        if self._own.is_dir() and not any(self._own.glob("*.json")):
            shutil.rmtree(self._own, ignore_errors=True)

    def abandon(self) -> None:
        """Let go of the locks and leave everything as it lies, as the end of a process does."""
        for folder in [*self._claims]:
            self._claims.pop(folder).release()
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def left(self) -> list[Left]:
        """What runs that are over left behind, oldest first.

        It is this run's then: another window does not find it while this one lives.
        """
        if not self._all.is_dir():
            return []
        folders = [folder for folder in self._all.iterdir() if folder != self._own]
        found = [left for folder in folders for left in self._claimed(folder)]
        return sorted(found, key=lambda left: left.marker.opened_at)

    def forget(self, left: Left) -> None:
        """It is dealt with: remove its files."""
        for ending in (_MARKER, _COPY):
            (left.folder / f"{left.marker.id}{ending}").unlink(missing_ok=True)
        if left.folder in self._claims and not any(left.folder.glob("*.json")):
            self._claims.pop(left.folder).release()
            shutil.rmtree(left.folder, ignore_errors=True)

    def _claimed(self, folder: Path) -> list[Left]:
        if folder in self._claims:
            return _read(folder)
        lock = FileLock(folder / "lock", thread_local=False)
        try:
            lock.acquire(timeout=0)
        except Timeout:  # that run lives, or another one tells of it
            return []
        found = _read(folder)
        if found:
            self._claims[folder] = lock
        else:
            lock.release()
        return found

    def _write(self, name: str, text: str) -> Path:
        self._own.mkdir(parents=True, exist_ok=True)
        if self._lock is None:
            self._lock = FileLock(self._own / "lock", thread_local=False)
            self._lock.acquire(timeout=0)
        target = self._own / name
        write_whole(target, text)
        return target


def _read(folder: Path) -> list[Left]:
    found = []
    for file in sorted(folder.glob(f"*{_MARKER}")):
        try:
            marker = codec.loads(Marker, file.read_text(encoding="utf-8"))
            copy = _copy(folder / f"{marker.id}{_COPY}")
        except (OSError, UnicodeDecodeError, InvalidInputError) as error:
            _log.warning("The recovery file %s cannot be read: %s", file, error)
            continue
        found.append(Left(marker, folder, copy))
    return found


def _copy(file: Path) -> Copy | None:
    return codec.loads(Copy, file.read_text(encoding="utf-8")) if file.exists() else None
