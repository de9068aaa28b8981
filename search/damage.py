"""What is said of an index whose files are not what was written."""

from models.errors import KnownError


class DamagedIndexError(KnownError):
    """The index files are not what was written; the cure is a rebuild."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"The search index is damaged ({reason}).",
            kept="Your post-mortems are not affected.",
            advice="It is rebuilt at the next start or by the command 'index rebuild'.",
        )
