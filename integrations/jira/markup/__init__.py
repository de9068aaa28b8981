"""Markdown in the two markups of Jira: its wiki text, and Atlassian's document format."""

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode


def parsed(markdown: str) -> SyntaxTreeNode:
    """The blocks of a text; HTML in it is text."""
    return SyntaxTreeNode(MarkdownIt("commonmark", {"html": False}).parse(markdown))


def address_of(node: SyntaxTreeNode) -> str:
    """Where a link or a picture leads; "" for anything but an address that others can open."""
    found = str(node.attrs.get("href") or node.attrs.get("src") or "")
    return found if found.startswith(("https://", "http://", "mailto:")) else ""
