"""A document as a page for paper: its head and its blocks, the same for PDF and Word."""

from collections.abc import Iterator
from dataclasses import dataclass

from integrations.export.blocks import Block, printable
from integrations.export.body import body_html, why_anchor
from integrations.export.page_html import read_blocks
from integrations.export.pictures import FileOf, data_uris
from integrations.export.why_picture import why_picture
from integrations.export.wording import Words, moment_words
from models.document import Document
from models.domain.post_mortem import layers, occurred_at, services, severity

FILE_ID = "afterwhy-id:"
"""Before the id of the document among the keywords of a file, which tell whose export it is."""


@dataclass(frozen=True, slots=True)
class Page:
    """What a document says. ``facts`` are the lines of the head, each with its name."""

    id: str
    ref: str
    title: str
    authors: tuple[str, ...]
    tags: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    blocks: tuple[Block, ...]


def page_of(
    document: Document,
    file_of: FileOf | None,
    words: Words,
    *,
    hints: bool = True,
    room: int | None = None,
) -> Page:
    """The page of a document, with the pictures among its attachments where ``file_of`` is given.

    ``hints`` in the why pictures say what an author has yet to write; ``room`` is as for ``Prose``.
    Raises ``LibraryError`` where such a picture cannot be read.
    """
    mortem = document.post_mortem
    files = {} if file_of is None else data_uris(document.attachments, file_of)
    pictures = (
        (why_anchor(tree), why_picture(tree, document, hints=hints)) for tree in mortem.whys
    )
    drawings = {anchor: picture for anchor, picture in pictures if picture is not None}
    return Page(
        mortem.id,
        printable(document.ref),
        printable(mortem.title) or "Untitled post-mortem",
        tuple(map(printable, mortem.authors)),
        tuple(map(printable, mortem.tags)),
        tuple(_facts(document, words)),
        read_blocks(body_html(document, files, words, room=room), drawings),
    )


def _facts(document: Document, words: Words) -> Iterator[tuple[str, str]]:
    mortem = document.post_mortem
    facts = (
        ("Status", mortem.status.value),
        ("Severity", words.name("severities", severity(mortem)) if severity(mortem) else ""),
        ("When", moment_words(at) if (at := occurred_at(mortem)) else ""),
        ("Services", ", ".join(services(mortem))),
        ("Layers", ", ".join(words.name("layers", layer) for layer in layers(mortem))),
        ("Authors", ", ".join(mortem.authors)),
        ("Tags", ", ".join(mortem.tags)),
    )
    yield from ((name, printable(said)) for name, said in facts if said)
