"""Headings in text that was not written as Markdown."""

import re

from integrations.markdown.fields import meaning_of
from integrations.markdown.headings import role_of

_HEADING = re.compile(r"^ {0,3}(?:#{1,6}(?:\s|$)|(?:=+|-+)\s*$)", re.MULTILINE)
_MARKED = re.compile(r"^(?:[-*+>|#`~]|\d+[.)]\s|\s)")
_LONGEST = 60
_LONGEST_TITLE = 100


def with_headings(text: str) -> str:
    """The text with its headings marked, where it has none that Markdown knows.

    A heading is a short line of its own in capitals ("TIMELINE") or with a colon ("Timeline:")
    that plays a role. The first line is the title when a blank line follows and headings do.
    """
    if _HEADING.search(text) or "```" in text:
        return text
    lines = text.split("\n")
    marked = [f"\n## {line}\n" if _is_heading(line) else line for line in lines]
    if marked == lines:
        return text
    first = next((i for i, line in enumerate(lines) if line.strip()), 0)
    is_alone = first + 1 < len(lines) and not lines[first + 1].strip()
    title = lines[first].strip()
    if is_alone and len(title) <= _LONGEST_TITLE and not title.endswith((".", ":")):
        marked[first] = f"# {title}"
    return "\n".join(marked)


def _is_heading(line: str) -> bool:
    name = line.strip()
    if not 0 < len(name) <= _LONGEST or _MARKED.match(line) or not role_of(name):
        return False
    return name.isupper() or (name.endswith(":") and not meaning_of(name))
