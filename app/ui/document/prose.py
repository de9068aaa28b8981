"""Markdown as the HTML that a ``QTextBrowser`` draws. Raw HTML in the source stays visible text."""

import re
from functools import cache
from html import escape

from markdown_it import MarkdownIt

_HEADING = re.compile(r"<h[1-6]>")
_HEADING_END = re.compile(r"</h[1-6]>")


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "linkify": False})
    return parser.enable(["table", "strikethrough"])


def block(markdown: str) -> str:
    """Paragraphs, lists, tables and code."""
    rendered: str = _parser().render(markdown)
    # Qt enlarges h1 to h6 whatever the style says; inside a section they are only headings.
    rendered = _HEADING.sub('<p class="heading">', rendered)
    rendered = _HEADING_END.sub("</p>", rendered)
    return rendered.replace("<table>", '<table cellspacing="0" cellpadding="6" border="1">')


def inline(markdown: str) -> str:
    """One line: emphasis, code and links, no paragraph around it."""
    rendered: str = _parser().renderInline(markdown.strip())
    return rendered


def text(plain: str) -> str:
    """Plain text, escaped."""
    return escape(plain)
