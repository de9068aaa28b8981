"""Query text becomes clauses; nothing that can be typed raises."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.query import (
    FILTERS,
    MAX_LETTERS,
    MAX_TERMS,
    FilterTerm,
    PhraseTerm,
    Term,
    WordTerm,
    parse,
)

PIECES = st.sampled_from(
    [
        *(f"{name}:" for name in FILTERS),
        *("service:a", 'tag:"a b', 'author:"Kim Lee"', "year:>=2024", "x:y", "http://a/b"),
        *('"', "“", "-", "--", "*", "OR", " ", "\t", "\0", "(", "日本語", "🔥", "é", "a*", "time*"),
        *("word", "the", "profile-api", "-not", '"a phrase"', '-"no phrase"', "10.0.3.7"),
    ]
)


@given(st.one_of(st.text(), st.lists(PIECES).map("".join), st.lists(PIECES).map(" ".join)))
@pytest.mark.soak
def test_any_text_is_understood(text: str) -> None:
    for typing in (False, True):
        query = parse(text, typing=typing)
        terms = [term for clause in query.clauses for term in clause.alternatives]
        assert sum(_weight(term) for term in terms) <= MAX_TERMS
        assert all(clause.alternatives for clause in query.clauses)
        assert all(not clause.excluded or len(clause.alternatives) == 1 for clause in query.clauses)


def _weight(term: Term) -> int:
    return 1 if isinstance(term, FilterTerm) else len(term.words)


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Checkout timeouts", [WordTerm(("checkout",)), WordTerm(("timeouts",))]),
        ('"Connection pool"', [PhraseTerm(("connection", "pool"))]),
        ("“connection pool”", [PhraseTerm(("connection", "pool"))]),
        ("time*", [WordTerm(("time",), prefix=True)]),
        ("profile-api", [WordTerm(("profile", "api"))]),
        ("service:checkout", [FilterTerm("service", "checkout")]),
        ("SERVICE:checkout", [FilterTerm("service", "checkout")]),
        ('service:"Payment API" x9', [FilterTerm("service", "Payment API"), WordTerm(("x9",))]),
        ("year:>=2024", [FilterTerm("year", ">=2024")]),
        ("what causes the outage?", [WordTerm(("causes",)), WordTerm(("outage",))]),
        ("what is how", [WordTerm(("what",)), WordTerm(("how",))]),
        ("at 14:46 http://a.example/b", [WordTerm(("14", "46")), WordTerm(("http", "a.example"))]),
    ],
)
def test_terms(text: str, terms: list[Term]) -> None:
    query = parse(text)
    assert [clause.alternatives[0] for clause in query.clauses] == terms
    assert not query.notices


def test_exclusion_and_alternatives() -> None:
    query = parse('redis OR kafka OR "event bus" -staging -"dry run" -status:draft')
    found = [(clause.alternatives, clause.excluded) for clause in query.clauses]
    assert found == [
        ((WordTerm(("redis",)), WordTerm(("kafka",)), PhraseTerm(("event", "bus"))), False),
        ((WordTerm(("staging",)),), True),
        ((PhraseTerm(("dry", "run")),), True),
        ((FilterTerm("status", "draft"),), True),
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("colour:red", "no filter"),
        ("service:", "needs a value"),
        ('a "b c', "not closed"),
        ("ab*", "at least 3 letters"),
        ("*word", "end of a word"),
        ("co*nection", "end of a word"),
        ("conection~2", "spellings are suggested"),
        ("con* res* pro* dat* ser*", "Only 4 words may end in *"),
        ("word " * 40, f"first {MAX_TERMS} words"),
        ("x" * 10_000, f"first {MAX_LETTERS} characters"),
        ("x" * 70, "more than 64 characters"),
    ],
)
def test_what_is_changed_is_said(text: str, said: str) -> None:
    assert said in " ".join(parse(text).notices)


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ('a "b c', True),
        ("word " * 40, True),
        ("x" * 600, True),
        ("colour:red", False),
        ("the", False),
        ('"a phrase" word', False),
    ],
)
def test_a_query_that_was_cut_or_mended_is_known(text: str, mended: bool) -> None:
    assert parse(text).mended is mended


def test_an_open_quotation_mark_leaves_its_words() -> None:
    query = parse('lost "connection pool')
    assert [c.alternatives[0] for c in query.clauses] == [
        WordTerm(("lost",)),
        WordTerm(("connection",)),
        WordTerm(("pool",)),
    ]


@pytest.mark.parametrize(
    ("text", "open_end"),
    [("check", True), ("check ", False), ("ch", False), ("-check", False), ('"check"', False)],
)
def test_the_last_word_may_go_on_while_typing(text: str, open_end: bool) -> None:
    terms = [c.alternatives[0] for c in parse(text, typing=True).clauses]
    assert [isinstance(term, WordTerm) and term.prefix for term in terms] == [open_end]
    plain = [c.alternatives[0] for c in parse(text).clauses]
    assert not any(isinstance(term, WordTerm) and term.prefix for term in plain)


def test_common_words_are_named_when_nothing_else_is_asked() -> None:
    query = parse("the of")
    assert query.common == ("the", "of")
    assert not query.clauses
