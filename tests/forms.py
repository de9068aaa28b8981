"""The form as tests read it: the document alone, where no notice is asked about."""

from datetime import datetime

from integrations.markdown.form import read_form
from models.document import Document


def from_markdown(
    text: str, base: Document | None = None, *, now: datetime | None = None
) -> Document:
    """The document of a text in the form."""
    return read_form(text, base, now=now).document
