"""Counting words."""

from hypothesis import given
from hypothesis import strategies as st

from integrations.markdown.words import missing_words, word_counts


def test_markup_is_no_word() -> None:
    text = "## *One* `two`\n\n1. **three** &amp; four\n   - [x] five\n<td>six</td> <!-- seven -->"
    words = ["one", "two", "three", "four", "five", "six", "seven"]
    assert word_counts(text) == dict.fromkeys(words, 1)


def test_targets_of_links_and_images_are_words() -> None:
    assert set(word_counts('[a](https://x.org/b) <img src="c.png" width=10>')) == {
        *("a", "https", "x", "org", "b", "c", "png"),
    }


def test_a_word_that_is_said_less_often_is_missing() -> None:
    assert missing_words("error after error", "One ERROR after") == {"error": 1}


@given(st.text(max_size=200), st.text(max_size=200))
def test_a_text_lacks_nothing_of_its_parts(one: str, other: str) -> None:
    assert not missing_words(one, f"{one}\n\n{other}") or "<" in one or "&" in one
