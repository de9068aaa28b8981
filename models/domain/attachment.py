"""Files kept beside a post-mortem."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of a post-mortem, stored once by its content. ``size`` is in bytes."""

    id: str
    name: str
    sha256: str
    media_type: str = "application/octet-stream"
    size: int = 0
