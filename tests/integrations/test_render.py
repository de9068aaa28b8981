"""Markdown as HTML: readable, and harmless whatever a text holds."""

import re

import pytest
from bs4 import BeautifulSoup
from hypothesis import example, given

from integrations.markdown.render import block, inline
from tests.strategies import any_text

FILES = {"dash board.png": "data:image/png;base64,AAAA", "log.txt": ""}


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("*a* **b** `c` ~~d~~", "<p><em>a</em> <strong>b</strong> <code>c</code> <s>d</s></p>"),
        ("# One\n\n##### Five", "<h3>One</h3>\n<h6>Five</h6>"),
        ("- [ ] open\n- [x] done", "<ul>\n<li>☐ open</li>\n<li>☑ done</li>\n</ul>"),
        ("1 < 2 & 3", "<p>1 &lt; 2 &amp; 3</p>"),
        ("<b>bold</b>", "<p><b>bold</b></p>"),
        ("![p99](dash%20board.png)", '<p><img src="data:image/png;base64,AAAA" alt="p99"></p>'),
        ("![far](https://far.example/x.png)", '<p><img alt="far"></p>'),
        (
            "![p99](pictures/dash%20board.png)",
            '<p><img src="data:image/png;base64,AAAA" alt="p99"></p>',
        ),
        (
            "![own](data:image/png;base64,BBBB)",
            '<p><img src="data:image/png;base64,BBBB" alt="own"></p>',
        ),
        ("a<script>alert(1)</script>b", "<p>a&lt;script&gt;alert(1)&lt;/script&gt;b</p>"),
        ("<script>\nalert('1 < 2')", "<p>&lt;script&gt;\nalert('1 &lt; 2')</p>"),
        ("<style>p{}</style>\n\nx", "<p>&lt;style&gt;p{}&lt;/style&gt;\n</p>\n<p>x</p>"),
        ("restart <pod-name>", "<p>restart &lt;pod-name&gt;</p>"),
        ("<?xml version='1'?>", "<p>&lt;?xml version='1'?&gt;</p>"),
        ("a <font color='red'>b</font>", "<p>a b</p>"),
        ("a <!-- remark --> b", "<p>a  b</p>"),
        ("<div>open", "<div>open</div>"),
        ("[*the* log](../logs/x.txt)", "<p><em>the</em> log (../logs/x.txt)</p>"),
        ("[x](jav&#x09;ascript:a) y", "<p>x (jav\tascript:a) y</p>"),
        ("<smb://disk/x> [](smb://y)", "<p>smb://disk/x smb://y</p>"),
        ("<a href='smb://x'>disk</a>", "<p>&lt;a href='smb://x'&gt;disk</p>"),
        ('<a name="top">Top</a>', "<p>Top</p>"),
        ("[log](log.txt)", '<p><a href="#attachments" rel="noopener noreferrer">log</a></p>'),
    ],
)
def test_what_is_rendered(markdown: str, html: str) -> None:
    assert block(markdown, files=FILES).strip("\n") == html.strip("\n")


def test_tables_keep_their_columns() -> None:
    html = block("| a | b |\n|--:|---|\n| 1 | 2 |")
    assert '<th style="text-align:right">a</th>' in html
    assert "<td>2</td>" in html


def test_footnotes_of_two_texts_on_a_page_stay_apart() -> None:
    one, two = (block("a[^1]\n\n[^1]: note", name=name) for name in ("1", "2"))
    ids = re.findall(r' id="([^"]+)"', one + two)
    assert len(ids) == len(set(ids)) == 4
    assert 'href="#fn-1-1"' in one


@pytest.mark.parametrize(
    ("target", "kept"),
    [
        ("https://docs.example/a?b=c#d", "https://docs.example/a?b=c#d"),
        ("mailto:ops@docs.example", "mailto:ops@docs.example"),
        ("pm:PM-2026-014", "pm:PM-2026-014"),
        ("#whys-2.1", "#whys-2.1"),
        ("log.txt", "#attachments"),
        ("./log.txt", "#attachments"),
        ("other.txt", None),
        ("../../etc/passwd", None),
        ("//far.example/x", None),
        ("javascript:alert(1)", None),
        ("JaVaScRiPt:alert(1)", None),
        ("data:text/html,x", None),
        ("file:///etc/passwd", None),
        ("vbscript:x", None),
    ],
)
def test_links_lead_only_where_they_may(target: str, kept: str | None) -> None:
    for markdown in (f"[words](<{target}>)", f'<a href="{target}">words</a>'):
        html = block(markdown, files=FILES)
        page = BeautifulSoup(html, "html.parser")
        assert [link.get("href") for link in page.find_all("a")] == ([kept] if kept else [])
        assert "words" in html
        assert kept or target in page.get_text()


def test_one_paragraph_can_stand_in_a_line() -> None:
    assert inline("one *word*") == "one <em>word</em>"
    assert inline("two\n\nparagraphs") == "<p>two</p>\n<p>paragraphs</p>"
    assert inline("") == ""


@given(any_text)
@example('<img src="x" onerror="alert(1)">')
@example('<a href="java\nscript:alert(1)" onclick=x style="position:fixed">')
@example("<svg><script>alert(1)</script></svg>")
@example('<iframe src="https://far.example"></iframe><form action="x"><input></form>')
@example('![a](log.txt "\\" onload=x")')
def test_nothing_dangerous_comes_through(text: str) -> None:
    soup = BeautifulSoup(block(text, files=FILES), "html.parser")
    for tag in soup.find_all(True):
        assert tag.name not in {
            "script",
            "style",
            "iframe",
            "form",
            "input",
            "svg",
            "object",
            "base",
        }
        assert not [name for name in tag.attrs if name.startswith("on")]
        assert str(tag.get("style", "text-align")).startswith("text-align")
        assert str(tag.get("src", "data:image/png")).startswith("data:image/png")
        assert tag.name != "a" or tag.get("href") or tag.get("id")


@pytest.mark.parametrize(
    "text",
    [
        "> " * 400 + "the innermost word",
        "\n".join("  " * depth + f"- level {depth}" for depth in range(200)) + "\n",
        "> " * 59 + "- " * 30 + "the innermost word",
    ],
)
def test_nothing_that_is_nested_deep_is_left_out(text: str) -> None:
    html = block(text)
    for word in ("the innermost word", "level 199"):
        assert (word in text) == (word in html)
    assert html.count("level") == text.count("level")
