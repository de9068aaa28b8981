"""Runs of text as ReportLab's paragraphs."""

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.styles import ParagraphStyle

from integrations.export.blocks import Run
from integrations.export.pdf import fonts
from integrations.export.shapes import LIGHT

QUIET, LINE, SUNKEN = "#62676F", "#E2E2DC", "#F1F1ED"
_TONES = {
    "quiet": QUIET,
    "open": LIGHT["amber"],
    "done": LIGHT["green"],
    "none": "#B02A20",
    "and": LIGHT["accent"],
}
SIZE, SMALL, LEADING = 9.5, 8.5, 1.42

Places = Mapping[str, str]
"""Anchor -> what the place is called in the PDF."""


def style(size: float = SIZE, **changes: Any) -> ParagraphStyle:
    """The look of a paragraph."""
    looks: dict[str, Any] = {
        "fontName": fonts.registered(fonts.TEXT),
        "fontSize": size,
        "leading": size * LEADING,
        "textColor": HexColor(LIGHT["text"]),
        "spaceAfter": 4,
        "splitLongWords": 1,
        "allowWidows": 0,
        "allowOrphans": 0,
    }
    return ParagraphStyle("text", **(looks | changes))


def font_of(run: Run, *, bold: bool = False) -> str:
    """The font of a run; ``bold`` where all around it is."""
    if run.mono:
        return fonts.MONO
    if run.bold or bold:
        return fonts.BOLD_ITALIC if run.italic else fonts.BOLD
    return fonts.ITALIC if run.italic else fonts.TEXT


def markup(runs: Iterable[Run], places: Places, *, anchor: str = "", bold: bool = False) -> str:
    """The runs in the markup that ReportLab's paragraphs read."""
    place = f'<a name="{places[anchor]}"/>' if anchor else ""
    return place + "".join(_marked(run, places, bold=bold) for run in runs)


def _marked(run: Run, places: Places, *, bold: bool) -> str:
    size = ' size="8.5"' if run.mono else ""
    said = "".join(
        f'<font name="{name}"{size}>{_breaks(escape(piece))}</font>'
        for piece, name in fonts.pieces(run.text, font_of(run, bold=bold))
    )
    if run.tone in _TONES:
        said = f'<font color="{_TONES[run.tone]}">{said}</font>'
    if run.struck:
        said = f"<strike>{said}</strike>"
    if run.raised:
        said = f"<super>{said}</super>"
    link = run.link
    if link.startswith("#"):
        link = f"#{places[link[1:]]}" if link[1:] in places else ""
    return f'<a href="{escape(link)}" color="{LIGHT["accent"]}">{said}</a>' if link else said


def _breaks(said: str) -> str:
    return said.replace("\n", "<br/>")
