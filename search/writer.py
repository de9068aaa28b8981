"""Keeping the index in step with the library: catching up, rebuilding, tidying.

Whoever writes holds the lock file of the index folder, which the operating system releases when
the process ends in any way. Nothing stays locked between two operations, so a window and a
command line on one library take turns. A state becomes visible by its seal only.
"""

import shutil
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path

from whoosh.codec.whoosh3 import W3Segment
from whoosh.index import FileIndex
from whoosh.writing import SegmentWriter

from models.errors import KnownError
from search.damage import DamagedIndexError
from search.documents import Changes, DocumentSource
from search.parts import Build, Progress, abandon, add, divide, join, one_by_one, open_writer
from search.schema import make_schema
from search.seal import (
    SEAL_NAME,
    FileSeal,
    Seal,
    SealedStorage,
    build_key,
    check_files,
    read_seal,
    seal_files,
    write_seal,
)
from search.segment import INDEX_NAME
from search.snapshot import Snapshot
from search.writer_lock import WriterLock

BATCH = 2_000
"""Documents between two seals when many changed: a cancelled catch-up keeps what it did."""
MOST_SEGMENTS = 12
"""Small segments that may stand beside each other; of more, ``settle`` makes one."""
FAR_TOO_MANY_SEGMENTS = 36
"""From here on an edit does so itself, before it can be found."""
SMALL_SEGMENT = 100
TINY_SEGMENT = 10
WASTE_SEGMENTS = 40


class Cancelled(Exception):  # noqa: N818 - no error: somebody asked for it
    """The work was stopped on request; what was sealed so far stays."""


class TooManyError(Exception):
    """More documents must be read than the caller wants to wait for."""


@dataclass(frozen=True, slots=True)
class Written:
    """What an operation did: how many documents were read anew, and whether it was a rebuild."""

    documents: int = 0
    rebuilt: bool = False


def ignore_progress(_done: int, _total: int) -> None:
    """For callers that show none."""


class Writer:
    """Writes one index, in this process."""

    def __init__(
        self, home: Path, library_id: str, source: DocumentSource, build: Build = one_by_one
    ) -> None:
        """``build`` writes the parts of a whole index."""
        self._build = build
        self._home = home
        self._library = library_id
        self._source = source
        self._checked: Mapping[str, FileSeal] = {}
        self._snapshot: Snapshot | None = None

    def current(self) -> Seal | None:
        """The seal, None if there is no index or it must be rebuilt. The first call reads every
        file to find silent damage too.
        """
        try:
            seal = read_seal(self._home, self._library)
            if seal is None:
                return None
            check_files(self._home, seal, thorough=True, trusted=self._checked)
        except DamagedIndexError:
            return None
        self._checked = seal.files
        if seal.cursor and self._source.mark(seal.cursor) != seal.mark:
            return None  # the log was replaced: another copy or a restored backup of the library
        return seal

    def catch_up(self, progress: Progress = ignore_progress, *, most: int | None = None) -> Written:
        """Brings the index to the end of the change log; rebuilds it if it is missing, damaged or
        does not belong to this log. Raises TooManyError, with nothing done, where more than
        ``most`` documents must be read.
        """
        with WriterLock(self._home):
            seal = self.current()
            if seal is None:
                _limit(len(self._source.ids()), most)
                return self._rebuild(progress)
            changes = self._source.changes_after(seal.cursor)
            _limit(len(changes.ids), most)
            if changes.sequence == seal.cursor:
                return Written()
            try:
                self._apply(seal, changes, progress)
            except DamagedIndexError:
                return self._rebuild(progress)
            return Written(len(changes.ids) + len(changes.gone))

    def rebuild(self, progress: Progress = ignore_progress) -> Written:
        """Builds the index anew beside the old one, which answers until the switch."""
        with WriterLock(self._home):
            return self._rebuild(progress)

    def is_wasteful(self) -> bool:
        """Whether many segments or deletions make searching notably slower than need be."""
        seal = self.current()
        if seal is None:
            return True
        snapshot = self._open(seal)
        return snapshot.segments() > WASTE_SEGMENTS or snapshot.size > 2 * snapshot.count + 1_000

    def settle(self) -> bool:
        """Makes one segment of many small ones, which edits leave. True if it did."""
        return self._gather(MOST_SEGMENTS, SMALL_SEGMENT)

    def gather(self) -> bool:
        """Puts the documents of tiny segments into one, however few these are. True if it did."""
        return self._gather(1, TINY_SEGMENT)

    def _gather(self, most: int, size: int) -> bool:
        with WriterLock(self._home):
            seal = self.current()
            if seal is None or not self._open(seal).crowded(most, size):
                return False
            self._apply_batch(
                seal,
                (),
                frozenset(),
                seal.cursor,
                progress=ignore_progress,
                place=(0, 0),
                crowd=(most, size),
            )
            return True

    def close(self) -> None:
        """Closes the files that are kept open from one update to the next."""
        if self._snapshot:
            self._snapshot.close()
        self._snapshot = None

    def _rebuild(self, progress: Progress) -> Written:
        generation = 1 + max(
            (int(p.name.partition("-")[2]) for p in self._generations()), default=0
        )
        cursor = self._source.last_sequence()
        mark = self._source.mark(cursor)
        seal = Seal(self._library, build_key(), generation, cursor, mark, 0, {})
        folder = seal.folder(self._home)
        folder.mkdir(parents=True)
        parts = divide(folder, self._source.ids())
        try:
            count = self._build(parts, self._source, progress)
            storage = join(folder, parts)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        self._seal(seal, storage, cursor, mark, count)
        return Written(count, rebuilt=True)

    def _apply(self, seal: Seal, changes: Changes, progress: Progress) -> None:
        touched = [*changes.ids, *changes.gone]
        gone = frozenset(changes.gone)
        for start in range(0, max(1, len(touched)), BATCH):
            batch = touched[start : start + BATCH]
            # Until the last batch the cursor stays: doing a part of it twice does no harm.
            last = start + BATCH >= len(touched)
            cursor = changes.sequence if last else seal.cursor
            place = (start, len(touched))
            seal = self._apply_batch(seal, batch, gone, cursor, progress=progress, place=place)

    def _apply_batch(
        self,
        seal: Seal,
        ids: Sequence[str],
        gone: Set[str],
        cursor: int,
        *,
        progress: Progress,
        place: tuple[int, int],
        crowd: tuple[int, int] = (FAR_TOO_MANY_SEGMENTS, SMALL_SEGMENT),
    ) -> Seal:
        storage = SealedStorage(seal.folder(self._home), seal.files)
        writer: SegmentWriter | None = None
        try:
            snapshot = self._open(seal)
            # Each edit adds a segment, and each segment costs a query a little. Indexing what is
            # in small ones again is faster than Whoosh's merging.
            more = [i for i in snapshot.crowded(*crowd) if i not in ids]
            old = [n for n in map(snapshot.document_of, (*ids, *more)) if n is not None]
            writer = open_writer(FileIndex(storage, make_schema(), INDEX_NAME))
            for document in old:
                writer.delete_document(document)
            kept = [document_id for document_id in ids if document_id not in gone]
            count = snapshot.count - len(old) + add(writer, kept, self._source, progress, place)
            count += add(writer, more, self._source, ignore_progress, (0, 0))
            writer.commit(mergetype=_drop_empty)
        except (Cancelled, KnownError, OSError):
            abandon(writer)
            raise
        except Exception as error:
            # Whoosh raises anything on broken files; the rebuild shows whether it was that.
            abandon(writer)
            raise DamagedIndexError(f"updating it failed: {type(error).__name__}") from error
        mark = self._source.mark(cursor) if cursor != seal.cursor else seal.mark
        return self._seal(seal, storage, cursor, mark, count)

    def _open(self, seal: Seal) -> Snapshot:
        previous, self._snapshot = self._snapshot, None
        try:
            self._snapshot = Snapshot(self._home, seal, previous)
        finally:
            if previous:
                previous.close(keep=self._snapshot)
        return self._snapshot

    def _seal(self, old: Seal, storage: SealedStorage, cursor: int, mark: str, count: int) -> Seal:
        folder = old.folder(self._home)
        files = seal_files(folder, storage.list(), old.files)
        seal = Seal(old.library, old.build, old.generation, cursor, mark, count, files)
        write_seal(self._home, seal)
        self._sweep(seal)
        return seal

    def _sweep(self, seal: Seal) -> None:
        """Removes what the seal does not name. On Windows a file in use stays for now."""
        folder = seal.folder(self._home)
        for other in self._generations():
            if other != folder:
                shutil.rmtree(other, ignore_errors=True)
        for path in [*folder.iterdir(), *self._home.glob(f"{SEAL_NAME}.*.draft")]:
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            elif path.parent != folder or path.name not in seal.files:
                try:
                    path.unlink(missing_ok=True)
                except PermissionError:
                    continue

    def _generations(self) -> list[Path]:
        return [p for p in self._home.glob("generation-*") if p.name.partition("-")[2].isdecimal()]


def _limit(documents: int, most: int | None) -> None:
    if most is not None and documents > most:
        raise TooManyError


def _drop_empty(_writer: SegmentWriter, segments: list[W3Segment]) -> list[W3Segment]:
    """Leaves out the segments of which every document was deleted."""
    return [s for s in segments if s.doc_count_all() > s.deleted_count()]
