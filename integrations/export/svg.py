"""A picture as SVG that stands alone: no script, link or font of its own; light and dark."""

from html import escape

from integrations.export.blocks import printable
from integrations.export.shapes import (
    DARK,
    FILLS,
    FONTS,
    LIGHT,
    STROKES,
    WIDTHS,
    Box,
    Group,
    Path,
    Picture,
    Shape,
    Text,
)

_STYLE = """
.why-tree{font-family:Inter,system-ui,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
.why-tree .mid{text-anchor:middle} .why-tree .white{fill:#FFFFFF}
.why-tree .line{fill:none}
"""


def to_svg(picture: Picture) -> str:
    """The picture as one ``svg`` element; its ids end in its name."""
    name = escape(picture.name)
    named = f'aria-labelledby="why-title-{name} why-desc-{name}"'
    width, height = px(picture.width), px(picture.height)
    size = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    parts = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="why-tree" role="img" {size} {named}>',
        f'<title id="why-title-{name}">{xml(picture.title)}</title>',
        f'<desc id="why-desc-{name}">{xml(picture.description)}</desc>',
        _style(),
        *map(_drawn, picture.shapes),
        "</svg>",
    )
    return "".join(parts)


def _drawn(shape: Shape) -> str:
    match shape:
        case Box(x, y, width, height, look, radius):
            size = f'width="{px(width)}" height="{px(height)}" rx="{px(radius)}"'
            return f'<rect class="{look}" x="{px(x)}" y="{px(y)}" {size}/>'
        case Path(look, steps):
            d = "".join(f"{letter}{' '.join(map(px, points))}" for letter, points in steps)
            return f'<path class="{look}" d="{d}"/>'
        case Text(x, y, said, look, wide):
            fit = f' textLength="{px(wide)}" lengthAdjust="spacingAndGlyphs"' if wide else ""
            return f'<text class="{look}" x="{px(x)}" y="{px(y)}"{fit}>{xml(said)}</text>'
        case Group(x, y, shapes):
            inside = "".join(map(_drawn, shapes))
            return f'<g transform="translate({px(x)} {px(y)})">{inside}</g>'


def _style() -> str:
    dark = f"@media (prefers-color-scheme:dark){{{_colours(DARK)}}}"
    fonts = (
        f".why-tree .{look}{{font-size:{size}px;font-weight:{weight}}}"
        for look, (size, weight) in FONTS.items()
    )
    lines = (f".why-tree .{look}{{stroke-width:{px(w)}}}" for look, w in WIDTHS.items())
    return f"<style>{_STYLE}{''.join((*fonts, *lines))}{_colours(LIGHT)}{dark}</style>"


def _colours(palette: dict[str, str]) -> str:
    rules = [f".why-tree .{name}{{fill:{palette[name]}}}" for name in FILLS]
    rules += [f".why-tree .{name}{{stroke:{palette[c]}}}" for name, c in STROKES.items()]
    return "".join(rules)


def xml(said: str) -> str:
    """A text as XML can hold it."""
    return escape(printable(said))


def px(number: float) -> str:
    """A length in as few digits as matter."""
    return f"{number:.1f}".removesuffix(".0")
