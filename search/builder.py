"""Bulk indexing in child processes: in a thread of the window it made it stand still for seconds.

The child takes the lock itself and seals what was written. A whole index is written by it and by a
child of its own, each every other part. If either is stopped or dies, the lock is free at once and
the last seal holds.
"""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType
from typing import Any

from models.errors import KnownError
from search.documents import DocumentSource
from search.parts import Part, Progress, one_by_one
from search.writer import Cancelled, Writer, Written

POLL_SECONDS = 0.05
REPORT_EVERY = 20
"""Documents between two reports of progress."""
NICENESS = 5
"""How far children stand back for the window."""


class Task(Enum):
    """What the child is to do."""

    CATCH_UP = "catch_up"
    REBUILD = "rebuild"


@dataclass(frozen=True, slots=True)
class Job:
    """A task with all that it needs; it is sent to the child, so the source must be picklable."""

    task: Task
    home: Path
    library_id: str
    source: DocumentSource


@dataclass(frozen=True, slots=True)
class _Report:
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class _Failure:
    what: str
    kept: str
    advice: str


def run(job: Job, progress: Progress, cancelled: Callable[[], bool]) -> Written:
    """Does a job in a child process and waits for it. Raises Cancelled when asked to stop, and
    KnownError with what the child said if it failed.
    """
    with _Child(_carry_out, job) as child:
        while (written := child.listen(progress, POLL_SECONDS)) is None:
            if cancelled():
                raise Cancelled
        return written


def in_two(parts: Sequence[Part], source: DocumentSource, progress: Progress) -> int:
    """Writes every other part here and the others in a child process; how many documents."""
    if len(parts) < 2:
        return one_by_one(parts, source, progress)
    mine, theirs = parts[::2], parts[1::2]
    total = sum(len(part.ids) for part in parts)
    here = there = 0

    def tell_theirs(done: int, _total: int) -> None:
        nonlocal there
        there = done
        progress(here + there, total)

    with _Child(_write_parts, theirs, source) as child:

        def tell_mine(done: int, _total: int) -> None:
            nonlocal here
            here = done
            progress(here + there, total)
            child.listen(tell_theirs, 0)

        count = one_by_one(mine, source, tell_mine)
        while (written := child.listen(tell_theirs, POLL_SECONDS)) is None:
            pass
        return count + written.documents


class _Child:
    """A process that reports how far it is, and at the end what it has written or what failed.

    What it is to do is sent after the start. Arguments of a start go through a pipe whose other
    end the starter holds too: when the child was killed on reading many, it waited for ever.
    """

    def __init__(self, work: Callable[..., Written], *arguments: object) -> None:
        context = multiprocessing.get_context("spawn")
        self._here, there = context.Pipe()
        self._process = context.Process(target=_live, args=(there,), name="afterwhy-index")
        self._process.start()
        there.close()
        self._written: Written | None = None
        with suppress(ConnectionError):  # where it is gone already, listening says so
            self._here.send((work, arguments))

    def __enter__(self) -> "_Child":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._here.close()
        process = self._process
        process.join(0.5)
        if process.is_alive():
            process.kill()
        process.join()
        process.close()

    def listen(self, progress: Progress, seconds: float) -> Written | None:
        """Waits so long for what the child says and hands it on; what it has written, or None.
        Raises what it failed by.
        """
        while self._written is None and self._here.poll(seconds):
            self._take(self._receive(), progress)
            seconds = 0
        return self._written

    def _take(self, message: Any, progress: Progress) -> None:
        if isinstance(message, _Report):
            progress(message.done, message.total)
        elif isinstance(message, _Failure):
            raise KnownError(message.what, kept=message.kept, advice=message.advice)
        elif isinstance(message, OSError):
            raise message
        elif isinstance(message, Written):
            self._written = message

    def _receive(self) -> Any:
        try:
            return self._here.recv()
        except (EOFError, ConnectionError) as error:
            self._process.join()
            raise KnownError(
                f"Indexing ended unexpectedly (exit code {self._process.exitcode}).",
                kept="Your post-mortems and the search index from before are not affected.",
                advice="Try again with: afterwhy index rebuild",
            ) from error


def _carry_out(progress: Progress, job: Job) -> Written:
    writer = Writer(job.home, job.library_id, job.source, in_two)
    return writer.rebuild(progress) if job.task is Task.REBUILD else writer.catch_up(progress)


def _write_parts(progress: Progress, parts: Sequence[Part], source: DocumentSource) -> Written:
    return Written(one_by_one(parts, source, progress))


def _live(there: Connection) -> None:
    """The child's side."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what Ctrl-C means
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if hasattr(os, "nice"):
        os.nice(max(0, NICENESS - os.nice(0)))
    told = 0

    def report(done: int, total: int) -> None:
        nonlocal told
        if done - told >= REPORT_EVERY or done == total:
            told = done
            try:
                there.send(_Report(done, total))
            except ConnectionError:
                raise Cancelled from None  # the parent has stopped waiting, or is gone

    with suppress(EOFError, ConnectionError, Cancelled):
        try:
            work, arguments = there.recv()
            there.send(work(report, *arguments))
        except KnownError as error:
            there.send(_Failure(str(error), error.kept, error.advice))
        except OSError as error:
            there.send(error)


def _end_with_parent() -> None:
    """A child whose parent was killed would hold the lock until it has finished."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
