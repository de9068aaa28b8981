"""Markdown in the two markups of Jira: its wiki text, and Atlassian's document format."""

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode


def parsed(markdown: str) -> SyntaxTreeNode:
    """The blocks of a text; HTML in it is text."""
    return SyntaxTreeNode(MarkdownIt("commonmark", {"html": False}).parse(markdown))
