"""What counts as a word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis import forms, key, stems, tokens, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**labels** were lost", ["labels", "were", "lost"]),
        ("v2.14.1 at 10.0.3.7.", ["v2.14.1", "at", "10.0.3.7"]),
        ("Café CAFE\u0301 Straße", ["cafe", "cafe", "strasse"]),
        ("数据库 down", ["数据", "据库", "down"]),
        ("東", ["東"]),
        ("on fire 🔥🚒!", ["on", "fire", "🔥", "🚒"]),
        ("max_connections", ["max_connections"]),
        ("|a|b|", ["a", "b"]),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert [word.text for word in words(text)] == expected


@given(st.text())
def test_words_stand_where_they_say(text: str) -> None:
    before = -1
    for word in words(text):
        assert before < word.start < word.end <= len(text)
        assert word.text
        assert word.text == word.text.casefold()
        before = word.start


def test_stems_leave_identifiers_alone() -> None:
    assert stems("connections connection connected") == ["connect"] * 3
    assert stems("p99s max_errors running.log") == ["p99s", "max_errors", "running.log"]
    assert stems("it is the") == []


@pytest.mark.parametrize(
    ("written", "found_by"),
    [
        ("ConnectionPoolTimeout", ["connectionpooltimeout", "connection", "pool", "timeout"]),
        ("HTTPServer", ["httpserver", "http", "server"]),
        ("max_connections", ["max_connections", "max", "connections"]),
        ("ERR_CONN_RESET", ["err_conn_reset", "err", "conn", "reset"]),
        ("db.prod.example", ["db.prod.example", "db", "prod", "example"]),
        ("10.0.3.7", ["10.0.3.7", "10.0", "10.0.3"]),
        ("v2.14.1", ["v2.14.1", "v2.14", "2.14", "2.14.1"]),
        ("3.5", ["3.5"]),
        ("p99", ["p99"]),
        ("Łódź", ["lodz"]),
        ("the", []),
    ],
)
def test_a_compound_is_found_by_its_parts(written: str, found_by: list[str]) -> None:
    (token,) = tokens(written)
    assert [form.word for form in forms(token)] == found_by


def test_a_huge_word_is_left_out() -> None:
    assert stems("a" * 100_000) == []


def test_filter_values_agree_however_they_are_written() -> None:
    assert key("In review") == key("in_review") == key(" IN-REVIEW ") == "in-review"
