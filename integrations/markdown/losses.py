"""The safety net of the import: words that found no place are kept in a section of their own."""

import uuid
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from integrations.markdown.form import to_markdown
from integrations.markdown.words import missing_words, word_counts
from models.document import Document
from models.domain.post_mortem import Section

HEADING = "Wording of the source"


def with_lost_words(document: Document, source: str, wordings: Iterable[str]) -> Document:
    """The document with every word of its source, so that its Markdown lacks none.

    ``wordings`` are what the readers left out knowingly: headings, titles of columns, remarks.
    Those become its source labels as far as they make up for a lack. For what is lacking still,
    lines and cells of the source are taken as they are into a section of their own.
    """
    lacking = missing_words(source, to_markdown(document))
    labels = tuple(" ".join(line.split()) for line in _covering(lacking, wordings))
    mortem = replace(document.post_mortem, source_labels=labels)
    document = replace(document, post_mortem=mortem)
    lacking = missing_words(source, to_markdown(document)) if labels else lacking
    if not lacking:
        return document
    unique = {part for line in source.split("\n") for part in _parts(line)}
    lines = [*_covering(lacking, sorted(unique, key=lambda line: _found_share(line, lacking)))]
    if lacking:
        lines.append(" ".join(lacking.elements()))
    text = "\n".join(f"- {_quoted(line)}" for line in lines)
    section = Section(str(uuid.uuid5(uuid.UUID(mortem.id), HEADING)), HEADING, text)
    return replace(document, post_mortem=replace(mortem, sections=(*mortem.sections, section)))


def _parts(line: str) -> list[str]:
    """A line, or the cells of a row of a table."""
    bare = line.strip()
    parts = bare.strip("|").split("|") if bare.startswith("|") else [bare]
    return [part.strip() for part in parts if part.strip()]


def _covering(lacking: Counter[str], lines: Iterable[str]) -> Iterator[str]:
    """The lines that hold words which are still lacking; those are taken off the count."""
    for line in lines:
        if not lacking:
            return
        words = word_counts(line)
        if any(word in lacking for word in words):
            lacking -= words
            yield line


def _found_share(line: str, lacking: Counter[str]) -> tuple[float, int, str]:
    """The share of a line's words that are not lacking: a heading or label has few of them."""
    words = word_counts(line)
    lost = (words & lacking).total()
    return 1 - lost / max(1, words.total()), len(line), line


def _quoted(line: str) -> str:
    """A line as literal text, so that its own markup starts nothing."""
    text = " ".join(line.split())
    fence = "`"
    while fence in text:
        fence += "`"
    return f"{fence} {text} {fence}" if "`" in text else f"`{text}`"
