"""What the text view is given to lay out: never a word or a text that would stop the window."""

import re

from hypothesis import given
from hypothesis import strategies as st

from app.ui.document.legible import LONGEST, legible


def test_ordinary_text_stays_as_it_is() -> None:
    html = '<h2 id="summary">Summary</h2><p>For 47 minutes, <b>38 %</b> failed.</p>'
    assert legible(html) is html


def test_a_long_word_can_break_and_a_long_text_is_cut() -> None:
    shown = legible(f'<p class="{"c" * 300}">{"x" * 10_000_000}</p>')
    assert f'class="{"c" * 300}"' in shown
    assert max(map(len, re.split("[\u200b ]", shown.partition(">")[2]))) <= 101
    assert len(shown) < LONGEST * 1.1
    assert "9,900,000 more letters are not shown here" in shown
    assert shown.endswith("</p>")


@given(st.lists(st.sampled_from(["&amp;", "x" * 130, " ", "<b>", "</b>", "é"]), max_size=40))
def test_nothing_but_breaks_is_added(parts: list[str]) -> None:
    html = "".join(parts)
    assert legible(html).replace("\u200b", "") == html
