"""Markdown as blocks that keep the exact text of their source."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token

_KINDS = {
    "paragraph_open": "paragraph",
    "bullet_list_open": "list",
    "ordered_list_open": "list",
    "blockquote_open": "quote",
    "table_open": "table",
    "fence": "fence",
    "code_block": "code",
    "html_block": "html",
    "hr": "rule",
}
MAX_PARSED = 2 * 1024 * 1024
"""Longer texts are kept as one block: no post-mortem is that long, and parsing would stall."""


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark").enable("table")
    parser.core.ruler.enableOnly(["normalize", "block"])
    return parser


_PARSER = _parser()


@dataclass(frozen=True, slots=True)
class Block:
    """One block: its kind, its exact text, and a heading's level and title."""

    kind: str
    text: str
    level: int = 0
    title: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One list item: its text without the marker, and what its checkbox says."""

    text: str
    ordered: bool = False
    checked: bool | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with the blocks below it and the sections nested in it.

    The document itself is a section of level 0 without a heading. ``title`` is Markdown.
    """

    level: int
    title: str
    blocks: tuple[Block, ...] = ()
    sections: tuple["Section", ...] = ()

    @property
    def text(self) -> str:
        """The Markdown below the heading, nested headings included."""
        below = [section.with_heading for section in self.sections]
        return join_blocks([*(block.text for block in self.blocks), *below])

    @property
    def with_heading(self) -> str:
        """The Markdown with the heading, which is written in one line."""
        head = f"{'#' * self.level} {self.title}" if self.level else ""
        return join_blocks([head, self.text])

    def walk(self) -> Iterator["Section"]:
        """This section and all below it, in reading order."""
        yield self
        for section in self.sections:
            yield from section.walk()


def join_blocks(texts: list[str]) -> str:
    """Markdown blocks put together with blank lines between them."""
    return "\n\n".join(text.strip("\n") for text in texts if text.strip())


def read_blocks(text: str) -> tuple[Block, ...]:
    """The top-level blocks of a Markdown text; every line that is not blank is in one of them."""
    if len(text) > MAX_PARSED:
        return (Block("paragraph", text),)
    lines = text.split("\n")
    blocks: list[Block] = []
    done = 0
    for token in _PARSER.parse(text):
        if token.level or token.map is None or token.nesting < 0:
            continue
        start, end = token.map
        if start < done:
            continue
        blocks.extend(_between(lines[done:start]))
        blocks.append(_block(token, "\n".join(lines[start:end])))
        done = end
    blocks.extend(_between(lines[done:]))
    return tuple(block for block in blocks if block.text.strip())


def _between(lines: list[str]) -> Iterator[Block]:
    """Lines that yield no block in Markdown: link definitions."""
    text = "\n".join(lines).strip("\n")
    if text.strip():
        yield Block("definition", text)


def _block(token: Token, text: str) -> Block:
    if token.type == "heading_open":
        title = _heading_title(text, token.markup)
        return Block("heading", text.strip("\n"), int(token.tag[1]), title)
    return Block(_KINDS.get(token.type, "paragraph"), text.rstrip())


def _heading_title(text: str, markup: str) -> str:
    if markup.startswith("#"):
        bare = text.strip().lstrip("#").strip()
        return re.sub(r"(?:^|[ \t])#+$", "", bare).strip()
    return " ".join(line.strip() for line in text.strip("\n").split("\n")[:-1])


def read_sections(text: str) -> Section:
    """A Markdown text as a tree of sections."""
    return _nest(read_blocks(text))


def _nest(blocks: tuple[Block, ...]) -> Section:
    """Sections by heading level, built from the last one back so that depth costs no recursion."""
    flat: list[tuple[int, str, list[Block]]] = [(0, "", [])]
    for block in blocks:
        if block.kind == "heading":
            flat.append((block.level, block.title, []))
        else:
            flat[-1][2].append(block)
    waiting: list[Section] = []
    for level, title, own in reversed(flat):
        below: list[Section] = []
        while waiting and waiting[-1].level > level:
            below.append(waiting.pop())
        waiting.append(Section(level, title, tuple(own), tuple(below)))
    return waiting[0]


_MARKER = re.compile(r"^( {0,3})([-*+]|\d{1,9}[.)])([ \t]*)")
_CHECKBOX = re.compile(r"^\[([ xX])\][ \t]+")


def list_items(block: Block) -> tuple[Item, ...]:
    """The items of a list block, each with its text (nested lists included) moved to the left."""
    lines = block.text.split("\n")
    starts = [
        (token.map[0], token.map[1])
        for token in _PARSER.parse(block.text)
        if token.type == "list_item_open" and token.level == 1 and token.map is not None
    ]
    return tuple(_item(lines[start:end]) for start, end in starts)


def _item(lines: list[str]) -> Item:
    first = lines[0].expandtabs(4)
    marker = _MARKER.match(first)
    if marker is None:
        return Item("\n".join(lines).strip())
    width = len(marker[0]) if 0 < len(marker[3]) <= 4 else len(marker[1]) + len(marker[2]) + 1
    rest = [_outdented(line.expandtabs(4), width) for line in lines[1:]]
    text = "\n".join([first[width:], *rest]).rstrip()
    box = _CHECKBOX.match(text)
    checked = box[1] in "xX" if box else None
    return Item(text[box.end() :] if box else text, marker[2][-1] in ".)", checked)


def _outdented(line: str, width: int) -> str:
    """A line moved to the left by at most ``width`` spaces."""
    return line[min(width, len(line) - len(line.lstrip(" "))) :]


def table_rows(block: Block) -> tuple[tuple[str, ...], ...]:
    """The rows of a table block, the header first; every row has as many cells as the header."""
    lines = [line for line in block.text.split("\n") if line.strip()]
    rows = [_cells(line) for index, line in enumerate(lines) if index != 1]
    width = max((len(row) for row in rows), default=0)
    return tuple(tuple(row + [""] * (width - len(row))) for row in rows)


def _cells(line: str) -> list[str]:
    bare = line.strip()
    bare = bare[1:] if bare.startswith("|") else bare
    parts = re.split(r"(?<!\\)\|", bare)
    if len(parts) > 1 and not parts[-1].strip():
        parts.pop()
    return [part.replace("\\|", "|").strip() for part in parts]


_LINK = re.compile(r"!?\[([^\]]*)\]\([^)\s]*(?:\s+\"[^\"]*\")?\)|\[([^\]]*)\]\[[^\]]*\]")
_MARKUP = re.compile(r"\*{1,3}|`+|~~|(?<!\w)_{1,3}|_{1,3}(?!\w)|\\(?=[^\w\s])|</?[A-Za-z][^<>:]*>")
_AUTOLINK = re.compile(r"<([a-z]+:[^<>\s]+)>")


def plain(markdown: str) -> str:
    """The words of one line of Markdown, without emphasis, code marks, links' targets and tags."""
    shown = _LINK.sub(lambda m: m[1] if m[1] is not None else m[2], markdown)
    return re.sub(r"\s+", " ", _MARKUP.sub("", _AUTOLINK.sub(r"\1", shown))).strip()
