"""Markdown in Jira's two markups: no sign of a text becomes a mark, and no word is lost."""

import html
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from integrations.jira.markup.document import to_document
from integrations.jira.markup.wiki import escaped, to_wiki
from tests.jira_fake import adf

SIGNS = st.sampled_from([*"\\{}[]*_-+^~?!|#:;()&<>`.", "h1.", "bq.", " ", "a", "7", "é", "(x)"])
TEXTS = st.one_of(st.lists(SIGNS).map("".join), st.text(st.characters(codec="utf-8")))
LINES = TEXTS.filter(lambda text: "\n" not in text and "\r" not in text)


def shown(wiki: str) -> str:
    """What a reader sees of escaped wiki text."""
    plain = re.sub(r"\\([^a-zA-Z0-9\s\\])", r"\1", wiki)
    return re.sub(r"&#?\w+;", lambda one: html.unescape(one[0]), plain)


@given(LINES)
@example(r"\\server\share C:\temp \{code}")
@example("a - b -- c --- d, multi-region 2026-03-01 -x-")
@example("&lt; &#92; R&D; h1. (x) f(x) :) [~somebody] !a.png! ??who??")
def test_wiki_shows_a_text_as_it_is(text: str) -> None:
    assert shown(escaped(text)) == text


@given(LINES)
@example("_-h1.")
def test_no_sign_of_a_text_is_active(text: str) -> None:
    left = re.sub(r"\\[^a-zA-Z0-9\s\\]", ".", escaped(text))
    assert not re.search(r"[{}\[\]*_~^|]", left)
    assert not re.search(r"--|\?\?|\\\\|^\s*(h[1-6]|bq)\.|^\s*#", left)
    assert not re.search(r"(?<![^\W_])-(?=\w)|\(x\)", re.sub(r"&#\d+;", ".", left))


@pytest.mark.parametrize(
    ("markdown", "wiki"),
    [
        ("Retry *once* with **jitter**", "Retry _once_ with *jitter*"),
        ("## Done when", "h2. Done when"),
        ("- a\n- b\n  1. c\n  2. d", "* a\n* b\n*# c\n*# d"),
        ("see [PM 7](https://wiki.example.com/a_b)", "see [PM 7|https://wiki.example.com/a_b]"),
        ("at https://wiki.example.com/a_b, *now*", "at https://wiki.example.com/a_b, _now_"),
        ("[odd](https://e.com/a|b])", "[odd|https://e.com/a%7Cb%5D]"),
        ("[here](other.md)", "here"),
        ("`{a}` and snake_case", r"{{\{a\}}} and snake\_case"),
        ("    {noformat} x", "{noformat}\n{ noformat } x\n{noformat}"),
        ("> said\n\n---", "{quote}\nsaid\n{quote}\n\n----"),
        ("one  \ntwo\nthree", "one\ntwo three"),
        ("<b>not bold</b> 1 < 2", "<b>not bold</b> 1 < 2"),
        (r"C:\temp and \\\\host", r"C:\temp and &#92;&#92;host"),
        ("2 * 3 * 4 {code}", r"2 \* 3 \* 4 \{code\}"),
    ],
)
def test_wiki_markup(markdown: str, wiki: str) -> None:
    assert to_wiki(markdown) == wiki


MARKDOWN = st.lists(
    st.sampled_from(
        [
            *("- item\n", "1. first\n", "> said\n", "# Head\n", "---\n", "```\ncode\n```\n", "\n"),
            *("**strong**", "*em*", "`code`", "[to](https://e.com)", "![p](https://e.com/p)"),
            *(
                "  ",
                "\n",
                "word ",
                "{x} ",
                "<b>",
                "\\",
                "    indented\n",
                "  - inner\n",
                "> - deep\n",
            ),
        ]
    )
).map("".join)


@given(MARKDOWN | TEXTS)
@example("- # Head\n- > said\n  ---\n-\n")
@example("- item\n  > - deep\n")
@example("**`code` [a](https://e.com) **")
def test_any_markdown_is_a_document_that_jira_takes(markdown: str) -> None:
    made = to_document(markdown)
    assert adf.is_document(made)
    for word in ("strong", "item", "said", "deep", "Head"):
        for text in (adf.to_text(made), to_wiki(markdown)):
            assert text.count(word) == markdown.count(word)


def test_a_document() -> None:
    made = to_document("Retry **once, *now***, [see](https://e.com) `x`\n\n1. a")
    paragraph, ordered = made["content"]
    marks = {one["text"]: [m["type"] for m in one.get("marks", [])] for one in paragraph["content"]}
    assert marks == {
        "Retry ": [],
        "once, ": ["strong"],
        "now": ["strong", "em"],
        ", ": [],
        "see": ["link"],
        " ": [],
        "x": ["code"],
    }
    assert ordered["type"] == "orderedList"
