"""Waiting for a request without being held by it, and what a site says about waiting."""

import math
from collections.abc import Callable
from concurrent.futures import Future, wait
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from threading import Event, Thread
from time import monotonic
from typing import TypeVar

from integrations.jira.remote import CancelledError

T = TypeVar("T")

TICK_S = 0.05
"""How often a waiting caller looks whether somebody cancelled."""
GRACE_S = 0.1
"""How long a request that was broken off may take to notice."""
LONGEST_PAUSE_S = 86_400
"""A site that asks for more is taken to mean this."""


def interruptible(
    work: Callable[[], T], *, cancelled: Event, hang_up: Callable[[], None], seconds: float
) -> T:
    """Does something slow in a thread of its own; the caller returns as soon as it is cancelled.

    A thread, because neither the look-up of a name nor a connection in the making can be broken
    off. It is a daemon, so that such a one does not keep the program from ending.

    Raises:
        CancelledError: ``cancelled`` was set; ``hang_up`` was called.
        TimeoutError: it took longer than ``seconds``; ``hang_up`` was called.
    """
    if cancelled.is_set():
        raise CancelledError
    future: Future[T] = Future()
    thread = Thread(target=_run, args=(work, future), name="jira-request", daemon=True)
    thread.start()
    ends = monotonic() + seconds
    try:
        while not wait((future,), TICK_S).done:
            if cancelled.is_set():
                raise CancelledError
            if monotonic() > ends:
                raise TimeoutError
    finally:
        if not future.done():
            hang_up()
        thread.join(GRACE_S)
    return future.result()


def _run(work: Callable[[], T], future: Future[T]) -> None:
    try:
        result = work()
    except BaseException as error:  # noqa: BLE001 - raised again where the caller waits
        future.set_exception(error)
    else:
        future.set_result(result)


def asked_pause(retry_after: str, date: str, now: datetime) -> datetime | None:
    """When to ask again, by our clock, after a ``Retry-After`` in seconds or as a date.

    ``date`` is the answer's own ``Date``: a date is read by the clock that wrote it, since the
    site's and ours may differ. None for what says nothing.
    """
    try:
        seconds = float(retry_after)
    except ValueError:
        until = http_date(retry_after)
        if until is None:
            return None
        seconds = (until - (http_date(date) or now)).total_seconds()
    if not math.isfinite(seconds):
        return None
    return now + timedelta(seconds=min(max(seconds, 0), LONGEST_PAUSE_S))


def http_date(text: str) -> datetime | None:
    """A date as HTTP writes it, aware; None for anything else."""
    try:
        read = parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return None
    return read if read.tzinfo else read.replace(tzinfo=UTC)
