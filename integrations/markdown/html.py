"""HTML as Confluence, Google Docs and others export it, as Markdown."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, urlparse
from uuid import UUID

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PreformattedString, Tag
from markdownify import MarkdownConverter

_DROPPED = (
    "script",
    "style",
    "template",
    "svg.why-tree",  # our own picture; its words stand below it
    "head",
    "nav",
    "#breadcrumb-section",
    "#footer",
    ".toc-macro",
)
"""What is no part of the document: code, navigation, and the footer of an export."""
_GOOGLE = ("www.google.com", "google.com")
_BLOCKS = ["p", "div", "table", "ul", "ol", "pre", "blockquote", "li", "td", "th", "section"]


@dataclass(frozen=True, slots=True)
class Page:
    """An HTML page: its title ("" without one) and its text as Markdown, without loss of words.

    ``is_bare``: it was nested too deeply to be converted, so the text has no marks at all.
    """

    title: str
    text: str
    is_bare: bool = False


def to_markdown(page: str) -> Page:
    """An HTML page as Markdown."""
    soup = BeautifulSoup(page, "html.parser")
    title = soup.title.get_text(" ", strip=True) if soup.title else ""
    heading = soup.select_one("#title-text, #title-heading")
    if heading is not None:
        title = _page_title(heading.get_text(" ", strip=True))
        heading.string = title
    content = _content(soup)
    _plain_links(content)
    _google(content)
    _spans(content)
    _confluence(content)
    _tables(content, soup)
    _literal_text(content)
    is_bare = False
    try:
        text = MarkdownConverter(
            heading_style="atx", bullets="-", escape_misc=False, table_infer_header=True
        ).convert_soup(content)
    except RecursionError:
        is_bare = True
        text = re.sub(r"\s*\n\s*", "\n\n", content.get_text("\n"))
    text = re.sub(r"\n{3,}", "\n\n", text.replace("\xa0", " ")).strip() + "\n"
    return Page(title, text, is_bare)


def _page_title(text: str) -> str:
    """Confluence writes "Space : Page"; the page is what counts."""
    return text.rsplit(" : ", 1)[-1].strip()


def _content(soup: BeautifulSoup) -> Tag:
    """The page without what is no part of the document."""
    content = soup.body or soup
    for selector in _DROPPED:
        for unwanted in content.select(selector):
            unwanted.decompose()
    for node in content.find_all(string=lambda s: isinstance(s, PreformattedString)):
        node.extract()
    return content


def _plain_links(content: Tag) -> None:
    """Google Docs sends every link through its own redirect; Markdown knows no blank in a place."""
    for image in content.find_all("img", src=True):
        image["src"] = str(image["src"]).strip().replace(" ", "%20")
    for link in content.find_all("a", href=True):
        try:
            target = urlparse(str(link["href"]))
        except ValueError:
            continue
        wrapped = parse_qs(target.query).get("q")
        if target.netloc in _GOOGLE and target.path == "/url" and wrapped:
            link["href"] = wrapped[0]


_NESTED = re.compile(r"^lst-kix_(\w+)-(\d+)$")


def _google(content: Tag) -> None:
    """Google Docs marks the title by a class, and the depth of a list by its name."""
    for title in content.select("p.title"):
        title.name = "h1"
    for nested in content.find_all(["ul", "ol"]):
        name, depth = _list_name(nested)
        before = nested.find_previous_sibling()
        if not depth or not isinstance(before, Tag) or _list_name(before)[0] != name:
            continue
        home = before.find_all("li", recursive=False)[-1:]
        while home and _list_name(home[0].parent)[1] < depth - 1:
            inner = home[0].find_all(["ul", "ol"], recursive=False)[-1:]
            deeper = inner[0].find_all("li", recursive=False)[-1:] if inner else []
            if not deeper:
                break
            home = deeper
        if home:
            home[0].append(nested.extract())


def _list_name(tag: Tag | None) -> tuple[str, int]:
    """Which list a "ul" of Google Docs belongs to and how deep it is in it; "" for another tag."""
    for name in (tag.get("class") or []) if tag is not None else []:
        if match := _NESTED.match(name):
            return match[1], int(match[2])
    return "", 0


def _spans(content: Tag) -> None:
    """Google Docs marks bold, italic and struck words by style only."""
    for span in content.find_all("span", style=True):
        style = str(span["style"]).replace(" ", "").lower()
        if not span.get_text(strip=True) or span.find(_BLOCKS):
            continue
        if re.search(r"font-weight:(?:bold|[6-9]00)", style):
            span.name = "b"
        elif "font-style:italic" in style:
            span.name = "i"
        elif "text-decoration:line-through" in style:
            span.name = "s"


def _confluence(content: Tag) -> None:
    """The author, task lists, user mentions, status lozenges, panels and code macros."""
    for line in content.select(".page-metadata"):
        if (author := line.select_one(".author")) is not None:
            name = author.get_text(" ", strip=True)
            rest = line.get_text(" ", strip=True).partition(name)
            author.string = f"{rest[0].strip()} {name}".strip()
            author.name = "p"
            remark = author.extract()
            line.string = re.sub(r"^\s*,\s*", "", rest[2])
            line.name = "p"
            line.insert_before(remark)
    for task in content.select("ul.inline-task-list > li"):
        done = "checked" in (task.get("class") or [])
        task.insert(0, NavigableString("[x] " if done else "[ ] "))
    for box in content.select("input[type=checkbox]"):
        box.replace_with(NavigableString("[x] " if box.has_attr("checked") else "[ ] "))
    for image in content.select("img.emoticon, img[data-emoji-fallback]"):
        image.replace_with(
            NavigableString(str(image.get("data-emoji-fallback") or image.get("alt") or ""))
        )
    for macro in content.select("pre.syntaxhighlighter-pre, div.code pre"):
        macro.name = "pre"
    for time in content.select("time[datetime]"):
        if not time.get_text(strip=True):
            time.string = str(time["datetime"])
    for details in content.select("details > summary"):
        details.name = "p"


def _literal_text(content: Tag) -> None:
    """Text that Markdown would take for a tag or for the end of a cell."""
    for text in content.find_all(string=True):
        if text.find_parent(["pre", "code"]) is not None:
            continue
        literal = re.sub(r"<(?=[A-Za-z/!?])", "&lt;", text)
        if text.find_parent(["td", "th"]) is not None:
            literal = literal.replace("|", "\\|")
        if literal != text:
            text.replace_with(NavigableString(literal))
    for line_break in content.select("td br, th br"):
        line_break.replace_with(NavigableString("<br>"))


def _tables(content: Tag, soup: BeautifulSoup) -> None:
    """Tables made flat: a nested one becomes lines of its cell, a page-property table a list.

    Cells that span columns are filled up with empty ones, so that every row stays aligned.
    """
    for table in content.find_all("table"):
        if table.parent is None or table.find_parent("table") is not None:
            continue
        for inner in reversed(table.find_all("table")):
            for row in inner.find_all("tr"):
                cells = [cell.get_text(" ", strip=True) for cell in row.find_all(["td", "th"])]
                row.replace_with(NavigableString(" \u2014 ".join(cells) + "; "))
            inner.unwrap()
        if _is_properties(table):
            _as_list(table, soup)
            continue
        for cell in table.find_all(["td", "th"]):
            span = str(cell.attrs.pop("colspan", ""))
            for _ in range(min(int(span), 50) - 1 if span.isdigit() else 0):
                cell.insert_after(soup.new_tag(cell.name))
            _flat_cell(cell, soup)


def _is_properties(table: Tag) -> bool:
    """Names in the first column, values in the second: every row begins with a heading cell."""
    rows = [row.find_all(["td", "th"]) for row in table.find_all("tr")]
    rows = [row for row in rows if row]
    return bool(rows) and all(len(r) == 2 and r[0].name == "th" and r[1].name == "td" for r in rows)


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
    return _content(BeautifulSoup(page, "html.parser")).get_text(" ")


_EXPORTED = re.compile(r'<meta name="afterwhy-id" content="([0-9a-fA-F-]{36})">')
_HEAD = 5000


def exported_id(page: str) -> str:
    """The id of the post-mortem that a page is our export of; "" for any other page."""
    match = _EXPORTED.search(page[:_HEAD])
    try:
        return str(UUID(match[1])) if match else ""
    except ValueError:
        return ""
