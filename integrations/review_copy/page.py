"""The review copy as one HTML file that can be commented in and saved.

It is the only file of ours with a script: that stays within the page, named by its digest in the
page's policy, which allows no network, no other script and no form.
"""

import base64
import hashlib
import json
from html import escape
from typing import Any

from bs4 import BeautifulSoup

import resources
from integrations.export.blocks import printable
from integrations.export.pictures import FileOf, data_uris
from integrations.export.wording import Words
from integrations.markdown import render
from integrations.review_copy.places import Place, places
from integrations.review_copy.returned import Returned
from models.commenting import Remark
from models.document import Document
from models.errors import InvalidInputError

_DATA = "afterwhy-review"
"""The id of the element that holds the comments."""


def to_html_copy(document: Document, words: Words, file_of: FileOf | None = None) -> str:
    """The page, without a comment yet. Raises ``LibraryError`` for a picture it cannot read."""
    mortem = document.post_mortem
    files = {a.name: "" for a in document.attachments}
    files |= {} if file_of is None else data_uris(document.attachments, file_of)
    script = resources.read_text("review_copy", "copy.js")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = (
        "default-src 'none'; img-src data:; style-src 'unsafe-inline'; "
        f"script-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )
    look = resources.read_text("export", "post-mortem.css")
    look += resources.read_text("review_copy", "copy.css")
    title = escape(" ".join(f"{document.ref} {printable(mortem.title)}".split()))
    told = "\n".join(
        _shown(place, render.block(printable(place.markdown), files=files, name=str(number)))
        for number, place in enumerate(places(document, words), 1)
    )
    data = {"afterwhy_review": 1, "id": mortem.id, "version": document.version, "role": ""}
    return f"""\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Review of {title}</title>
<style>
{look}</style>
</head>
<body>
<main>
<h1>Review of {title}</h1>
<div class="how">
<p>Write your comments below the places they are about. Nothing leaves this page by itself: when
you are done, save it as a file and send that back, or copy your comments into a mail.</p>
<p><label for="role">Your role</label> <input id="role" autocomplete="off"></p>
</div>
{told}
<div class="how" role="region" aria-label="Finish">
<p><button type="button" id="save">Save as a file</button>
<button type="button" id="copy">Copy the comments</button>
<span id="said" role="status"></span></p>
<textarea id="copied" readonly hidden aria-label="Your comments, to be copied"></textarea>
<noscript><p>This page needs its own script to save your comments.</p></noscript>
</div>
</main>
<script type="application/json" id="{_DATA}">{_safe({**data, "comments": []})}</script>
<script>{script}</script>
</body>
</html>
"""


def _shown(place: Place, html: str) -> str:
    level = "h3" if place.inner else "h2"
    heading = "" if place.inner else f"<{level}>{escape(printable(place.name))}</{level}>"
    name = escape(printable(place.name))
    facts = f'data-anchor="{escape(place.anchor)}" data-section="{escape(place.section)}"'
    return (
        f'<section class="place">{heading}{html}'
        f"<details><summary>Comment on {name}</summary>"
        f'<textarea {facts} data-place="{name}" aria-label="Comment on {name}" rows="3">'
        "</textarea></details></section>"
    )


def _safe(data: dict[str, Any]) -> str:
    """JSON that ends no element, whatever is in it."""
    return json.dumps(data).replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def read_html_copy(text: str) -> Returned | None:
    """What was written into a page; None where the text is no such page."""
    if _DATA not in text:
        return None
    found = BeautifulSoup(text, "html.parser").find("script", id=_DATA)
    if found is None:
        return None
    return read_comments(found.get_text())


def read_comments(text: str) -> Returned:
    """The comments as the page copies them. Raises ``InvalidInputError`` where they are damaged."""
    try:
        data = json.loads(text)
        remarks = tuple(
            Remark(
                _text(c, "anchor"),
                _text(c, "section"),
                _text(c, "place"),
                said,
                _text(data, "role"),
            )
            for c in data["comments"]
            if (said := _text(c, "text").strip())
        )
        return Returned(_text(data, "id"), int(data["version"]), remarks)
    except (ValueError, KeyError, TypeError) as error:
        raise InvalidInputError(
            "The comments of this review copy are damaged and cannot be read.",
            kept="Nothing was read from it.",
            advice="Save the page from the browser once more, or copy the comments again.",
        ) from error


def _text(data: Any, name: str) -> str:
    value = data[name]
    if not isinstance(value, str):
        raise TypeError(name)
    return value
