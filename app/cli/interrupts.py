"""Ctrl-C as a wish to stop between two documents, not in the middle of one."""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

Stopped = Callable[[], bool]
"""Whether somebody asked to stop."""


@contextmanager
def stopping() -> Iterator[Stopped]:
    """Inside, a first Ctrl-C only notes the wish; a second one interrupts as usual."""
    wishes: list[int] = []

    def note(number: int, _frame: FrameType | None) -> None:
        if wishes:
            raise KeyboardInterrupt
        wishes.append(number)

    with _handled_by(note):
        yield lambda: bool(wishes)


@contextmanager
def cancelling() -> Iterator[threading.Event]:
    """Inside, a first Ctrl-C sets the event; a second one interrupts as usual."""
    cancelled = threading.Event()

    def note(number: int, _frame: FrameType | None) -> None:
        if cancelled.is_set():
            raise KeyboardInterrupt
        cancelled.set()

    with _handled_by(note):
        yield cancelled


@contextmanager
def passed_over() -> Iterator[None]:
    """Inside, Ctrl-C does nothing: another program has the terminal, or the end is near."""
    with _handled_by(lambda _number, _frame: None):
        yield


@contextmanager
def _handled_by(handler: Callable[[int, FrameType | None], None]) -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():  # only it may handle signals
        yield
        return
    before = signal.signal(signal.SIGINT, handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
