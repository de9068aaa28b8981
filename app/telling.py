"""How much of a document is told, and to whom: the same for commands and for the window."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache

from app import settings
from models import secrets
from models.document import Document
from models.language import rules
from models.redaction import EXTERNAL, SECTIONS, Redacted, redact, with_sections
from models.redaction.quotes import parts


@dataclass(frozen=True)
class Telling:
    """What is told of a document, and what to know before it is sent."""

    document: Document
    notices: tuple[str, ...]


@dataclass(frozen=True)
class Told:
    """``redacted`` is for people outside; without ``sections`` the usual ones are told.

    Links to ``hosts`` stay in a redacted version.
    """

    redacted: bool = False
    sections: Collection[str] = ()
    hosts: tuple[str, ...] = ()

    def of(self, document: Document) -> Telling:
        """What is told of a document."""
        if self.redacted:
            sections = self.sections or EXTERNAL
            redacted = redact(document, _given_names(), sections, self.hosts)
            return Telling(redacted.document, tuple(_left_in(redacted)))
        told = with_sections(document, self.sections or SECTIONS)
        return Telling(told, carried(told))


def carried(document: Document) -> tuple[str, ...]:
    """A sentence on the secrets that go out with a document; addresses of colleagues are none."""
    found = [
        secret
        for text in parts(document, str)
        for secret in secrets.find(text)
        if secret.kind != "email"
    ]
    what = f"{document.ref or 'It'} holds {secrets.told(found)}, which the file carries along."
    return (f"{what} Mask what should not go out.",) if found else ()


def _left_in(redacted: Redacted) -> Iterator[str]:
    if redacted.suspects:
        ref = redacted.document.ref or "The document"
        yield f"{ref}: these may be names and were left in: {', '.join(redacted.suspects)}."


@cache
def _given_names() -> tuple[str, ...]:
    return rules.load(settings.config_folder()).lists["names"]
