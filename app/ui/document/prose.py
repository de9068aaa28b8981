"""Markdown as the HTML that a ``QTextBrowser`` draws well.

The parser is imported with the first text: the list is shown before it.
"""

import re
from html import escape

_HEADING = re.compile(r"<h[1-6]>")
_HEADING_END = re.compile(r"</h[1-6]>")


def block(markdown: str) -> str:
    """Paragraphs, lists, tables and code; safe, whatever the text holds."""
    from integrations.markdown import render

    # Qt enlarges h1 to h6 whatever the style says; inside a section they are only headings.
    html = _HEADING.sub('<p class="heading">', render.block(markdown))
    html = _HEADING_END.sub("</p>", html)
    return html.replace("<table>", '<table cellspacing="0" cellpadding="6" border="1">')


def inline(markdown: str) -> str:
    """One line: emphasis, code and links, no paragraph around it."""
    from integrations.markdown import render

    return render.inline(markdown)


def text(plain: str) -> str:
    """Plain text, escaped."""
    return escape(plain)
