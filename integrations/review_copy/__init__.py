"""Copies for colleagues who do not run the app: comments are written into them and come back."""

from integrations.review_copy.markdown import to_markdown_copy
from integrations.review_copy.page import to_html_copy
from integrations.review_copy.placing import placed
from integrations.review_copy.reading import Returned, read_copy

__all__ = ["Returned", "placed", "read_copy", "to_html_copy", "to_markdown_copy"]
