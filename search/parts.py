"""A whole index is written in parts, each a segment in a folder of its own, which then become one.

Parts know nothing of each other, so that two processes may write them. What an index answers does
not depend on how its documents are divided.
"""

import math
import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from whoosh.index import TOC, FileIndex
from whoosh.writing import SegmentWriter

from search.documents import DocumentSource
from search.postings import BlockCodec, GroupedPool
from search.schema import make_schema, row_of
from search.seal import SealedStorage
from search.segment import INDEX_NAME

LARGE_SEGMENT = 5_000
"""Documents that are put into one segment at most; they take about 100 MB until it is written."""
PAIRS_FROM = 1_000
"""From so many documents on there is a part for each of two processes; a further one takes half a
second to start."""

Progress = Callable[[int, int], None]
"""Called with documents done and documents in all."""


@dataclass(frozen=True, slots=True)
class Part:
    """Documents that become one segment, and the folder it is written in."""

    folder: Path
    ids: tuple[str, ...]


Build = Callable[[Sequence[Part], DocumentSource, Progress], int]
"""Writes parts and says how many documents are in them now."""


def divide(folder: Path, ids: Sequence[str]) -> list[Part]:
    """Parts of about the same size; an even number of them where two processes are worth it."""
    count = 1 if len(ids) < PAIRS_FROM else 2 * math.ceil(len(ids) / (2 * LARGE_SEGMENT))
    size = max(1, math.ceil(len(ids) / count))
    starts = range(0, len(ids), size)
    return [Part(folder / f"part-{start}", tuple(ids[start : start + size])) for start in starts]


def one_by_one(parts: Sequence[Part], source: DocumentSource, progress: Progress) -> int:
    """Writes the parts in this process."""
    total = sum(len(part.ids) for part in parts)
    done = count = 0
    for part in parts:
        count += _write(part, source, progress, (done, total))
        done += len(part.ids)
    return count


def join(folder: Path, parts: Iterable[Part]) -> SealedStorage:
    """Makes one index of what was written."""
    segments, names = [], []
    for part in parts:
        files = {path.name: path for path in part.folder.iterdir() if path.is_file()}
        written = SealedStorage(part.folder, files)
        segments += TOC.read(written, INDEX_NAME, schema=make_schema()).segments
        for name, path in files.items():
            if path.suffix != ".toc":
                path.rename(folder / name)
                names.append(name)
        shutil.rmtree(part.folder)
    storage = SealedStorage(folder, names)
    TOC(make_schema(), segments, 1).write(storage, INDEX_NAME)
    return storage


def _write(part: Part, source: DocumentSource, progress: Progress, place: tuple[int, int]) -> int:
    part.folder.mkdir(parents=True)
    writer = None
    try:
        writer = open_writer(
            FileIndex.create(SealedStorage(part.folder, ()), make_schema(), INDEX_NAME)
        )
        count = add(writer, part.ids, source, progress, place)
        writer.commit(merge=False)
    except BaseException:
        abandon(writer)
        raise
    return count


def open_writer(index: FileIndex) -> SegmentWriter:
    """What writes one more segment of an index."""
    writer = SegmentWriter(index, codec=BlockCodec(), compound=False)
    writer.pool = GroupedPool()
    return writer


def add(
    writer: SegmentWriter,
    ids: Iterable[str],
    source: DocumentSource,
    progress: Progress,
    place: tuple[int, int],
) -> int:
    """Adds the documents that are still there; how many these are. ``place`` is what is done
    before, and how many documents there are in all.
    """
    count = 0
    done, total = place
    for document_id in ids:
        document = source.document(document_id)
        if document is not None:
            writer.add_document(**row_of(document))
            count += 1
        done += 1
        progress(done, total)
    return count


def abandon(writer: SegmentWriter | None) -> None:
    """Frees the files of a writer; what it wrote is no part of any seal and is swept later."""
    if writer is not None and not writer.is_closed:
        writer.cancel()
