"""A sync that can be ended at any of its steps: before and after each request and each write."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, cast

from integrations.jira.remote import Remote
from models.commands import tracking

WRITES = (
    *("journal", "observe", "observe_all", "take_in"),
    *("note_cursors", "change_connection", "claim"),
)
"""What a sync writes here."""
DECISIVE = ("journal done", "create done", "link_back done")
"""The steps between which a ticket may be there and nobody knows."""

Step = Callable[[str], None]


class Mortal:
    """A remote whose every method is a step before it begins and after it returned."""

    def __init__(self, remote: Remote, step: Step) -> None:
        self._remote = remote
        self._step = step

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._remote, name)
        return method if name == "close" else _stepping(method, name, self._step)


def mortal(step: Step) -> Callable[[Remote], Remote]:
    """What wraps a remote so that ``step`` is called with the name of each of its steps."""
    return lambda remote: cast("Remote", Mortal(remote, step))


@contextmanager
def mortal_writes(step: Step) -> Iterator[None]:
    """Lets ``step`` be called before and after each write of a sync while the block lasts."""
    known = {name: getattr(tracking, name) for name in WRITES}
    for name, write in known.items():
        setattr(tracking, name, _stepping(write, name, step))
    try:
        yield
    finally:
        for name, write in known.items():
            setattr(tracking, name, write)


def _stepping(work: Callable[..., Any], name: str, step: Step) -> Callable[..., Any]:
    def stepping(*args: Any, **named: Any) -> Any:
        step(f"{name} begun")
        result = work(*args, **named)
        if isinstance(result, Iterator):
            result = list(result)
        step(f"{name} done")
        return result

    return stepping
