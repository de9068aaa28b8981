"""Tables that are written as HTML inside Markdown."""

import re
from collections.abc import Iterator

from integrations.markdown import html

_BEGINS = re.compile(r" {0,3}<table\b", re.IGNORECASE)
_OPENS = re.compile(r"<table\b", re.IGNORECASE)
_CLOSES = re.compile(r"</table\s*>", re.IGNORECASE)
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")


def with_tables(text: str) -> str:
    """The text with its HTML tables as Markdown ones; those in code blocks stay as they are."""
    if not _OPENS.search(text):
        return text
    return "\n".join(_converted(text.split("\n")))


def _converted(lines: list[str]) -> Iterator[str]:
    index, fence = 0, ""
    while index < len(lines):
        mark = _FENCE.match(lines[index])
        if mark and (not fence or mark[1].startswith(fence)):
            fence = "" if fence else mark[1]
        end = None if fence or not _BEGINS.match(lines[index]) else _end(lines, index)
        if end is None:
            yield lines[index]
            index += 1
            continue
        yield from ("", html.to_markdown("\n".join(lines[index : end + 1])).text)
        index = end + 1


def _end(lines: list[str], start: int) -> int | None:
    """The line on which the table that begins on ``start`` is closed."""
    depth = 0
    for index in range(start, len(lines)):
        depth += len(_OPENS.findall(lines[index])) - len(_CLOSES.findall(lines[index]))
        if depth <= 0:
            return index
    return None
