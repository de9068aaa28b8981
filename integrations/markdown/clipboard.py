"""HTML as browsers, Google Docs, Confluence, Word and Slack put it on the clipboard."""

import re

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PreformattedString, Tag

from integrations.markdown import html

_MOST_TAGS = 8_000
_LONGEST = 4_000_000

_SCHEME = re.compile(r"\s*([A-Za-z][A-Za-z0-9+.\-\s]*):")
_SAFE = {"http", "https", "mailto", "pm"}
_MARKUP = re.compile(r"<[^<>]*>|&nbsp;")
_BULLET = re.compile(r"^\s*([·•§o\-\u2013\uf0b7\u25aa]|\(?(?:\d{1,3}|[a-z])[.)])\s+", re.ASCII)
_LEVEL = re.compile(r"mso-list:\s*l\d+\s+level(\d)")


def is_convertible(page: str) -> bool:
    """Whether converting takes at most about a second; a plain text lies beside what does not."""
    return len(page) <= _LONGEST and page.count("<") <= _MOST_TAGS


def has_words(page: str) -> bool:
    """Whether there is more than a picture."""
    return bool(_MARKUP.sub("", _fragment(page)).strip())


def pasted(page: str) -> str:
    """What was copied, as Markdown without blanks around it.

    Nothing is fetched. Links to anything but the web, mail and post-mortems become their words; a
    picture that lies elsewhere becomes a link to it, since pages never show those.
    """
    soup = BeautifulSoup(_fragment(page), "html.parser")
    _unbroken_lines(soup)
    for wrapper in soup.select("b[id^=docs-internal-guid]"):
        wrapper.unwrap()
    _word_lists(soup)
    for line in soup.find_all(["o:p", "meta", "link", "style", "title"]):
        line.decompose() if line.name != "o:p" else line.unwrap()
    _slack_lists(soup)
    _nested_lists(soup)
    for link in soup.find_all("a"):
        if not _is_safe(str(link.get("href") or "")):
            link.unwrap()
    for image in soup.find_all("img"):
        _picture(image, soup)
    return html.to_markdown(str(soup)).text.strip()


def _fragment(page: str) -> str:
    """The part that was selected, where the clipboard says which it is."""
    start, end = page.find("<!--StartFragment-->"), page.rfind("<!--EndFragment-->")
    return page[start:end] if 0 <= start < end else page


def _unbroken_lines(soup: BeautifulSoup) -> None:
    """Word breaks lines in the middle of sentences; in HTML that is a blank."""
    for text in soup.find_all(string=re.compile(r"[\r\n\t]")):
        if not isinstance(text, PreformattedString) and text.find_parent("pre") is None:
            text.replace_with(NavigableString(re.sub(r"[ \r\n\t]+", " ", text)))


def _is_safe(target: str) -> bool:
    match = _SCHEME.match(target)
    if match is None:
        return bool(target.strip()) and not target.strip().startswith("//")
    return re.sub(r"\s", "", match[1]).lower() in _SAFE


def _picture(image: Tag, soup: BeautifulSoup) -> None:
    source, words = str(image.get("src") or ""), str(image.get("alt") or "").strip()
    if source.startswith(("http://", "https://")) and not image.find_parent("a"):
        link = soup.new_tag("a", href=source)
        link.string = words or "picture"
        image.replace_with(link)
    else:
        image.replace_with(NavigableString(words))


def _word_lists(soup: BeautifulSoup) -> None:
    """Word writes an item as a paragraph that begins with its bullet, and its depth as a style."""
    homes: list[Tag] = []
    before: Tag | None = None
    for line in soup.select("p[style*=mso-list]"):
        depth = int(match[1]) if (match := _LEVEL.search(str(line.get("style")))) else 1
        if before is None or _next_tag(before) is not line:
            homes.clear()
        for note in line.find_all(string=lambda s: isinstance(s, PreformattedString)):
            note.extract()
        mark = _BULLET.match(line.get_text().replace("\xa0", " ") + " ")
        kind = "ol" if mark and mark[1][-1] in ".)" else "ul"
        del homes[depth:]
        while len(homes) < depth:
            group = soup.new_tag(kind)
            if homes:
                last = homes[-1].find_all("li", recursive=False)[-1:]
                (last[0] if last else homes[-1]).append(group)
            else:
                line.insert_before(group)
                before = group
            homes.append(group)
        item = soup.new_tag("li")
        homes[-1].append(item)
        _strip_bullet(line, mark[0] if mark else "")
        for child in list(line.contents):
            item.append(child.extract())
        line.decompose()


def _next_tag(tag: Tag) -> Tag | None:
    following = tag.find_next_sibling()
    return following if isinstance(following, Tag) else None


def _strip_bullet(line: Tag, bullet: str) -> None:
    """Without the bullet that Word wrote as text, be it in one piece or in several."""
    left = len(bullet.strip())
    for text in list(line.find_all(string=True)):
        words = str(text).replace("\xa0", " ").lstrip()
        taken = min(left, len(words))
        left -= taken
        rest = words[taken:].lstrip()
        text.replace_with(NavigableString(rest))
        if rest:
            return


def _slack_lists(soup: BeautifulSoup) -> None:
    """Slack writes each depth of a list as a list of its own beside the others."""
    for nested in soup.select("[data-stringify-type$=-list][data-indent]"):
        depth = str(nested.get("data-indent"))
        home = nested.find_previous_sibling()
        if not depth.isdigit() or not isinstance(home, Tag) or home.get("data-indent") is None:
            continue
        items = home.find_all("li")
        if int(depth) and items:
            items[-1].append(nested.extract())
        elif home.name == nested.name:
            home.extend(list(nested.contents))
            nested.decompose()


def _nested_lists(soup: BeautifulSoup) -> None:
    """Google Docs puts an inner list beside the items, and each item's words in a paragraph."""
    for nested in soup.select("ul > ul, ul > ol, ol > ul, ol > ol"):
        before = nested.find_previous_sibling("li")
        if isinstance(before, Tag):
            before.append(nested.extract())
    for item in soup.select("li"):
        paragraphs = item.find_all("p", recursive=False)
        if len(paragraphs) == 1:
            paragraphs[0].unwrap()
