"""Markdown as safe HTML fragments.

CommonMark with tables, strikethrough, task lists and footnotes. Raw HTML in a text is kept where it
is harmless; scripts, styles, forms and what is no tag at all stand as they were typed. Remote
images lead nowhere, and a link to anything but the web, mail, other post-mortems (``pm:``) and
attachments is text, its address behind its words.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from html import escape, unescape
from types import MappingProxyType

import nh3
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererProtocol
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.tasklists import tasklists_plugin

from integrations.markdown.links import attachment_named

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
_WRAPPERS = {
    *("html", "head", "body", "main", "article", "header", "footer", "aside", "nav", "address"),
    *("font", "center", "big", "tt", "nobr", "wbr", "strike", "time", "var", "dfn", "bdi", "bdo"),
    *("ruby", "rt", "rp", "picture", "source", "colgroup", "col", "hgroup", "label"),
}
"""Tags that a page does without: what they hold is shown."""
_RAW = re.compile(
    r"<(?:script|style)\b.*?(?:</(?:script|style)\s*>|\Z)"
    r"|</?([a-z][a-z0-9-]*)(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>"
    r"|<\?.*?(?:\?>|\Z)|<!(?!--).*?(?:>|\Z)",
    re.IGNORECASE | re.DOTALL,
)
_PICTURE = re.compile(r"data:image/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]+")
_SCHEMES = {"http", "https", "mailto", "pm"}
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_ADDRESS = re.compile(r"\shref\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s\"'>]+)", re.IGNORECASE)
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


LONGEST_PARAGRAPH = 20_000
"""Letters; a longer paragraph was pasted or made by a program."""
MOST_MARKS = 50_000
"""Of one text; half a megabyte of richly marked prose has as many. Each that is left open costs the
parser up to 0.1 ms."""
_MARK = re.compile(r"[*_`\[\]<!&~^\\]")
_AS_TYPED = (
    '<p class="quiet"><em>Part of this text is too long, or has too many marks, to be laid out: '
    "it stands as it was typed.</em></p>\n"
)


def _inline(state: StateCore) -> None:
    """Reads the marks of each paragraph, but not of a very long one nor beyond very many."""
    left = MOST_MARKS
    for token in state.tokens:
        if token.type != "inline":
            continue
        token.children = []
        if len(token.content) <= LONGEST_PARAGRAPH:
            left -= sum(1 for _ in _MARK.finditer(token.content))
            if left >= 0:
                state.md.inline.parse(token.content, state.md, state.env, token.children)
                continue
        token.children.append(Token("text", "", 0, content=token.content))
        state.env["as_typed"] = True


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": True, "maxNesting": _DEEPEST + 10})
    parser.block.ruler.before("code", "too_deep", _as_written)
    parser.core.ruler.at("inline", _inline)
    parser.enable(["table", "strikethrough"])
    parser.use(footnote_plugin).use(tasklists_plugin)
    parser.add_render_rule("html_block", _raw_html)
    parser.add_render_rule("html_inline", _raw_html)
    return parser


def _raw_html(
    _renderer: RendererProtocol,
    tokens: Sequence[Token],
    at: int,
    _options: OptionsDict,
    environment: EnvType,
) -> str:
    """Raw HTML, with what cannot be shown as the text that it is: no word may vanish."""
    if box := _TASK.fullmatch(tokens[at].content):
        return "☑" if box[1] else "☐"
    shown = _RAW.sub(lambda tag: _shown(tag, environment["files"]), tokens[at].content)
    is_text = tokens[at].type == "html_block" and shown.startswith("&lt;")
    return f"<p>{shown}</p>\n" if is_text else shown


def _shown(tag: re.Match[str], files: Mapping[str, str]) -> str:
    name = (tag[1] or "").lower()
    known = name in _TAGS or name in _WRAPPERS
    if name == "a" and not tag[0].startswith("</"):
        address = _ADDRESS.search(tag[0])
        if address is None:
            return ""
        known = _leads_on(unescape(address[1].strip("\"'")), files)
    return tag[0] if known else escape(tag[0], quote=False)


def block(markdown: str, *, files: Mapping[str, str] = NO_FILES, name: str = "text") -> str:
    """A text as paragraphs, lists, tables and code.

    ``files`` holds the attachments: name -> a ``data:`` URI that shows an image, or "". ``name``
    tells the footnotes of this text from those of others on the same page.
    """
    environment: dict[str, object] = {"docId": name, "files": files}
    tokens = _parser().parse(markdown, environment)
    for token in tokens:
        _lower_heading(token)
        token.children = token.children and list(_without_dead_links(token.children, files))
    html = _parser().renderer.render(tokens, _parser().options, environment)
    return _clean(html, files) + (_AS_TYPED if "as_typed" in environment else "")


def inline(markdown: str, *, files: Mapping[str, str] = NO_FILES, name: str = "text") -> str:
    """The same without the paragraph around it, where a text is only one."""
    html = block(markdown, files=files, name=name).strip()
    if html.startswith("<p>") and html.endswith("</p>") and html.count("<p>") == 1:
        return html[3:-4]
    return html


def _lower_heading(token: Token) -> None:
    if token.type in ("heading_open", "heading_close"):
        token.tag = f"h{min(6, int(token.tag[1]) + TOP_HEADING - 1)}"


def _without_dead_links(tokens: Sequence[Token], files: Mapping[str, str]) -> Iterator[Token]:
    """What looks like a link is one; of others the address can be read behind their words."""
    refused: str | None = None
    words = ""
    for token in tokens:
        if token.type == "link_open" and not _leads_on(str(token.attrs["href"]), files):
            refused, words = _parser().normalizeLinkText(str(token.attrs["href"])), ""
        elif token.type == "link_close" and refused is not None:
            if refused not in ("", words):
                yield Token("text", "", 0, content=f" ({refused})" if words else refused)
            refused = None
        else:
            words += token.content
            yield token


def _leads_on(address: str, files: Mapping[str, str]) -> bool:
    """Whether a link to this address may be followed."""
    if scheme := _SCHEME.match(address):
        return scheme[0][:-1].lower() in _SCHEMES
    return address.startswith("#") or attachment_named(address, files) is not None


def _clean(html: str, files: Mapping[str, str]) -> str:
    def attribute(tag: str, name: str, value: str) -> str | None:
        if name == "id":
            return value if value.startswith(("fn-", "fnref-")) else None
        if name == "src":
            return value if _PICTURE.fullmatch(value) else _file(value, files) or None
        if name == "href":
            is_file = not value.startswith("#") and not _SCHEME.match(value)
            return ("#attachments" if is_file else value) if _leads_on(value, files) else None
        return value

    return nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        attribute_filter=attribute,
        url_schemes=_SCHEMES | {"data"},  # of pictures
        filter_style_properties={"text-align"},
    )


def _file(url: str, files: Mapping[str, str]) -> str | None:
    """What stands for the attachment that a relative URL names."""
    name = attachment_named(url, files)
    return None if name is None else files[name]
