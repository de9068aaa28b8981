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

    if threading.current_thread() is not threading.main_thread():
        yield lambda: False
        return
    before = signal.signal(signal.SIGINT, note)
    try:
        yield lambda: bool(wishes)
    finally:
        signal.signal(signal.SIGINT, before)
