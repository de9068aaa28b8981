"""What goes onto the clipboard: HTML for wikis, and Markdown beside it."""

import re
from html import escape

import pytest
from hypothesis import given, settings

from integrations.export.blocks import Heading, text_of
from integrations.export.page import Page, page_of
from integrations.export.rich_text import to_plain_markdown, to_rich_html
from integrations.export.wording import own_words
from integrations.markdown import clipboard, render
from models import sample
from models.document import Document
from models.domain.post_mortem import PostMortem
from tests.strategies import documents


def page(markdown: str) -> Page:
    mortem = PostMortem("pm", "Saves <b>failed", summary=markdown)
    return page_of(Document(mortem, "PM-2026-001"), None, own_words())


def test_looks_stand_at_the_elements_and_nothing_runs() -> None:
    known = page_of(sample.documents()[-1], None, own_words())
    html = to_rich_html(known)
    tags = set(re.findall(r"<([a-z0-9]+)", html))
    assert tags <= {
        "div", "h1", "h2", "h3", "p", "ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td",
        "strong", "em", "code", "pre", "span", "a", "s", "sup", "br", "blockquote", "hr",
    }  # fmt: skip
    assert not re.search(r'\b(class|id|on\w+)="', html)
    assert "<th style=" in html
    for heading in (b for b in known.blocks if isinstance(b, Heading)):
        assert f">{escape(text_of(heading.runs))}</h" in html


def test_what_is_pasted_elsewhere_is_what_was_copied() -> None:
    text = (
        "Some **bold** and `code`.\n\n- one\n  - two\n\n1. first\n2. second\n\n"
        "| a | b |\n| --- | --- |\n| 1 | x\\|y |\n\n```\nif  a:\n    b\n```\n\n> quoted"
    )
    for markdown in (clipboard.pasted(to_rich_html(page(text))), to_plain_markdown(page(text))):
        assert "**bold**" in markdown
        assert "`code`" in markdown
        assert re.search(r"- one\n+ +- two", markdown)
        assert re.search(r"1\. first\n+2\. second", markdown)
        assert "| 1 | x\\|y |" in markdown
        assert "    b" in markdown
        assert "> quoted" in markdown


@pytest.mark.parametrize(
    "said", ["a * b _c_ [d] <e> `f` \\ | g", "**", "1. no list", "`` ` ``", "<script>x</script>"]
)
def test_what_is_said_is_what_is_read(said: str) -> None:
    shown = render.inline(f"`{said}`" if "`" not in said else said)
    made = to_plain_markdown(page(f"`{said}`" if "`" not in said else said))
    assert render.inline(made.split("\n\n")[-1].strip()) == shown


@settings(max_examples=15)
@given(documents())
def test_any_document_makes_both(document: Document) -> None:
    made = page_of(document, None, own_words())
    html = to_rich_html(made)
    assert "<script" not in html
    assert html.count("<table") == html.count("</table>")
    assert to_plain_markdown(made).startswith("# ")
