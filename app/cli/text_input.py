"""Reading text that a command is given: a file, or stdin for ``-``."""

import re
import sys
from pathlib import Path

from app.cli import output
from integrations.markdown.encodings import decoded
from models.errors import InvalidInputError

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
LARGEST = 20 * 1024 * 1024
"""The largest text that is read, in bytes; a post-mortem is a few thousand."""


def read(name: str) -> str:
    """The text of a file, or of stdin for ``-``. Raises ``InvalidInputError`` with the reason."""
    if not name.strip():
        raise _refused("A file is named by its path, standard input by -.")
    called = "The text on standard input" if name == "-" else f"The file {name}"
    try:
        content = _bytes(name)
    except OSError as error:
        raise _refused(f"{called} cannot be read: {error.strerror or error}.") from error
    if len(content) > LARGEST:
        raise _refused(f"{called} is larger than {LARGEST // 1024 // 1024} MB.")
    text, notices = decoded(content)
    if notices and _CONTROL.search(text):
        raise _refused(f"{called} is not text, in UTF-8 or another encoding.")
    if "\0" in text:
        raise _refused(f"{called} is not text: it holds zero bytes.")
    if not text.strip():
        raise _refused(f"{called} is empty.")
    for notice in notices:
        output.note(notice)
    return text.replace("\r\n", "\n")


def _bytes(name: str) -> bytes:
    if name == "-":
        return sys.stdin.buffer.read(LARGEST + 1)
    with Path(name).open("rb") as file:
        return file.read(LARGEST + 1)


def _refused(what: str) -> InvalidInputError:
    return InvalidInputError(what)
