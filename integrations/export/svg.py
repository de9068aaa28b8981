"""The parts of a picture in SVG: shapes, text, and colours for light and dark."""

import re
from html import escape

_FORBIDDEN = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 does not allow in a document, escaped or not."""

_LIGHT = {
    "card": "#FFFFFF", "edge": "#D2D2CB", "text": "#1A1C21", "text2": "#454A54",
    "accent": "#4450C4", "fill": "#4450C4", "soft": "#ECEDFB", "sunken": "#F1F1ED",
    "green": "#1C6B40", "green-soft": "#E3F3E9", "green-line": "#A5D3B6",
    "amber": "#85500A", "amber-soft": "#FCF0DA", "trunk": "#82868F",
}  # fmt: skip
_DARK = {
    "card": "#1E2024", "edge": "#41454D", "text": "#ECEDEF", "text2": "#BDC1C8",
    "accent": "#A3ABFA", "fill": "#5964D6", "soft": "#2A2D4B", "sunken": "#26282D",
    "green": "#7ED3A0", "green-soft": "#183325", "green-line": "#2D6547",
    "amber": "#F0B964", "amber-soft": "#3B2D15", "trunk": "#757A85",
}  # fmt: skip

_STYLE = """
.why-tree{font-family:Inter,system-ui,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
.why-tree .q{font-size:12px} .why-tree .a{font-size:14px;font-weight:500}
.why-tree .p{font-size:15px;font-weight:600} .why-tree .s{font-size:12px}
.why-tree .b{font-size:12px;font-weight:600} .why-tree .m{font-size:11px;font-weight:600}
.why-tree .mid{text-anchor:middle} .why-tree .white{fill:#FFFFFF}
.why-tree .line{fill:none} .why-tree .grey{stroke-width:1.5} .why-tree .both{stroke-width:2}
"""


def foot(width: float, top: float, bottom: float) -> str:
    """The foot of a card in green, round below; ``top`` and ``bottom`` are of the foot."""
    d = f"M.5 {px(top)}H{px(width - 0.5)}V{px(bottom - 8)}"
    d += f"Q{px(width - 0.5)} {px(bottom - 0.5)} {px(width - 8)} {px(bottom - 0.5)}"
    return f'<path class="green-soft" d="{d}H8Q.5 {px(bottom - 0.5)} .5 {px(bottom - 8)}Z"/>'


def box(x: float, y: float, width: float, height: float, look: str, *, radius: float) -> str:
    """A rectangle with round corners."""
    size = f'x="{px(x)}" y="{px(y)}" width="{px(width)}" height="{px(height)}" rx="{px(radius)}"'
    return f'<rect class="{look}" {size}/>'


def text(x: float, y: float, said: str, look: str, *, width: float | None = None) -> str:
    """A line of text; ``y`` is its base line. With ``width`` it has just that, in any font."""
    fit = f' textLength="{px(width)}" lengthAdjust="spacingAndGlyphs"' if width else ""
    return f'<text class="{look}" x="{px(x)}" y="{px(y)}"{fit}>{xml(said)}</text>'


def style() -> str:
    """The style sheet of a picture, for light and dark."""
    dark = f"@media (prefers-color-scheme:dark){{{_colours(_DARK)}}}"
    return f"<style>{_STYLE}{_colours(_LIGHT)}{dark}</style>"


def _colours(palette: dict[str, str]) -> str:
    fills = ("card", "text", "text2", "accent", "fill", "soft", "sunken", "green", "green-soft",
             "amber", "amber-soft")  # fmt: skip
    strokes = {"edge": "edge", "green-line": "green-line", "grey": "trunk", "both": "accent"}
    rules = [f".why-tree .{name}{{fill:{palette[name]}}}" for name in fills]
    rules += [f".why-tree .{name}{{stroke:{palette[c]}}}" for name, c in strokes.items()]
    return "".join(rules)


def xml(said: str) -> str:
    """A text as XML can hold it."""
    return escape(_FORBIDDEN.sub("", said))


def px(number: float) -> str:
    """A length in as few digits as matter."""
    return f"{number:.1f}".removesuffix(".0")
