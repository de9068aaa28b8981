"""HTML as Confluence, Google Docs and others export it, as Markdown."""

import re
from pathlib import PurePosixPath
from urllib.parse import parse_qs, unquote, urlparse

from bs4 import BeautifulSoup, NavigableString, Tag
from bs4.element import Comment, Declaration, Doctype, ProcessingInstruction
from markdownify import MarkdownConverter

_PAGE = ("#main-content", "#content .wiki-content", "article", "main", "#content", "body")
_DROPPED = ("script", "style", "noscript", "template", "head", "nav", "iframe[hidden]")
_CHROME = ("#breadcrumb-section", "#footer", ".breadcrumbs", ".page-metadata .avatar", ".toc-macro", "#header-banner")
_GOOGLE = ("www.google.com", "google.com")
_BLOCKS = frozenset("p div table ul ol h1 h2 h3 h4 h5 h6 pre blockquote li tr td th section article".split())


class _Converter(MarkdownConverter):
    """Markdown with "#" headings and "-" bullets; a cell keeps its lines apart."""

    def convert_br(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        if {"td", "th"} & parent_tags:
            return "<br>"
        return str(super().convert_br(el, text, parent_tags))

    def convert_time(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return text or str(el.get("datetime", ""))


def to_markdown(page: str) -> tuple[str, str]:
    """The title of an HTML page ("" without one) and its text as Markdown, without loss of words."""
    soup = BeautifulSoup(page, "html.parser")
    title = soup.title.get_text(" ", strip=True) if soup.title else ""
    heading = soup.select_one("#title-text, #title-heading")
    if heading is not None:
        title = _page_title(heading.get_text(" ", strip=True))
    content = _content(soup)
    for selector in (*_DROPPED, *_CHROME):
        for unwanted in content.select(selector):
            unwanted.decompose()
    for node in content.find_all(string=lambda s: isinstance(s, (Comment, Declaration, Doctype, ProcessingInstruction))):
        node.extract()
    _plain_links(content)
    _spans(content)
    _confluence(content, soup)
    _tables(content, soup)
    text = _Converter(heading_style="atx", bullets="-", escape_misc=False, wrap=False).convert_soup(content)
    return title, re.sub(r"\n{3,}", "\n\n", text.replace("\xa0", " ")).strip() + "\n"


def _page_title(text: str) -> str:
    """Confluence writes "Space : Page"; the page is what counts."""
    return text.rsplit(" : ", 1)[-1].strip()


def _content(soup: BeautifulSoup) -> Tag:
    """The part of the page that is the document, where that loses nothing but navigation."""
    for selector in _PAGE:
        found = soup.select_one(selector)
        if found is not None:
            return found
    return soup


def _plain_links(content: Tag) -> None:
    """Google Docs sends every link through its own redirect."""
    for link in content.find_all("a", href=True):
        target = urlparse(str(link["href"]))
        wrapped = parse_qs(target.query).get("q")
        if target.netloc in _GOOGLE and target.path == "/url" and wrapped:
            link["href"] = wrapped[0]


def _spans(content: Tag) -> None:
    """Google Docs marks bold, italic and struck words by style only."""
    for span in content.find_all("span", style=True):
        style = str(span["style"]).replace(" ", "").lower()
        if not span.get_text(strip=True) or span.find(list(_BLOCKS)):
            continue
        if re.search(r"font-weight:(?:bold|[6-9]00)", style):
            span.name = "b"
        elif "font-style:italic" in style:
            span.name = "i"
        elif "text-decoration:line-through" in style:
            span.name = "s"


def _confluence(content: Tag, soup: BeautifulSoup) -> None:
    """Task lists, user mentions, status lozenges, panels and code macros."""
    for task in content.select("ul.inline-task-list > li"):
        done = "checked" in (task.get("class") or [])
        task.insert(0, NavigableString("[x] " if done else "[ ] "))
    for box in content.select("input[type=checkbox]"):
        box.replace_with(NavigableString("[x] " if box.has_attr("checked") else "[ ] "))
    for image in content.select("img.emoticon, img[data-emoji-fallback]"):
        image.replace_with(NavigableString(str(image.get("data-emoji-fallback") or image.get("alt") or "")))
    for macro in content.select("pre.syntaxhighlighter-pre, div.code pre"):
        macro.name = "pre"
    for details in content.select("details > summary"):
        details.name = "p"


def _tables(content: Tag, soup: BeautifulSoup) -> None:
    """Tables made flat: a nested one becomes lines of its cell, a page-property table a list.

    Cells that span columns are filled up with empty ones, so that every row stays aligned.
    """
    for table in content.find_all("table"):
        if table.parent is None or table.find_parent("table") is not None:
            continue
        for inner in table.find_all("table"):
            for row in inner.find_all("tr"):
                cells = [cell.get_text(" ", strip=True) for cell in row.find_all(["td", "th"])]
                row.replace_with(NavigableString(" \u2014 ".join(cells) + "; "))
            inner.unwrap()
        if _is_properties(table):
            _as_list(table, soup)
            continue
        for cell in table.find_all(["td", "th"]):
            for _ in range(min(int(cell["colspan"]), 50) - 1 if str(cell.get("colspan", "")).isdigit() else 0):
                cell.insert_after(soup.new_tag(cell.name))
            _flat_cell(cell, soup)


def _is_properties(table: Tag) -> bool:
    """Names in the first column, values in the second: every row begins with a heading cell."""
    rows = [row.find_all(["td", "th"]) for row in table.find_all("tr")]
    rows = [row for row in rows if row]
    return bool(rows) and all(len(r) == 2 and r[0].name == "th" and r[1].name == "td" for r in rows)  # noqa: PLR2004


def _as_list(table: Tag, soup: BeautifulSoup) -> None:
    items = soup.new_tag("ul")
    for row in table.find_all("tr"):
        name, value = row.find_all(["td", "th"])
        item, strong = soup.new_tag("li"), soup.new_tag("strong")
        strong.string = f"{name.get_text(' ', strip=True).rstrip(':')}:"
        item.append(strong)
        item.append(NavigableString(" "))
        for child in list(value.contents):
            item.append(child.extract())
        items.append(item)
    table.replace_with(items)


def _flat_cell(cell: Tag, soup: BeautifulSoup) -> None:
    """The paragraphs and items of a cell as lines of it."""
    for block in cell.find_all(["p", "li", "div", "pre"]):
        if block.find_next_sibling() is not None or block.parent is not cell:
            block.insert_after(soup.new_tag("br"))
        block.unwrap()
    for group in cell.find_all(["ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6"]):
        group.insert_after(soup.new_tag("br"))
        group.unwrap()
    while cell.contents and isinstance(cell.contents[-1], Tag) and cell.contents[-1].name == "br":
        cell.contents[-1].extract()


def visible_text(page: str) -> str:
    """The words that a reader of an HTML page sees, to compare with its Markdown."""
    soup = BeautifulSoup(page, "html.parser")
    content = _content(soup)
    for selector in (*_DROPPED, *_CHROME):
        for unwanted in content.select(selector):
            unwanted.decompose()
    return content.get_text(" ")


def local_name(target: str) -> str:
    """The relative path that an image or link names, without query; "" for a URL or a place."""
    parsed = urlparse(target)
    if parsed.scheme or parsed.netloc or not parsed.path or target.startswith("#"):
        return ""
    return str(PurePosixPath(unquote(parsed.path)))
