"""Markdown as Jira's wiki text: what the v2 interface takes."""

import re

from markdown_it.tree import SyntaxTreeNode

from integrations.jira.markup import parsed

_SPECIAL = re.compile(r"[\\{}\[\]*_+^~?!|#@]|(?<!\w)-|-(?!\w)")
_AT_START = re.compile(r"^(\s*)(h[1-6]\.|bq\.)")
_ADDRESS = re.compile(r"[\s|\]\[{}\\]")
_WRAPS = {"strong": "*", "em": "_", "s": "-"}
_MARKS = {"bullet_list": "*", "ordered_list": "#"}


def escaped(text: str) -> str:
    """A text that is shown as it is: every sign that may mean something has a backslash.

    A backslash itself becomes its character reference, since two of them are a line break. A dash
    inside a word means nothing: a reference stays searchable.
    """
    marked = _SPECIAL.sub(lambda sign: "&#92;" if sign[0] == "\\" else f"\\{sign[0]}", text)
    return _AT_START.sub(r"\1\\\2", marked)


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
    if node.type in ("link", "image"):
        return _link(inner, str(node.attrs.get("href") or node.attrs.get("src") or ""))
    return inner


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
    safe = _ADDRESS.sub(lambda sign: f"%{ord(sign[0]):02X}", address)
    return f"[{shown}|{safe}]" if shown else f"[{safe}]"


def _verbatim(content: str) -> str:
    """Text between two marks of ``noformat``, which must not hold a third."""
    return content.rstrip("\n").replace("{noformat}", "{ noformat }")
