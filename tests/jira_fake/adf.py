"""Atlassian's document format, as far as a description needs it."""

from typing import Any

BLOCKS = {
    *("paragraph", "heading", "bulletList", "orderedList", "codeBlock", "blockquote", "rule"),
    *("panel", "table", "taskList", "expand"),
}
INLINES = {"text", "hardBreak", "inlineCard", "mention", "emoji", "date", "status"}
MARKS = {"strong", "em", "code", "link", "strike", "underline", "subsup", "textColor"}
WITHIN = {
    "bulletList": {"listItem"},
    "orderedList": {"listItem"},
    "table": {"tableRow"},
    "tableRow": {"tableHeader", "tableCell"},
    "taskList": {"taskItem", "taskList"},
    "taskItem": INLINES,
    "paragraph": INLINES,
    "heading": INLINES,
    "codeBlock": {"text"},
    "rule": set[str](),
}


def is_document(value: object) -> bool:
    """Whether a value is a document that Jira takes."""
    return (
        isinstance(value, dict)
        and value.get("type") == "doc"
        and value.get("version") == 1
        and isinstance(value.get("content"), list)
        and all(_fits(node, BLOCKS) for node in value["content"])
    )


def _fits(node: object, allowed: set[str]) -> bool:
    if not isinstance(node, dict) or node.get("type") not in allowed:
        return False
    if node["type"] == "text":
        text, marks = node.get("text"), node.get("marks", [])
        return isinstance(text, str) and text != "" and all(m.get("type") in MARKS for m in marks)
    content = node.get("content", [])
    within = WITHIN.get(node["type"], BLOCKS)
    return isinstance(content, list) and all(_fits(child, within) for child in content)


def from_text(text: str) -> dict[str, Any]:
    """A document of plain paragraphs."""
    paragraphs = [
        {"type": "paragraph", "content": [{"type": "text", "text": line}] if line else []}
        for line in text.split("\n")
    ]
    return {"type": "doc", "version": 1, "content": paragraphs}


def to_text(node: dict[str, Any]) -> str:
    """The words of a document, one line for each block."""
    if node["type"] == "text":
        return str(node["text"])
    if node["type"] == "hardBreak":
        return "\n"
    inline = node["type"] in ("paragraph", "heading", "codeBlock", "taskItem")
    return ("" if inline else "\n").join(to_text(child) for child in node.get("content", []))
