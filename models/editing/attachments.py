"""Changing the attachments of a post-mortem from the editor."""

import dataclasses
import re

from models.document import Document
from models.domain.attachment import Attachment, file_name


def add_attachment(document: Document, attachment: Attachment) -> Document:
    """With one more file, under a name that no other file of the post-mortem has.

    A file of the same name and content is there already; then nothing changes.
    """
    if any(_same(attachment, known) for known in document.attachments):
        return document
    named = dataclasses.replace(attachment, name=free_name(document, attachment.name))
    return dataclasses.replace(document, attachments=(*document.attachments, named))


def rename_attachment(document: Document, attachment_id: str, name: str) -> Document:
    """With a file under another name; what the text says of it stays as it is written."""
    kept = [one for one in document.attachments if one.id != attachment_id]
    others = dataclasses.replace(document, attachments=tuple(kept))
    wanted = free_name(others, file_name(name))
    files = tuple(
        dataclasses.replace(one, name=wanted) if one.id == attachment_id else one
        for one in document.attachments
    )
    return dataclasses.replace(document, attachments=files)


def remove_attachment(document: Document, attachment_id: str) -> Document:
    """Without a file; its content stays in the library for the revisions that show it."""
    files = tuple(one for one in document.attachments if one.id != attachment_id)
    return dataclasses.replace(document, attachments=files)


def free_name(document: Document, name: str) -> str:
    """The name, or the first "name 2.png" that no file of the document has."""
    taken = {one.name.casefold() for one in document.attachments}
    stem, suffix = _parts(name)
    number = 1
    while name.casefold() in taken:
        number += 1
        name = f"{stem} {number}{suffix}"
    return name


def _parts(name: str) -> tuple[str, str]:
    match = re.fullmatch(r"(.+?)(\.[A-Za-z0-9]{1,8})?", name, re.DOTALL)
    return (match[1], match[2] or "") if match else (name, "")


def _same(one: Attachment, other: Attachment) -> bool:
    return (one.name, one.sha256) == (other.name, other.sha256)
