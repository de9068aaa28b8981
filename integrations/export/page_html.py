"""The blocks of a page, read from its HTML: so every form says the same in the same order."""

import base64
import binascii
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag

from integrations.export.blocks import (
    Block,
    Cell,
    Code,
    Drawing,
    Heading,
    Image,
    Inset,
    Listing,
    Paragraph,
    Rule,
    Run,
    Table,
    printable,
)
from integrations.export.shapes import Picture

_INLINE = {
    *("a", "strong", "b", "em", "i", "code", "kbd", "samp", "s", "del", "u", "ins", "sub", "sup"),
    *("small", "mark", "q", "cite", "abbr", "span", "br"),
}
_BOLD = ("strong", "b", "dt", "caption", "summary")
_ITALIC, _MONO, _STRUCK = ("em", "i", "cite"), ("code", "kbd", "samp"), ("s", "del")
_TONES = ("quiet", "open", "done", "none", "and")
_LINK = re.compile(r"(https?://|mailto:|#)", re.IGNORECASE)
LONGEST_BLOCK = 10_000
"""Letters; what is longer becomes several: a block takes the square of its length to lay out."""
_SPACE = re.compile(r"[ \t\n\r\f]+")


def read_blocks(html: str, drawings: Mapping[str, Picture]) -> tuple[Block, ...]:
    """The blocks of a page's HTML; the drawing of an anchor stands below the heading with it."""
    found: list[Block] = []
    for block in _blocks(BeautifulSoup(printable(html), "html.parser"), Run("")):
        found.append(block)
        if isinstance(block, Heading) and block.anchor in drawings:
            found.append(Drawing(drawings[block.anchor]))
    return tuple(found)


def _blocks(parent: Tag, look: Run) -> Iterator[Block]:
    """The blocks inside an element; text between them becomes paragraphs."""
    runs: list[Run] = []
    for child in parent.children:
        if isinstance(child, NavigableString) and type(child) is not NavigableString:
            continue  # comments
        if isinstance(child, NavigableString):
            runs.append(replace(look, text=_SPACE.sub(" ", child)))
        elif isinstance(child, Tag) and child.name in _INLINE and not child.find("img"):
            runs += _runs(child, look)
        elif isinstance(child, Tag):
            yield from _paragraph(runs)
            runs = []
            yield from _block(child, look)
    yield from _paragraph(runs)


def _block(tag: Tag, look: Run) -> Iterator[Block]:
    look = _look(tag, look)
    anchor = _text(tag, "id")
    match tag.name:
        case "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
            yield Heading(int(tag.name[1]), _trimmed(_inside(tag, look)), anchor)
        case "ul" | "ol":
            yield _listing(tag, look)
        case "table":
            yield _table(tag, look)
        case "pre":
            for part in _portions(tag.get_text().rstrip("\n"), "\n"):
                yield Code(part.rstrip("\n"))
        case "blockquote":
            yield Inset(tuple(_blocks(tag, look)), anchor, quote=True)
        case "div" if "why" in _classes(tag):
            yield Inset(tuple(_blocks(tag, look)), anchor)
        case "hr":
            yield Rule()
        case "img":
            content = _content(_text(tag, "src"))
            words = _text(tag, "alt") or _text(tag, "title")
            yield Image(content, words) if content else Paragraph((replace(look, text=words),))
        case _:
            yield from _anchored(_blocks(tag, look), anchor)


def _anchored(inside: Iterator[Block], anchor: str) -> Iterator[Block]:
    """The blocks, the first paragraph of them with the anchor."""
    for block in inside:
        if anchor and isinstance(block, Paragraph):
            yield replace(block, anchor=anchor)
            anchor = ""
        else:
            yield block


def _listing(tag: Tag, look: Run) -> Listing:
    items = tuple(
        tuple(_anchored(_blocks(item, look), _text(item, "id")))
        for item in tag.find_all("li", recursive=False)
    )
    start = _text(tag, "start")
    numbered = int(start) if start.isascii() and start.isdigit() and len(start) < 9 else 1
    return Listing(items, numbered if tag.name == "ol" else None)


def _table(tag: Tag, look: Run) -> Table:
    head: list[tuple[Cell, ...]] = []
    rows: list[tuple[Cell, ...]] = []
    for row in tag.find_all("tr"):
        if row.find_parent("table") is not tag:
            continue
        cells = tuple(_cell(c, look) for c in row.find_all(("td", "th"), recursive=False))
        above = row.parent is not None and row.parent.name == "thead"
        if cells:
            (head if above else rows).append(cells)
    return Table(tuple(head), tuple(rows))


def _cell(tag: Tag, look: Run) -> Cell:
    span = _text(tag, "colspan")
    look = _look(tag, look)
    if tag.name == "th" or "day" in _classes(tag):
        look = replace(look, bold=True)
    return Cell(
        tuple(_anchored(_blocks(tag, look), _text(tag, "id"))),
        min(int(span), 50) if span.isascii() and span.isdigit() and int(span) else 1,
        tag.name == "th",
    )


def _inside(tag: Tag, look: Run) -> Iterator[Run]:
    for child in tag.children:
        if isinstance(child, Tag):
            yield from _runs(child, look)
        elif type(child) is NavigableString:
            yield replace(look, text=_SPACE.sub(" ", child))


def _runs(tag: Tag, look: Run) -> Iterator[Run]:
    if tag.name == "br":
        yield replace(look, text="\n")
    elif tag.name == "img":
        yield replace(look, text=_text(tag, "alt"))
    else:
        yield from _inside(tag, _look(tag, look))


def _look(tag: Tag, look: Run) -> Run:
    """The look of what is inside an element."""
    tone = next((name for name in _TONES if name in _classes(tag)), "")
    link = _text(tag, "href") if tag.name == "a" else ""
    return replace(
        look,
        bold=look.bold or tag.name in _BOLD,
        italic=look.italic or tag.name in _ITALIC,
        mono=look.mono or tag.name in _MONO,
        struck=look.struck or tag.name in _STRUCK,
        raised=look.raised or tag.name == "sup",
        link=link if _LINK.match(link) else look.link,
        tone=tone or look.tone,
    )


def _paragraph(runs: Iterable[Run]) -> Iterator[Paragraph]:
    trimmed = _trimmed(runs)
    if sum(len(run.text) for run in trimmed) <= LONGEST_BLOCK:
        yield from (Paragraph(trimmed),) if trimmed else ()
        return
    here: list[Run] = []
    size = 0
    for part in (replace(r, text=part) for r in trimmed for part in _portions(r.text, " ")):
        if here and size + len(part.text) > LONGEST_BLOCK:
            yield Paragraph(tuple(here))
            here, size = [], 0
        here.append(part)
        size += len(part.text)
    yield Paragraph(tuple(here))


def _portions(text: str, sign: str) -> Iterator[str]:
    """A text in parts of the longest block, cut behind a sign where there is one."""
    start = 0
    while len(text) - start > LONGEST_BLOCK:
        end = text.rfind(sign, start, start + LONGEST_BLOCK) + 1 or start + LONGEST_BLOCK
        yield text[start:end]
        start = end
    yield text[start:]


def _trimmed(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Without space at both ends, nor twice in between; neighbours of one look joined."""
    joined: list[Run] = []
    for run in runs:
        before = joined[-1].text if joined else "\n"
        text = run.text.lstrip(" ") if before.endswith((" ", "\n")) else run.text
        if not text:
            continue
        if joined and replace(joined[-1], text=text) == replace(run, text=text):
            joined[-1] = replace(run, text=before + text)
        else:
            joined.append(replace(run, text=text))
    while joined and not joined[-1].text.strip():
        joined.pop()
    if joined:
        joined[-1] = replace(joined[-1], text=joined[-1].text.rstrip())
    return tuple(joined)


def _content(source: str) -> bytes:
    """The content of a ``data:`` URI; empty for anything else."""
    head, _, data = source.partition(";base64,")
    if not head.startswith("data:image/"):
        return b""
    try:
        return base64.b64decode(data, validate=True)
    except binascii.Error:
        return b""


def _text(tag: Tag, name: str) -> str:
    value = tag.get(name)
    return value if isinstance(value, str) else ""


def _classes(tag: Tag) -> list[str]:
    value = tag.get("class")
    return list(value) if value else []
