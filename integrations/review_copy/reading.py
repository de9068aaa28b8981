"""Reading a review copy that came back, in whichever form."""

from integrations.review_copy.markdown import read_markdown_copy
from integrations.review_copy.page import read_comments, read_html_copy
from integrations.review_copy.returned import Returned
from models.errors import InvalidInputError

__all__ = ["Returned", "read_copy"]


def read_copy(text: str) -> Returned:
    """The comments of a copy: Markdown, the saved page, or what the page copied.

    Raises ``InvalidInputError`` for what is no review copy, or is damaged as a whole.
    """
    stripped = text.lstrip("\ufeff \t\r\n")
    if stripped.startswith("{"):
        return read_comments(stripped)
    found = read_html_copy(text) or read_markdown_copy(text)
    if found is None:
        raise InvalidInputError(
            "This is no review copy: it does not say which post-mortem it is of.",
            kept="Nothing was read from it.",
            advice="Take the file that “afterwhy review-copy” wrote, with its first line.",
        )
    return found
