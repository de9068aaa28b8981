"""Counting words, so that an import can prove that it lost none."""

import html
import re
import sys
from collections import Counter

_COMMENT_MARKS = re.compile(r"<!--|-->")
_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9:-]*(?:\s[^<>]*)?/?>")
_ATTRIBUTE = re.compile(
    r"""(?:src|href|alt|title)\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)""", re.IGNORECASE
)
_MARKER = re.compile(
    r"^[ \t>]*(?:[-*+][ \t]+)*(?:\d{1,9}[.)](?=[ \t]|$))?(?:[ \t]*\[[xX ]\](?=[ \t]))?",
    re.MULTILINE,
)
_NUMBERED = re.compile(r"&#(?:(\d{1,7})|[xX]([0-9a-fA-F]{1,6}));")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_WORD = re.compile(r"[^\W_]+")


def _shown(tag: re.Match[str]) -> str:
    """What of a tag is content: where it points and what it says."""
    values = (match[1].strip("\"'") for match in _ATTRIBUTE.finditer(tag[0]))
    return f" {' '.join(values)} " if tag[0].find("=") >= 0 else " "


def _character(reference: re.Match[str]) -> str:
    """The character of a numeric reference; HTML would read 128 to 159 as Windows does."""
    number = int(reference[1] or reference[2], 10 if reference[1] else 16)
    return chr(number) if 0 < number < sys.maxunicode else reference[0]


def word_counts(markdown: str) -> Counter[str]:
    """The words of a Markdown text with their counts, without its markup.

    A word is a run of letters and digits, compared without case. Tags, list numbers, checkboxes
    and invisible characters are markup; the targets of links and images count as words.
    """
    text = _MARKER.sub(" ", markdown)
    text = _COMMENT_MARKS.sub(" ", text)
    text = _TAG.sub(_shown, text) if "<" in text else text
    if "&" in text:
        text = html.unescape(_NUMBERED.sub(_character, text))
    return Counter(_WORD.findall(_INVISIBLE.sub("", text).casefold()))


def missing_words(source: str, result: str) -> Counter[str]:
    """The words of the source that the result has not, or has fewer times."""
    return word_counts(source) - word_counts(result)
