"""What a picture is made of, whatever draws it: boxes, paths and lines of text, in px.

``look`` is one word or several: what a shape is for. ``ink`` says which colour that is on paper,
``FONTS`` how text looks.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

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


@dataclass(frozen=True, slots=True)
class Division:
    """The part of a picture above a height, and the rest; ``is_clean`` between two groups."""

    head: Picture
    rest: Picture
    is_clean: bool


LEAD, _LEAST = 10.0, 40.0
"""Above a part that is not the first, for what stands between two cards; what is worth a part."""


def divided(picture: Picture, reach: float) -> Division | None:
    """A picture that is taller than a height in two, each text in one of them; else None.

    It is cut between two groups, or where one is taller than that between two lines of its text.
    """
    if picture.height <= reach:
        return None
    groups = [shape for shape in picture.shapes if isinstance(shape, Group)]
    tops = [group.y - 4 for group in groups if _LEAST < group.y - 4 <= reach]
    end = max(tops) if tops else _between_lines(groups, reach)
    head = (part for shape in picture.shapes for part in _parts(shape, end, above=True))
    tail = (part for shape in picture.shapes for part in _parts(shape, end, above=False))
    rest = tuple(_lower(part, LEAD - end) for part in tail)
    return Division(
        replace(picture, height=end, shapes=tuple(head)),
        replace(picture, height=picture.height - end + LEAD, shapes=rest),
        is_clean=bool(tops),
    )


def _between_lines(groups: list[Group], reach: float) -> float:
    texts = [(group.y + each.y, font(each.look)[0]) for group in groups for each in _texts(group)]
    ends = (reach, *(base - size for base, size in texts))
    free = (
        end
        for end in ends
        if _LEAST < end <= reach
        and not any(base - size < end < base + 0.3 * size for base, size in texts)
    )
    return max(free, default=reach)


def _texts(group: Group) -> Iterator[Text]:
    return (each for each in group.shapes if isinstance(each, Text))


def _parts(shape: Shape, end: float, *, above: bool) -> Iterator[Shape]:
    """What of a shape stands above a height, or below. Lines and grounds are drawn in both."""
    match shape:
        case Text():
            if (shape.y < end) == above:
                yield shape
        case Box():
            if (shape.y + shape.height <= end) == above:
                yield shape
        case Path():
            yield shape
        case Group():
            ground = [s.y + s.height for s in shape.shapes if isinstance(s, Box)]
            bottom = shape.y + max(ground, default=0.0)
            if (shape.y < end) if above else (bottom > end):
                inside = (s for s in shape.shapes if not isinstance(s, Text))
                texts = (s for s in _texts(shape) if (shape.y + s.y < end) == above)
                yield replace(shape, shapes=(*inside, *texts))


def _lower(shape: Shape, by: float) -> Shape:
    match shape:
        case Path(look, steps):
            moved = ((letter, _lowered(points, by)) for letter, points in steps)
            return Path(look, tuple(moved))
        case _:
            return replace(shape, y=shape.y + by)


def _lowered(points: tuple[float, ...], by: float) -> tuple[float, ...]:
    return tuple(one + by if place % 2 else one for place, one in enumerate(points))
