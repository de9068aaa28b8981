"""Which attachments are pictures, and pictures inside a page."""

import base64
import io
import warnings
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from models.domain.attachment import Attachment
from models.errors import LibraryError

FileOf = Callable[[Attachment], Path]
"""Where the content of an attachment lies."""

_KINDS = {"image/png", "image/jpeg", "image/gif", "image/webp"}
"""Kinds that are only pictures. SVG is not among them: it may hold scripts and remote links."""


_LARGEST = 1600
"""Pixels of a side in a PDF or Word file; more cannot be seen on a page."""


@dataclass(frozen=True, slots=True)
class PictureFile:
    """A picture as PNG, without what its own file said beside it (place, camera); sizes in px."""

    png: bytes
    width: int
    height: int


def picture_file(content: bytes) -> PictureFile | None:
    """A picture for a page of paper; None for what cannot be read as one."""
    try:
        with warnings.catch_warnings(), Image.open(io.BytesIO(content)) as opened:
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = opened.convert("RGBA")
            picture.thumbnail((_LARGEST, _LARGEST))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Warning):
        return None
    ground = Image.new("RGB", picture.size, "white")
    ground.paste(picture, mask=picture.getchannel("A"))
    out = io.BytesIO()
    ground.save(out, "PNG")
    return PictureFile(out.getvalue(), *ground.size)


def pictures(attachments: Iterable[Attachment]) -> Iterator[Attachment]:
    """Those that a page may show."""
    return (attachment for attachment in attachments if attachment.media_type in _KINDS)


def data_uris(attachments: Iterable[Attachment], file_of: FileOf) -> dict[str, str]:
    """Name -> data URI of each picture. Raises ``LibraryError`` where one cannot be read."""
    return {attachment.name: _uri(attachment, file_of) for attachment in pictures(attachments)}


def _uri(attachment: Attachment, file_of: FileOf) -> str:
    try:
        content = file_of(attachment).read_bytes()
    except OSError as error:
        raise LibraryError(
            f"The attachment {attachment.name} cannot be read: {error.strerror or error}.",
            advice="Check the attachments folder of the library, or remove the attachment.",
        ) from error
    return f"data:{attachment.media_type};base64,{base64.b64encode(content).decode('ascii')}"
