"""Keeping files beside a post-mortem, stored once by their content."""

import hashlib
import mimetypes
from pathlib import Path

from models.document import new_id
from models.domain.attachment import Attachment, file_name
from models.errors import InvalidInputError, LibraryError
from models.store.library import Library
from models.whole_files import write_whole

SIZE_LIMIT = 25 * 1024 * 1024
"""The largest file that can be attached, in bytes."""


def keep(library: Library, name: str, content: bytes) -> Attachment:
    """Writes a file's content into the library and returns its record.

    The record becomes part of a post-mortem when a document that names it is stored. ``name`` is
    reduced to what is safe as the name of a file.
    """
    name = file_name(name)
    if len(content) > SIZE_LIMIT:
        raise InvalidInputError(
            f"{name} is larger than {SIZE_LIMIT // 1024 // 1024} MB.",
            kept="It was not attached.",
            advice="Attach a link to it instead.",
        )
    digest = hashlib.sha256(content).hexdigest()
    target = path_of(library, digest)
    if not target.exists():
        try:
            write_whole(target, content)
        except OSError as error:
            raise LibraryError(
                f"{name} cannot be attached: {error.strerror or error}.",
                kept="The post-mortem is as it was.",
                advice="Check the library folder and its free space.",
            ) from error
    media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return Attachment(new_id(), name, digest, media_type, len(content))


def path_of(library: Library, sha256: str) -> Path:
    """Where the content with this digest lies (or would lie)."""
    return library.attachments / sha256[:2] / sha256
