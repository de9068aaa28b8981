"""What a picture is made of, whatever draws it: boxes, paths and lines of text, in px.

``look`` is one word or several: what a shape is for. ``ink`` says which colour that is on paper,
``FONTS`` how text looks.
"""

from dataclasses import dataclass

LIGHT = {
    "card": "#FFFFFF", "edge": "#D2D2CB", "text": "#1A1C21", "text2": "#454A54",
    "accent": "#4450C4", "fill": "#4450C4", "soft": "#ECEDFB", "sunken": "#F1F1ED",
    "green": "#1C6B40", "green-soft": "#E3F3E9", "green-line": "#A5D3B6",
    "amber": "#85500A", "amber-soft": "#FCF0DA", "trunk": "#82868F",
}  # fmt: skip
DARK = {
    "card": "#1E2024", "edge": "#41454D", "text": "#ECEDEF", "text2": "#BDC1C8",
    "accent": "#A3ABFA", "fill": "#5964D6", "soft": "#2A2D4B", "sunken": "#26282D",
    "green": "#7ED3A0", "green-soft": "#183325", "green-line": "#2D6547",
    "amber": "#F0B964", "amber-soft": "#3B2D15", "trunk": "#757A85",
}  # fmt: skip

FILLS = ("card", "text", "text2", "accent", "fill", "soft", "sunken", "green", "green-soft",
         "amber", "amber-soft")  # fmt: skip
STROKES = {"edge": "edge", "green-line": "green-line", "grey": "trunk", "both": "accent"}
"""Look -> the colour of its line."""

WIDTHS = {"grey": 1.5, "both": 2.0}
"""Look -> the width of its line, 1 where it is not named."""

FONTS = {"q": (12, 400), "a": (14, 500), "p": (15, 600), "s": (12, 400), "b": (12, 600),
         "m": (11, 600)}  # fmt: skip
"""Look -> size and weight of its text."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle with round corners."""

    x: float
    y: float
    width: float
    height: float
    look: str
    radius: float


@dataclass(frozen=True, slots=True)
class Path:
    """Lines and curves: "M" and "L" with a point, "Q" with two, "Z" with none."""

    look: str
    steps: tuple[tuple[str, tuple[float, ...]], ...]


@dataclass(frozen=True, slots=True)
class Text:
    """A line of text; ``y`` is its base line. With ``width`` it has just that, in any font."""

    x: float
    y: float
    said: str
    look: str
    width: float | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Shapes that stand together, placed from the corner of the group."""

    x: float
    y: float
    shapes: tuple[Box | Path | Text, ...]


Shape = Box | Path | Text | Group


@dataclass(frozen=True, slots=True)
class Picture:
    """Shapes from back to front, with a name and a description for who cannot see them."""

    name: str
    width: float
    height: float
    title: str
    description: str
    shapes: tuple[Shape, ...]


def fill(look: str) -> str | None:
    """The colour of a shape's ground or of its text, on paper; None for a line."""
    words = look.split()
    if "line" in words:
        return None
    if "white" in words:
        return "#FFFFFF"
    return next((LIGHT[word] for word in words if word in FILLS), None)


def stroke(look: str) -> tuple[str, float] | None:
    """Colour and width of a shape's line, on paper; None for a shape without one."""
    named = next((word for word in look.split() if word in STROKES), None)
    return (LIGHT[STROKES[named]], WIDTHS.get(named, 1.0)) if named else None


def font(look: str) -> tuple[int, int]:
    """Size in px and weight of a text."""
    return next(FONTS[word] for word in look.split() if word in FONTS)


def cut(picture: Picture, top: float, reach: float) -> float:
    """Where a part of a picture that begins at ``top`` ends: between two groups, before ``reach``.

    A group that is taller than that is cut through.
    """
    if picture.height <= reach:
        return picture.height
    tops = [shape.y - 4 for shape in picture.shapes if isinstance(shape, Group)]
    return max((y for y in tops if top + 30 < y <= reach), default=reach)
