"""Markdown as a document in Atlassian's format: what the v3 interface takes."""

from markdown_it.tree import SyntaxTreeNode

from integrations.jira.markup import address_of, parsed
from integrations.jira.shapes import Json

_LISTS = {"bullet_list": "bulletList", "ordered_list": "orderedList"}
_MARKS = {"strong": "strong", "em": "em", "s": "strike"}


def to_document(markdown: str) -> Json:
    """A document; nothing in it needs escaping."""
    blocks = [_block(node) for node in parsed(markdown).children]
    return {"type": "doc", "version": 1, "content": blocks}


def _block(node: SyntaxTreeNode) -> Json:
    if node.type in _LISTS:
        return {"type": _LISTS[node.type], "content": [_item(item) for item in node.children]}
    if node.type == "heading":
        level = int(node.tag[1:])
        return {"type": "heading", "attrs": {"level": level}, "content": _inline(node, ())}
    if node.type in ("fence", "code_block"):
        content = node.content.rstrip("\n")
        return {"type": "codeBlock", "content": [_text(content, ())] if content else []}
    if node.type == "blockquote":
        return {"type": "blockquote", "content": _quoted(node)}
    if node.type == "hr":
        return {"type": "rule"}
    return {"type": "paragraph", "content": _inline(node, ())}


def _item(item: SyntaxTreeNode) -> Json:
    """An item holds paragraphs, code and lists only, and begins with one of the first two."""
    content = [_plain(child) for child in item.children]
    if not content or content[0]["type"] in _LISTS.values():
        content.insert(0, {"type": "paragraph", "content": []})
    return {"type": "listItem", "content": content}


def _quoted(node: SyntaxTreeNode) -> list[Json]:
    content = [_plain(child) for child in node.children]
    return content or [{"type": "paragraph", "content": []}]


def _plain(node: SyntaxTreeNode) -> Json:
    """A block where headings, quotes and rules are not allowed: those become paragraphs."""
    made = _block(node)
    if made["type"] in ("heading", "rule"):
        return {"type": "paragraph", "content": made.get("content", [])}
    if made["type"] == "blockquote":
        inline = [piece for block in made["content"] for piece in block.get("content", [])]
        texts = [piece for piece in inline if piece["type"] in ("text", "hardBreak")]
        return {"type": "paragraph", "content": texts}
    return made


def _inline(node: SyntaxTreeNode, marks: tuple[Json, ...]) -> list[Json]:
    made: list[Json] = []
    for child in node.children:
        if child.type == "text" and child.content:
            made.append(_text(child.content, marks))
        elif child.type == "code_inline" and child.content:
            # Code takes no other mark than a link.
            links = tuple(mark for mark in marks if mark["type"] == "link")
            made.append(_text(child.content, (*links, {"type": "code"})))
        elif child.type == "softbreak":
            made.append(_text(" ", marks))
        elif child.type == "hardbreak":
            made.append({"type": "hardBreak"})
        elif child.children:
            made += _inline(child, (*marks, *_mark(child)))
    return made


def _mark(node: SyntaxTreeNode) -> tuple[Json, ...]:
    if node.type in _MARKS:
        return ({"type": _MARKS[node.type]},)
    address = address_of(node)
    return ({"type": "link", "attrs": {"href": address}},) if address else ()


def _text(content: str, marks: tuple[Json, ...]) -> Json:
    made: Json = {"type": "text", "text": content}
    unique = {mark["type"]: mark for mark in marks}
    return made | ({"marks": list(unique.values())} if unique else {})
