"""Tooltips whose words are people's own."""

from html import escape


def tip(*lines: str) -> str:
    """Lines for a tooltip, as they are: Qt would read what looks like HTML as HTML, and fetch the
    pictures in it. Long lines wrap. Nothing where every line is blank.
    """
    shown = [escape(line) for text in lines for line in text.splitlines() if line.strip()]
    return f"<qt>{'<br>'.join(shown)}</qt>" if shown else ""
