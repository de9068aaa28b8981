"""The why picture in a PDF: drawn as lines and text, over as many pages as it needs."""

from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable

from integrations.export.pdf import fonts
from integrations.export.shapes import (
    Box,
    Group,
    Path,
    Picture,
    Shape,
    Text,
    divided,
    fill,
    font,
    stroke,
)

_POINTS = 0.72
"""Of a pixel, at the most: a text of 14 px is as large as the page's own."""
_ROOM = 300.0
"""Below this height (points) nothing is cut through that the next page may hold whole."""
_WEIGHTS = {400: fonts.TEXT, 500: fonts.MEDIUM, 600: fonts.BOLD}


class Drawn(Flowable):
    """A picture, or a part of one; it breaks as ``divided`` says."""

    def __init__(self, picture: Picture) -> None:
        super().__init__()
        self._picture = picture
        self._scale = _POINTS

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803 - ReportLab's
        """Smaller where it is wider than the page."""
        self._scale = min(_POINTS, aW / self._picture.width)
        return aW, self._picture.height * self._scale

    def split(self, aW: float, aH: float) -> list[Flowable]:  # noqa: N803 - ReportLab's
        """What fits and what does not; a group that is taller than a page is cut."""
        self.wrap(aW, aH)
        division = divided(self._picture, aH / self._scale)
        if division is None:
            return [self]
        if not division.is_clean and aH < _ROOM:
            return []  # the next page has more room
        return [Drawn(division.head), Drawn(division.rest)]

    def draw(self) -> None:
        """Draws it; lines that lead out of the part are cut off."""
        canvas = self.canv
        height = self._picture.height * self._scale
        canvas.saveState()
        shape = canvas.beginPath()
        shape.rect(0, 0, self._picture.width * self._scale, height)
        canvas.clipPath(shape, stroke=0, fill=0)
        canvas.translate(0, height)
        canvas.scale(self._scale, -self._scale)
        for each in self._picture.shapes:
            _draw(canvas, each)
        canvas.restoreState()


def _draw(canvas: Any, shape: Shape) -> None:
    match shape:
        case Box(x, y, width, height, look, radius):
            ground, line = _inks(canvas, look)
            canvas.roundRect(x, y, width, height, radius, stroke=line, fill=ground)
        case Path(look, steps):
            ground, line = _inks(canvas, look)
            canvas.drawPath(_path(canvas, steps), stroke=line, fill=ground)
        case Text():
            _write(canvas, shape)
        case Group(x, y, shapes):
            canvas.saveState()
            canvas.translate(x, y)
            for each in shapes:
                _draw(canvas, each)
            canvas.restoreState()


def _inks(canvas: Any, look: str) -> tuple[int, int]:
    """Sets the colours; says whether the shape has a ground and a line."""
    ground, line = fill(look), stroke(look)
    if ground:
        canvas.setFillColor(HexColor(ground))
    if line:
        canvas.setStrokeColor(HexColor(line[0]))
        canvas.setLineWidth(line[1])
    return int(ground is not None), int(line is not None)


def _path(canvas: Any, steps: tuple[tuple[str, tuple[float, ...]], ...]) -> Any:
    path = canvas.beginPath()
    here = (0.0, 0.0)
    for letter, points in steps:
        match letter:
            case "M":
                path.moveTo(*points)
            case "L":
                path.lineTo(*points)
            case "Q":
                path.curveTo(*_cubic(here, points))
            case _:
                path.close()
        here = (points[-2], points[-1]) if points else here
    return path


def _cubic(start: tuple[float, float], points: tuple[float, ...]) -> tuple[float, ...]:
    """A curve with one control point as one with two, which is what PDF has."""
    (x0, y0), (cx, cy, x, y) = start, points
    near = (x0 + 2 / 3 * (cx - x0), y0 + 2 / 3 * (cy - y0))
    return (*near, x + 2 / 3 * (cx - x), y + 2 / 3 * (cy - y), x, y)


def _write(canvas: Any, text: Text) -> None:
    size, weight = font(text.look)
    name = _WEIGHTS[weight]
    wide = fonts.width(text.said, name, size)
    canvas.saveState()
    canvas.translate(text.x - wide / 2 if "mid" in text.look.split() else text.x, text.y)
    canvas.scale(min(1.0, text.width / wide) if text.width and wide else 1.0, -1)
    canvas.setFillColor(HexColor(fill(text.look) or "#000000"))
    left = 0.0
    for piece, registered in fonts.pieces(text.said, name):
        canvas.setFont(registered, size)
        canvas.drawString(left, 0, piece)
        left += canvas.stringWidth(piece, registered, size)
    canvas.restoreState()
