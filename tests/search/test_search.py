"""What a query finds, in which order, and what is said about it."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search import postings, snapshot
from search.documents import NamedRoot, Section
from search.index import SearchIndex
from search.results import Order
from tests.search.corpus import MemorySource, index_of, note, refs

DOCUMENTS = (
    note(
        1,
        "Checkout timeouts after a rollout",
        "The connection pool of checkout ran dry. Users saw timeouts.",
        services=("Checkout API", "payments"),
        severity="SEV1",
        status="Closed",
        layers=("database",),
        triggers=("rollout",),
        tags=("black friday",),
        authors=("Kim Doe",),
        aliases=("INC-77", "https://old.example/pm/77"),
        roots=(NamedRoot("r-1", "No alert on pool saturation"),),
        flags=("is:closed", "has:open-actions", "action:open"),
        occurred_at=datetime(2024, 3, 1, 9, 30, tzinfo=UTC),
        open_due=(date(2024, 4, 1),),
    ),
    note(
        2,
        "DNS records expired",
        "Names could not be resolved; the pool of resolvers was fine.",
        services=("dns",),
        severity="SEV2",
        status="In review",
        flags=("is:in-review", "action:done"),
        occurred_at=datetime(2023, 7, 9, tzinfo=UTC),
        occurred_on=date(2023, 7, 10),
    ),
    note(
        3,
        "Search index vanished",
        "A connection was refused. 数据库连接池 and 🔥 and café.",
        services=("search",),
        severity="SEV2",
        status="Draft",
        flags=("is:draft",),
        open_due=(date(2030, 1, 1),),
    ),
)
ONE, TWO, THREE = "PM-2024-001", "PM-2024-002", "PM-2024-003"


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchIndex]:
    source = MemorySource()
    source.put(*DOCUMENTS)
    opened = SearchIndex(
        tmp_path_factory.mktemp("cache"),
        "library",
        source,
        canonical={"severity": lambda text: {"p1": "SEV1"}.get(text.lower(), text)},
        today=lambda: date(2024, 6, 1),
    )
    opened.catch_up()
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("timeout", [ONE]),
        ("POOL", [ONE, TWO]),
        ("connection pool", [ONE, TWO, THREE]),
        ('"connection pool"', [ONE]),
        ('"pool connection"', []),
        ('"pool of checkout"', [ONE]),
        ("connection -pool", [THREE]),
        ("connection -refus*", [ONE]),
        ('connection -"connection pool"', [THREE]),
        ("checkout OR dns", [ONE, TWO]),
        ("resol*", [TWO]),
        ("cafe", [THREE]),
        ("🔥", [THREE]),
        ("连接", [THREE]),
        ("数据库", [THREE]),
        ("数", [THREE]),
        ("INC-77", [ONE]),
        ("kim", [ONE]),
        ("PM-2024-002", [TWO]),
    ],
)
def test_words(index: SearchIndex, query: str, found: list[str]) -> None:
    assert sorted(refs(index, query)) == found


@pytest.mark.parametrize("query", ["PM-2024-002", " pm-2024-002 ", '"PM-2024-002"'])
def test_a_ref_finds_its_document_first_and_then_others(tmp_path: Path, query: str) -> None:
    """However much another one speaks of it."""
    twice = "PM-2024-002, PM-2024-002 again."
    others = [note(4, "After PM-2024-002", twice), note(5, "PM-2024-002 once more", twice)]
    with closing(index_of(tmp_path, [*others, *DOCUMENTS])) as found:
        for asked, left in ((query, 3), (f"{query} severity:SEV2", 1)):
            result = found.search(asked)
            assert (result.by_name, result.complete, result.total) == (True, 1, left)
            assert (result.hits[0].ref, result.hits[0].complete) == (TWO, True)
            assert not any(hit.complete for hit in result.hits[1:])
            assert result.suggestion is None
        assert set(refs(found, query)[1:]) == {"PM-2024-004", "PM-2024-005"}
        assert not found.search("PM-2024-002 severity:SEV1").by_name
        for no_name in ("-PM-2024-002", "PM-2024-002 pool", "PM-2024-00", "DNS", "2024"):
            assert not found.search(no_name).by_name


def test_an_alias_finds_its_document_first(index: SearchIndex, tmp_path: Path) -> None:
    for alias in ("inc-77", "https://old.example/pm/77"):
        result = index.search(alias)
        assert (result.hits[0].ref, result.complete, result.by_name) == (ONE, 1, True)
    taken = [note(1, "Now", "here"), note(2, "Formerly", "there", aliases=("PM-2024-001",))]
    with closing(index_of(tmp_path, taken)) as found:
        result = found.search("PM-2024-001")
        assert (result.hits[0].ref, result.complete, result.total) == (ONE, 1, 2)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("service:payments", [ONE]),
        ("service:checkout-api", [ONE]),
        ('service:"checkout api"', [ONE]),
        ("service:check*", [ONE]),
        ("service:dns service:search", [TWO, THREE]),
        ("service:dns OR severity:SEV1", [ONE, TWO]),
        ("year:2023 year:2024", [ONE, TWO]),
        ("year:2023 year:2024 year:2019", [ONE, TWO]),
        ("year:2023 OR year:2022 year:2024", [ONE, TWO]),
        ("year:2023 year:2024 severity:SEV2", [TWO]),
        ("year:2020..2023 year:>=2023", [TWO]),
        ("is:draft is:in-review", [TWO, THREE]),
        ("action:open action:done", [ONE, TWO]),
        ("service:dns service:search status:draft", [THREE]),
        ("-service:dns -service:search", [ONE]),
        ("-year:2023 -year:2024", [THREE]),
        ("service:dns service:search -severity:SEV2", []),
        ("severity:sev2", [TWO, THREE]),
        ("severity:P1", [ONE]),
        ("status:in-review", [TWO]),
        ("-status:draft", [ONE, TWO]),
        ("layer:database trigger:rollout", [ONE]),
        ("layer:database trigger:traffic", []),
        ("tag:black-friday", [ONE]),
        ('author:"kim doe"', [ONE]),
        ("author:doe", [ONE]),
        ("before:2024", [TWO]),
        ("before:2023-07-10", []),
        ("after:2023-07-10", [ONE, TWO]),
        ("after:2023-08 before:2024-03-02", [ONE]),
        ("year:2023", [TWO]),
        ("year:>=2023 year:<2024", [TWO]),
        ("year:2020..2030", [ONE, TWO]),
        ("ref:pm-2024-003", [THREE]),
        ("ref:INC-77", [ONE]),
        ("ref:https://old.example/pm/77", [ONE]),
        ("ref:PM-2024*", [ONE, TWO, THREE]),
        ("root:r-1", [ONE]),
        ("root:saturation", [ONE]),
        ("has:open-actions", [ONE]),
        ("is:draft", [THREE]),
        ("is:historical", []),
        ("action:done", [TWO]),
        ("action:overdue", [ONE]),
        ("pool severity:SEV2", [TWO]),
        ("", [ONE, TWO, THREE]),
        ("-timeouts", [TWO, THREE]),
    ],
)
def test_filters(index: SearchIndex, query: str, found: list[str]) -> None:
    assert sorted(refs(index, query)) == found


@pytest.mark.parametrize("few", [0, snapshot.FEW])
def test_without_words_the_newest_comes_first(
    index: SearchIndex, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshot, "FEW", few)
    assert refs(index, "") == [ONE, TWO, THREE]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("after:banana", "no date"),
        ("before:2024-13-40", "no date"),
        ("year:soon", "no year"),
        ("year:0000", "no year"),
        ("severity:SEV9", "There is: SEV1, SEV2"),
        ("service:nowhere", "No document has service:nowhere"),
        ("has:teeth", "has:open-actions"),
        ("is:*", "is not known"),
        ("service:*", "No document has"),
        ('tag:"!!"', "No document has"),
    ],
)
def test_a_filter_that_means_nothing_finds_nothing_and_says_so(
    index: SearchIndex, query: str, said: str
) -> None:
    for text in (query, f"{query} pool"):
        result = index.search(text)
        assert result.total == 0
        assert said in " ".join(result.notices)


def test_an_unknown_filter_is_searched_as_text(index: SearchIndex) -> None:
    result = index.search("colour:timeouts")
    assert [hit.ref for hit in result.hits] == [ONE]
    assert "colour" in result.notices[0]


def test_documents_with_all_words_come_first_and_know_it(index: SearchIndex) -> None:
    result = index.search("connection pool names resolved")
    assert [(hit.ref, hit.complete) for hit in result.hits] == [
        (TWO, False),
        (ONE, False),
        (THREE, False),
    ]
    result = index.search("pool names resolved")
    assert [(hit.ref, hit.complete) for hit in result.hits] == [(TWO, True), (ONE, False)]
    assert (result.total, result.complete) == (2, 1)


def test_words_near_each_other_come_first(tmp_path: Path) -> None:
    """With the same words, the same length and the same day."""
    apart = "The broker was full and it could not be seen that all of its long disk was slow."
    near = "The broker disk was full and it could not be seen that all of its long was slow."
    with closing(index_of(tmp_path, [note(1, "One", near), note(2, "Two", apart)])) as found:
        assert refs(found, "broker disk") == [ONE, TWO]
    with closing(index_of(tmp_path / "b", [note(1, "One", apart), note(2, "Two", near)])) as found:
        assert refs(found, "broker disk") == [TWO, ONE]


def test_of_about_equal_hits_the_recent_and_severe_come_first(tmp_path: Path) -> None:
    source = MemorySource()
    text = "The broker stalled at night when its disk was full of logs that nobody had read"
    source.put(
        note(1, "One", text, severity="SEV3", occurred_on=date(2019, 1, 1)),
        note(2, "Two", f"{text} since", severity="SEV1", occurred_on=date(2024, 1, 1)),
        note(3, "Three", "broker " * 8, severity="SEV3", occurred_on=date(2010, 1, 1)),
    )
    order = {}
    for gentle in (True, False):
        folder = tmp_path / str(gentle)
        severities = ("SEV1", "SEV2", "SEV3")
        index = SearchIndex(folder, "library", source, severities=severities, gentle=gentle)
        with closing(index):
            index.catch_up()
            order[gentle] = refs(index, "broker")
    assert order == {True: [THREE, TWO, ONE], False: [THREE, ONE, TWO]}


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("profile-api", ["profile-api", "profile", "api", '"profile api"']),
        ("PAY-1234", ["PAY-1234", "pay-1234", "1234"]),
        ("ConnectionPoolTimeout", ["ConnectionPoolTimeout", "connectionpooltimeout", "timeout"]),
        ("max_connections", ["max_connections", "connections"]),
        ("10.0.3.7", ["10.0.3.7", "10.0.3", "10.0.3.*"]),
        ("v2.14.1", ["v2.14.1", "2.14.1", "v2.14"]),
        ("ERR_CONN_RESET", ["ERR_CONN_RESET", "err_conn_reset", "reset"]),
        ("0x80070005", ["0x80070005"]),
        ("db.prod.example", ["db.prod.example", "prod"]),
        ("p99", ["p99"]),
        ("HTTP 503", ["503", '"HTTP 503"']),
        ("Ørsted café", ["orsted", "cafe", "café"]),
        ("データベース", ["データ", "ベース", "データベース"]),
        ("🔥", ["🔥"]),
    ],
)
def test_identifiers_are_found_whole_and_in_parts(
    tmp_path: Path, written: str, asked: list[str]
) -> None:
    documents = [note(1, "Other", "Nothing of it."), note(2, "One", f"Saw {written} at night.")]
    with closing(index_of(tmp_path, documents)) as found:
        for query in asked:
            (hit,) = found.search(query).hits
            assert hit.ref == TWO, query
            assert hit.complete, query
            assert hit.snippets[0].marks, query


def test_the_last_word_is_a_beginning_while_typing(index: SearchIndex) -> None:
    assert refs(index, "conn") == []
    assert sorted(refs(index, "conn", typing=True)) == [ONE, THREE]
    assert refs(index, "conn ", typing=True) == []
    assert refs(index, "connection ref", typing=True)[0] == THREE
    assert refs(index, "数", typing=True) == [THREE]


@pytest.mark.parametrize(
    ("query", "better"),
    [
        ("timeuots", "timeouts"),
        ("chekout", "checkout"),
        ('"conection pool"', '"connection pool"'),
        ('"conection pool', "connection pool"),
        ('"connection pool" chekout “', '"connection pool" checkout '),
        ("Conection service:dns", "connection service:dns"),
        ("timeouts", None),
        ("rollout resolved", None),  # each in another document
        ("zzzzzzzz", None),
    ],
)
def test_did_you_mean(index: SearchIndex, query: str, better: str | None) -> None:
    assert index.search(query).suggestion == better


def test_facets_count_what_was_found(index: SearchIndex) -> None:
    facets = index.search("pool").facets
    assert facets["service"] == (("Checkout API", 1), ("dns", 1), ("payments", 1))
    assert facets["severity"] == (("SEV1", 1), ("SEV2", 1))
    assert facets["year"] == (("2023", 1), ("2024", 1))
    assert index.search("pool", facets=False).facets == {}


def test_snippets_name_their_section_and_mark_the_words(tmp_path: Path) -> None:
    long = " ".join(f"filler{n}" for n in range(200))
    document = note(
        1,
        "Broker outage",
        sections=(
            Section("Summary", f"{long} The broker stalled\n\nonce. {long}"),
            Section("5 Whys, 2.1", "Because the broker's disk was stalled."),
            Section("Timeline, 14:46", "nothing"),
        ),
    )
    with closing(index_of(tmp_path, [document])) as index:
        (hit,) = index.search("stalled disk broker").hits
    assert [s.section for s in hit.snippets] == ["5 Whys, 2.1", "Summary"]
    assert hit.section == "5 Whys, 2.1"
    first, second = (snippet.marked("[", "]") for snippet in hit.snippets)
    assert first == "Because the [broker]'s [disk] was [stalled]."
    assert "The [broker] [stalled] · once. filler0" in second
    assert second.startswith("… ")
    assert second.endswith(" …")
    assert len(hit.snippets[1].text) < 260
    assert [hit.title[start:end] for start, end in hit.title_marks] == ["Broker"]


def test_pages_follow_each_other(tmp_path: Path) -> None:
    documents = [note(n, f"Pool {n}", "pool " * n) for n in range(1, 30)]
    with closing(index_of(tmp_path, documents)) as index:
        pages = [index.search("pool", limit=7, offset=n).hits for n in range(0, 30, 7)]
        assert [hit.ref for page in pages for hit in page] == refs(index, "pool")
        assert index.search("pool", offset=500).hits == ()
        assert index.search("pool", limit=0).total == 29


def test_without_an_index_nothing_is_found_and_it_is_said(tmp_path: Path) -> None:
    index = SearchIndex(tmp_path, "library", MemorySource())
    result = index.search("anything")
    assert result.total == 0
    assert "no search index yet" in result.notices[0]
    assert index.similar("anything") == ()
    index.catch_up()
    with closing(index):
        assert index.search("anything").notices == ()


@pytest.mark.soak
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.one_of(
        st.text(),
        st.lists(st.sampled_from([*'"-*:() \t', "OR", "pool", "checkout", "数据", "🔥"])).map(
            "".join
        ),
        st.from_regex(r"(service|after|year|has|ref|root|author|is|action):\S{0,8} \w{0,9}"),
    ),
    st.booleans(),
)
def test_hostile_queries_are_answered(index: SearchIndex, query: str, typing: bool) -> None:
    result = index.search(query, typing=typing)
    assert result.complete <= result.total <= len(DOCUMENTS)
    for hit in result.hits:
        for snippet in hit.snippets:
            assert all(0 <= s < e <= len(snippet.text) for s, e in snippet.marks)


@pytest.mark.parametrize(
    "query",
    ["x" * 10_000, "a " * 5_000, "(" * 2_000, "word* " * 100, '"' * 999, "-" * 600, "\0\ud800é"],
)
def test_monstrous_queries_are_answered(index: SearchIndex, query: str) -> None:
    assert index.search(query, typing=True).total <= len(DOCUMENTS)


@pytest.mark.parametrize("bytes_", [1, 40, 8_192])
def test_terms_are_found_however_much_of_the_dictionary_is_read_at_once(
    tmp_path: Path, bytes_: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postings, "READ_AHEAD", bytes_)
    source = MemorySource()
    source.put(*DOCUMENTS)
    with closing(SearchIndex(tmp_path, "library", source)) as index:
        index.catch_up()
        assert refs(index, "pool of resolvers") == [TWO, ONE]
        assert refs(index, "status:draft") == [THREE]
        facets = index.search("").facets
        assert facets["service"] == (
            ("Checkout API", 1),
            ("dns", 1),
            ("payments", 1),
            ("search", 1),
        )


def test_hits_in_another_order(tmp_path: Path) -> None:
    """Those with all the words stay first, equal ones are newest first."""
    source = MemorySource()
    four = "PM-2024-004"
    source.put(
        note(1, "One", "broker " * 8 + "disk", severity="SEV3", occurred_on=date(2019, 1, 1)),
        note(2, "Two", "broker and disk were full", severity="", occurred_on=date(2024, 1, 1)),
        note(3, "Three", "broker near a disk", severity="SEV1", occurred_on=date(2010, 1, 1)),
        note(4, "Four", "broker alone", severity="SEV1", occurred_on=date(2025, 1, 1)),
    )
    severities = ("SEV1", "SEV2", "SEV3")
    with closing(SearchIndex(tmp_path, "library", source, severities=severities)) as index:
        index.catch_up()

        def order(by: Order) -> list[str]:
            return [hit.ref for hit in index.search("broker disk", order=by).hits]

        assert order(Order.NEWEST) == [TWO, ONE, THREE, four]
        assert order(Order.SEVERITY) == [THREE, ONE, TWO, four]
        second = index.search("broker disk", order=Order.SEVERITY, offset=1, limit=2)
        assert [hit.ref for hit in second.hits] == [ONE, TWO]
