"""Writing documents as files: one for each, never half, never over somebody else's."""

import json
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePosixPath

from integrations.export.html import to_html
from integrations.export.identity import is_export_of
from integrations.export.page import page_of
from integrations.export.pictures import FileOf
from integrations.export.wording import Words, own_words
from integrations.markdown.form import to_markdown
from integrations.markdown.links import attachment_named, link_targets, local_name
from models.document import Document, to_json
from models.domain.attachment import file_name
from models.errors import KnownError
from models.whole_files import write_whole

_LONGEST_NAME = 80
PDF_ROOM = 4_000_000
"""Letters of the texts of a PDF, of which one text gets half: 350 pages in 10 s."""
EXTERNAL_END = "-external"
"""Behind the name of a file for people outside."""
READABLE = 0o644
"""An exported file is for others, too."""


class Format(StrEnum):
    """What a document can be exported as; the value is the suffix of its file."""

    MARKDOWN = "md"
    HTML = "html"
    PDF = "pdf"
    DOCX = "docx"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export wrote, in the order of the documents, and whether it was stopped before.

    ``notices`` say what to know before the files are sent.
    """

    files: tuple[Path, ...]
    cancelled: bool = False
    notices: tuple[str, ...] = ()


class ExportError(KnownError):
    """Files cannot be written where they should go."""


def json_text(document: Document) -> str:
    """The JSON form: everything a document holds, ids included."""
    return json.dumps(to_json(document), indent=2, ensure_ascii=False) + "\n"


def export_documents(
    documents: Sequence[Document],
    form: Format,
    to: Path,
    file_of: FileOf,
    *,
    words: Words | None = None,
    external: bool = False,
    progress: Callable[[int], None] = lambda _done: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Exported:
    """Writes each document into the folder ``to``, or one document into a file of that name.

    Files are named after ref and title; an older export of the same document is replaced, any
    other file of that name is left alone and the new one numbered. Markdown with attachments gets
    a folder of its own with copies of them. What is ``external`` says so in its file's name and
    has no hints for authors. ``progress`` hears how many documents are written, ``cancelled`` is
    asked between them. Raises ``ExportError``; what was written before it stays.
    """
    single = len(documents) == 1 and to.suffix.lower() == f".{form}" and not to.is_dir()
    end = EXTERNAL_END if external else ""
    files: list[Path] = []
    for done, document in enumerate(documents):
        if cancelled():
            return Exported(tuple(files), cancelled=True)
        try:
            wanted = to / f"{base_name(document)}{end}"
            target = to if single else _target(document, form, wanted, files)
            if single:
                _check_owner(document, to)
            content = _content(document, form, file_of, words or own_words(), hints=not external)
            write_whole(target, content, mode=READABLE)
            if form is Format.MARKDOWN:
                _copy_attachments(document, target, file_of)
        except OSError as error:
            raise _fault(error, document, done) from error
        files.append(target)
        progress(done + 1)
    return Exported(tuple(files))


def _content(
    document: Document, form: Format, file_of: FileOf, words: Words, *, hints: bool
) -> bytes:
    match form:
        case Format.JSON:
            return json_text(document).encode()
        case Format.HTML:
            return to_html(document, file_of, words, hints=hints).encode()
        case Format.PDF:
            from integrations.export.pdf import to_pdf  # ReportLab takes 0.1 s to load

            return to_pdf(page_of(document, file_of, words, hints=hints, room=PDF_ROOM))
        case Format.DOCX:
            from integrations.export.word import to_docx

            return to_docx(page_of(document, file_of, words, hints=hints))
        case Format.MARKDOWN:
            return to_markdown(document).encode()


def base_name(document: Document) -> str:
    """A file name without suffix: "PM-2026-014-saves-failed"; only a-z, 0-9 and hyphens."""
    title = unicodedata.normalize("NFKD", document.post_mortem.title)
    words = re.findall(r"[a-z0-9]+", title.encode("ascii", "ignore").decode().lower())
    ref = re.sub(r"[^A-Za-z0-9-]+", "-", document.ref).strip("-")
    name = "-".join(filter(None, (ref, *words)))[:_LONGEST_NAME].strip("-")
    # Names that Windows keeps for devices.
    reserved = re.fullmatch(r"con|prn|aux|nul|com\d|lpt\d", name.lower())
    return f"post-mortem-{name}".strip("-") if reserved or not name else name


def _target(document: Document, form: Format, wanted: Path, taken: list[Path]) -> Path:
    """Where a document goes: a name that nobody has, or that its older export has."""
    own_folder = form is Format.MARKDOWN and bool(document.attachments)
    folder, base = wanted.parent, wanted.name
    number = 1
    while True:
        name = base if number == 1 else f"{base}-{number}"
        target = (folder / name if own_folder else folder) / f"{name}.{form}"
        if target not in taken and (not target.exists() or is_export_of(document, target)):
            return target
        number += 1


def _check_owner(document: Document, file: Path) -> None:
    if file.exists() and not is_export_of(document, file):
        raise ExportError(
            f"{file} is there already and is not an export of {document.ref or 'this document'}.",
            kept="It was left as it is.",
            advice="Name another file, or remove that one first.",
        )


def _copy_attachments(document: Document, target: Path, file_of: FileOf) -> None:
    """Copies where the links of the text point, or beside it where none does."""
    if not document.attachments:
        return
    taken = {target.name.lower()}
    linked = _linked_places(document)
    for attachment in document.attachments:
        for place in linked.get(attachment.name) or [Path(file_name(attachment.name))]:
            free = _free(place, taken)
            taken.add(free.as_posix().lower())
            with file_of(attachment).open("rb") as content:
                write_whole(target.parent / free, content, mode=READABLE)


def _free(place: Path, taken: set[str]) -> Path:
    """The place, or one numbered where another file has it."""
    free, number = place, 1
    while free.as_posix().lower() in taken:
        number += 1
        free = place.with_name(f"{place.stem}-{number}{place.suffix}")
    return free


def _linked_places(document: Document) -> dict[str, list[Path]]:
    """Name of an attachment -> the paths below the document that its text links it by."""
    names = {attachment.name for attachment in document.attachments}
    places: dict[str, list[Path]] = {}
    for link in link_targets(to_markdown(document)):
        path = PurePosixPath(local_name(link))
        steps = [part for part in path.parts if part != "."]
        if not steps or path.is_absolute() or any(file_name(part) != part for part in steps):
            continue
        name = attachment_named(link, names)
        if name is not None and Path(*steps) not in places.setdefault(name, []):
            places[name].append(Path(*steps))
    return places


def free_file(wanted: Path) -> Path:
    """The path, or one numbered where a file has it."""
    free, number = wanted, 1
    while free.exists():
        number += 1
        free = wanted.with_stem(f"{wanted.stem}-{number}")
    return free


def write_file(target: Path, text: str) -> None:
    """A text as a file, whole or not at all. Raises ``ExportError``."""
    try:
        write_whole(target, text, mode=READABLE)
    except OSError as error:
        raise ExportError(
            f"{target} cannot be written: {error.strerror or error}.",
            kept="Nothing was written.",
            advice="Check that the folder can be written to and the disk has room.",
        ) from error


def _fault(error: OSError, document: Document, done: int) -> ExportError:
    name = document.ref or document.post_mortem.title or "The document"
    written = "Nothing was written." if not done else f"{done} written before it stay."
    return ExportError(
        f"{name} cannot be exported: {error.filename or 'the file'}: {error.strerror or error}.",
        kept=written,
        advice="Check that the folder can be written to and the disk has room.",
    )
