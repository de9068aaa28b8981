"""Markdown as safe HTML fragments.

CommonMark with tables, strikethrough, task lists and footnotes. Raw HTML in a text is kept where it
is harmless; scripts, styles, forms, remote images and links to anything but the web, mail, other
post-mortems (``pm:``) and attachments are not.
"""

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from urllib.parse import unquote

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.tasklists import tasklists_plugin

_TAGS = {
    *("p", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd"),
    *("blockquote", "pre", "code", "kbd", "samp", "em", "strong", "b", "i", "u", "s", "del", "ins"),
    *("sub", "sup", "small", "mark", "q", "cite", "abbr", "a", "img", "figure", "figcaption"),
    *("table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "details", "summary"),
    *("div", "span", "section"),
}
_ATTRIBUTES = {
    "a": {"href", "title", "id"},
    "img": {"src", "alt", "title", "width", "height"},
    "th": {"align", "colspan", "rowspan", "style"},
    "td": {"align", "colspan", "rowspan", "style"},
    "ol": {"start"},
    "li": {"id"},
    "sup": {"id"},
    "details": {"open"},
}
_SCHEMES = {"http", "https", "mailto", "pm"}
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_TASK = re.compile(r'<input class="task-list-item-checkbox"( checked="checked")?[^>]*>')

TOP_HEADING = 3
"""The level that a heading of level 1 in a text gets; the page's own are above it."""

NO_FILES: Mapping[str, str] = MappingProxyType({})


_DEEPEST = 60
"""Levels of quotes and lists; a list item counts as two. Nobody reads further in."""


def _as_written(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """What is nested too deep stands as it is written; the parser would leave it out."""
    if state.level < _DEEPEST:
        return False
    if not silent:
        token = state.push("code_block", "code", 0)
        token.content = state.getLines(start, end, state.blkIndent, keepLastLF=True)
        token.map = [start, end]
    state.line = end
    return True


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": True, "maxNesting": _DEEPEST + 10})
    parser.block.ruler.before("code", "too_deep", _as_written)
    parser.enable(["table", "strikethrough"])
    parser.use(footnote_plugin).use(tasklists_plugin)
    return parser


def block(markdown: str, *, files: Mapping[str, str] = NO_FILES, name: str = "text") -> str:
    """A text as paragraphs, lists, tables and code.

    ``files`` holds the attachments: name -> a ``data:`` URI that shows an image, or "". ``name``
    tells the footnotes of this text from those of others on the same page.
    """
    environment: dict[str, object] = {"docId": name}
    tokens = _parser().parse(markdown, environment)
    for token in tokens:
        _lower_heading(token)
    html = _parser().renderer.render(tokens, _parser().options, environment)
    html = _TASK.sub(lambda match: "☑" if match[1] else "☐", html)
    return _clean(html, files)


def inline(markdown: str, *, files: Mapping[str, str] = NO_FILES, name: str = "text") -> str:
    """The same without the paragraph around it, where a text is only one."""
    html = block(markdown, files=files, name=name).strip()
    if html.startswith("<p>") and html.endswith("</p>") and html.count("<p>") == 1:
        return html[3:-4]
    return html


def _lower_heading(token: Token) -> None:
    if token.type in ("heading_open", "heading_close"):
        token.tag = f"h{min(6, int(token.tag[1]) + TOP_HEADING - 1)}"


def _clean(html: str, files: Mapping[str, str]) -> str:
    def attribute(tag: str, name: str, value: str) -> str | None:
        if name == "id":
            return value if value.startswith(("fn-", "fnref-")) else None
        if name == "src":
            return _file(value, files) or None
        if name == "href" and not value.startswith("#") and not _SCHEME.match(value):
            return "#attachments" if _file(value, files) is not None else None
        return value

    return nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        attribute_filter=attribute,
        url_schemes=_SCHEMES,
        filter_style_properties={"text-align"},
    )


def _file(url: str, files: Mapping[str, str]) -> str | None:
    """What stands for the attachment that a relative URL names."""
    name = unquote(url).removeprefix("./")
    return files.get(name)
