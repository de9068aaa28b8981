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
        return {"type": "blockquote", "content": _plain(node) or [_paragraph([])]}
    if node.type == "hr":
        return {"type": "rule"}
    return _paragraph(_inline(node, ()))


def _item(item: SyntaxTreeNode) -> Json:
    """An item, which begins with a paragraph or code."""
    content = _plain(item)
    if not content or content[0]["type"] in _LISTS.values():
        content.insert(0, _paragraph([]))
    return {"type": "listItem", "content": content}


def _plain(parent: SyntaxTreeNode) -> list[Json]:
    """The blocks of an item or a quote, which hold only paragraphs, code and lists: a heading and
    a rule become paragraphs, a quote what is in it."""
    made: list[Json] = []
    for child in parent.children:
        if child.type == "blockquote":
            made += _plain(child)
            continue
        block = _block(child)
        plain = block["type"] not in ("heading", "rule")
        made.append(block if plain else _paragraph(block.get("content", [])))
    return made


def _paragraph(content: list[Json]) -> Json:
    return {"type": "paragraph", "content": content}


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
