"""The errors that a user can act on."""


class KnownError(Exception):
    """Something a user can understand and mend; shown as a plain sentence, never as a traceback.

    ``str(error)`` says what happened, ``kept`` what is safe, ``advice`` what to do next.
    """

    def __init__(self, what: str, *, kept: str = "", advice: str = "") -> None:
        super().__init__(what)
        self.kept = kept
        self.advice = advice

    def sentence(self) -> str:
        """What happened, what was kept and what to do, in one line."""
        *before, last = [part for part in (str(self), self.kept, self.advice) if part] or [""]
        return " ".join([*map(_ended, before), last])


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith((".", "!", "?", "…", ":")) else f"{sentence}."


class NotFoundError(KnownError):
    """A ref, id or revision names nothing in this library."""


class StaleWriteError(KnownError):
    """The record changed since it was read; both versions are kept."""


class InvalidInputError(KnownError):
    """A value, file or query that cannot be understood."""


class LibraryError(KnownError):
    """The library folder or its database cannot be used as it is."""
