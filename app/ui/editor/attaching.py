"""Files and pictures that are pasted or dropped: kept in the library, named in the text."""

from collections.abc import Callable, Iterable
from pathlib import Path
from urllib.parse import quote

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage, QImageWriter

from app.ui.context import Context
from app.ui.editor.draft import Draft
from app.ui.editor.prose.edit import ProseEdit
from app.ui.tasks import Job
from integrations.export.pictures import pictures
from models.commands import attachments as commands
from models.domain.attachment import Attachment, file_name
from models.editing.attachments import add_attachment
from models.errors import InvalidInputError, KnownError
from models.store.library import Library

PICTURE_NAME = "picture.png"
TEXT_NAME = "pasted text.txt"

_Kept = Attachment | KnownError
_Keep = Callable[[Library], Attachment]


class Attaching:
    """Attaches to the post-mortem of a draft. Reading and writing happen in the store lane."""

    def __init__(self, context: Context, draft: Draft) -> None:
        self._context = context
        self._draft = draft
        self._served: set[ProseEdit] = set()

    def serve(self, field: ProseEdit) -> None:
        """Attach from now on what is pasted or dropped into a field, and name it there."""
        self._served.add(field)
        field.destroyed.connect(lambda: self._served.discard(field))
        field.files_dropped.connect(lambda paths: self.add_files(paths, field))
        field.picture_pasted.connect(lambda picture: self.add_picture(picture, field))
        field.long_text_pasted.connect(lambda text: self.add_text(text, field))

    def add_files(self, paths: Iterable[Path], field: ProseEdit | None = None) -> None:
        """Attach files. What cannot be attached is told; the others are."""
        self._submit([_file(path) for path in paths], field)

    def add_picture(self, picture: QImage, field: ProseEdit | None = None) -> None:
        """Attach a picture that has no file, as PNG."""
        self._submit([lambda library: commands.keep(library, PICTURE_NAME, png(picture))], field)

    def add_text(self, text: str, field: ProseEdit | None = None) -> None:
        """Attach a text that is too long to be written in a field."""
        content = text.encode("utf-8", "replace")
        self._submit(
            [lambda library: commands.keep(library, TEXT_NAME, content)], field, is_text=True
        )

    def _submit(self, each: list[_Keep], field: ProseEdit | None, *, is_text: bool = False) -> None:
        library = self._context.workspace.library

        def keep_all(job: Job) -> list[_Kept]:
            return [_kept(keep, library) for keep in each]

        def done(kept: list[_Kept]) -> None:
            self._name([one for one in kept if isinstance(one, Attachment)], field, is_text=is_text)
            for error in (one for one in kept if isinstance(one, KnownError)):
                self._context.messages.error(error)

        self._context.runner.submit("store", keep_all, done)

    def _name(
        self, kept: list[Attachment], field: ProseEdit | None, *, is_text: bool = False
    ) -> None:
        """Put the files on record, and their links where the cursor is; say what became of a text.

        The link of a text, which was to stand there, is a paragraph.
        """
        files = [self._on_record(attachment) for attachment in kept]
        links = "\n".join(markdown_link(file) for file in files)
        if links and field in self._served and not field.isReadOnly():
            (field.insert_paragraph if is_text else field.insert_markdown)(links)
        if files and is_text:
            self._context.messages.toast(
                f"The text is too long for a field: it is attached as {files[0].name}."
            )

    def _on_record(self, attachment: Attachment) -> Attachment:
        """The record of this content: the one that is there, else a new one with a free name."""
        known = self._of(attachment.sha256)
        if known is None:
            self._draft.edit(
                f"Attach {attachment.name}",
                lambda document: add_attachment(document, attachment),
                place=f"attachments/{attachment.id}",
            )
            known = self._of(attachment.sha256)
        return known or attachment

    def _of(self, sha256: str) -> Attachment | None:
        files = self._draft.document.attachments
        return next((file for file in files if file.sha256 == sha256), None)


def markdown_link(attachment: Attachment) -> str:
    """How a text shows an attachment: a picture as one, any other file as a link."""
    words = attachment.name.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
    mark = "!" if any(pictures([attachment])) else ""
    return f"{mark}[{words}]({quote(attachment.name)})"


def _kept(keep: _Keep, library: Library) -> _Kept:
    try:
        return keep(library)
    except KnownError as error:
        return error


def _file(path: Path) -> _Keep:
    def keep(library: Library) -> Attachment:
        name = file_name(path.name)
        try:
            if not path.is_file():
                raise InvalidInputError(
                    f"{name} is not a file.",
                    kept="It was not attached.",
                    advice="Attach the files in a folder one by one.",
                )
            with path.open("rb") as file:
                # One byte more than is allowed, so that a larger file is refused without
                # reading all of it.
                content = file.read(commands.SIZE_LIMIT + 1)
        except OSError as error:
            raise InvalidInputError(
                f"{name} cannot be read: {error.strerror or error}.", kept="It was not attached."
            ) from error
        return commands.keep(library, name, content)

    return keep


def png(picture: QImage) -> bytes:
    """A picture as the content of a PNG file."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(picture)
    return bytes(buffer.data().data())
