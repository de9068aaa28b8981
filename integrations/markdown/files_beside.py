"""The files that an imported document names: only those in the folder that the user chose."""

import hashlib
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from integrations.markdown.links import link_targets, local_name
from integrations.markdown.reading import Reading
from integrations.markdown.source import format_of
from models.commands import attachments
from models.document import Document
from models.domain.attachment import Attachment, file_name
from models.store.library import Library

_MOST_NAMED = 10
_WEB = re.compile(r"(?:https?:)?//", re.IGNORECASE)
_ABSOLUTE = re.compile(r"file:|[a-z]:[\\/]|\\\\|/", re.IGNORECASE)


def taken(reading: Reading, file: Path, root: Path) -> Iterator[Path]:
    """The files beside a document that come in with it."""
    return _found(reading.files, file, root)


def is_attached(library: Library, file: Path) -> bool:
    """Whether a file is an attachment of the library already."""
    try:
        if not file.is_file() or file.stat().st_size > attachments.SIZE_LIMIT:
            return False
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError:
        return False  # what cannot be read did not come in
    return attachments.path_of(library, digest).exists()


def left_out(library: Library, reading: Reading, file: Path, root: Path) -> Iterator[str]:
    """Sentences on the pictures and files of a document that do not come in with it."""
    reasons = ((target, _why_left_out(target, file, root)) for target in reading.pictures)
    named = [f"“{target}” ({reason})" for target, reason in reasons if reason]
    if named:
        more = f" and {len(named) - _MOST_NAMED} more" if len(named) > _MOST_NAMED else ""
        yield f"Pictures left out: {', '.join(named[:_MOST_NAMED])}{more}."
    pictures = {local_name(target) for target in reading.pictures}
    for name in reading.files:
        if name not in pictures and _is_file(name) and _place(name, file, root) is None:
            yield f"“{name}” lies outside the imported folder and is left out."
    for name in _contents(library, reading, file, root).missing:
        yield f"The content of “{name}” is not beside the file; only its name is kept."


def _why_left_out(target: str, file: Path, root: Path) -> str:
    """Why a picture does not come in; "" for one that does, or that stands in the text itself."""
    if target[:5].lower() == "data:":
        return ""
    if _WEB.match(target):
        return "it lies on the web"
    name = local_name(target)
    place = _place(name, file, root) if name else None
    if _ABSOLUTE.match(target) and (place is None or not place.is_file()):
        return "its path is absolute"
    return _why_not_kept(name, place)


def _why_not_kept(name: str, place: Path | None) -> str:
    if place is None:
        return "it lies outside the imported folder"
    if not place.is_file():
        return "there is no such file"
    if not _is_file(name):
        return "its name does not say what it is"
    if place.stat().st_size > attachments.SIZE_LIMIT:
        return f"it is larger than {attachments.SIZE_LIMIT // 1024 // 1024} MB"
    return "" if os.access(place, os.R_OK) else "it cannot be read"


def with_files(library: Library, reading: Reading, file: Path, root: Path) -> Document:
    """The document with the files it names, as far as they lie in the imported folder."""
    for name, path in _contents(library, reading, file, root).beside:
        attachments.keep(library, name, path.read_bytes())
    paths = dict.fromkeys(_found(reading.files, file, root))
    if not paths:
        return reading.document
    kept = _kept_files(library, list(paths))
    document = reading.document
    return replace(document, attachments=(*document.attachments, *kept))


@dataclass(frozen=True, slots=True)
class _Contents:
    """The contents that the library lacks of an export's attachments, told by their digest.

    ``beside`` are name and place of those beside the file, ``missing`` the names of others.
    """

    beside: tuple[tuple[str, Path], ...]
    missing: tuple[str, ...]


def _contents(library: Library, reading: Reading, file: Path, root: Path) -> _Contents:
    missing = {
        attachment.sha256: attachment.name
        for attachment in reading.document.attachments
        if not attachments.path_of(library, attachment.sha256).exists()
    }
    beside = []
    if missing:
        names = [*map(local_name, link_targets(reading.body)), *map(file_name, missing.values())]
        for path in dict.fromkeys(_found(names, file, root)):
            name = missing.pop(hashlib.sha256(path.read_bytes()).hexdigest(), "")
            beside += [(name, path)] if name else []
    return _Contents(tuple(beside), tuple(missing.values()))


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
