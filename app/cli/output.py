"""What commands print: one JSON document or plain text on stdout, everything else on stderr."""

import io
import json
import os
import shutil
import sys
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from enum import IntEnum
from pathlib import Path
from typing import Any, TextIO

import click

from models.errors import KnownError


class Exit(IntEnum):
    """How a command ended, for scripts."""

    DONE = 0
    KNOWN_ERROR = 1
    USAGE = 2
    IN_PART = 3


Progress = Callable[[int, int], None]
"""Called with what is done and the whole."""


def on_a_terminal() -> bool:
    """Whether somebody is there to answer."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def prepare_streams() -> None:
    """Lets any text be printed: what the terminal's encoding lacks is written as an escape.

    A standard stream that was closed is replaced by one that leads nowhere.
    """
    for name in ("stdin", "stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, Path(os.devnull).open("r" if name == "stdin" else "w"))  # noqa: SIM115
        elif isinstance(stream, io.TextIOWrapper) and name != "stdin":
            stream.reconfigure(errors="backslashreplace")


def print_json(data: object) -> None:
    """Prints one JSON document."""
    plain = _encoding(sys.stdout) != "utf-8"
    _write(json.dumps(data, ensure_ascii=plain, indent=2))


def print_text(text: str) -> None:
    """Prints text for people; a terminal gets no control characters that a document brought."""
    if text:
        _write(_harmless(text) if sys.stdout.isatty() else text)


def note(message: str) -> None:
    """Says something beside the answer."""
    try:
        click.echo(_harmless(message), err=True)
    except BrokenPipeError:
        _silence(sys.stderr)


def _write(text: str) -> None:
    try:
        click.echo(text.removesuffix("\n"))
        sys.stdout.flush()
    except BrokenPipeError:  # whoever reads has seen enough (``| head``)
        _silence(sys.stdout)
    except OSError as error:
        _silence(sys.stdout)
        reason = error.strerror or str(error)
        raise KnownError(
            f"The answer cannot be written: {reason}.",
            advice="The command itself has done its work.",
        ) from error


def _silence(stream: TextIO) -> None:
    """Sends what is still buffered nowhere, so that the exit stays quiet, too."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def _encoding(stream: TextIO) -> str:
    return (stream.encoding or "ascii").casefold().replace("_", "-").replace("utf8", "utf-8")


_CONTROLS = dict.fromkeys((*range(0x20), *range(0x7F, 0xA0)), "�") | {9: "\t", 10: "\n"}


def _harmless(text: str) -> str:
    return text.replace("\r\n", "\n").translate(_CONTROLS)


TITLE_COLUMNS = 40
"""What other columns leave to the last one on a terminal, if it needs as much."""
NARROW = 10
"""To so many columns one that gives way is narrowed before it is left out."""


def table(
    headings: Sequence[str], rows: Sequence[Sequence[object]], giving_way: Sequence[str] = ()
) -> str:
    """Rows in columns as wide as they need.

    On a terminal the columns ``giving_way`` are narrowed and left out, in their order, until the
    last one has room; what is still too long is cut at the edge.
    """
    columns = [[_cell(value) for value in column] for column in zip(headings, *rows, strict=True)]
    widths = [max(map(_width, column)) for column in columns]
    room = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    if room is not None:
        places = [list(headings).index(name) for name in giving_way]
        _make_room(widths, room, places)
    shown = [
        [_padded(_cut(cell, width), width) for cell in column]
        for column, width in zip(columns, widths, strict=True)
        if width
    ]
    lines = ["  ".join(row) for row in zip(*shown, strict=True)]
    return "\n".join(_cut(line.rstrip(), room) for line in lines)


def _make_room(widths: list[int], room: int, places: Sequence[int]) -> None:
    """Narrows columns, then leaves them out (width 0), until the last one has what it wants."""
    wanted = min(widths[-1], TITLE_COLUMNS)
    for least in (NARROW, 0):
        for place in places:
            missing = wanted + sum(w + 2 for w in widths[:-1] if w) - room
            if missing > 0:
                narrowed = max(least, widths[place] - missing) if least else 0
                widths[place] = min(widths[place], narrowed)


def _cell(value: object) -> str:
    """A value on one line, without control characters."""
    return _harmless(" ".join(str(value).split()))


def _width(text: str) -> int:
    """Columns of a terminal: East Asian characters take two, combining ones none."""
    return sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))


def _cut(text: str, room: int | None) -> str:
    if room is None or _width(text) <= room:
        return text
    kept = ""
    for character in text:
        if _width(kept) + _columns(character) >= room:
            break
        kept += character
    return kept + "…"


@contextmanager
def progress(label: str) -> Iterator[Progress]:
    """A progress bar on a terminal, nothing elsewhere."""
    hidden = not sys.stderr.isatty()
    bar: Any
    with click.progressbar(length=1, label=label, file=sys.stderr, hidden=hidden) as bar:

        def show(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        yield show
