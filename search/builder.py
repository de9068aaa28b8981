"""Bulk indexing in a child process: in a thread of the window it made it stand still for seconds.

The child takes the lock itself and seals what it has written. If it is stopped or dies, the lock
is free at once and the last seal holds.
"""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from multiprocessing.connection import Connection
from pathlib import Path

from models.errors import KnownError
from search.documents import DocumentSource
from search.writer import Cancelled, Progress, Writer, Written

POLL_SECONDS = 0.05
REPORT_EVERY = 20
"""Documents between two reports of progress."""


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
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    child = context.Process(target=_work, args=(job, there), name="afterwhy-index")
    child.start()
    there.close()
    try:
        return _follow(here, progress, cancelled)
    except EOFError as error:
        child.join()
        raise KnownError(
            f"Indexing ended unexpectedly (exit code {child.exitcode}).",
            kept="Your post-mortems and the search index from before are not affected.",
            advice="Try again with: afterwhy index rebuild",
        ) from error
    finally:
        here.close()
        if child.is_alive():
            child.join(0.5)
        if child.is_alive():
            child.kill()
        child.join()
        child.close()


def _follow(here: Connection, progress: Progress, cancelled: Callable[[], bool]) -> Written:
    while True:
        if cancelled():
            raise Cancelled
        if not here.poll(POLL_SECONDS):
            continue
        message = here.recv()
        if isinstance(message, _Report):
            progress(message.done, message.total)
        elif isinstance(message, _Failure):
            raise KnownError(message.what, kept=message.kept, advice=message.advice)
        elif isinstance(message, Written):
            return message


def _work(job: Job, there: Connection) -> None:
    """The child's side."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what Ctrl-C means
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if hasattr(os, "nice"):
        os.nice(5)

    def report(done: int, total: int) -> None:
        if done % REPORT_EVERY == 0 or done == total:
            there.send(_Report(done, total))

    writer = Writer(job.home, job.library_id, job.source)
    try:
        do = writer.rebuild if job.task is Task.REBUILD else writer.catch_up
        there.send(do(report))
    except KnownError as error:
        there.send(_Failure(str(error), error.kept, error.advice))
    except BrokenPipeError:
        return  # the parent has stopped waiting, or is gone


def _end_with_parent() -> None:
    """A child whose parent was killed would hold the lock until it has finished."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
