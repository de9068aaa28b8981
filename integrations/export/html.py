"""One post-mortem as one HTML file: no script, nothing remote, light and dark, printable."""

from collections.abc import Iterable
from html import escape

import resources
from integrations.export.body import body_html
from integrations.export.pictures import FileOf, data_uris
from integrations.export.wording import Words, own_words
from models.document import Document
from models.domain.post_mortem import layers, services, severity

_POLICY = (
    "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; "
    "form-action 'none'"
)


def to_html(
    document: Document,
    file_of: FileOf | None = None,
    words: Words | None = None,
    *,
    hints: bool = True,
) -> str:
    """The page. With ``file_of`` the pictures among the attachments are shown, inside the file.

    ``hints`` in the why pictures say what an author has yet to write.
    Raises ``LibraryError`` where such a picture cannot be read.
    """
    mortem = document.post_mortem
    words = words or own_words()
    files = {} if file_of is None else data_uris(document.attachments, file_of)
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
{body_html(document, files, words, draw_whys=True, hints=hints)}
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
