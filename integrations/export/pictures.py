"""Which attachments are pictures, and pictures inside a page."""

import base64
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from models.domain.attachment import Attachment
from models.errors import LibraryError

FileOf = Callable[[Attachment], Path]
"""Where the content of an attachment lies."""

_KINDS = {"image/png", "image/jpeg", "image/gif", "image/webp"}
"""Kinds that are only pictures. SVG is not among them: it may hold scripts and remote links."""


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
