"""The small parts of a page: text, sections, lists, tables, links.

A page is read in browsers and in Qt's text view, which knows HTML 4 and little CSS: hence the
explicit width of a table and of its column that takes what the others leave.
"""

from collections.abc import Iterable, Iterator
from html import escape


def plain(text: str) -> str:
    """A text without markup."""
    return escape(text)


def headed(anchor: str, heading: str, html: str) -> Iterator[str]:
    """A section with its heading, where there is something in it."""
    if html:
        yield f'<h2 id="{anchor}">{plain(heading)}</h2>\n{html}'


def listed(rows: Iterable[str]) -> str:
    """A list of ``li`` elements; "" without any."""
    items = "".join(rows)
    return f"<ul>{items}</ul>" if items else ""


def table(rows: Iterable[str], headings: tuple[str, ...] = ()) -> str:
    """A table of ``tr`` elements, over the whole width; "" without any."""
    body = "\n".join(rows)
    cells = "".join(f"<th>{heading}</th>" for heading in headings)
    head = f"<thead><tr>{cells}</tr></thead>" if headings else ""
    return f'<table class="facts" width="100%">{head}<tbody>{body}</tbody></table>' if body else ""


def row(*cells: str) -> str:
    """A row of a table."""
    return f"<tr>{''.join(cells)}</tr>"


def cell(html: str, kind: str = "", *, anchor: str = "") -> str:
    """A cell of a kind that style sheets know: ``time`` and ``kind`` stay on one line."""
    id = f' id="{anchor}"' if anchor else ""
    kind = f' class="{kind}"' if kind else ""
    return f"<td{id}{kind}>{html}</td>"


def wide_cell(html: str) -> str:
    """The cell that takes the width the others leave."""
    return f'<td width="100%">{html}</td>'


def side_cell(*lines: str) -> str:
    """The narrow cell beside a longer text: what it is about, line by line."""
    shown = "".join(f"<div>{line}</div>" for line in lines if line)
    return f'<td class="quiet" width="28%">{shown}</td>'


def quiet(html: str) -> str:
    """What is there to be looked up."""
    return f'<span class="quiet">{html}</span>'


def web_link(link: str, words: str = "") -> str:
    """A URL as a link; anything else (a dashboard's name) as text behind its words."""
    shown = plain(words or link)
    if link.startswith(("https://", "http://")):
        return f'<a href="{plain(link)}" rel="noopener noreferrer">{shown}</a>'
    return shown if link in ("", words) or not words else f"{shown} ({plain(link)})"
