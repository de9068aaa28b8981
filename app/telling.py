"""How much of a document is told, and to whom: the same for commands and for the window."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

from app import settings
from models.document import Document
from models.language import rules
from models.redaction import EXTERNAL, SECTIONS, redact, with_sections


@dataclass(frozen=True)
class Told:
    """``redacted`` is for people outside; without ``sections`` the usual ones are told.

    Links to ``hosts`` stay in a redacted version.
    """

    redacted: bool = False
    sections: Collection[str] = ()
    hosts: tuple[str, ...] = ()

    def of(self, document: Document) -> Document:
        """What is told of a document."""
        if self.redacted:
            sections = self.sections or EXTERNAL
            return redact(document, _given_names(), sections, self.hosts).document
        return with_sections(document, self.sections or SECTIONS)


@cache
def _given_names() -> tuple[str, ...]:
    return rules.load(settings.config_folder()).lists["names"]
