"""Searching, similar failures and the index on the command line."""

from pathlib import Path

import pytest

from tests.app.cli.conftest import Afterwhy, outage, stored


@pytest.fixture
def refs() -> tuple[str, str, str]:
    """Two failures alike and one that is not."""
    return (
        stored(outage()),
        stored(outage("Payments failed when the pool ran dry", summary="Pool exhausted, again.")),
        stored(
            {
                "title": "The certificate of the mobile gateway expired",
                "incidents": [{"services": ["gateway"], "severity": "SEV1"}],
            }
        ),
    )


def test_search_has_what_scripts_rely_on(afterwhy: Afterwhy, refs: tuple[str, ...]) -> None:
    result = afterwhy("search", "connection", "pool", "--json")
    assert result.code == 0
    answer = result.json
    assert set(answer) == {
        "query", "total", "took_ms", "suggestion", "notices", "facets", "hits",
    }  # fmt: skip
    assert answer["query"] == "connection pool"
    assert {hit["ref"] for hit in answer["hits"]} == set(refs[:2])
    assert set(answer["hits"][0]) == {
        "ref", "title", "score", "snippet", "section", "severity", "status", "services",
        "occurred_at",
    }  # fmt: skip
    assert answer["hits"][0]["occurred_at"] == "2026-03-02T09:14:00Z"
    assert ["checkout", answer["total"]] in answer["facets"]["service"]


@pytest.mark.parametrize("words", [["-mobile"], ["--", "-mobile"], ["-mobile", "-json"]])
def test_a_query_may_begin_with_a_minus(
    afterwhy: Afterwhy, refs: tuple[str, ...], words: list[str]
) -> None:
    arguments = ["search", "--json", *words]
    found = {hit["ref"] for hit in afterwhy(*arguments).json["hits"]}
    assert found == set(refs[:2])


def test_limit_and_offset_page(afterwhy: Afterwhy, refs: tuple[str, ...]) -> None:
    whole = afterwhy("search", "pool", "--json").json
    pages = [afterwhy("search", "pool", "--limit", 1, "--offset", n, "--json").json for n in (0, 1)]
    assert [p["hits"][0]["ref"] for p in pages] == [hit["ref"] for hit in whole["hits"]]
    assert len(refs) == 3


@pytest.mark.parametrize("query", ["(((", "service:", "\x00", "*", "x" * 500])
def test_no_query_is_an_error(afterwhy: Afterwhy, refs: tuple[str, ...], query: str) -> None:
    result = afterwhy("search", query, "--json")
    assert result.code == 0
    assert result.json["query"] == query
    assert refs


@pytest.mark.parametrize(
    ("query", "said"),
    [('pool "unbalanced', "not closed"), ("pool " + "x" * 10_000, "first 512 characters")],
)
def test_a_query_that_was_cut_or_mended_is_answered_in_part(
    afterwhy: Afterwhy, refs: tuple[str, ...], query: str, said: str
) -> None:
    for command in (["search"], ["list"]):
        result = afterwhy(*command, query, "--json")
        assert result.code == 3, command
        assert said in result.err, command
    found = afterwhy("search", query, "--json").json
    assert said in " ".join(found["notices"])
    assert {hit["ref"] for hit in found["hits"]} == set(refs[:2])
    unbalanced = afterwhy("action", "list", '"unbalanced', "--json")
    assert (unbalanced.code, "not closed" in unbalanced.err) == (3, True)


def test_an_empty_query_says_what_to_do(afterwhy: Afterwhy) -> None:
    result = afterwhy("search", " ")
    assert result.code == 1
    assert "afterwhy list" in result.err


def test_an_unknown_filter_is_a_notice(afterwhy: Afterwhy, refs: tuple[str, ...]) -> None:
    result = afterwhy("search", "colour:pool")
    assert "colour:" in result.err
    assert refs[0] in result.out


def test_results_for_people_mark_what_was_found(afterwhy: Afterwhy, refs: tuple[str, ...]) -> None:
    out = afterwhy("search", "certificate").out
    assert out.startswith("1 found\n")
    assert f"{refs[2]}  The certificate of the mobile gateway expired" in out
    assert afterwhy("search", "zebra").out.startswith("Nothing found.")


def test_a_ref_stands_alone_before_the_others(afterwhy: Afterwhy, refs: tuple[str, ...]) -> None:
    later = stored(outage("The pool again", summary=f"As in {refs[1]}, and {refs[1]} once more."))
    out = afterwhy("search", refs[1]).out
    before, _, after = out.partition("Others that mention it:")
    assert f"\n{refs[1]}  " in before
    assert f"\n{later}  " in after
    assert refs[0] not in out
    listed = afterwhy("list", refs[1], "--json").json["post_mortems"]
    assert [row["ref"] for row in listed] == [refs[1]]


def test_a_list_reads_no_text_for_snippets(
    afterwhy: Afterwhy, refs: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise AssertionError("a list shows no snippets")

    monkeypatch.setattr("search.snippets.Highlighter.snippets", refused)
    assert afterwhy("list", "pool", "--json").json["total"] == 2
    assert refs


def test_similar_names_reasons(afterwhy: Afterwhy, refs: tuple[str, ...]) -> None:
    hits = afterwhy("similar", refs[0], "--json").json["hits"]
    assert hits[0]["ref"] == refs[1]
    assert set(hits[0]) == {"ref", "title", "score", "reasons"}
    assert hits[0]["reasons"]
    assert refs[0] not in [hit["ref"] for hit in hits]


def test_similar_reads_a_text(afterwhy: Afterwhy, refs: tuple[str, ...]) -> None:
    hits = afterwhy("similar", "-", "--json", stdin="An expired certificate on the gateway").json
    assert hits["hits"][0]["ref"] == refs[2]
    for bad, said in ((b"\x81\x01\xff", "is not text"), (b" \n", "empty"), (b"a\0b", "zero bytes")):
        result = afterwhy("similar", "-", stdin=bad)
        assert result.code == 1
        assert said in result.err


def test_the_index_tells_where_it_stands(
    afterwhy: Afterwhy, refs: tuple[str, ...], home: Path
) -> None:
    before = afterwhy("index", "status", "--json").json
    assert (before["documents"], before["behind"], before["generation"]) == (0, len(refs), 0)
    rebuilt = afterwhy("index", "rebuild", "--json").json
    assert (rebuilt["documents"], rebuilt["behind"], rebuilt["generation"]) == (3, 0, 1)
    assert Path(rebuilt["path"]).is_relative_to(home)
    stored(outage("Written by a window that was killed"))
    assert afterwhy("index", "status", "--json").json["behind"] == 1
    afterwhy("set", refs[0], "--add-tag", "new")
    assert afterwhy("index", "status", "--json").json["behind"] == 0


def test_a_broken_index_is_mended_on_the_way(afterwhy: Afterwhy, refs: tuple[str, ...]) -> None:
    before = afterwhy("search", "pool", "--json").json
    place = Path(afterwhy("index", "status", "--json").json["path"])
    for file in place.rglob("*"):
        if file.is_file():
            file.write_bytes(b"damaged")
    after = afterwhy("search", "pool", "--json")
    assert after.code == 0
    assert after.json["hits"] == before["hits"]
    assert refs


def test_a_cache_that_cannot_be_written_is_said(
    afterwhy: Afterwhy, refs: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("AFTERWHY_CACHE", str(tmp_path / "file" / "cache"))
    searching = (["search", "pool"], ["list", "pool"], ["similar", refs[0]])
    for arguments in (*searching, ["index", "rebuild"]):
        result = afterwhy(*arguments)
        assert result.code == 1, arguments
        assert result.out == "", arguments
        assert "unexpected" not in result.err, arguments
        assert str(tmp_path / "file") in result.err, arguments


WRITING = {
    "new": ("new", "--title", "x"),
    "set": ("set", "PM-2026-001", "--add-tag", "x"),
    "apply": ("apply", "PM-2026-001", "-"),
    "action": ("action", "add", "PM-2026-001", "--title", "x"),
    "delete": ("delete", "PM-2026-001"),
    "import": ("import", "FOLDER"),
}


@pytest.mark.parametrize("name", WRITING)
def test_what_is_written_and_cannot_be_indexed_is_done_in_part(
    afterwhy: Afterwhy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    stored(outage())
    (tmp_path / "a.md").write_text("# A failure\n\nIt broke.\n", encoding="utf-8")
    (tmp_path / "cache").write_text("a file")
    monkeypatch.setenv("AFTERWHY_CACHE", str(tmp_path / "cache"))
    arguments = [str(tmp_path / "a.md") if a == "FOLDER" else a for a in WRITING[name]]
    result = afterwhy(*arguments, "--json", stdin='{"title": "New"}')
    assert result.code == 3, result.err
    assert "error" not in result.json
    assert "Everything is saved" in result.err
    assert str(tmp_path / "cache") in result.err


def test_a_write_indexes_what_a_killed_command_left(afterwhy: Afterwhy) -> None:
    stored(outage("Written by an import that was killed"))
    assert afterwhy("index", "status", "--json").json["behind"] == 1
    assert afterwhy("new", "--title", "Another").code == 0
    assert afterwhy("index", "status", "--json").json["behind"] == 0


@pytest.mark.parametrize("command", ["search", "list"])
def test_a_query_without_a_word_is_told(afterwhy: Afterwhy, command: str) -> None:
    stored(outage())
    result = afterwhy(command, "!?", "--json")
    assert (result.code, result.json["total"]) == (0, 1)
    assert "no word" in result.err
