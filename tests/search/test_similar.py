"""Similar failures, and the reasons given for them."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from search.documents import NamedAction, NamedRoot
from search.index import SearchIndex
from search.similar import COMPARED, FIRST, LEAST, LEAST_OF_MORE
from tests.search.corpus import index_of, many, note

ROOT = NamedRoot("r-1", "No alert on pool saturation")
ASKED = note(
    500,
    "Checkout ran out of database connections",
    "The connection pool of checkout was exhausted after the rollout of a retry change.",
    services=("checkout",),
    layers=("database",),
    triggers=("rollout",),
    roots=(ROOT,),
    aliases=("INC-500",),
)
LIKE = note(
    501,
    "Payments exhausted its connection pool",
    "Retries after a rollout held every database connection of the pool.",
    layers=("database",),
    triggers=("rollout",),
)
SAME_ROOT = note(502, "Nightly report late", "The report waited.", roots=(ROOT,))
NAMED_BY = note(503, "Follow-up drill", "We practised what INC-500 taught us.")
UNLIKE = note(504, "Certificate expired", "The gateway certificate was not renewed.")
NAMES = note(505, "Second look", "", aliases=("OPS-77",))


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchIndex]:
    documents = [*many(60), ASKED, LIKE, SAME_ROOT, NAMED_BY, UNLIKE, NAMES]
    with closing(index_of(tmp_path_factory.mktemp("cache"), documents)) as opened:
        yield opened


def reasons(index: SearchIndex, document: object, ref: str) -> tuple[str, ...]:
    """Why a document is held to be similar; nothing if it is not."""
    hits = index.similar(document, limit=100)  # type: ignore[arg-type]
    return next((hit.reasons for hit in hits if hit.ref == ref), ())


def test_each_hit_has_its_reasons(index: SearchIndex) -> None:
    hits = index.similar(ASKED, limit=10)
    assert ASKED.ref not in [hit.ref for hit in hits]
    assert {hit.ref for hit in hits[:3]} == {LIKE.ref, SAME_ROOT.ref, NAMED_BY.ref}
    assert all(hit.reasons for hit in hits)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert "Same layer and trigger: database, rollout." in reasons(index, ASKED, LIKE.ref)
    assert reasons(index, ASKED, SAME_ROOT.ref)[0] == "Same root: No alert on pool saturation."
    assert reasons(index, ASKED, NAMED_BY.ref)[0] == "It names INC-500."
    shared = reasons(index, ASKED, LIKE.ref)[-1]
    assert shared.startswith("Both speak of ")
    assert {"exhausted", "pool"} <= set(shared.replace(",", "").replace(".", "").split())
    assert "after" not in shared


def test_the_state_of_past_actions_is_told(tmp_path: Path) -> None:
    def day(month: int) -> datetime:
        return datetime(2024, month, 1, tzinfo=UTC)

    past = replace(LIKE, occurred_at=day(1))
    actions = (
        NamedAction("A-11", is_open=False, began=day(2), ended=day(3)),
        NamedAction(
            "A-12",
            is_open=False,
            began=day(2),
            ended=day(6),
            sprints=((day(2), day(3)), (day(3), day(5)), (day(5), None)),
        ),
        NamedAction("A-13", is_open=False, began=day(5), ended=day(6)),
    )
    still = (*actions, NamedAction("A-14", is_open=True))
    for number, (known, asked, said) in enumerate(
        (
            (
                actions,
                replace(ASKED, occurred_at=day(4)),
                "A-12 (in its second sprint) was open when",
            ),
            (
                still,
                replace(ASKED, occurred_at=day(4)),
                "A-12 (in its second sprint) and A-14 were open when this happened.",
            ),
            (actions, replace(ASKED, occurred_at=day(7)), "Done there: A-11, A-12 and A-13."),
            (still, ASKED, "Still open there: A-14."),
            ((), replace(ASKED, occurred_at=day(4)), "Both speak of "),
        )
    ):
        found = [replace(past, actions=known), *many(5)]
        with closing(index_of(tmp_path / str(number), found)) as opened:
            assert reasons(opened, asked, LIKE.ref)[1].startswith(said)


def test_a_draft_need_not_be_saved(index: SearchIndex) -> None:
    draft = note(999, "Pool of connections exhausted", "As in OPS-77, the pool was exhausted.")
    hits = index.similar(draft, limit=3)
    assert {LIKE.ref, NAMES.ref} <= {hit.ref for hit in hits}
    assert reasons(index, draft, NAMES.ref)[0] == "This text names it."


def test_a_pasted_text_finds_its_like(index: SearchIndex) -> None:
    trace = "TimeoutError: pool exhausted\n  at Pool.acquire(connection)\n retry 3 of 3"
    assert index.similar(trace, limit=2)[0].ref in (LIKE.ref, ASKED.ref)
    assert index.similar(trace, limit=0) == ()


@pytest.mark.parametrize(
    "text", ["", "the", "\0", "a\ud800-1", "zzz", "🔥" * 3000, "x" * 200_000, "1 " * 9000]
)
def test_any_text_is_answered(index: SearchIndex, text: str) -> None:
    assert all(hit.reasons for hit in index.similar(text))


def test_an_empty_library_has_nothing_similar(tmp_path: Path) -> None:
    with closing(index_of(tmp_path, [])) as empty:
        assert empty.similar(ASKED) == ()
    with closing(index_of(tmp_path / "one", [ASKED])) as alone:
        assert alone.similar(ASKED) == ()


def test_words_that_say_nothing_are_no_reason(index: SearchIndex) -> None:
    text = "Without 100 connections, every new pool was told to wait once again until 09:00 UTC"
    said = " ".join(reasons(index, text, LIKE.ref))
    assert "pool" in said
    shown = set(said.lower().replace(",", "").replace(".", "").split())
    assert not shown & {"without", "every", "new", "told", "once", "again", "until", "utc", "100"}


def test_words_of_any_report_are_no_reason(tmp_path: Path) -> None:
    """Neither everyday words nor amounts nor addresses, and no word that many documents have."""
    everyday = "Several people continued on Tuesday, 36m later; see https://wiki.example/postmortem"
    other = note(1, "Pool", everyday, layers=("database",))
    twin = note(2, "Broker asleep", everyday, layers=("database",))
    common = [note(n, f"Night {n}", "The lantern was dark.") for n in range(10, 40)]
    with closing(index_of(tmp_path, [twin, *common])) as found:
        assert found.similar(other) == ()
        named = found.similar(replace(other, title="The broker and the lantern"))
    assert [hit.reasons[-1] for hit in named] == ["Both speak of broker."]


def test_what_is_no_more_alike_than_chance_is_left_out(index: SearchIndex) -> None:
    """A single shared word in a long text is no likeness; asked for, it can still be had."""
    long = " ".join(f"{letter}ord{letter}{letter}" for letter in "bcdfghjklmnpqrstvwxz" * 3)
    asked = note(998, "Nightly report", f"{long} resolver certificate {long}")
    strong, weak = index.similar(asked, limit=100), index.similar(asked, limit=100, weak=True)
    assert {hit.ref for hit in weak} >= {SAME_ROOT.ref, UNLIKE.ref}
    assert UNLIKE.ref not in {hit.ref for hit in strong}
    assert all(hit.score >= LEAST for hit in strong)
    assert min(hit.score for hit in weak) < LEAST
    assert weak[: len(strong)] == strong


def test_few_are_shown_that_are_hardly_alike(index: SearchIndex) -> None:
    hits = index.similar(ASKED, limit=100)
    assert [hit for hit in hits[:FIRST] if hit.score < LEAST] == []
    assert [hit for hit in hits[FIRST:] if hit.score < LEAST_OF_MORE] == []


def test_a_layer_alone_is_no_reason(tmp_path: Path) -> None:
    asked = note(1, "Stalled", "Nothing was replicated.", layers=("database",))
    others = [
        note(2, "Vanished", "A table was dropped.", layers=("database",)),
        note(3, "Diverged", "Rows were twice.", layers=("database",), services=("ledger",)),
    ]
    with closing(index_of(tmp_path, others)) as small:
        assert small.similar(asked, weak=True) == ()
        (hit,) = small.similar(replace(asked, services=("ledger",)), weak=True)
    assert hit.reasons == ("Same service and layer: ledger, database.",)


def test_only_the_beginning_of_a_huge_section_is_compared(index: SearchIndex) -> None:
    huge = "0 " * COMPARED + " INC-500"
    assert reasons(index, "INC-500", ASKED.ref)
    assert not reasons(index, huge, ASKED.ref)
