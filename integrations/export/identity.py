"""Which document a file is an export of, told from the file itself."""

import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree

from integrations.export.page import FILE_ID
from models.document import Document

_HEAD = 64 * 1024
"""How much of a file of text is read to see whose it is, in bytes."""
_MOST = 256 * 1024
"""What a Word file says of itself is far smaller, in bytes."""
_IDENTIFIER = "{http://purl.org/dc/elements/1.1/}identifier"


def is_export_of(document: Document, file: Path) -> bool:
    """Whether a file is an older export of the document, in the form its suffix names."""
    identity = document.post_mortem.id
    match file.suffix.lower():
        case ".pdf":
            return f"{FILE_ID}{identity}".encode() in file.read_bytes()
        case ".docx":
            return _word_id(file) == identity
    with file.open("rb") as opened:
        head = opened.read(_HEAD).decode("utf-8", "replace")
    name = re.escape(identity)
    places = rf'^id: {name}$|"id": "{name}"|"afterwhy-id" content="{name}"'
    return re.search(places, head, re.MULTILINE) is not None


def _word_id(file: Path) -> str:
    try:
        with zipfile.ZipFile(file) as parts, parts.open("docProps/core.xml") as about:
            said = about.read(_MOST)
        if b"<!DOCTYPE" in said:
            return ""  # no Word file of ours has one, and it could hold a bomb
        return ElementTree.fromstring(said).findtext(_IDENTIFIER) or ""  # noqa: S314 - see above
    except (zipfile.BadZipFile, KeyError, ElementTree.ParseError):
        return ""
