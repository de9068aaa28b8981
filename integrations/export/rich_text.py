"""A page for the clipboard: HTML that wikis and word processors take, and plain Markdown.

Such readers know no style sheet and few elements: looks stand at each element, whys below others
are lists in lists, and there is no picture, since many drop what is not on the web.
"""

from collections.abc import Iterable
from html import escape

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
    in_one_line,
)
from integrations.export.page import Page

_FONT = "font-family:Inter,Arial,sans-serif"
_TABLE = "border-collapse:collapse"
_CELL = "border:1px solid #d2d2cb;padding:4px 8px;text-align:left;vertical-align:top"
_CODE = "font-family:Consolas,Menlo,monospace;background:#f1f1ed"


def to_rich_html(page: Page) -> str:
    """The page as HTML with its looks in place; no script, picture or place to jump to."""
    facts = "".join(
        f'<tr><th style="{_CELL}">{name}</th><td style="{_CELL}">{escape(value)}</td></tr>'
        for name, value in page.facts
    )
    table = f'<table style="{_TABLE}"><tbody>{facts}</tbody></table>' if facts else ""
    head = f"<h1>{escape(' '.join(filter(None, (page.ref, page.title))))}</h1>"
    return f'<div style="{_FONT}">{head}{table}{_html(page.blocks)}</div>'


def _html(blocks: Iterable[Block]) -> str:
    return "".join(map(_block_html, blocks))


def _block_html(block: Block) -> str:
    match block:
        case Heading(level, runs):
            said = f"<h{level}>{_runs_html(runs)}</h{level}>"
        case Paragraph(runs):
            said = f"<p>{_runs_html(runs)}</p>"
        case Listing(items, first):
            rows = "".join(f"<li>{_item_html(item)}</li>" for item in items)
            start = f' start="{first}"' if first not in (None, 1) else ""
            said = f"<ul>{rows}</ul>" if first is None else f"<ol{start}>{rows}</ol>"
        case Table(head, rows):
            said = _table_html(head, rows)
        case Code(text):
            said = f'<pre style="{_CODE};padding:8px"><code>{escape(text)}</code></pre>'
        case Inset(inside, quote=True):
            said = f"<blockquote>{_html(inside)}</blockquote>"
        case Inset(inside):
            said = f"<ul><li>{_html(inside)}</li></ul>"
        case Image(words=words):
            said = f"<p>[Picture: {escape(words)}]</p>" if words else ""
        case Rule():
            said = "<hr>"
        case Drawing():
            said = ""
    return said


def _item_html(blocks: tuple[Block, ...]) -> str:
    if blocks and isinstance(blocks[0], Paragraph):
        return _runs_html(blocks[0].runs) + _html(blocks[1:])
    return _html(blocks)


def _table_html(head: tuple[tuple[Cell, ...], ...], rows: tuple[tuple[Cell, ...], ...]) -> str:
    def row(cells: tuple[Cell, ...], name: str) -> str:
        return "".join(
            f'<{name} style="{_CELL}"{f" colspan={cell.span}" if cell.span > 1 else ""}>'
            f"{_item_html(cell.blocks)}</{name}>"
            for cell in cells
        )

    above = "".join(f"<tr>{row(cells, 'th')}</tr>" for cells in head)
    below = "".join(f"<tr>{row(cells, 'td')}</tr>" for cells in rows)
    thead = f"<thead>{above}</thead>" if above else ""
    return f'<table style="{_TABLE}">{thead}<tbody>{below}</tbody></table>'


def _runs_html(runs: Iterable[Run]) -> str:
    return "".join(map(_run_html, runs))


def _run_html(run: Run) -> str:
    said = escape(run.text).replace("\n", "<br>")
    if run.mono:
        said = f'<code style="{_CODE}">{said}</code>'
    for wanted, name in ((run.struck, "s"), (run.italic, "em"), (run.bold, "strong"),
                         (run.raised, "sup")):  # fmt: skip
        if wanted:
            said = f"<{name}>{said}</{name}>"
    if run.tone == "quiet":
        said = f'<span style="color:#62676f">{said}</span>'
    outside = run.link and not run.link.startswith("#")
    return f'<a href="{escape(run.link)}">{said}</a>' if outside else said


def to_plain_markdown(page: Page) -> str:
    """The page as Markdown for reading, without front matter; not the form that comes back."""
    head = f"# {_escaped(' '.join(filter(None, (page.ref, page.title))))}"
    facts = "\n".join(f"- **{name}:** {_escaped(value)}" for name, value in page.facts)
    return "\n\n".join(part for part in (head, facts, *map(_block, page.blocks)) if part) + "\n"


def _block(block: Block) -> str:
    match block:
        case Heading(level, runs):
            said = f"{'#' * level} {_runs(runs)}"
        case Paragraph(runs):
            said = _runs(runs)
        case Listing(items, first):
            marks = ("-" if first is None else f"{first + n}." for n in range(len(items)))
            said = "\n".join(
                _indented(_all(item), f"{mark} ") for mark, item in zip(marks, items, strict=True)
            )
        case Table(head, rows):
            said = _table(head, rows)
        case Code(text):
            fence = "`" * max(3, _longest(text, "`") + 1)
            said = f"{fence}\n{text}\n{fence}"
        case Inset(inside, quote=True):
            said = "\n".join(f"> {line}".rstrip() for line in _all(inside).split("\n"))
        case Inset(inside):
            said = _indented(_all(inside), "- ")
        case Image(words=words):
            said = f"[Picture: {_escaped(words)}]" if words else ""
        case Rule():
            said = "---"
        case Drawing():
            said = ""
    return said


def _all(blocks: Iterable[Block]) -> str:
    return "\n\n".join(filter(None, map(_block, blocks)))


def _indented(text: str, mark: str) -> str:
    inner = "\n".join(f"{' ' * len(mark)}{line}".rstrip() for line in text.split("\n"))
    return mark + inner[len(mark) :] if inner.strip() else mark.rstrip()


def _table(head: tuple[tuple[Cell, ...], ...], rows: tuple[tuple[Cell, ...], ...]) -> str:
    every = [[_cell(cell) for cell in row] for row in (*head, *rows)]
    if not every:
        return ""
    count = max(map(len, every))
    padded = [[*row, *[""] * (count - len(row))] for row in every]
    if not head:
        padded.insert(0, [""] * count)
    lines = [f"| {' | '.join(row)} |" for row in padded]
    lines.insert(1, f"|{' --- |' * count}")
    return "\n".join(lines)


def _cell(cell: Cell) -> str:
    parts = [
        _runs(in_one_line(row))
        for block in cell.blocks
        if isinstance(block, Table)
        for row in (*block.head, *block.rows)
    ] or [_block(block) for block in cell.blocks]
    said = " ".join(" ".join(parts).split())
    return said.replace("|", "\\|")


def _runs(runs: Iterable[Run]) -> str:
    return "".join(map(_run, runs))


def _run(run: Run) -> str:
    text = run.text
    if not text.strip():
        return text
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    said = text.strip()
    if run.mono:
        fence = "`" * (_longest(said, "`") + 1)
        pad = " " if said.startswith("`") or said.endswith("`") else ""
        said = f"{fence}{pad}{said}{pad}{fence}"
    else:
        said = _escaped(said).replace("\n", "  \n")
    for wanted, mark in ((run.struck, "~~"), (run.italic, "*"), (run.bold, "**")):
        if wanted:
            said = f"{mark}{said}{mark}"
    if run.link and not run.link.startswith("#"):
        said = f"[{said}](<{run.link}>)"
    return f"{before}{said}{after}"


def _escaped(text: str) -> str:
    for sign in "\\`*_[]<":
        text = text.replace(sign, f"\\{sign}")
    return text


def _longest(text: str, sign: str) -> int:
    """The length of the longest row of a sign."""
    longest = here = 0
    for letter in text:
        here = here + 1 if letter == sign else 0
        longest = max(longest, here)
    return longest
