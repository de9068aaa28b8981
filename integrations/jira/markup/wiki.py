"""Markdown as Jira's wiki text: what the v2 interface takes."""

import re

from markdown_it.tree import SyntaxTreeNode

from integrations.jira.markup import address_of, parsed

_ADDRESS = re.compile(r"https?://[^\s|\[\]{}<>\"\\]+")
_SIGNS = (
    r"(?P<always>[{}\[\]*_~^|])"
    # These mean something only where a word begins or ends, or when doubled.
    r"|(?P<edge>(?<![^\W_])[-+]|[-+](?![^\W_])|(?<=\?)\?|\?(?=\?)|!(?=\S)|(?<=\S)!)"
    r"|(?P<line>^\s*#)"
    # Smileys and signs in brackets become pictures.
    r"|(?P<smiley>(?<![^\W_])[:;](?=[()DPp|]))"
    r"|(?P<picture>\((?=(?:y|n|i|x|on|off|flag|flagoff|\*[rgby]?|[/!?+-])\)))"
)
_SPECIAL = re.compile(
    # Two backslashes break a line, and one takes a sign's meaning away.
    rf"(?P<slash>\\(?![A-Za-z0-9])|(?<=\\)\\)|(?P<entity>&(?=#?\w+;))"
    rf"|(?P<heading>^\s*(?:h[1-6]|bq)\.)|{_SIGNS}"
)
_WRAPS = {"strong": "*", "em": "_"}
_MARKS = {"bullet_list": "*", "ordered_list": "#"}


def escaped(text: str) -> str:
    """A text that is shown as it is; addresses in it stay links."""
    made, end = [], 0
    for address in _ADDRESS.finditer(text):
        made += [_SPECIAL.sub(_escape, text[end : address.start()]), address[0]]
        end = address.end()
    return "".join([*made, _SPECIAL.sub(_escape, text[end:])])


def _escape(sign: re.Match[str]) -> str:
    match sign.lastgroup:
        case "slash":
            return "&#92;"
        case "entity":
            return "&amp;"
        case "heading":
            return f"{sign[0][:-1]}&#46;"
    return f"{sign[0][:-1]}\\{sign[0][-1]}"


def to_wiki(markdown: str) -> str:
    """A text in wiki markup."""
    return "\n\n".join(_block(node) for node in parsed(markdown).children)


def _block(node: SyntaxTreeNode) -> str:
    if node.type in _MARKS:
        return "\n".join(_items(node, ""))
    if node.type == "heading":
        return f"h{node.tag[1:]}. {_inline(node)}"
    if node.type in ("fence", "code_block"):
        return f"{{noformat}}\n{_verbatim(node.content)}\n{{noformat}}"
    if node.type == "blockquote":
        inner = "\n\n".join(_block(child) for child in node.children)
        return f"{{quote}}\n{inner}\n{{quote}}"
    if node.type == "hr":
        return "----"
    return _inline(node)


def _items(list_: SyntaxTreeNode, above: str) -> list[str]:
    marks = above + _MARKS[list_.type]
    lines = []
    for item in list_.children:
        texts = [_block(child) for child in item.children if child.type not in _MARKS]
        lines.append(f"{marks} " + r" \\ ".join(text.replace("\n", r" \\ ") for text in texts))
        for child in item.children:
            if child.type in _MARKS:
                lines += _items(child, marks)
    return lines


def _inline(node: SyntaxTreeNode) -> str:
    leaf = _leaf(node)
    if leaf is not None:
        return leaf
    inner = "".join(_inline(child) for child in node.children)
    if node.type in _WRAPS and inner.strip():
        return f"{_WRAPS[node.type]}{inner.strip()}{_WRAPS[node.type]}"
    address = address_of(node)
    return _link(inner, address) if address else inner


def _leaf(node: SyntaxTreeNode) -> str | None:
    match node.type:
        case "text":
            return escaped(node.content)
        case "code_inline":
            return f"{{{{{escaped(node.content)}}}}}"
        case "softbreak":
            return " "
        case "hardbreak":
            return "\n"
    return None


def _link(shown: str, address: str) -> str:
    safe = re.sub(r"[\s|\]\[{}\\]", lambda sign: f"%{ord(sign[0]):02X}", address)
    return f"[{shown}|{safe}]" if shown and shown != address else f"[{safe}]"


def _verbatim(content: str) -> str:
    """Text between two marks of ``noformat``, which must not hold a third."""
    return content.rstrip("\n").replace("{noformat}", "{ noformat }")
