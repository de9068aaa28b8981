"""A version of a post-mortem for people outside: without persons, addresses and internal names."""

from models.redaction.documents import Redacted, redact
from models.redaction.sections import EXTERNAL, SECTIONS, with_sections

__all__ = ["EXTERNAL", "SECTIONS", "Redacted", "redact", "with_sections"]
