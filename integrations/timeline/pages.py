"""Pages and tables that were copied as HTML."""

import re

from integrations.markdown.html import to_markdown

_PAGE = re.compile(
    r"\ufeff?\s*<(?:!doctype|html|head|meta|body|main|article|section|div|p|span|h[1-6]|table|thead"
    r"|tbody|tr|ul|ol|pre|blockquote)\b[^<>]*>.*</\w+>",
    re.IGNORECASE | re.DOTALL,
)
"""What begins with an element of a page and has the end of one; a line of syslog has none."""


def is_page(copied: str) -> bool:
    """Whether a copy is HTML."""
    return _PAGE.match(copied) is not None


def as_text(copied: str) -> str:
    """A copy as text: of HTML the words as Markdown, with its tables; other text as it is."""
    return to_markdown(copied).text if is_page(copied) else copied
