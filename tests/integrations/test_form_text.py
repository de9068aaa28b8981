"""Escapes of the Markdown form: every text comes back, and few look different."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrations.markdown.form_text import Prose, line, unescaped
from tests.strategies import any_text, hostile_text

PROSE = (
    Prose(),
    Prose(r"- (?:because|state):(?:[ \t]|$)|- \*\*\d+\*\*(?:[ \t]|$)"),
    Prose(margin=True, closes=r"## (?:Timeline|Summary)[ \t]*$"),
    Prose("### Went well$", margin=True),
)


@given(st.one_of(any_text, hostile_text), st.sampled_from(PROSE))
def test_prose_comes_back(text: str, prose: Prose) -> None:
    written = prose.written(text)
    assert prose.read(["", " \t", *written, ""]) == text


@given(hostile_text)
def test_a_line_comes_back(text: str) -> None:
    written = line(text, "*()")
    assert not set(written) & set("*()\n")
    assert unescaped(written.strip(" \t")) == text


@pytest.mark.parametrize(
    ("text", "written"),
    [
        (
            "It failed & recovered: **why**? `a|b` <b>",
            ["It failed & recovered: **why**? `a|b` <b>"],
        ),
        ("### Deep\n\n#### Deeper", ["### Deep", "", "#### Deeper"]),
        ("## Impact\n#tag", ["\\## Impact", "#tag"]),
        ("```sh\n# comment\n```\n# Heading", ["```sh", "# comment", "```", "\\# Heading"]),
        ("```\n# never closed", ["\\```", "\\# never closed"]),
        ("```\n## Timeline\n```", ["\\```", "\\## Timeline", "\\```"]),
        ("a\rb\x00", ["a&#13;b&#0;"]),
        ("&#13; and &amp;#13; but &#39;", ["&amp;#13; and &amp;amp;#13; but &#39;"]),
        (" x\n", ["&#32;x&#10;"]),
        ("", []),
    ],
)
def test_what_is_escaped_at_the_margin(text: str, written: list[str]) -> None:
    assert PROSE[2].written(text) == written


def test_what_an_entry_would_take_for_its_own_is_escaped() -> None:
    assert PROSE[1].written("- because: x\n  - **1** y\n- **bold** z") == [
        "\\- because: x",
        "  \\- **1** y",
        "- **bold** z",
    ]
