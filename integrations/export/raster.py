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
    cut,
    fill,
    font,
    stroke,
)

_SCALE = 2
"""Pixels of the file for each of the picture, so that it prints well."""
_FILES = {400: "Inter-Regular.ttf", 500: "Inter-Medium.ttf", 600: "Inter-SemiBold.ttf"}
_BESIDE = ("DejaVuSans.ttf", "NotoEmoji-Regular.ttf", "WenQuanYiMicroHei.ttc")
_STEPS = 8
"""Straight pieces of a curve."""


def to_pngs(picture: Picture, tallest: float) -> Iterator[tuple[bytes, float]]:
    """The picture in parts of at most a height (px), each with its own height."""
    top = 0.0
    while top < picture.height:
        end = cut(picture, top, top + tallest)
        yield _png(picture, top, end), end - top
        top = end


def _png(picture: Picture, top: float, end: float) -> bytes:
    size = (round(picture.width * _SCALE), max(1, round((end - top) * _SCALE)))
    image = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(image)
    for shape in picture.shapes:
        _draw(draw, shape, 0, -top)
    out = io.BytesIO()
    image.quantize(64).save(out, "PNG", optimize=True)
    return out.getvalue()


def _draw(draw: ImageDraw.ImageDraw, shape: Shape, left: float, top: float) -> None:
    match shape:
        case Box(x, y, width, height, look, radius):
            x, y = (x + left) * _SCALE, (y + top) * _SCALE
            corners = (x, y, x + width * _SCALE, y + height * _SCALE)
            line = stroke(look)
            draw.rounded_rectangle(
                corners,
                radius * _SCALE,
                fill=fill(look),
                outline=line[0] if line else None,
                width=round(line[1] * _SCALE) if line else 0,
            )
        case Path(look, steps):
            points = [((x + left) * _SCALE, (y + top) * _SCALE) for x, y in _points(steps)]
            line = stroke(look)
            if ground := fill(look):
                draw.polygon(points, fill=ground)
            if line:
                draw.line(points, fill=line[0], width=round(line[1] * _SCALE), joint="curve")
        case Text():
            _write(draw, shape, left, top)
        case Group(x, y, shapes):
            for each in shapes:
                _draw(draw, each, left + x, top + y)


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


def _write(draw: ImageDraw.ImageDraw, text: Text, left: float, top: float) -> None:
    size, weight = font(text.look)
    pieces = [(piece, _font(name, size)) for piece, name in _pieces(text.said, _FILES[weight])]
    wide = sum(drawn.getlength(piece) for piece, drawn in pieces)
    x = (text.x + left) * _SCALE - (wide / 2 if "mid" in text.look.split() else 0)
    for piece, drawn in pieces:
        at = (x, (text.y + top) * _SCALE)
        draw.text(at, piece, font=drawn, fill=fill(text.look) or "#000000", anchor="ls")
        x += drawn.getlength(piece)


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
    folder = ("fonts",) if name.startswith("Inter") else ("export", "fonts")
    return ImageFont.truetype(str(resources.path(*folder, name)), size * _SCALE)
