"""Facets narrow, their counts say what choosing would show, and orders order."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from models import listing
from models.domain.moments import exactly
from models.domain.post_mortem import Status
from models.queries.catalogue import Row, listed_at
from models.queries.health import Health
from tests.models.examples import NOON

rows = st.builds(
    Row,
    id=st.uuids().map(str),
    ref=st.integers(1, 99).map("PM-2026-{:03d}".format),
    title=st.just("t"),
    status=st.sampled_from(Status),
    historical=st.booleans(),
    severity=st.sampled_from(("SEV1", "SEV2", "")),
    services=st.sampled_from(((), ("a",), ("a", "b"))),
    layers=st.just(()),
    triggers=st.sampled_from(((), ("rollout",))),
    tags=st.just(()),
    authors=st.just(()),
    occurred=st.none() | st.integers(0, 900).map(lambda d: exactly(NOON - timedelta(days=d))),
    created_at=st.just(NOON),
    updated_at=st.integers(0, 9).map(lambda d: NOON + timedelta(days=d)),
    version=st.just(1),
    origin=st.just("user"),
    health=st.builds(Health, open=st.integers(0, 3)),
)
selections = st.fixed_dictionaries(
    {},
    optional={
        "service": st.frozensets(st.sampled_from(("a", "b", "c"))),
        "severity": st.frozensets(st.sampled_from(("SEV1", "SEV2"))),
        "year": st.frozensets(st.sampled_from(("2026", "2025", "2024"))),
    },
)


@given(st.lists(rows, max_size=8).map(tuple), selections)
def test_a_count_says_what_choosing_it_would_show(
    shown: tuple[Row, ...], selection: dict[str, frozenset[str]]
) -> None:
    for facet, values in listing.counts(shown, selection).items():
        for entry in values:
            alone = {**selection, facet: frozenset((entry.value,))}
            assert len(listing.narrowed(shown, alone)) == entry.count
        assert {entry.value for entry in values} == {
            value for row in shown for value in listing.FACETS[facet](row)
        }


@given(st.lists(rows, max_size=8), selections)
def test_narrowing_keeps_the_order_and_only_what_fits(
    shown: list[Row], selection: dict[str, frozenset[str]]
) -> None:
    kept = listing.narrowed(shown, selection)
    assert list(kept) == [row for row in shown if row in kept]
    assert listing.narrowed(shown, {}) == tuple(shown)
    for row in kept:
        for facet, values in selection.items():
            assert not values or values & set(listing.FACETS[facet](row))


@given(st.lists(rows, max_size=8))
def test_every_order_can_be_sorted_by(shown: list[Row]) -> None:
    for key in listing.ORDERS.values():
        assert len(sorted(shown, key=key)) == len(shown)
    newest = sorted(shown, key=listing.ORDERS["newest"])
    times = [listed_at(row) for row in newest]
    dated = [at for at in times if at is not None]
    assert dated == sorted(dated, reverse=True)
    assert times[len(dated) :] == [None] * (len(times) - len(dated))
    oldest = [listed_at(row) for row in sorted(shown, key=listing.ORDERS["oldest"])]
    assert oldest[: len(dated)] == sorted(dated)


@given(st.lists(rows, max_size=8).map(tuple))
def test_severities_and_years_have_an_order_of_their_own(shown: tuple[Row, ...]) -> None:
    counts = listing.counts(shown, {})
    severities = [entry.value for entry in counts["severity"]]
    years = [entry.value for entry in counts["year"]]
    assert severities == sorted(severities)
    assert years == sorted(years, reverse=True)
    services = [-entry.count for entry in counts["service"]]
    assert services == sorted(services)
