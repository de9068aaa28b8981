"""Files kept beside a post-mortem."""

import re
from dataclasses import dataclass

_DIGEST = re.compile(r"[0-9a-f]{64}")
_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"|?*]')

_LONGEST = 200
"""Bytes of a file's name; file systems end at 255. The end is kept, for its suffix."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of a post-mortem, stored once by its content. ``size`` is in bytes.

    ``name`` is what people called the file; where it is to be a file again, ``file_name`` makes
    it safe.
    """

    id: str
    name: str
    sha256: str
    media_type: str = "application/octet-stream"
    size: int = 0

    def __post_init__(self) -> None:
        if not _DIGEST.fullmatch(self.sha256):  # it becomes a path
            raise ValueError("An attachment needs the SHA-256 of its content (64 hex digits)")


def file_name(name: str) -> str:
    """The last part of a name, as every platform can store it: no path, never empty."""
    last = name.replace("\\", "/").rstrip("/").rpartition("/")[2]
    clean = _UNSAFE.sub("_", last).encode(errors="replace")[-_LONGEST:].decode(errors="ignore")
    return clean.strip().rstrip(" .") or "attachment"
