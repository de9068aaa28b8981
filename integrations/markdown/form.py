"""The Markdown form of a document: what people read, edit, export and apply.

YAML front matter holds the few structured facts, headings of level 2 the sections, lists the
timeline, why trees and actions. ``read_form(to_markdown(d))`` says the same as ``d``, whatever
its texts are. Ids are not written, except those of the post-mortem, of roots and of actions, which
other documents share: a text that is read with the document it was made from (``base``) keeps the
ids of what it still says. The front matter names the version that was written.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from integrations.markdown.form_facts import Facts, read_facts, split_facts
from integrations.markdown.form_fields import read_number
from integrations.markdown.form_guidance import guides
from integrations.markdown.form_match import rejoined
from integrations.markdown.form_read import read
from integrations.markdown.form_rest import Rest, rest_of
from integrations.markdown.form_sections import split_parts
from integrations.markdown.form_stray import Strays
from integrations.markdown.form_tables import VERSION
from integrations.markdown.form_text import without_guidance
from integrations.markdown.form_write import written
from models.document import Document
from models.errors import InvalidInputError
from models.templates import Template
from models.vocabulary import Vocabularies

_HALF_FRONT_MATTER = re.compile(r"---[ \t]*\n[a-z_]+:|afterwhy:")


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as read. ``notices`` are sentences on what was read or kept in an unexpected way."""

    document: Document
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Named:
    """The post-mortem and version that a text was made from; empty where it does not say."""

    id: str
    ref: str
    version: int


def to_markdown(document: Document) -> str:
    """The document as Markdown with YAML front matter."""
    return written(document)


def to_editor_text(document: Document, template: Template | None) -> str:
    """The document as Markdown for somebody who writes it.

    Sections of the template that are empty stand there with its questions and how to write an
    entry, in comments that ``read_form`` takes out again.
    """
    return written(document, guides(template) if template else {})


def read_form(
    text: str,
    base: Document | None = None,
    *,
    now: datetime | None = None,
    terms: Vocabularies | None = None,
    partial: bool = False,
) -> Reading:
    """The document of a text in the form, with notices on what was not in its notation.

    ``base`` is the document as it was before the edit: its version, and the ids of incidents,
    events, whys, actions (by their ref), roots, sections and remarks that are still there, are
    kept; links that the text no longer has end ``now`` (default: the present), new ones begin.
    Tables and plain lines in timeline, whys, actions, impact and roles are read as an import
    reads them, with ``terms``. Where a text may be ``partial``, what one without an ``id`` does
    not name stays as it is in ``base``, and a notice says what it names. Raises
    ``InvalidInputError`` that names the line of the first contradiction and what to do.
    """
    strays = Strays(terms)
    try:
        document = _read(text, base, now or datetime.now(UTC), strays, partial=partial)
    except InvalidInputError as error:
        raise InvalidInputError(
            _sentence(str(error)),
            kept=error.kept or "Nothing was changed.",
            advice=_sentence(error.advice),
        ) from error
    return Reading(document, tuple(strays.notices))


def named_in(text: str) -> Named:
    """What the front matter of a text says of its origin. Raises as ``read_form`` does."""
    facts, _, _ = _split(text)
    return Named(facts.text("id"), facts.text("ref"), facts.read("version", read_number, 0))


def _read(
    text: str, base: Document | None, now: datetime, strays: Strays, *, partial: bool
) -> Document:
    facts, body, above = _split(text)
    by_hand = base if partial and not facts.has("id") else None
    form = facts.text("afterwhy", VERSION if by_hand else "")
    if form != VERSION:
        raise InvalidInputError(
            f"This text is in form {form}, known here is {VERSION}"
            if form
            else "Line 1: the front matter is missing, or names no form",
            advice=f"Begin the text with the lines “---”, “afterwhy: {VERSION}” and “---”, or "
            "update Afterwhy.",
        )
    parts = split_parts(body, above + 1, strays, untitled=by_hand is not None)
    rest = rest_of(by_hand, facts, parts) if by_hand else None
    document = read(facts, parts, now, strays, rest)
    joined = document if base is None else rejoined(document, base, now)
    if rest is None:
        return joined
    strays.notices.append(_told(rest))
    return rest.under(joined)


def _split(text: str) -> tuple[Facts, str, int]:
    """The front matter, the text below it without guidance, and how many lines came before."""
    normal = _normal(text)
    found = split_facts(normal)
    if found is None and _HALF_FRONT_MATTER.match(normal):
        raise InvalidInputError(
            "Line 1: the front matter is not between two lines “---”",
            advice=f"Begin the text with the lines “---”, “afterwhy: {VERSION}” and “---”.",
        )
    yaml, body, above = found or ("", normal, 0)
    return read_facts(yaml), without_guidance(body), above


def _told(rest: Rest) -> str:
    named = rest.named()
    took = f"It replaced: {', '.join(named)}" if named else "It names nothing that could change"
    return f"The text has no “id” as exports have. {took}; the rest stays as it was."


def _sentence(text: str) -> str:
    """The text with an end, so that another sentence can follow."""
    return text if not text or text.endswith((".", "!", "?")) else f"{text}."


def _normal(text: str) -> str:
    """The text with plain line ends and without a byte-order mark."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
