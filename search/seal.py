"""The seal: which files make up the index now, and proof that they are as they were written.

One small file, ``current.json``, is the only thing that decides what is read: it names the
generation's folder, every file in it with size and digest, the place in the change log and the
document count. It is replaced in one step after Whoosh has written its files, so a process killed
at any moment leaves either the old state or the new one; files that no seal names are leftovers.
Whoosh unpickles what it reads, hence nothing is handed to it that the seal does not vouch for.
"""

import hashlib
import json
import os
import re
import shutil
import sys
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import whoosh
from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import StructFile

from search.damage import DamagedIndexError
from search.schema import FORMAT, make_schema

SEAL_NAME = "current.json"
SMALL_BYTES = 32 * 2**20
"""Up to this size every file is read and compared at each start (about 20 ms)."""


_NONE: Mapping[str, "FileSeal"] = {}


@dataclass(frozen=True, slots=True)
class FileSeal:
    """One file: bytes, time of writing (nanoseconds) and digest (SHA-256, which most processors
    compute twice as fast as BLAKE2b; every command reads the whole index once).
    """

    size: int
    written: int
    digest: str


@dataclass(frozen=True, slots=True)
class Seal:
    """The state of an index; ``cursor`` and ``mark`` are its place in the change log."""

    library: str
    build: str
    generation: int
    cursor: int
    mark: str
    documents: int
    files: Mapping[str, FileSeal]

    def folder(self, home: Path) -> Path:
        """Where this generation's files are."""
        return home / f"generation-{self.generation}"


def build_key() -> str:
    """Names everything that decides how an index looks; another key means rebuild."""
    fields = ",".join(sorted(make_schema().names()))
    version = ".".join(str(part) for part in whoosh.__version__)
    return f"{FORMAT}|{fields}|whoosh {version}|{sys.byteorder}"


def home_of(cache: Path, library_id: str) -> Path:
    """The index folder of a library, inside the user's cache. The id comes from a library that
    somebody else may have made, so anything but a plain name is replaced by its digest.
    """
    plain = re.fullmatch(r"[A-Za-z0-9-]{1,64}", library_id)
    return cache / (library_id if plain else hashlib.sha256(library_id.encode()).hexdigest())


def read_seal(home: Path, library_id: str) -> Seal | None:
    """The seal of an index, None if there is no index yet."""
    try:
        text = (home / SEAL_NAME).read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise DamagedIndexError(f"{SEAL_NAME} cannot be read") from error
    try:
        outer = json.loads(text)
        body = outer["seal"]
        if outer["digest"] != _digest_of(body):
            raise DamagedIndexError(f"{SEAL_NAME} was changed")
        files = {name: FileSeal(**entry) for name, entry in body.pop("files").items()}
        seal = Seal(files=files, **body)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise DamagedIndexError(f"{SEAL_NAME} cannot be understood") from error
    if seal.library != library_id:
        raise DamagedIndexError("it belongs to another library")
    if seal.build != build_key():
        raise DamagedIndexError("it was written by another version")
    return seal


def write_seal(home: Path, seal: Seal) -> None:
    """Makes a state the current one, in one step."""
    body = _fields(seal) | {"files": {name: _fields(file) for name, file in seal.files.items()}}
    text = json.dumps({"seal": body, "digest": _digest_of(body)})
    draft = home / f"{SEAL_NAME}.{os.getpid()}.draft"
    with draft.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    remove_folder(home / SEAL_NAME)
    draft.replace(home / SEAL_NAME)


def remove_folder(path: Path) -> None:
    """Removes a folder that stands where a file of the index belongs."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)


def seal_files(
    folder: Path, names: Iterable[str], known: Mapping[str, FileSeal]
) -> dict[str, FileSeal]:
    """Seals files; those ``known`` already are never rewritten and need no second reading."""
    return {name: known.get(name) or _seal_file(folder / name) for name in names}


def check_files(
    home: Path, seal: Seal, *, thorough: bool = False, trusted: Mapping[str, FileSeal] = _NONE
) -> None:
    """Compares the files with their seal; raises DamagedIndexError where they differ.

    A file whose size and time of writing agree is read only if ``thorough`` or if the index is
    small; reading takes about 1 ms per MB. Of files ``trusted`` from an earlier check nothing but
    size and time is looked at.
    """
    folder = seal.folder(home)
    every = thorough or sum(entry.size for entry in seal.files.values()) <= SMALL_BYTES
    for name, entry in seal.files.items():
        path = folder / name
        try:
            stat = path.stat()
            if stat.st_size != entry.size:
                raise DamagedIndexError(f"{name} has another size")
            untouched = stat.st_mtime_ns == entry.written
            doubted = every and trusted.get(name) != entry
            if (doubted or not untouched) and _seal_file(path).digest != entry.digest:
                raise DamagedIndexError(f"{name} was changed")
        except OSError as error:
            raise DamagedIndexError(f"{name} cannot be read") from error


class SealedStorage(FileStorage):
    """A Whoosh storage that shows only the files of a seal, and what is written through it.

    Whoosh deletes what it has replaced as soon as it commits. Here that only drops the names: the
    old state must stay whole until the new one is sealed.
    """

    def __init__(self, folder: Path, names: Iterable[str]) -> None:
        # Memory-mapped opening copies every file into RAM (measured: 702 MB at 50,000 documents).
        super().__init__(str(folder), supports_mmap=False)
        self._names = set(names)

    def list(self) -> list[str]:
        """The sealed names and those written since."""
        return sorted(self._names)

    def create_file(self, name: str, **kwargs: Any) -> StructFile:
        """Creates a file and shows it."""
        self._names.add(name)
        return super().create_file(name, **kwargs)

    def open_file(self, name: str, **kwargs: Any) -> StructFile:
        """Opens a file if it may be seen."""
        if name not in self._names:
            raise FileNotFoundError(name)
        return super().open_file(name, **kwargs)

    def file_exists(self, name: str) -> bool:
        """Whether a file may be seen."""
        return name in self._names

    def delete_file(self, name: str) -> None:
        """Hides a file; it is removed after the next seal."""
        self._names.discard(name)

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        """Renames a file in one step."""
        super().rename_file(oldname, newname, safe=safe)
        self._names.discard(oldname)
        self._names.add(newname)

    def lock(self, _name: str) -> threading.Lock:
        """Whoosh's own lock has nothing to do: one lock file guards the whole index."""
        return threading.Lock()


def _fields(record: "Seal | FileSeal") -> dict[str, Any]:
    """As ``asdict`` has them, which copies every value and takes 4 ms for 100 files."""
    return {field.name: getattr(record, field.name) for field in fields(record)}


def _digest_of(body: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()


def _seal_file(path: Path) -> FileSeal:
    with path.open("rb") as file:
        stat = os.fstat(file.fileno())
        digest = hashlib.file_digest(file, "sha256")
    return FileSeal(stat.st_size, stat.st_mtime_ns, digest.hexdigest())
