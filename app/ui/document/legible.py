"""HTML that Qt's text view can lay out in a moment, whatever somebody pasted into it."""

import re

LONGEST = 100_000
"""Letters of one run of text that are shown; a log of ten million would stop the window."""
_WORD = 100
"""After so many letters without a space a line may break: Qt's time grows with their square."""

_TAG = re.compile(r"(<[^>]*>)")
_UNBROKEN = re.compile(rf"[^\s&;\u200b]{{{_WORD}}}(?=[^\s&;])")
_BREAK = "\N{ZERO WIDTH SPACE}"


def legible(html: str) -> str:
    """The HTML with very long texts cut, which it says, and very long words breakable."""
    if not any(len(part) > _WORD for part in html.split()):
        return html
    parts = _TAG.split(html)
    # Texts and tags take turns.
    parts[::2] = [_breakable(_cut(text)) for text in parts[::2]]
    return "".join(parts)


def _cut(text: str) -> str:
    if len(text) <= LONGEST:
        return text
    end = text.rfind("&", LONGEST - 12, LONGEST)  # not in the middle of an entity
    kept = text[: end if end > 0 else LONGEST]
    more = f"{len(text) - len(kept):,} more letters are not shown here"
    return f"{kept}… ({more}: export as Markdown to read them)"


def _breakable(text: str) -> str:
    return _UNBROKEN.sub(lambda found: found[0] + _BREAK, text) if len(text) > _WORD else text
