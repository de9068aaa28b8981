"""What Jira says no with: a status, sentences, and sentences by field."""

from collections.abc import Mapping
from typing import Any


class RefusedError(Exception):
    """A request that the site does not do; nothing was changed."""

    def __init__(self, status: int, *messages: str, errors: Mapping[str, str] | None = None):
        super().__init__(status, messages, errors)
        self.status = status
        self.messages = messages
        self.errors = dict(errors or {})

    @property
    def body(self) -> dict[str, Any]:
        """Jira's envelope of errors."""
        return {"errorMessages": list(self.messages), "errors": self.errors}


def no_such_issue() -> RefusedError:
    """A deleted issue and one that may not be seen are the same to the caller."""
    return RefusedError(404, "Issue does not exist or you do not have permission to see it.")


def not_signed_in() -> RefusedError:
    """No credentials, or wrong ones."""
    return RefusedError(401, "Client must be authenticated to access this resource.")


def off_screen(field: str) -> str:
    """What is said of a field that the screen does not have."""
    return f"Field '{field}' cannot be set. It is not on the appropriate screen, or unknown."
