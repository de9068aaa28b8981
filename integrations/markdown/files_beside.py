"""The files that an imported document names: only those in the folder that the user chose."""

import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path, PurePosixPath

from integrations.markdown.blocks import link_targets
from integrations.markdown.html import local_name
from integrations.markdown.reading import Reading
from integrations.markdown.source import format_of
from models.commands import attachments
from models.document import Document
from models.domain.attachment import Attachment, file_name
from models.store.library import Library


def outside(names: Iterable[str], file: Path, root: Path) -> Iterator[str]:
    """A sentence on each file that a document names and that lies outside the folder."""
    for name in names:
        if _is_file(name) and _place(name, file, root) is None:
            yield f"“{name}” lies outside the imported folder and is left out."


def with_files(library: Library, reading: Reading, file: Path, root: Path) -> Document:
    """The document with the files it names, as far as they lie in the imported folder."""
    _take_contents(library, reading, file, root)
    paths = dict.fromkeys(_found(reading.files, file, root))
    if not paths:
        return reading.document
    kept = _kept_files(library, list(paths))
    document = reading.document
    return replace(document, attachments=(*document.attachments, *kept))


def _take_contents(library: Library, reading: Reading, file: Path, root: Path) -> None:
    """The contents of an export's attachments from the files beside it, told by their digest."""
    missing = {
        attachment.sha256: attachment.name
        for attachment in reading.document.attachments
        if not attachments.path_of(library, attachment.sha256).exists()
    }
    if not missing:
        return
    names = [*map(local_name, link_targets(reading.body)), *map(file_name, missing.values())]
    for path in dict.fromkeys(_found(names, file, root)):
        content = path.read_bytes()
        name = missing.pop(hashlib.sha256(content).hexdigest(), "")
        if name:
            attachments.keep(library, name, content)


def _kept_files(library: Library, paths: list[Path]) -> tuple[Attachment, ...]:
    """Copies of files in the library; of two with one name, the second is named by its folder.

    A file that cannot be read is left out: the document is worth more than its picture, and the
    link in its text stays.
    """
    contents: dict[str, bytes] = {}
    for path in paths:
        name = path.name if path.name not in contents else f"{path.parent.name}-{path.name}"
        with suppress(OSError):
            contents[name] = path.read_bytes()
    return tuple(attachments.keep(library, name, content) for name, content in contents.items())


def _found(names: Iterable[str], file: Path, root: Path) -> Iterator[Path]:
    """The files of these names that are there and not too large to keep."""
    for name in names:
        path = _place(name, file, root) if name and _is_file(name) else None
        if path is not None and path.is_file() and path.stat().st_size <= attachments.SIZE_LIMIT:
            yield path


def _is_file(name: str) -> bool:
    """Whether a relative link names a file to attach: links to other documents do not."""
    pure = PurePosixPath(name)
    return pure.suffix.lower() not in ("", ".erb") and format_of(Path(pure.name)) is None


def _place(name: str, file: Path, root: Path) -> Path | None:
    """Where a relative link leads, None outside the folder: nothing there is looked at.

    A link that begins with "/" is meant from the top of the folder.
    """
    top = root.resolve()
    start = top if name.startswith("/") else file.parent.resolve()
    path = Path(os.path.normpath(start / name.lstrip("/")))
    if not path.is_relative_to(top):
        return None
    path = path.resolve()  # follows links, which may lead outside, too
    return path if path.is_relative_to(top) else None
