"""The Markdown form of a document: what people read, edit, export and apply.

YAML front matter holds the few structured facts, headings of level 2 the sections, lists the
timeline, why trees and actions. ``from_markdown(to_markdown(d))`` says the same as ``d``, whatever
its texts are. Ids are not written, except those of the post-mortem and of roots: a text that is
read with the document it was made from (``base``) keeps the ids of what it still says.
"""

from datetime import UTC, datetime

from integrations.markdown.form_facts import read_facts, split_facts
from integrations.markdown.form_match import rejoined
from integrations.markdown.form_read import read
from integrations.markdown.form_tables import VERSION
from integrations.markdown.form_write import written
from models.document import Document
from models.errors import InvalidInputError


def to_markdown(document: Document) -> str:
    """The document as Markdown with YAML front matter."""
    return written(document)


def from_markdown(
    text: str, base: Document | None = None, *, now: datetime | None = None
) -> Document:
    """The document of a text in the form.

    ``base`` is the document as it was before the edit: its version, and the ids of incidents,
    events, whys, actions (by their ref), roots, sections and remarks that are still there, are
    kept; links that the text no longer has end ``now`` (default: the present), new ones begin.
    Raises ``InvalidInputError`` that names the line of the first fault and what to do.
    """
    now = now or datetime.now(UTC)
    parts = split_facts(_normal(text))
    if parts is None:
        raise InvalidInputError(
            "Line 1: the front matter is missing",
            advice=f"Begin the text with the lines “---”, “afterwhy: {VERSION}” and “---”.",
        )
    facts = read_facts(parts[0])
    if facts.text("afterwhy") != VERSION:
        raise InvalidInputError(
            f"This text is in form {facts.text('afterwhy') or '?'}, known here is {VERSION}",
            advice=f"Write “afterwhy: {VERSION}”, or update Afterwhy.",
        )
    document = read(facts, parts[1], parts[2] + 1, now)
    return document if base is None else rejoined(document, base, now)


def _normal(text: str) -> str:
    """The text with plain line ends and without a byte-order mark."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
