"""One post-mortem as one HTML file: no script, nothing remote, light and dark, printable."""

import base64
from collections.abc import Callable, Iterable
from html import escape
from pathlib import Path

import resources
from integrations.export.body import Words, body_html, own_words
from models.document import Document
from models.domain.attachment import Attachment
from models.domain.post_mortem import layers, services, severity
from models.errors import LibraryError

FileOf = Callable[[Attachment], Path]
"""Where the content of an attachment lies."""

_IMAGES = {"image/png", "image/jpeg", "image/gif", "image/webp"}
"""Kinds that are only pictures. SVG is not among them: it may hold scripts and remote links."""

_POLICY = (
    "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; "
    "form-action 'none'"
)


def to_html(document: Document, file_of: FileOf | None = None, words: Words | None = None) -> str:
    """The page. With ``file_of`` the images among the attachments are shown, inside the file.

    Raises ``LibraryError`` where such an image cannot be read.
    """
    mortem = document.post_mortem
    words = words or own_words()
    files = {} if file_of is None else dict(_embedded(document.attachments, file_of))
    title = escape(mortem.title or "Untitled post-mortem")
    return f"""\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{_POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="afterwhy-id" content="{escape(mortem.id)}">
<title>{escape(document.ref)} {title}</title>
<style>
{resources.read_text("export", "post-mortem.css")}</style>
</head>
<body>
<main>
<h1>{title}</h1>
<p class="quiet">{" · ".join(map(escape, _facts(document, words)))}</p>
{body_html(document, files, words)}
</main>
</body>
</html>
"""


def _facts(document: Document, words: Words) -> Iterable[str]:
    mortem = document.post_mortem
    yield from filter(None, (document.ref, mortem.status.value))
    if severity(mortem):
        yield words.name("severities", severity(mortem))
    yield from services(mortem)
    yield from (words.name("layers", layer) for layer in layers(mortem))
    if mortem.authors:
        yield f"by {', '.join(mortem.authors)}"
    yield from (f"#{tag}" for tag in mortem.tags)


def _embedded(attachments: Iterable[Attachment], file_of: FileOf) -> Iterable[tuple[str, str]]:
    """Name -> data URI of each image."""
    for attachment in attachments:
        if attachment.media_type not in _IMAGES:
            continue
        try:
            content = file_of(attachment).read_bytes()
        except OSError as error:
            raise LibraryError(
                f"The attachment {attachment.name} cannot be read: {error.strerror or error}.",
                advice="Check the attachments folder of the library, or remove the attachment.",
            ) from error
        encoded = base64.b64encode(content).decode("ascii")
        yield attachment.name, f"data:{attachment.media_type};base64,{encoded}"
