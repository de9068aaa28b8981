"""Rich text from the clipboard, as Markdown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrations.markdown import render
from integrations.markdown.clipboard import is_convertible, pasted

_WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head>
<style><!-- p.MsoNormal {margin:0} --></style></head><body><!--StartFragment-->
<p class=MsoNormal><b>Cause</b><o:p></o:p></p>
<p class=MsoListParagraphCxSpFirst style='mso-list:l0 level1 lfo1'><![if !supportLists]><span>
<span style='mso-list:Ignore'>\u00b7<span>&nbsp;&nbsp;&nbsp; </span></span></span><![endif]>the
queue was full<o:p></o:p></p>
<p class=MsoListParagraphCxSpMiddle style='mso-list:l0 level2 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>o<span>&nbsp; </span></span><![endif]>for <b>nine</b> minutes</p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>\u00b7<span>&nbsp; </span></span><![endif]>nobody saw it</p>
<p class=MsoNormal>Then</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><![if !supportLists]><span
style='mso-list:Ignore'>1.<span>&nbsp; </span></span><![endif]>restart</p>
<!--EndFragment--></body></html>"""

_GOOGLE = """<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-7">
<p dir="ltr"><span style="font-weight:400">Plain </span><span style="font-weight:700">bold</span>
</p><ul><li dir="ltr" aria-level="1"><p><span>one</span></p></li><ul><li><p>inner</p></li></ul>
<li dir="ltr"><p>two</p></li></ul></b><br class="Apple-interchange-newline">"""

_SLACK = """<meta charset="utf-8"><div><b>hi</b> <code>x = 1</code></div>
<ul data-stringify-type="unordered-list" data-indent="0"><li>a</li></ul>
<ul data-stringify-type="unordered-list" data-indent="1"><li>b</li></ul>
<ul data-stringify-type="unordered-list" data-indent="0"><li>c</li></ul>
<pre class="c-mrkdwn__pre">one\n  two</pre>"""


def test_word() -> None:
    assert pasted(_WORD) == (
        "**Cause**\n\n- the queue was full\n  - for **nine** minutes\n- nobody saw it\n\n"
        "Then\n\n1. restart"
    )


def test_google_docs() -> None:
    assert pasted(_GOOGLE) == "Plain **bold**\n\n- one\n  - inner\n- two"


def test_slack() -> None:
    assert pasted(_SLACK) == "**hi** `x = 1`\n\n- a\n  - b\n- c\n\n```\none\n  two\n```"


def test_confluence_table() -> None:
    page = (
        '<meta charset="utf-8"><table data-layout="default"><tbody><tr><th><p>Time</p></th>'
        "<th><p>Event</p></th></tr><tr><td><p>10:02</p></td><td><p>Alert | page</p></td></tr>"
        "</tbody></table>"
    )
    assert pasted(page) == "| Time | Event |\n| --- | --- |\n| 10:02 | Alert \\| page |"


def test_what_was_selected_is_taken_and_nothing_around_it() -> None:
    page = "<html><body><nav>menu</nav>\n<!--StartFragment--><p>this</p><!--EndFragment--></body>"
    assert pasted(page) == "this"


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)",
        " java\nscript:alert(1)",
        "JAVASCRIPT:alert(1)",
        "file:///etc/passwd",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "//example.com/x",
        "",
    ],
)
def test_dangerous_links_become_their_words(target: str) -> None:
    assert pasted(f'<p>see <a href="{target}">this</a></p>') == "see this"


def test_harmless_links_stay() -> None:
    assert pasted('<a href="https://example.com/a?b=1">x</a>') == "[x](https://example.com/a?b=1)"
    assert pasted('<a href="mailto:ops@example.com">x</a>') == "[x](mailto:ops@example.com)"


def test_pictures_are_linked_not_shown() -> None:
    assert pasted('<img src="https://example.com/a.png" alt="graph">') == (
        "[graph](https://example.com/a.png)"
    )
    assert pasted('<img src="data:image/png;base64,AA" alt="graph">') == "graph"
    assert pasted('<img src="file:///etc/passwd" alt="graph">') == "graph"


def test_scripts_are_dropped_and_tags_in_words_are_words() -> None:
    assert pasted("<p>a<script>alert(1)</script><style>p{}</style> b</p>") == "a b"
    shown = render.block(pasted("<p>type &lt;script&gt;alert(1)&lt;/script&gt;</p>"))
    assert "<script" not in shown
    assert "alert(1)" in shown


def test_very_large_pages_are_not_converted() -> None:
    assert not is_convertible("<div>" * 20_000)
    assert is_convertible("<p>word</p>" * 1_000)


@given(st.text("<>/apbli!-\"'= &;ou1.\n", max_size=300))
def test_any_fragment_gives_some_text(page: str) -> None:
    assert isinstance(pasted(page), str)
