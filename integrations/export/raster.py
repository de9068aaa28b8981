"""A picture made of shapes as PNG, for readers that know no vectors."""

import io
from collections.abc import Iterator
from functools import cache

from PIL import Image, ImageDraw, ImageFont

import resources
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

_SCALE, _WIDEST = 2.0, 1600
"""Pixels of the file for each of the picture, so that it prints well, and pixels of its width."""
_FILES = {400: "Inter-Regular.ttf", 500: "Inter-Medium.ttf", 600: "Inter-SemiBold.ttf"}
_BESIDE = ("DejaVuSans.ttf", "NotoEmoji-Regular.ttf", "WenQuanYiMicroHei.ttc")
_STEPS = 8
"""Straight pieces of a curve."""


def to_pngs(picture: Picture, tallest: float) -> Iterator[tuple[bytes, float]]:
    """The picture in parts of at most a height (px), each with its own height."""
    while (division := divided(picture, tallest)) is not None:
        yield _png(division.head), division.head.height
        picture = division.rest
    yield _png(picture), picture.height


def _png(picture: Picture) -> bytes:
    scale = min(_SCALE, _WIDEST / picture.width)
    size = (round(picture.width * scale), max(1, round(picture.height * scale)))
    image = Image.new("RGB", size, "white")
    pen = _Pen(ImageDraw.Draw(image), scale)
    for shape in picture.shapes:
        pen.draw(shape, 0, 0)
    out = io.BytesIO()
    image.quantize(64).save(out, "PNG")
    return out.getvalue()


class _Pen:
    def __init__(self, draw: ImageDraw.ImageDraw, scale: float) -> None:
        self._draw = draw
        self._scale = scale

    def draw(self, shape: Shape, left: float, top: float) -> None:
        """A shape, placed from a corner in px of the picture."""
        match shape:
            case Box(x, y, width, height):
                corner = ((x + left) * self._scale, (y + top) * self._scale)
                self._box(shape, corner, (width * self._scale, height * self._scale))
            case Path(look, steps):
                self._path(look, [(x + left, y + top) for x, y in _points(steps)])
            case Text():
                self._write(shape, left, top)
            case Group(x, y, shapes):
                for each in shapes:
                    self.draw(each, left + x, top + y)

    def _box(self, box: Box, corner: tuple[float, float], size: tuple[float, float]) -> None:
        line = stroke(box.look)
        self._draw.rounded_rectangle(
            (*corner, corner[0] + size[0], corner[1] + size[1]),
            box.radius * self._scale,
            fill=fill(box.look),
            outline=line[0] if line else None,
            width=self._thick(line[1]) if line else 0,
        )

    def _path(self, look: str, places: list[tuple[float, float]]) -> None:
        points = [(x * self._scale, y * self._scale) for x, y in places]
        line = stroke(look)
        if ground := fill(look):
            self._draw.polygon(points, fill=ground)
        if line:
            self._draw.line(points, fill=line[0], width=self._thick(line[1]), joint="curve")

    def _write(self, text: Text, left: float, top: float) -> None:
        size, weight = font(text.look)
        pixels = max(1, round(size * self._scale))
        pieces = [(said, _font(name, pixels)) for said, name in _pieces(text.said, _FILES[weight])]
        wide = sum(drawn.getlength(said) for said, drawn in pieces)
        x = (text.x + left) * self._scale - (wide / 2 if "mid" in text.look.split() else 0)
        for said, drawn in pieces:
            at = (x, (text.y + top) * self._scale)
            self._draw.text(at, said, font=drawn, fill=fill(text.look) or "#000000", anchor="ls")
            x += drawn.getlength(said)

    def _thick(self, width: float) -> int:
        return max(1, round(width * self._scale))


def _points(steps: tuple[tuple[str, tuple[float, ...]], ...]) -> Iterator[tuple[float, float]]:
    here = (0.0, 0.0)
    for _, numbers in steps:
        if len(numbers) == 4:
            cx, cy, x, y = numbers
            for step in range(1, _STEPS):
                t = step / _STEPS
                near, middle, far = (1 - t) ** 2, 2 * t * (1 - t), t**2
                yield (
                    near * here[0] + middle * cx + far * x,
                    near * here[1] + middle * cy + far * y,
                )
        if numbers:
            here = (numbers[-2], numbers[-1])
            yield here


def _pieces(said: str, name: str) -> Iterator[tuple[str, str]]:
    """The text in pieces, each with the file of a font that has it."""
    piece, used = "", name
    for letter in said:
        chosen = _chosen(letter, name)
        if chosen != used and piece:
            yield piece, used
            piece = ""
        piece, used = piece + letter, chosen
    if piece:
        yield piece, used


@cache
def _chosen(letter: str, name: str) -> str:
    if letter.isascii():
        return name
    return next((file for file in (name, *_BESIDE) if _has(file, letter)), name)


def _has(name: str, letter: str) -> bool:
    """Whether a font has a letter: it draws it otherwise than one that no font has."""
    known, none = _font(name, 12), "\U0010fffe"
    return bool(known.getmask(letter).getbbox()) and bytes(known.getmask(letter)) != bytes(
        known.getmask(none)
    )


@cache
def _font(name: str, size: int) -> ImageFont.FreeTypeFont:
    """A font; ``size`` is in pixels of the file."""
    folder = ("fonts",) if name.startswith("Inter") else ("export", "fonts")
    return ImageFont.truetype(str(resources.path(*folder, name)), size)
