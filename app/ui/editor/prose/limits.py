"""How much text a field takes before the window would stall."""

LONGEST_LINE = 100_000
"""Letters of one line; laying out twice as many takes longer than a key may."""

LONGEST_TEXT = 2_000_000
"""Letters of a whole text, about 700 pages."""

_SHOWN = 4_000


def is_too_long(text: str) -> bool:
    """Whether a text cannot be written in the window without stalling it."""
    if len(text) <= LONGEST_LINE:
        return False
    return len(text) > LONGEST_TEXT or any(len(line) > LONGEST_LINE for line in text.split("\n"))


def shortened(text: str) -> str:
    """A line that says how much is not shown, and the beginning of a text that is too long."""
    left = len(text) - _SHOWN
    return (
        f"[{left:,} more letters are kept but not shown: this text is too long to be written here. "
        f"Edit the post-mortem in an external editor.]\n\n{text[:_SHOWN]}…"
    )
